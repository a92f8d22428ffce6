"""Lesson 03: references against independent computations, and its experiments on every seed."""

import numpy as np
import pytest

from solutions.weight_sharing.reference import (
    batch_forward,
    last_valid,
    parameter_count,
    tied_gradient,
    unshared_forward,
)
from unrolled.weight_sharing.plots import enough, shared_and_unshared
from unrolled.weight_sharing.shifted import H, examples, found, gradients_per_step

SEEDS = range(10)


def params_of(rng, D, H, O, scale=0.6):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    return {name: rng.normal(scale=scale, size=shape) for name, shape in shapes.items()}


def outputs(xs, params_per_step):
    return np.stack([unshared_forward(x, np.zeros(H), params_per_step)[0] for x in xs])


@pytest.fixture(scope="module", params=SEEDS)
def race(request):
    """Both networks of the lesson's experiment after 32 examples, once per seed."""
    return request.param, shared_and_unshared(tied_gradient, outputs, seed=request.param, sizes=(32,))


def test_sharing_needs_fewer_examples_on_every_seed(race):
    """The lesson would show a curve that contradicts its text to whoever chose that seed."""
    _, curves = race
    assert curves["shared"][-1] >= 0.95 > 0.92 >= curves["unshared"][-1]


def test_without_sharing_enough_examples_do_it_too():
    """The experiment would compare a network that learns with one that never could."""
    curves = shared_and_unshared(tied_gradient, outputs, seed=0, sizes=(256,))
    assert curves["unshared"][-1] >= 0.95


def test_shared_network_goes_on_where_the_other_cannot_run_on_every_seed(race):
    """The lesson says so in as many words."""
    seed, curves = race
    xs, ends = examples(60, 48, np.random.default_rng(seed))
    assert found(outputs(xs, curves["shared weights"][:1] * 48), ends) >= 0.9
    with pytest.raises(ValueError, match="48 timesteps, but weights for 12"):
        outputs(xs, curves["unshared weights"])


@pytest.mark.parametrize("seed", SEEDS)
def test_padding_changes_nothing_and_only_because_of_the_mask_on_every_seed(seed):
    """The lesson shows exactly 0.0, and a moving state without the mask."""
    rng = np.random.default_rng(seed)
    params, h_0 = params_of(rng, 2, 6, 1), rng.normal(size=(1, 6))
    xs, mask = rng.normal(size=(1, 8, 2)), np.ones((1, 8), dtype=bool)
    ys, hs = batch_forward(xs, mask, h_0, params)
    for padding in (0.0, 1.0, 1000.0):
        longer = np.concatenate([xs, np.full((1, 16, 2), padding)], axis=1)
        real = np.arange(24)[None] < 8
        padded_ys, padded_hs = batch_forward(longer, real, h_0, params)
        assert (padded_ys[:, :8] == ys).all() and (padded_ys[:, 8:] == 0).all()
        assert (padded_hs[:, :8] == hs).all() and (padded_hs[:, 8:] == hs[:, -1:]).all()
        moved = batch_forward(longer, np.ones_like(real), h_0, params)[1]
        assert np.abs(moved[:, 8:] - hs[:, -1:]).max() > 0.1


def test_enough_is_the_size_from_which_on_all_are_good():
    """One lucky small training set would count as enough."""
    curves = {"examples": [8, 16, 32, 64], "lucky": [0.96, 0.7, 0.97, 1.0], "never": [0.1, 0.2, 1.0, 0.9]}
    assert enough(curves, "lucky") == 32
    assert enough(curves, "never") is None


def log_loss(xs, targets, params_per_step):
    ys = np.stack([unshared_forward(x, np.zeros(4), params_per_step)[0] for x in xs])
    return -np.log(np.where(targets == 1, ys, 1 - ys)).sum() / len(xs)


