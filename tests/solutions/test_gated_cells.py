"""Lesson 06: answers agree with independent oracles, feedback names the gate, experiments come out."""

import numpy as np
import pytest

from solutions.gated_cells import train
from solutions.gated_cells.misconceptions.gru_step import reset_after
from solutions.gated_cells.reference import (
    cell_gradient,
    gru_backward_step,
    gru_forward,
    gru_step,
    init_lstm,
    lstm_backward,
    lstm_backward_step,
    lstm_forward,
    lstm_step,
    sigmoid,
)
from solutions.vanishing_gradients.reference import numerical_gradient
from unrolled.kit import weights
from unrolled.vanishing_gradients import data_source, recall

CELL = ("u_x", "u_h", "u_0")
B, T, D, H = 3, 5, 4, 2


@pytest.fixture
def rng():
    return np.random.default_rng(6)


def cell(rng, gates):
    shapes = {"u_x": (gates * H, D), "u_h": (gates * H, H), "u_0": (gates * H,)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def torch_cell(torch, kind, params):
    made = getattr(torch.nn, kind)(D, H, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for name, own in (("weight_ih_l0", "u_x"), ("weight_hh_l0", "u_h"), ("bias_ih_l0", "u_0")):
            getattr(made, name).copy_(torch.tensor(params[own]))
        made.bias_hh_l0.zero_()
    return made


# Oracles


def test_lstm_agrees_with_pytorch_forward_and_backward(rng):
    """Learners would write a network of our own invention."""
    torch = pytest.importorskip("torch", reason="PyTorch is an optional oracle")
    params, xs, dhs = cell(rng, 4), rng.normal(size=(B, T, D)), rng.normal(size=(B, T, H))
    h_0, c_0 = rng.normal(size=(2, B, H))
    theirs = torch_cell(torch, "LSTM", params)
    inputs, h, c = (torch.tensor(value, requires_grad=True) for value in (xs, h_0, c_0))
    states, _ = theirs(inputs, (h[None], c[None]))
    states.backward(torch.tensor(dhs))
    hs, cache = lstm_forward(xs, h_0, c_0, params)
    gradients = lstm_backward(xs, cache, params, dhs)
    expected = {"u_x": theirs.weight_ih_l0, "u_h": theirs.weight_hh_l0, "u_0": theirs.bias_ih_l0, "xs": inputs}
    np.testing.assert_allclose(hs, states.detach().numpy(), atol=1e-6)
    for name, tensor in (expected | {"h_0": h, "c_0": c}).items():
        np.testing.assert_allclose(gradients[name], tensor.grad.numpy(), atol=1e-6, err_msg=name)


def test_pytorchs_gru_is_the_one_that_resets_after_multiplying(rng):
    """The explanation of the two conventions would send learners the wrong way."""
    torch = pytest.importorskip("torch", reason="PyTorch is an optional oracle")
    params, x, h = cell(rng, 3), rng.normal(size=(B, D)), rng.normal(size=(B, H))
    theirs = torch_cell(torch, "GRU", params)(torch.tensor(x)[:, None], torch.tensor(h)[None])[0][:, 0].detach().numpy()
    np.testing.assert_allclose(reset_after(x, h, params), theirs, atol=1e-6)
    assert np.abs(gru_step(x, h, params) - theirs).max() > 1e-3
    params["u_0"][:H] = 100.0
    theirs = torch_cell(torch, "GRU", params)(torch.tensor(x)[:, None], torch.tensor(h)[None])[0][:, 0].detach().numpy()
    np.testing.assert_allclose(gru_step(x, h, params), theirs, atol=1e-6)


def test_gru_backward_step_agrees_with_finite_differences(rng):
    """Learners would be marked against a wrong gradient."""
    params, x, h, dh = cell(rng, 3), rng.normal(size=(B, D)), rng.normal(size=(B, H)), rng.normal(size=(B, H))
    _, cache = gru_forward(x[:, None], h, params)
    step = {name: values[:, 0] for name, values in cache.items()} | {"x": x, "h": h}
    gradients = gru_backward_step(dh, step, params)

    def loss(**changed):
        given = {"x": x, "h": h} | params | changed
        return np.sum(dh * gru_step(given["x"], given["h"], {name: given[name] for name in CELL}))

    for name, value in ({"x": x, "h": h} | params).items():
        numeric = numerical_gradient(lambda v, name=name: loss(**{name: v}), value, 1e-6)
        np.testing.assert_allclose(gradients[name], numeric, atol=1e-6, err_msg=name)


def test_lstm_backward_step_agrees_with_finite_differences(rng):
    """Learners would be marked against a wrong gradient."""
    params, x = cell(rng, 4), rng.normal(size=(B, D))
    h, c, dh, dc = rng.normal(size=(4, B, H))
    _, cache = lstm_forward(x[:, None], h, c, params)
    step = {name: cache[name][:, 0] for name in "ifgo"} | {"x": x, "h": h, "c": c, "c_new": cache["c"][:, 0]}
    gradients = lstm_backward_step(dh, dc, step, params)

    def loss(**changed):
        given = {"x": x, "h": h, "c": c} | params | changed
        h_new, c_new = lstm_step(given["x"], given["h"], given["c"], {name: given[name] for name in CELL})
        return np.sum(dh * h_new) + np.sum(dc * c_new)

    for name, value in ({"x": x, "h": h, "c": c} | params).items():
        numeric = numerical_gradient(lambda v, name=name: loss(**{name: v}), value, 1e-6)
        np.testing.assert_allclose(gradients[name], numeric, atol=1e-6, err_msg=name)


def test_the_cell_gradient_is_that_of_a_cell_whose_gates_are_held():
    """The lesson's widget would show something else than a derivative."""
    gates = np.random.default_rng(1).uniform(0.2, 1.0, size=(6, 3))

    def last(c, t):
        for f in gates[t + 1 :]:
            c = f * c + 0.3
        return c

    for t in range(6):
        np.testing.assert_allclose(cell_gradient(gates)[t], (last(1.0, t) - last(0.0, t)) * np.ones(3))


# What the experiments claim


def read_out(params, h, bits):
    probabilities = sigmoid(h @ params["w_h"] + params["w_0"])
    errors = (probabilities - bits) / len(bits)
    return probabilities, np.outer(errors, params["w_h"]), {"w_h": h.T @ errors, "w_0": errors.sum(keepdims=True)}


def measure_lstm(params, xs, bits):
    own, zeros = {name: params[name] for name in CELL}, np.zeros((len(xs), len(params["w_h"])))
    hs, cache = lstm_forward(xs, zeros, zeros, own)
    probabilities, dh, gradients = read_out(params, hs[:, -1], bits)
    dhs = np.zeros_like(hs)
    dhs[:, -1] = dh
    return probabilities, lstm_backward(xs, cache, own, dhs) | gradients


def measure_gru(params, xs, bits):
    own, zeros = {name: params[name] for name in CELL}, np.zeros((len(xs), len(params["w_h"])))
    hs, cache = gru_forward(xs, zeros, own)
    probabilities, dh, gradients = read_out(params, hs[:, -1], bits)
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


SEEDS = (0, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(1, 5)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("gates, measure, steps", [(4, measure_lstm, 100), (3, measure_gru, 150)], ids=["LSTM", "GRU"])
def test_gated_cells_recall_over_two_hundred_steps(gates, measure, steps, seed):
    """The lesson would promise more than its cells can do."""
    rng = np.random.default_rng(seed)
    run = recall.train_recall(fresh(rng, gates, 5.0), measure, 200, steps, 0.003, rng)
    assert run.final(20) > 0.9


@pytest.mark.parametrize("seed", range(5))
def test_a_forget_bias_of_one_learns_sooner_than_none(seed):
    """The lesson would recommend a start that doesn't help."""
    needed = {}
    for bias in (0.0, 1.0):
        rng = np.random.default_rng(seed)
        run = recall.train_recall(fresh(rng, 4, bias), measure_lstm, 20, 60, 0.003, rng)
        needed[bias] = recall.learned_after(run.accuracy) or 1000
    assert needed[1.0] < needed[0.0]


def test_the_shipped_network_has_a_unit_that_knows_it_is_inside_a_string():
    """The lesson would ask learners to look for something that isn't there."""
    params, text = weights.load(train.NAME), data_source.source("shlex")[:6000]
    inside = data_source.labels(data_source.source("shlex"))[:6000] == data_source.STRING
    zeros = np.zeros((1, params["w_h"].shape[1]))
    logits, _, cache = train.answers(params, data_source.one_hot(data_source.numbers(text))[None], zeros, zeros)
    assert np.mean((logits[0, :, 0] > 0) == inside) > 0.98
    correlations = [abs(np.corrcoef(unit, inside)[0, 1]) for unit in cache["c"][0].T]
    assert max(correlations) > 0.8
