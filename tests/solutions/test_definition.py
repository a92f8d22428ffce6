"""Lesson 02's right answers, held against an independent library and against themselves."""

import warnings

import numpy as np
import pytest

from solutions.definition import quick, variants
from solutions.definition import reference as right
from unrolled.definition.plays import play_latch, play_parity


def drawn(seed, T=9, D=3, H=4, O=2):
    rng = np.random.default_rng(seed)
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return rng.normal(size=(T, D)), rng.normal(size=H), params


def torch_states(torch, xs, h_0, params):
    rnn = torch.nn.RNN(*params["u_x"].T.shape, dtype=torch.float64)
    weights = (params["u_x"], params["u_h"], params["u_0"], 0 * params["u_0"])
    for parameter, weight in zip(rnn.parameters(), weights):
        parameter.data = torch.tensor(weight)
    return rnn(torch.tensor(xs), torch.tensor(h_0)[None])[0]


@pytest.mark.parametrize("seed", range(3))
def test_states_and_textbook_outputs_are_those_of_pytorch(seed):
    """If this failed, the course would teach a network of its own."""
    torch = pytest.importorskip("torch", reason="PyTorch is an optional oracle")
    xs, h_0, params = drawn(seed)
    states = torch_states(torch, xs, h_0, params)
    outputs = torch.sigmoid(states @ torch.tensor(params["w_h"]).T + torch.tensor(params["w_0"]))
    ys, hs = right.elman_forward(xs, h_0, params)
    assert np.abs(hs - states.detach().numpy()).max() < 1e-12
    assert np.abs(ys - outputs.detach().numpy()).max() < 1e-12
    assert np.array_equal(right.rnn_forward(xs, h_0, params)[1], hs)


def test_the_definition_reads_the_state_before_the_step():
    """If this failed, the course would follow the textbooks and say that it follows the definition."""
    xs, h_0, params = drawn(0)
    ys, hs = right.rnn_forward(xs, h_0, params)
    a = xs @ params["w_x"].T + np.vstack([h_0, hs[:-1]]) @ params["w_h"].T + params["w_0"]
    assert np.allclose(ys, 1 / (1 + np.exp(-a)), atol=1e-12)


def test_the_output_is_right_from_minus_to_plus_1000_without_a_warning():
    """If this failed, the reference would teach the overflow it warns of."""
    one, none = np.array([1.0]), np.zeros(1)
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        for a, y in [(-1000.0, 0.0), (-30.0, np.exp(-30.0)), (0.0, 0.5), (2.0, 1 / (1 + np.exp(-2))), (1000.0, 1.0)]:
            assert right.rnn_output(one, none, np.array([[a]]), np.zeros((1, 1)), none) == pytest.approx(y, rel=1e-12)


@pytest.mark.parametrize("weights", [right.latch_weights, variants.latch_at_rest_below_zero, variants.latch_of_three])
def test_a_latch_holds_over_any_string_of_500_bits(weights):
    """If this failed, a latch we call right would forget on some string."""
    rng = np.random.default_rng(2)
    for density in (0.0, 0.002, 0.1, 0.9):
        bits = (rng.random(500) < density).astype(int)
        assert np.array_equal(play_latch(weights(), bits, right.rnn_forward)["on"], bits.cumsum() > 0)


@pytest.mark.parametrize("weights", [right.parity_weights, variants.parity_of_differences, variants.parity_steeper])
def test_parity_is_right_over_any_string_of_500_bits(weights):
    """If this failed, weights we call right would lose count on some string."""
    rng = np.random.default_rng(3)
    for density in (0.0, 0.01, 0.5, 1.0):
        bits = (rng.random(500) < density).astype(int)
        assert np.array_equal(play_parity(weights(), bits, right.elman_forward)["on"], bits.cumsum() % 2 == 1)


@pytest.mark.parametrize("seed", range(3))
def test_networks_run_quickly_give_the_same_numbers(seed):
    """Handed-in weights would be judged with another network than the lesson's."""
    _, h_0, params = drawn(seed, D=1)
    bits = (np.random.default_rng(seed).random((60, 1)) < 0.4) * 1.0
    for name in ("rnn_forward", "elman_forward"):
        pairs = zip(getattr(quick, name)(bits, h_0, params), getattr(right, name)(bits, h_0, params))
        assert all(np.abs(one - other).max() < 1e-12 for one, other in pairs)


@pytest.mark.parametrize("answer", [right.latch_weights, right.parity_weights, variants.parity_steeper])
def test_a_step_that_comes_back_is_not_made_again(answer, monkeypatch):
    """Judging a string of 500 bits would cost 500 steps of a network that rests or takes turns after a few."""
    made, step = [], quick._step
    monkeypatch.setattr(quick, "_step", lambda *args: made.append(args) or step(*args))
    params = {name: np.array(weight, float) for name, weight in answer().items()}
    quick.elman_forward(np.arange(500)[:, None] % 7 < 1.0, np.zeros(len(params["u_0"])), params)
    assert 0 < len(made) < 60
