"""What lesson 05 says of gradients and memories, on five seeds wherever there is chance."""

from functools import cache

import numpy as np
import pytest

from solutions.vanishing_gradients.reference import (
    clip_by_global_norm,
    gradient_norms,
    numerical_gradient,
    orthogonal,
    relative_error,
    rnn_backward,
    scale_to_spectral_radius,
    state_jacobians,
    truncated_bptt,
)
from solutions.weight_sharing.reference import batch_forward
from tests.solutions.seeds import FIRST, SEEDS
from tests.solutions.test_vanishing_gradients import network
from unrolled.kit import weights
from unrolled.vanishing_gradients import data_source, recall


def recall_network(radius, rng, H=16):
    start = network(rng, recall.D, H, 1)
    return start | {"u_h": radius * orthogonal(H, rng), "u_0": np.zeros(H), "w_0": np.zeros(1)}


def states(params, xs):
    return batch_forward(xs, np.ones(xs.shape[:2], bool), np.zeros((len(xs), len(params["u_0"]))), params)


def measure(params, xs, bits):
    ys, hs = states(params, xs)
    dys = np.zeros_like(ys)
    dys[:, -1, 0] = (ys[:, -1, 0] - bits) / len(xs)
    return ys[:, -1, 0], rnn_backward(xs, hs, np.zeros_like(hs[:, 0]), params, dys)


def trained(radius, delay, seed, steps=200):
    rng = np.random.default_rng(seed)
    start = recall_network(radius, rng)
    return recall.train_recall(start, measure, delay, steps, 0.003, rng, clip=lambda g: clip_by_global_norm(g, 1.0))


# Measuring a gradient


def one_way(f, x, eps):
    return np.array([(f(x + step) - f(x)) / eps for step in eps * np.eye(len(x))])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_error_falls_with_eps_and_with_its_square_and_rises_again(seed):
    """The figure's two slopes, and where they end, would be other ones."""
    x, f = np.random.default_rng(seed).uniform(-1.2, 1.2, size=3), lambda x: np.sum(np.sin(x))
    both = [relative_error(np.cos(x), numerical_gradient(f, x, eps)) for eps in (1e-2, 1e-3, 1e-5, 1e-11)]
    one = [relative_error(np.cos(x), one_way(f, x, eps)) for eps in (1e-2, 1e-3)]
    assert both[0] / both[1] == pytest.approx(100, rel=0.2)
    assert one[0] / one[1] == pytest.approx(10, rel=0.3)
    assert both[2] < both[1] / 100
    assert both[2] < both[3] / 1000


@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_formula_is_within_a_ten_millionth_and_a_wrong_slope_is_not(seed):
    """Learners would hunt for mistakes that are rounding, or take a mistake for rounding."""
    rng = np.random.default_rng(seed)
    params, h_0, xs = network(rng, 2, 4, 3), rng.normal(size=(5, 4)), rng.normal(size=(5, 6, 2))
    targets = rng.integers(0, 2, size=(5, 6, 3))

    def run(params):
        ys, hs = batch_forward(xs, np.ones((5, 6), bool), h_0, params)
        return -np.sum(targets * np.log(ys) + (1 - targets) * np.log(1 - ys)), ys, hs

    _, ys, hs = run(params)
    right = rnn_backward(xs, hs, h_0, params, ys - targets)["u_h"]
    wrong = rnn_backward(xs, 0.9 * hs, h_0, params, ys - targets)["u_h"]
    numeric = numerical_gradient(lambda u_h: run(params | {"u_h": u_h})[0], params["u_h"])
    assert relative_error(right, numeric) < 1e-6
    assert np.median(np.abs(right - numeric) / np.abs(right)) < 1e-7
    assert relative_error(wrong, numeric) > 1e-2


def test_of_a_tiny_entry_a_difference_measures_nothing():
    """Learners would hunt for mistakes in a right formula, in the lesson on gradients that vanish."""
    params, rng = network(np.random.default_rng(0), 2, 4, 1), np.random.default_rng(1)
    params["u_h"] = scale_to_spectral_radius(params["u_h"], 0.5)
    xs, h_0, ones = rng.normal(size=(3, 22, 2)), rng.normal(size=(3, 4)), np.ones((3, 22), bool)

    def loss(h_0):
        return -np.log(batch_forward(xs, ones, h_0, params)[0][:, -1]).sum()

    ys, hs = batch_forward(xs, ones, h_0, params)
    dys = np.zeros_like(ys)
    dys[:, -1] = ys[:, -1] - 1
    right, numeric = rnn_backward(xs, hs, h_0, params, dys)["h_0"], numerical_gradient(loss, h_0)
    assert 0 < np.abs(right).max() < 1e-8 and relative_error(right, numeric) > 1e-3
    assert np.abs(right - numeric).max() < 1e-9


