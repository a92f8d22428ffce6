"""What lesson 06 says of gates, starts and units, on five seeds wherever there is chance."""

from functools import cache

import numpy as np
import pytest

from solutions.gated_cells import train
from solutions.gated_cells.reference import (
    gru_backward_step,
    gru_forward,
    init_lstm,
    lstm_backward,
    lstm_forward,
    sigmoid,
)
from tests.solutions.seeds import FIRST, SEEDS
from tests.solutions.test_vanishing_gradients_claims import measure, recall_network
from unrolled.kit import weights
from unrolled.vanishing_gradients import data_source, recall

CELL = ("u_x", "u_h", "u_0")


def answer(params, h, bits):
    probabilities = sigmoid(h @ params["w_h"] + params["w_0"])
    errors = (probabilities - bits) / len(bits)
    return probabilities, np.outer(errors, params["w_h"]), {"w_h": h.T @ errors, "w_0": errors.sum(keepdims=True)}


def measure_lstm(params, xs, bits):
    own, zeros = {name: params[name] for name in CELL}, np.zeros((len(xs), len(params["w_h"])))
    hs, cache = lstm_forward(xs, zeros, zeros, own)
    probabilities, dh, gradients = answer(params, hs[:, -1], bits)
    dhs = np.zeros_like(hs)
    dhs[:, -1] = dh
    return probabilities, lstm_backward(xs, cache, own, dhs) | gradients


def measure_gru(params, xs, bits):
    own, zeros = {name: params[name] for name in CELL}, np.zeros((len(xs), len(params["w_h"])))
    hs, cache = gru_forward(xs, zeros, own)
    probabilities, dh, gradients = answer(params, hs[:, -1], bits)
    total = {name: np.zeros_like(weight) for name, weight in own.items()}
    for t in reversed(range(xs.shape[1])):
        step = {name: cache[name][:, t] for name in "rzn"} | {"x": xs[:, t], "h": hs[:, t - 1] if t else zeros}
        back = gru_backward_step(dh, step, own)
        dh, total = back["h"], {name: total[name] + back[name] for name in own}
    return probabilities, total | gradients


def fresh(rng, gates, bias, size=16):
    params = init_lstm(recall.D, size, rng, bias) | {"w_h": rng.normal(size=size) / 4, "w_0": np.zeros(1)}
    if gates == 3:  # the second block is the GRU's update gate, as it is the LSTM's forget gate
        params |= {name: params[name][: 3 * size] for name in CELL}
    return params


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "gates, measure, steps, rate", [(4, measure_lstm, 70, 0.003), (3, measure_gru, 120, 0.005)], ids=["LSTM", "GRU"]
)
def test_gated_cells_recall_over_fifty_steps(gates, measure, steps, rate, seed):
    """The heat maps side by side would not show what the lesson says."""
    rng = np.random.default_rng(seed)
    run = recall.train_recall(fresh(rng, gates, 5.0), measure, 50, steps, rate, rng, B=16)
    assert run.final(20) > 0.9


@pytest.mark.parametrize("seed", FIRST)
@pytest.mark.parametrize("gates, measure, steps", [(4, measure_lstm, 100), (3, measure_gru, 150)], ids=["LSTM", "GRU"])
def test_gated_cells_recall_over_two_hundred_steps(gates, measure, steps, seed):
    """The lesson would promise more than its cells can do."""
    rng = np.random.default_rng(seed)
    run = recall.train_recall(fresh(rng, gates, 5.0), measure, 200, steps, 0.003, rng)
    assert run.final(20) > 0.9


