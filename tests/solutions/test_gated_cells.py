"""Lesson 06: answers agree with independent oracles, feedback names the gate, experiments come out."""

import numpy as np
import pytest

from solutions.gated_cells.misconceptions.gru_step import reset_after
from solutions.gated_cells.reference import (
    cell_gradient,
    gru_backward_step,
    gru_forward,
    gru_step,
    lstm_backward,
    lstm_backward_step,
    lstm_forward,
    lstm_step,
)
from solutions.vanishing_gradients.reference import numerical_gradient

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
