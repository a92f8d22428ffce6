"""Lesson 06's answers for sequences, with every formula as it stands in the lesson, for small changes to be made in."""

import numpy as np

from solutions.gated_cells.reference import sigmoid


def gru_forward(xs, h_0, params):
    u_x, u_h, u_0, H = params["u_x"], params["u_h"], params["u_0"], h_0.shape[1]
    kept = {name: [] for name in ("h", "r", "z", "n")}
    h = h_0
    for t in range(xs.shape[1]):
        x = xs[:, t]
        r = sigmoid(x @ u_x[:H].T + h @ u_h[:H].T + u_0[:H])
        z = sigmoid(x @ u_x[H : 2 * H].T + h @ u_h[H : 2 * H].T + u_0[H : 2 * H])
        n = np.tanh(x @ u_x[2 * H :].T + (r * h) @ u_h[2 * H :].T + u_0[2 * H :])
        h = z * h + (1 - z) * n
        for name, value in zip(kept, (h, r, z, n)):
            kept[name].append(value)
    hs, r, z, n = (np.stack(values, axis=1) for values in kept.values())
    return hs, {"r": r, "z": z, "n": n}


def lstm_forward(xs, h_0, c_0, params):
    h = h_0
    c = c_0
    kept = {name: [] for name in "ifgoch"}
    for t in range(xs.shape[1]):
        x = xs[:, t]
        a_i, a_f, a_g, a_o = np.split(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"], 4, axis=1)
        i = sigmoid(a_i)
        f = sigmoid(a_f)
        g = np.tanh(a_g)
        o = sigmoid(a_o)
        c = f * c + i * g
        h = o * np.tanh(c)
        for name, value in zip(kept, (i, f, g, o, c, h)):
            kept[name].append(value)
    kept = {name: np.stack(values, axis=1) for name, values in kept.items()}
    return kept["h"], kept | {"h_0": h_0, "c_0": c_0}


def lstm_backward(xs, cache, params, dhs):
    u_x, u_h, u_0 = (np.zeros_like(params[name]) for name in ("u_x", "u_h", "u_0"))
    dxs = np.zeros_like(xs)
    dh, dc = np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
    for t in reversed(range(xs.shape[1])):
        i, f, g, o, c = (cache[name][:, t] for name in "ifgoc")
        c_before = cache["c"][:, t - 1] if t > 0 else cache["c_0"]
        h_before = cache["h"][:, t - 1] if t > 0 else cache["h_0"]
        x = xs[:, t]
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        da_i = dc * g * i * (1 - i)
        da_f = dc * c_before * f * (1 - f)
        da_g = dc * i * (1 - g**2)
        da_o = dh * np.tanh(c) * o * (1 - o)
        da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
        u_x += da.T @ x
        u_h += da.T @ h_before
        u_0 += da.sum(axis=0)
        dxs[:, t] = da @ params["u_x"]
        dc = dc * f
        dh = da @ params["u_h"]
    return {"u_x": u_x, "u_h": u_h, "u_0": u_0, "h_0": dh, "c_0": dc, "xs": dxs}


def cell_gradient(forget_gates):
    later = np.ones_like(forget_gates)
    for t in reversed(range(len(forget_gates) - 1)):
        later[t] = later[t + 1] * forget_gates[t + 1]
    return later
