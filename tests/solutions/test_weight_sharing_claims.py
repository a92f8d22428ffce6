"""Numbers that lesson 03 says in its text."""

import re
import time
from pathlib import Path

import numpy as np
import pytest

from solutions.weight_sharing import reference as right
from solutions.weight_sharing.reference import tied_gradient
from unrolled.weight_sharing.plots import learned_early, shared_and_unshared
from unrolled.weight_sharing.shifted import PATTERN, H, examples, first_params, found, train
from unrolled.weight_sharing.widgets import example_gradients

TEXT = (Path(__file__).parents[2] / "lessons" / "03_weight_sharing.md").read_text()


def test_update_of_a_shared_weight_in_the_quiz():
    """The right choice of the quiz would be a wrong number."""
    steps = [{"u": np.array(g)} for g in (0.2, -0.1, 0.4)]
    assert "$0.2$, $-0.1$ and $0.4$" in TEXT
    assert round(float(-0.1 * tied_gradient(steps)["u"]), 6) == -0.05
    assert round(-0.1 * (0.2 - 0.1 + 0.4) / 3, 3) == -0.017


def test_places_where_guessing_would_look():
    """The text would compare the networks with the wrong chance."""
    places = {T: T - len(PATTERN) + 1 for T in (12, 96)}
    assert places == {12: 9, 96: 93}
    for words in ("one of nine places", "one of ninety-three", "five places", "other four"):
        assert words in TEXT


def test_pattern_and_state_size_are_those_of_the_text():
    """Learners would look for another pattern than the one that is there, or run with a state of another size."""
    signs = "".join("+" if number > 0 else "−" for number in PATTERN)
    assert f"`{signs}`" in TEXT
    assert re.search(rf"unshared_forward\(x, np\.zeros\({H}\)", TEXT)
    assert first_params(np.random.default_rng(0))["u_0"].shape == (H,)


@pytest.mark.parametrize("T", range(4, 9))
def test_gradients_in_the_widget_pull_in_opposite_directions(T):
    """The text would point at something that is not to be seen."""
    stacked = np.stack([gradients["u_h"] for gradients in example_gradients(T)])
    assert ((stacked > 0).any(axis=0) & (stacked < 0).any(axis=0)).any()


@pytest.mark.parametrize("T", range(3, 9))
def test_first_and_last_grid_of_u_h_are_white(T):
    """The text would explain a picture that isn't there."""
    white = [not gradients["u_h"].any() for gradients in example_gradients(T)]
    assert white == [True] + [False] * (T - 2) + [True]


def test_a_shared_network_has_one_size_for_all_lengths():
    """Sharing would be no answer to varying size."""
    assert len({right.parameter_count(T, 50, 128, 1, True) for T in (1, 10, 1000)}) == 1
    assert right.parameter_count(10, 50, 128, 1, False) == 10 * right.parameter_count(1, 50, 128, 1, False)


def outputs(xs, params_per_step):
    return np.stack([right.unshared_forward(x, np.zeros(H), params_per_step)[0] for x in xs])


@pytest.mark.parametrize("seed", range(5))
def test_the_shared_network_needs_fewer_examples(seed):
    """The lesson's experiment would come out as it says for one seed only."""
    curves = shared_and_unshared(tied_gradient, outputs, seed=seed, sizes=(1, 16))
    assert curves["shared"][0] > 1 / 9 + 0.05
    assert curves["shared"][1] > 0.8 > curves["unshared"][1]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_learned_early_is_known_later_only_if_shared(seed):
    """The lesson's reason for the difference would be another one."""
    shares = learned_early(tied_gradient, outputs, seed=seed, n=64)
    assert min(shares["shared"]) > 0.9
    early, late = shares["not shared"]
    assert early > 0.8 and late < 0.03


@pytest.mark.parametrize("seed", range(5))
def test_the_shared_network_runs_on_what_is_longer(seed):
    """A shared network would know a length."""
    rng = np.random.default_rng(seed)
    params = train(*examples(128, 12, rng), tied_gradient, seed)
    for T in (24, 96):
        xs, ends = examples(50, T, rng)
        assert found(outputs(xs, [params] * T), ends) > 0.95


@pytest.mark.parametrize("seed", range(5))
def test_padding_moves_a_masked_state_by_nothing(seed):
    """'By nothing' would be 'hardly at all'."""
    rng = np.random.default_rng(seed)
    params = first_params(rng)
    xs, mask = rng.normal(size=(1, 24, 1)), np.arange(24)[None] < 8
    last = right.batch_forward(xs, mask, np.zeros((1, H)), params)[1][0, -1]
    for padding in (0.0, 1.0, 1000.0):
        xs[0, 8:] = padding
        assert (right.batch_forward(xs, mask, np.zeros((1, H)), params)[1][0, -1] == last).all()


def test_no_u_h_keeps_every_state():
    """The third reply of the question on masks would be refuted by one line of NumPy, as its predecessor was."""
    h = np.linspace(-0.99, 0.99, 199)
    for u_h in np.linspace(-10, 10, 401):
        assert (np.abs(np.tanh(u_h * h) - h) < 1e-9).sum() <= 3
    assert np.tanh(1.5 * 0.8586) == pytest.approx(0.8586, abs=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_very_few_states_stay_without_input(seed):
    """The right choice of the question on masks would be wrong."""
    rng = np.random.default_rng(seed)
    for size in (1, 4, 16):
        u_h, u_0 = rng.normal(size=(size, size)), rng.normal(size=size)
        h = rng.uniform(-1, 1, size=(1000, size))
        moved = np.abs(np.tanh(h @ u_h.T + u_0) - h).max(axis=1) > 1e-6
        assert moved.mean() > 0.99


def test_a_batch_is_run_faster_than_its_sequences():
    """There would be no reason to run batches."""
    rng = np.random.default_rng(0)
    params, xs = first_params(rng), rng.normal(size=(200, 20, 1))
    begin = time.perf_counter()
    outputs(xs, [params] * 20)
    middle = time.perf_counter()
    right.batch_forward(xs, np.ones((200, 20), dtype=bool), np.zeros((200, H)), params)
    assert middle - begin > 3 * (time.perf_counter() - middle)