# Fading and bursting


def norms_at(radius, seed, T=50, H=32):
    rng = np.random.default_rng(seed)
    params = network(rng, 3, H, 1) | {"u_0": np.zeros(H)}
    params["u_h"] = scale_to_spectral_radius(orthogonal(H, rng), radius)
    h, h_0 = (0.001 * rng.normal(size=H),) * 2
    hs = [h := np.tanh(params["u_x"] @ x + params["u_h"] @ h) for x in 0.01 * rng.normal(size=(T, 3))]
    return gradient_norms(state_jacobians(np.array(hs), h_0, params["u_h"]))


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_decay_geometrically_below_radius_one_and_explode_above(seed):
    """The lesson's explanation of forgetting would be wrong."""
    factors = norms_at(0.8, seed)[:-1] / norms_at(0.8, seed)[1:]
    np.testing.assert_allclose(factors, 0.8, rtol=0.05)
    assert norms_at(1.3, seed)[0] > 10


@pytest.mark.parametrize("seed", SEEDS)
def test_growing_states_slow_the_explosion(seed):
    """The figure's upper lines would be as straight as the lower ones."""
    assert norms_at(1.3, seed)[0] < 1.3**49 / 10


@pytest.mark.parametrize("seed", SEEDS)
def test_gradient_norms_bound_what_a_small_change_does(seed):
    """A spectral norm would be something else than the most by which a small change can grow."""
    rng = np.random.default_rng(seed)
    params, xs, h = network(rng, 2, 5, 1), rng.normal(size=(6, 2)), rng.normal(size=5)

    def run(h):
        return np.array([h := np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"]) for x in xs])

    norm = gradient_norms(state_jacobians(run(h), h, params["u_h"]))[0]
    jacobian = state_jacobians(run(h)[:1], h, params["u_h"])[0]
    for change in 1e-6 * rng.normal(size=(20, 5)):
        moved = run(h + change)
        first = np.linalg.norm(moved[0] - run(h)[0])
        assert np.linalg.norm(moved[-1] - run(h)[-1]) <= norm * first * 1.001
        assert first <= np.linalg.norm(jacobian, 2) * np.linalg.norm(change) * 1.001


@pytest.mark.parametrize("weight", [1.1, 1.5, 2.0, 5.0, -3.0])
def test_where_a_unit_settles_its_gradient_fades(weight):
    """The lesson's dilemma would be none: a unit could hold what disturbs it, and pass gradients on."""
    h = 0.2
    for _ in range(1000):
        h = np.tanh(weight * h)
    assert abs(weight) * (1 - h**2) < 1
    if weight == 1.5:
        assert round(h, 4) == 0.8586 and round(weight * (1 - h**2), 2) == 0.39


def test_clipping_tames_exploding_gradients():
    """The lesson would recommend a remedy that doesn't help."""
    finals = {None: [], 0.3: []}
    for seed in SEEDS:
        for limit in finals:
            rng = np.random.default_rng(seed)
            start = recall_network(1.5, rng)
            clip = limit and (lambda gradients: clip_by_global_norm(gradients, 0.3))
            run = recall.train_recall(start, measure, 15, 80, 3.0, rng, clip=clip, scaled=False)
            finals[limit].append(run.final())
    assert min(finals[0.3]) > 0.95
    assert sum(accuracy < 0.7 for accuracy in finals[None]) >= 3


def test_after_fifty_steps_about_a_two_hundredth_is_left():
    """The quiz would call a wrong choice right."""
    assert round(0.9**50, 3) == 0.005


@pytest.mark.parametrize("seed", range(10))
def test_truncation_misses_more_the_slower_gradients_fade(seed):
    """The lesson would call cheap what costs a third of the gradient."""
    missing = {}
    for radius in (0.5, 0.8, 0.95):
        rng = np.random.default_rng(seed)
        params = recall_network(radius, rng)
        xs, h_0, dys = 0.1 * rng.normal(size=(4, 60, recall.D)), np.zeros((4, 16)), np.zeros((4, 60, 1))
        dys[:, -1] = 1
        full = rnn_backward(xs, states(params, xs)[1], h_0, params, dys)["u_h"]
        for k in (2, 10, 30):
            missing[radius, k] = np.linalg.norm(full - truncated_bptt(xs, dys, h_0, params, k)["u_h"])
            missing[radius, k] /= np.linalg.norm(full)
    assert 0.25 < missing[0.5, 2] < missing[0.8, 2] < missing[0.95, 2]
    assert missing[0.5, 10] < 0.01 < 0.05 < missing[0.8, 10] < 0.2 < missing[0.95, 10]
    assert missing[0.5, 30] < missing[0.8, 30] < 0.01 < missing[0.95, 30]


# What can be learned


@pytest.mark.parametrize("seed", FIRST)
def test_from_radius_0_9_it_learns_twenty_steps_and_not_forty(seed):
    """The first map would not show what the text under it says."""
    assert trained(0.9, 10, seed, 80).final() > 0.95
    assert trained(0.9, 20, seed).final() > 0.95
    assert recall.learned_after(trained(0.9, 40, seed).accuracy) is None


@pytest.mark.parametrize("seed", FIRST)
def test_from_radius_1_3_it_learns_forty_steps_and_eighty_not_yet(seed):
    """The second map would not show what the text under it says."""
    assert trained(1.3, 40, seed).final() > 0.95
    assert recall.learned_after(trained(1.3, 80, seed).accuracy) is None


@pytest.mark.full
def test_from_radius_1_5_eighty_steps_are_mostly_not_learned_either():
    """The lesson would send learners away from a start that works."""
    assert sum(trained(1.5, 80, seed).final() > 0.9 for seed in SEEDS) <= 1


LUCK = ((0, True), (1, False), (2, True), (3, False), (4, True))


@pytest.mark.parametrize("seed, learns", [LUCK[0], *(pytest.param(*each, marks=pytest.mark.full) for each in LUCK[1:])])
def test_ten_times_the_rate_stumbles_into_a_latch(seed, learns):
    """The lesson would say that long steps learn nothing, or that they bring the gradient back."""
    rng = np.random.default_rng(seed)
    start = recall_network(0.9, rng)
    run = recall.train_recall(start, measure, 40, 120, 0.03, rng, clip=lambda g: clip_by_global_norm(g, 1.0))
    assert (max(recall.smooth(run.accuracy, 20)[19:]) > 0.95) == learns
    xs, _ = recall.recall_batch(rng, 32, 40)

    def left(params):
        near, far = (recall.recall_batch(np.random.default_rng(99), 32, delay) for delay in (10, 40))
        gradients = [np.linalg.norm(measure(params, *batch)[1]["xs"][:, 0, recall.CUE]) for batch in (near, far)]
        return (gradients[1] / gradients[0]) ** (1 / 30)

    before, after = (np.abs(states(params, xs)[1]).mean() for params in (start, run.params))
    assert left(run.params) < left(start) and before < 0.5 < 0.8 < after


def gradient_for_inputs(radius, delay, seed):
    rng = np.random.default_rng(seed)
    start = recall_network(radius, rng)
    xs, bits = recall.recall_batch(rng, 32, delay)
    slopes = 1 - states(start, xs)[1] ** 2
    return measure(start, xs, bits)[1]["xs"], np.sqrt(np.mean(slopes**2))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("radius", [0.9, 1.3, 1.5])
def test_radius_times_slope_is_what_a_step_leaves(radius, seed):
    """The lesson would explain two maps by a quantity that doesn't tell them apart."""
    near, far = gradient_for_inputs(radius, 20, seed), gradient_for_inputs(radius, 80, seed)
    cue = [np.linalg.norm(dxs[:, 0, recall.CUE]) for dxs, _ in (near, far)]
    assert (cue[1] / cue[0]) ** (40 / 60) < 1e-3 or radius > 0.9
    assert (cue[1] / cue[0]) ** (1 / 60) == pytest.approx(radius * far[1], abs=0.08)
    assert {0.9: 0.7, 1.3: 0.9, 1.5: 0.96}[radius] < radius * far[1] < {0.9: 0.78, 1.3: 0.95, 1.5: 1.02}[radius]


@pytest.mark.parametrize("seed", SEEDS)
def test_at_radius_1_5_the_noise_counts_as_much_as_the_cue(seed):
    """The lesson would give a wrong reason why a gradient that arrives is not enough."""
    dxs, _ = gradient_for_inputs(1.5, 80, seed)
    noise = np.linalg.norm(dxs[:, 1:-1, recall.NOISE], axis=0)
    cue = np.linalg.norm(dxs[:, 0, recall.CUE])
    assert 0.2 < np.median(noise) / cue < 10
    assert cue > 1e-3
    assert np.linalg.norm(noise) > 3 * cue


def test_one_unit_that_is_deaf_to_the_noise_recalls_over_eighty_steps():
    """The lesson would say that weights exist which don't."""
    latch = {"u_x": np.array([[5.0, 0, 0]]), "u_h": np.array([[5.0]]), "u_0": np.zeros(1),
             "w_x": np.zeros((1, 3)), "w_h": np.array([[20.0]]), "w_0": np.zeros(1)}  # fmt: skip
    xs, bits = recall.recall_batch(np.random.default_rng(2), 64, 80)
    ys, _ = measure(latch, xs, bits)
    assert np.array_equal(ys > 0.5, bits > 0.5)


# What a gradient doesn't see: pieces of the library are what chance is elsewhere

OPENED, ORDINARY = 'def f(self):\n    """Say what it does.\n\n', "def f(self):\n    say(what, it.does)\n\n"


@cache
def read(first, kind):
    """Inputs, answers and states of the shipped network on pieces of code or prose behind a first line."""
    pieces = data_source.stretches(kind, 336)
    xs = np.array([data_source.one_hot(data_source.numbers(first + piece)) for piece in pieces])
    ys, hs = states(weights.load("source_rnn"), xs)
    return xs, ys[:, len(first) :, 0] > 0.5, hs


def gradient_for_the_quotes(distance):
    xs, _, hs = read(OPENED, data_source.CODE)
    dys = np.zeros((*hs.shape[:2], 2))
    dys[:, len(OPENED) + distance, 0] = 1
    dxs = rnn_backward(xs, hs, np.zeros_like(hs[:, 0]), weights.load("source_rnn"), dys)["xs"]
    return np.median(np.linalg.norm(dxs[:, OPENED.index('"')], axis=-1))


def test_code_behind_quotes_is_taken_for_a_string_long_after_their_gradient_is_gone():
    """The lesson's last argument would fall: that a vanished gradient is not a missing memory."""
    inside, outside = read(OPENED, data_source.CODE)[1], read(ORDINARY, data_source.CODE)[1]
    assert len(inside) >= 15
    assert inside[:, :10].mean() > 0.97
    assert inside[:, 80:120].mean() > 0.5
    assert 0.02 < inside[:, 290:].mean() < 0.4
    assert outside.mean() < 0.01
    assert gradient_for_the_quotes(100) < gradient_for_the_quotes(0) / 1000
    assert gradient_for_the_quotes(300) < 1e-15


def test_two_dozen_units_hold_what_the_quotes_were():
    """The lesson would explain by saturated units what is something else."""
    _, inside, with_quotes = read(OPENED, data_source.CODE)
    _, _, without = read(ORDINARY, data_source.CODE)
    apart = np.abs(with_quotes[:, len(OPENED) :] - without[:, len(ORDINARY) :]) > 0.5
    counts = [apart[n, t].sum() for t in (20, 50, 100) for n in range(len(inside)) if inside[n, t]]
    assert 18 < np.median(counts) < 30
    throughout = [apart[n, 50:100].all(axis=0).sum() for n in range(len(inside)) if inside[n, 50:100].all()]
    assert np.mean(throughout) < 4


def test_prose_is_taken_for_a_string_without_any_quotes():
    """The lesson would say that looks count where they don't."""
    said = read(ORDINARY, data_source.STRING)[1]
    assert len(said) >= 5
    assert said[:, 50:250].mean() > 0.75


def test_most_strings_it_was_trained_on_are_within_reach():
    """The lesson would give a wrong reason for what the network can do."""
    lengths = []
    for module in data_source.TRAINING:
        string = data_source.labels(data_source.source(module)) == data_source.STRING
        begin, end = np.flatnonzero(np.diff(string, prepend=False, append=False)).reshape(-1, 2).T
        lengths += (end - begin).tolist()
    assert np.median(lengths) <= 14
    assert 0.78 < np.mean(np.array(lengths) <= 50) < 0.9
