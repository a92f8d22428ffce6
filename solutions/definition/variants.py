"""Other right answers of lesson 02: what people write who think differently."""

import math

import numpy as np

from solutions.definition.reference import rnn_output, rnn_step


def step_one_matrix(x, h, u_x, u_h, u_0):
    """One matrix for the input, the state and a constant 1."""
    return np.tanh(np.hstack([u_x, u_h, u_0[:, None]]) @ np.concatenate([x, h, [1.0]]))


def step_loops(x, h, u_x, u_h, u_0):
    """Sums written out, returning a list."""
    return [
        math.tanh(sum(u_x[i, j] * x[j] for j in range(len(x))) + sum(u_h[i, j] * h[j] for j in range(len(h))) + u_0[i])
        for i in range(len(h))
    ]


def step_in_float32(x, h, u_x, u_h, u_0):
    """Single precision throughout, with row vectors."""
    x, h, u_x, u_h, u_0 = (array.astype(np.float32) for array in (x, h, u_x, u_h, u_0))
    return np.tanh(x @ u_x.T + h @ u_h.T + u_0)


def output_from_tanh(x, h, w_x, w_h, w_0):
    """The sigmoid is a tanh, moved and squeezed."""
    return (1 + np.tanh((np.einsum("od,d->o", w_x, x) + np.einsum("oh,h->o", w_h, h) + w_0) / 2)) / 2


def output_as_written(x, h, w_x, w_h, w_0):
    """The formula as it stands: where e^(-a) overflows to inf, 1 / inf is still the right 0."""
    return 1 / (1 + np.exp(-(w_x @ x + w_h @ h + w_0)))


def output_clipped(x, h, w_x, w_h, w_0):
    """Beyond 40 the sigmoid doesn't change in any digit that counts."""
    return 1 / (1 + np.exp(-np.clip(w_x @ x + w_h @ h + w_0, -40, 40)))


def output_loops(x, h, w_x, w_h, w_0):
    """One output at a time, its two cases apart."""
    ys = []
    for row_x, row_h, bias in zip(w_x, w_h, w_0):
        a = float(row_x @ x + row_h @ h + bias)
        ys.append(1 / (1 + math.exp(-a)) if a > 0 else math.exp(a) / (1 + math.exp(a)))
    return ys


def forward_in_place(xs, h_0, params):
    """Arrays made beforehand, filled by index; the state is looked up in them."""
    T, H, O = len(xs), len(h_0), len(params["w_0"])
    ys, hs = np.empty((T, O)), np.empty((T, H))
    for t in range(T):
        before = h_0 if t == 0 else hs[t - 1]
        ys[t] = rnn_output(xs[t], before, params["w_x"], params["w_h"], params["w_0"])
        hs[t] = rnn_step(xs[t], before, params["u_x"], params["u_h"], params["u_0"])
    return ys, hs


def forward_outputs_at_once(xs, h_0, params):
    """The states first, one by one; then all outputs in one go from the states before."""
    states = [h_0]
    for a in xs @ params["u_x"].T + params["u_0"]:
        states.append(np.tanh(a + params["u_h"] @ states[-1]))
    before, hs = np.stack(states[:-1]), np.stack(states[1:])
    return 1 / (1 + np.exp(-(xs @ params["w_x"].T + before @ params["w_h"].T + params["w_0"]))), hs


def forward_recursive(xs, h_0, params):
    """The first step, then the rest of the sequence from there."""
    y = rnn_output(xs[0], h_0, params["w_x"], params["w_h"], params["w_0"])
    h = rnn_step(xs[0], h_0, params["u_x"], params["u_h"], params["u_0"])
    if len(xs) == 1:
        return [y], [h]
    ys, hs = forward_recursive(xs[1:], h, params)
    return [y, *ys], [h, *hs]


def elman_in_place(xs, h_0, params):
    """States by index, outputs written out."""
    hs = np.empty((len(xs), len(h_0)))
    for t, a in enumerate(xs @ params["u_x"].T + params["u_0"]):
        hs[t] = np.tanh(a + params["u_h"] @ (hs[t - 1] if t else h_0))
    return 1 / (1 + np.exp(-(hs @ params["w_h"].T + params["w_0"]))), hs


def elman_one_step_late(xs, h_0, params):
    """Definition 15.1 without w_x, run one step longer, its first output dropped."""
    silent = params | {"w_x": np.zeros_like(params["w_x"])}
    ys, hs = forward_in_place(np.vstack([xs, np.zeros_like(xs[:1])]), h_0, silent)
    return ys[1:], hs[:-1]


def latch_at_rest_below_zero():
    """The state rests near -1 and not at 0: noise can't make it drift."""
    return {"u_x": [[8.0]], "u_h": [[4.0]], "u_0": [-2.0], "w_x": [[20.0]], "w_h": [[10.0]], "w_0": [-3.0]}


def latch_of_three():
    """Three units that hold each other up."""
    return {
        "u_x": np.full((3, 1), 4.0), "u_h": np.full((3, 3), 2.0), "u_0": np.zeros(3),
        "w_x": np.full((1, 1), 9.0, np.float32), "w_h": np.full((1, 3), 3.0), "w_0": np.array([-4]),
    }  # fmt: skip


def parity_of_differences():
    """One unit for "1 after even", one for "0 after odd", and one that tells the first step from the others."""
    return {
        "u_x": [[10.0], [-10.0], [0.0]], "u_h": [[-5.0, -5.0, -10.0], [5.0, 5.0, 10.0], [0.0, 0.0, 0.0]],
        "u_0": [-5.0, -5.0, 9.0], "w_x": [[0.0]], "w_h": [[10.0, 10.0, 0.0]], "w_0": [10.0],
    }  # fmt: skip


def parity_steeper():
    """The two thresholds with other slopes, at other places, and in the other order."""
    return {
        "u_x": np.array([[30.0], [24.0]]),
        "u_h": np.array([[-15.0, 15.0], [-12.0, 12.0]]),
        "u_0": np.array([-42.0, -13.0]),
        "w_x": np.array([[7.0]]),
        "w_h": np.array([[-8.0, 8.0]]),
        "w_0": np.array([-8.0]),
    }