@pytest.mark.parametrize("name", ["u_x", "u_h", "u_0", "w_x", "w_h", "w_0"])
def test_tied_gradient_is_the_slope_of_the_shared_loss(name):
    """The rule the lesson teaches, or the gradients it is fed, would be wrong."""
    rng = np.random.default_rng(3)
    params, T = params_of(rng, 2, 4, 3), 5
    xs, targets = rng.normal(size=(7, T, 2)), rng.integers(0, 2, size=(7, T, 3))
    tied = tied_gradient(gradients_per_step(xs, targets, [params] * T))[name]
    for index in np.ndindex(params[name].shape):
        sides = []
        for eps in (1e-5, -1e-5):
            moved = params | {name: params[name].copy()}
            moved[name][index] += eps
            sides.append(log_loss(xs, targets, [moved] * T))
        assert tied[index] == pytest.approx((sides[0] - sides[1]) / 2e-5, rel=1e-5, abs=1e-7)


def test_gradients_of_a_step_are_the_slope_of_that_steps_copy():
    """The widget would show one step's gradient under another."""
    rng = np.random.default_rng(4)
    params_per_step = [params_of(rng, 2, 4, 1) for _ in range(4)]
    xs, targets = rng.normal(size=(3, 4, 2)), rng.integers(0, 2, size=(3, 4, 1))
    for t, gradients in enumerate(gradients_per_step(xs, targets, params_per_step)):
        sides = []
        for eps in (1e-5, -1e-5):
            moved = [dict(params) for params in params_per_step]
            moved[t]["u_h"] = moved[t]["u_h"] + eps * np.eye(4)
            sides.append(log_loss(xs, targets, moved))
        assert np.trace(gradients["u_h"]) == pytest.approx((sides[0] - sides[1]) / 2e-5, rel=1e-5, abs=1e-8)


def test_parameter_count_counts_what_the_networks_hold():
    """The lesson's table would not be about the networks it trains."""
    params = params_of(np.random.default_rng(0), 3, 5, 2)
    held = sum(array.size for array in params.values())
    assert parameter_count(7, 3, 5, 2, True) == held
    assert parameter_count(7, 3, 5, 2, False) == 7 * held


def test_batch_agrees_with_one_sequence_at_a_time():
    """Batching would be another network than the one of the definition."""
    rng = np.random.default_rng(5)
    params, h_0, xs = params_of(rng, 3, 4, 2), rng.normal(size=(6, 4)), rng.normal(size=(6, 9, 3))
    ys, hs = batch_forward(xs, np.ones((6, 9), dtype=bool), h_0, params)
    for b in range(6):
        own_ys, own_hs = unshared_forward(xs[b], h_0[b], [params] * 9)
        np.testing.assert_allclose(ys[b], own_ys, atol=1e-12)
        np.testing.assert_allclose(hs[b], own_hs, atol=1e-12)


def test_masked_states_agree_with_packed_sequences_in_pytorch():
    """The course would carry states through padding differently from the library learners meet next."""
    torch = pytest.importorskip("torch", reason="PyTorch is an optional oracle")
    rng = np.random.default_rng(6)
    params, h_0, xs = params_of(rng, 3, 4, 1), rng.normal(size=(5, 4)), rng.normal(size=(5, 8, 3))
    lengths = np.array([8, 3, 1, 5, 7])
    network = torch.nn.RNN(3, 4, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for theirs, ours in (("weight_ih_l0", "u_x"), ("weight_hh_l0", "u_h"), ("bias_ih_l0", "u_0")):
            getattr(network, theirs).copy_(torch.tensor(params[ours]))
        network.bias_hh_l0.zero_()
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            torch.tensor(xs), torch.tensor(lengths), batch_first=True, enforce_sorted=False
        )
        last = network(packed, torch.tensor(h_0)[None])[1][0].numpy()
    mask = np.arange(8) < lengths[:, None]
    hs = batch_forward(xs, mask, h_0, params)[1]
    np.testing.assert_allclose(last_valid(hs, mask), last, atol=1e-6)
    np.testing.assert_allclose(hs[:, -1], last, atol=1e-6)