def needed(bias, delay, seed, steps=150):
    """After how many steps an LSTM that starts with this bias has learned this delay, if it has."""
    rng = np.random.default_rng(seed)
    return recall.learned_after(
        recall.train_recall(fresh(rng, 4, bias), measure_lstm, delay, steps, 0.003, rng).accuracy
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_bias_0_does_not_learn_twenty_steps(seed):
    """The lesson would recommend a start that doesn't help."""
    assert needed(0.0, 20, seed, 100) is None


@pytest.mark.parametrize("seed", FIRST)
def test_bias_1_learns_twenty_steps_and_not_a_hundred(seed):
    """The lesson would say of `init_lstm`'s default what it doesn't buy."""
    assert needed(1.0, 20, seed, 60) < 50
    assert needed(1.0, 100, seed) is None


@pytest.mark.parametrize("seed", FIRST)
def test_bias_3_learns_a_hundred_steps(seed):
    """The map's third column would not show what the text beside it says."""
    assert needed(3.0, 100, seed, 80) < 60


@pytest.mark.full
@pytest.mark.parametrize("seed, steps, learns", [(0, 150, False), (1, 150, False), (3, 120, False), (4, 120, True)])
def test_bias_3_learns_a_hundred_steps_and_two_hundred_with_some_luck(seed, steps, learns):
    """The lesson would call luck what is certain, or impossible."""
    assert (needed(3.0, 200, seed, steps) is not None) == learns


@pytest.mark.parametrize("seed", FIRST)
def test_bias_5_learns_two_hundred_steps(seed):
    """The map's last column would not show what the text beside it says."""
    assert needed(5.0, 200, seed, 100) < 90


@pytest.mark.parametrize("seed", FIRST)
def test_at_a_short_delay_the_gru_takes_more_than_three_times_as_long_as_the_lstm(seed):
    """The lesson would give a reason for what isn't so."""
    rng = np.random.default_rng(seed)
    run = recall.train_recall(fresh(rng, 3, 5.0), measure_gru, 20, 150, 0.003, rng)
    assert recall.learned_after(run.accuracy) > 3 * needed(5.0, 20, seed, 60)


def test_untrained_it_may_know_the_cue_with_either_sign():
    """The lesson would explain a start below one half by a sign that isn't there."""
    accuracies = {bias: [accuracy_untrained(bias, seed) for seed in range(8)] for bias in (0.0, 3.0)}
    assert min(accuracies[3.0]) < 0.2 and max(accuracies[3.0]) > 0.9
    assert all(0.35 < accuracy < 0.65 for accuracy in accuracies[0.0])
    assert round(sigmoid(3.0) ** 20, 2) == 0.38


def accuracy_untrained(bias, seed):
    rng = np.random.default_rng(seed)
    params = fresh(rng, 4, bias)
    xs, bits = recall.recall_batch(rng, 400, 20)
    hs, _ = lstm_forward(xs, np.zeros((400, 16)), np.zeros((400, 16)), {name: params[name] for name in CELL})
    return np.mean((answer(params, hs[:, -1], bits)[0] > 0.5) == bits)


def test_a_forget_gate_of_0_9_leaves_a_third_after_ten_steps():
    """The widget would show another number than the text beside it."""
    assert round(0.9**10, 2) == 0.35


# Gradients of the three cells before training


def lstm_reach(seed, candidate=1.0):
    rng = np.random.default_rng(seed)
    xs, bits = recall.recall_batch(rng, 32, 150)
    params, zeros = fresh(rng, 4, 5.0), np.zeros((32, 16))
    own = {name: params[name].copy() for name in CELL}
    hs, cache = lstm_forward(xs, zeros, zeros, own)
    dhs = np.zeros_like(hs)
    dhs[:, -1] = answer(params, hs[:, -1], bits)[1]
    own["u_h"][32:48] *= candidate  # only the way back changes
    return np.linalg.norm(lstm_backward(xs, cache, own, dhs)["xs"], axis=(0, 2))[::-1]


def gru_reach(seed):
    rng = np.random.default_rng(seed)
    xs, bits = recall.recall_batch(rng, 32, 150)
    params, zeros, reach = fresh(rng, 3, 5.0), np.zeros((32, 16)), []
    own = {name: params[name] for name in CELL}
    hs, cache = gru_forward(xs, zeros, own)
    dh = answer(params, hs[:, -1], bits)[1]
    for t in reversed(range(151)):
        step = {name: cache[name][:, t] for name in "rzn"} | {"x": xs[:, t], "h": hs[:, t - 1] if t else zeros}
        back = gru_backward_step(dh, step, own)
        dh = back["h"]
        reach.append(np.linalg.norm(back["x"]))
    return np.array(reach)


def plain_reach(seed):
    rng = np.random.default_rng(seed)
    xs, bits = recall.recall_batch(rng, 32, 150)
    return np.linalg.norm(measure(recall_network(0.9, rng), xs, bits)[1]["xs"], axis=(0, 2))[::-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_of_the_three_cells_before_training(seed):
    """The text would describe other lines than the figure shows."""
    lstm, gru, plain = lstm_reach(seed), gru_reach(seed), plain_reach(seed)
    assert gru[0] < plain[0] / 100
    assert 15 < np.flatnonzero(gru > plain)[0] < 30
    assert gru[0] / 8 < gru[100] < gru[0]
    assert plain[30] < plain[0] / 1000
    assert lstm[50] < lstm[100] < lstm[149]


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_way_through_the_candidate_the_gradient_falls(seed):
    """The lesson would give a wrong reason why an LSTM's gradient can grow."""
    reach = lstm_reach(seed, candidate=0.0)
    assert reach[50] > reach[100] > reach[149] > reach[50] / 4


# A unit that knows

OPENED, ORDINARY = 'def f(self):\n    """Say what it does.\n\n', "def f(self):\n    say(what, it.does)\n\n"


def read(texts):
    params = weights.load(train.NAME)
    zeros = np.zeros((len(texts), params["w_h"].shape[1]))
    xs = np.array([data_source.one_hot(data_source.numbers(text)) for text in texts])
    logits, _, cache = train.answers(params, xs, zeros, zeros)
    return logits[:, :, 0] > 0, cache


def test_behind_quotes_the_lstm_takes_code_for_a_string_as_long_as_it_lasts():
    """The lesson would compare two networks that don't differ."""
    pieces = data_source.stretches(data_source.CODE, 336)
    assert len(pieces) >= 15
    for first, inside in ((OPENED, True), (ORDINARY, False)):
        said, _ = read([first + piece for piece in pieces])
        assert np.mean(said[:, len(first) :] == inside) > 0.99


@cache
def correlations():
    """Of every unit's cell state with whether a character is in a string, over three modules; and how often right."""
    inside, cells, right = [], [], []
    for module in ("textwrap", "shlex", "cmd"):
        text, labels = data_source.source(module)[:12000], data_source.labels(data_source.source(module))[:12000]
        said, kept = read([text])
        inside.append(labels == data_source.STRING)
        cells.append(kept["c"][0])
        right.append(np.mean(said[0] == inside[-1]))
    return np.array([np.corrcoef(unit, np.concatenate(inside))[0, 1] for unit in np.concatenate(cells).T]), right


def test_the_shipped_network_has_units_that_know_they_are_inside_a_string():
    """The lesson would ask learners to look for something that isn't there."""
    found, right = correlations()
    assert min(right) > 0.97
    assert np.abs(found).max() > 0.8
    assert 0.3 < np.mean(np.abs(found) > 0.7) < 0.45


def test_one_units_gates_move_at_the_quotes():
    """The text under the gates would describe another unit."""
    text, truth = data_source.snippet("cmd", "def columnize", 640, 100)
    _, cache = read([text])
    unit = int(np.argmax(np.abs(correlations()[0])))
    c, f, i = (cache[name][0, :, unit] for name in "cfi")
    opening = text.find('"', text.find("raise TypeError"))
    closing = text.find('"', opening + 1)
    assert truth[opening] == truth[closing] == data_source.STRING
    assert f[opening : opening + 2].min() < 0.5
    assert abs(c[opening + 3]) < 0.5 < -c[opening - 1]
    assert np.median(f[opening + 3 : closing]) > 0.95 and np.median(i[opening + 3 : closing]) < 0.1
    assert i[closing : closing + 3].max() > 0.5
    assert c[closing + 3] < -0.5
