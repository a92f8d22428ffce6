"""Right answers of lesson 06: the GRU and the LSTM unit, forward and backward, gate by gate."""

import numpy as np


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def gru_step(x, h, params):
    """One timestep of a gated recurrent unit, as its authors wrote it down (Cho et al., 2014, equations 5 to 8).

        r = σ(u_x[r] x + u_h[r] h + u_0[r])            the reset gate
        z = σ(u_x[z] x + u_h[z] h + u_0[z])            the update gate
        n = tanh(u_x[n] x + u_h[n] (r ⊙ h) + u_0[n])   the candidate
        h_new = z ⊙ h + (1 − z) ⊙ n

    ⊙ multiplies entry by entry, σ is `sigmoid`. So z = 1 keeps the old state. Each weight holds three blocks of H rows,
    one under the other in the order r, z, n: `u_x[:H]` is u_x[r], `u_x[H:2*H]` is u_x[z], `u_x[2*H:]` is u_x[n].

    Parameters
    ----------
    x : (B, D) array
        The inputs x_t.
    h : (B, H) array
        The states before the step, h_{t-1}.
    params : dict
        "u_x" (3H, D), "u_h" (3H, H), "u_0" (3H,).

    Returns
    -------
    (B, H) array
        The states after the step, h_t.
    """
    u_x, u_h, u_0 = params["u_x"], params["u_h"], params["u_0"]
    H = h.shape[1]
    r = sigmoid(x @ u_x[:H].T + h @ u_h[:H].T + u_0[:H])  # (B, H)
    z = sigmoid(x @ u_x[H : 2 * H].T + h @ u_h[H : 2 * H].T + u_0[H : 2 * H])  # (B, H)
    n = np.tanh(x @ u_x[2 * H :].T + (r * h) @ u_h[2 * H :].T + u_0[2 * H :])  # (B, H)
    return z * h + (1 - z) * n


def gru_forward(xs, h_0, params):
    """A GRU over a batch of sequences.

    Parameters
    ----------
    xs : (B, T, D) array
    h_0 : (B, H) array
        The states before the first step.
    params : dict
        As for `gru_step`.

    Returns
    -------
    hs : (B, T, H) array
        The states h_1 … h_T.
    cache : dict of arrays
        What the backward pass will want to know: the gates and candidates of all steps under "r", "z" and "n", each
        (B, T, H). You may keep more.
    """
    (B, T, _), H = xs.shape, h_0.shape[1]
    u_h, drive = params["u_h"], xs @ params["u_x"].T + params["u_0"]  # (B, T, 3H)
    hs, r, z, n = (np.empty((B, T, H), drive.dtype) for _ in range(4))
    h = h_0
    for t in range(T):
        gates = sigmoid(drive[:, t, : 2 * H] + h @ u_h[: 2 * H].T)  # (B, 2H)
        r[:, t], z[:, t] = gates[:, :H], gates[:, H:]
        n[:, t] = np.tanh(drive[:, t, 2 * H :] + (r[:, t] * h) @ u_h[2 * H :].T)
        h = hs[:, t] = z[:, t] * h + (1 - z[:, t]) * n[:, t]
    return hs, {"r": r, "z": z, "n": n}


def gru_backward_step(dh, cache, params):
    """Back through one step of a GRU.

    Parameters
    ----------
    dh : (B, H) array
        ∂L/∂h_t, everything after the step counted.
    cache : dict of arrays
        What the step was made of: "x" (B, D), its input; "h" (B, H), the state *before* it; "r", "z", "n" (B, H), its
        gates and its candidate.
    params : dict
        As for `gru_step`.

    Returns
    -------
    dict
        ∂L/∂x_t under "x" (B, D), ∂L/∂h_{t-1} under "h" (B, H), and this step's share of the gradients of the weights
        under "u_x" (3H, D), "u_h" (3H, H) and "u_0" (3H,), in the order r, z, n.
    """
    x, h, r, z, n = (cache[name] for name in ("x", "h", "r", "z", "n"))
    u_x, u_h, H = params["u_x"], params["u_h"], h.shape[1]
    da_n = dh * (1 - z) * (1 - n**2)  # (B, H)
    da_z = dh * (h - n) * z * (1 - z)
    d_rh = da_n @ u_h[2 * H :]  # ∂L/∂(r ⊙ h)
    da_r = d_rh * h * r * (1 - r)
    da_gates = np.concatenate([da_r, da_z], axis=1)  # (B, 2H)
    da = np.concatenate([da_gates, da_n], axis=1)  # (B, 3H)
    return {
        "x": da @ u_x,
        "h": dh * z + d_rh * r + da_gates @ u_h[: 2 * H],
        "u_x": da.T @ x,
        "u_h": np.concatenate([da_gates.T @ h, da_n.T @ (r * h)]),
        "u_0": da.sum(axis=0),
    }


def lstm_step(x, h, c, params):
    """One timestep of an LSTM unit (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et al., 2000).

        i = σ(u_x[i] x + u_h[i] h + u_0[i])      the input gate: how much to write
        f = σ(u_x[f] x + u_h[f] h + u_0[f])      the forget gate: how much to keep
        g = tanh(u_x[g] x + u_h[g] h + u_0[g])   the candidate: what to write
        o = σ(u_x[o] x + u_h[o] h + u_0[o])      the output gate: how much to show
        c_new = f ⊙ c + i ⊙ g
        h_new = o ⊙ tanh(c_new)

    Each weight holds four blocks of H rows, one under the other in the order i, f, g, o (as in PyTorch).

    Parameters
    ----------
    x : (B, D) array
        The inputs x_t.
    h : (B, H) array
        The hidden states before the step, h_{t-1}.
    c : (B, H) array
        The cell states before the step, c_{t-1}.
    params : dict
        "u_x" (4H, D), "u_h" (4H, H), "u_0" (4H,).

    Returns
    -------
    h : (B, H) array
        The hidden states after the step, h_t.
    c : (B, H) array
        The cell states after the step, c_t.
    """
    a = x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]  # (B, 4H)
    a_i, a_f, a_g, a_o = np.split(a, 4, axis=1)  # (B, H) each
    c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c


def lstm_forward(xs, h_0, c_0, params):
    """An LSTM over a batch of sequences.

    Parameters
    ----------
    xs : (B, T, D) array
    h_0, c_0 : (B, H) arrays
        The hidden states and the cell states before the first step.
    params : dict
        As for `lstm_step`.

    Returns
    -------
    hs : (B, T, H) array
        The hidden states h_1 … h_T.
    cache : dict of arrays
        What the backward pass will want to know: the gates and candidates of all steps under "i", "f", "g" and "o",
        the cell states c_1 … c_T under "c" and the hidden states under "h", each (B, T, H); and "h_0" and "c_0" as they
        came. You may keep more.
    """
    (B, T, D), H = xs.shape, h_0.shape[1]
    drive = (xs.swapaxes(0, 1).reshape(T * B, D) @ params["u_x"].T).reshape(T, B, 4 * H)  # time first, for speed
    u_h, u_0 = params["u_h"].T.copy(), params["u_0"]
    cache = {name: np.empty((T, B, H), drive.dtype) for name in ("i", "f", "g", "o", "c", "h")}
    h, c = h_0, c_0
    for t in range(T):
        a = drive[t] + h @ u_h + u_0  # (B, 4H)
        gates = sigmoid(a)
        i, f, o = gates[:, :H], gates[:, H : 2 * H], gates[:, 3 * H :]
        g = np.tanh(a[:, 2 * H : 3 * H])
        c = f * c + i * g
        h = o * np.tanh(c)
        for name, value in zip("ifgoch", (i, f, g, o, c, h)):
            cache[name][t] = value
    cache = {name: values.swapaxes(0, 1) for name, values in cache.items()}  # (B, T, H) each
    return cache["h"], cache | {"h_0": h_0, "c_0": c_0}


def lstm_backward_step(dh, dc, cache, params):
    """Back through one step of an LSTM.

    Parameters
    ----------
    dh : (B, H) array
        ∂L/∂h_t, everything after the step counted.
    dc : (B, H) array
        ∂L/∂c_t by way of the next step's cell state; what goes through h_t is not in it yet.
    cache : dict of arrays
        What the step was made of: "x" (B, D), its input; "h" and "c" (B, H), the hidden and cell states *before* it;
        "i", "f", "g", "o" (B, H), its gates and its candidate; "c_new" (B, H), the cell state after it.
    params : dict
        As for `lstm_step`.

    Returns
    -------
    dict
        ∂L/∂x_t under "x" (B, D), ∂L/∂h_{t-1} under "h" (B, H), ∂L/∂c_{t-1} under "c" (B, H), and this step's share of
        the gradients of the weights under "u_x" (4H, D), "u_h" (4H, H) and "u_0" (4H,), in the order i, f, g, o.
    """
    i, f, g, o = (cache[name] for name in "ifgo")
    shown = np.tanh(cache["c_new"])
    dc = dc + dh * o * (1 - shown**2)  # ∂L/∂c_t, both ways
    da_i = dc * g * i * (1 - i)
    da_f = dc * cache["c"] * f * (1 - f)
    da_g = dc * i * (1 - g**2)
    da_o = dh * shown * o * (1 - o)
    da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)  # (B, 4H)
    return {
        "x": da @ params["u_x"],
        "h": da @ params["u_h"],
        "c": dc * f,
        "u_x": da.T @ cache["x"],
        "u_h": da.T @ cache["h"],
        "u_0": da.sum(axis=0),
    }


def lstm_backward(xs, cache, params, dhs):
    """Backpropagation through time for an LSTM.

    Parameters
    ----------
    xs : (B, T, D) array
    cache : dict of arrays
        As `lstm_forward` returned it.
    params : dict
        As for `lstm_step`.
    dhs : (B, T, H) array
        ∂L/∂h_t for every step, as the outputs that read h_t want it: what comes by way of later steps is yours to add.

    Returns
    -------
    dict
        The gradients of the weights under "u_x", "u_h" and "u_0", of the initial states under "h_0" and "c_0" (B, H),
        and of the inputs under "xs" (B, T, D).
    """
    (B, T, D), H = xs.shape, dhs.shape[2]
    i, f, g, o, c, h = (cache[name].swapaxes(0, 1) for name in "ifgoch")  # time first, for speed
    das = np.empty((T, B, 4 * H), dhs.dtype)
    dh, dc = np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
    for t in reversed(range(T)):
        i_t, f_t, g_t, o_t, c_before = i[t], f[t], g[t], o[t], c[t - 1] if t > 0 else cache["c_0"]
        shown = np.tanh(c[t])
        dh = dh + dhs[:, t]  # ∂L/∂h_t, both ways
        dh_o = dh * o_t
        dc = dc + dh_o * (1 - shown**2)  # ∂L/∂c_t, both ways
        dc_i, dc_f = dc * i_t, dc * f_t
        da_i, da_f = dc_i * g_t * (1 - i_t), dc_f * c_before * (1 - f_t)
        da_g, da_o = dc_i * (1 - g_t**2), dh_o * shown * (1 - o_t)
        da = das[t] = np.concatenate([da_i, da_f, da_g, da_o], axis=1)  # (B, 4H)
        dh, dc = da @ params["u_h"], dc_f
    h_before = np.concatenate([cache["h_0"][None], h[:-1]])  # (T, B, H)
    das = das.reshape(T * B, 4 * H)  # every step of every sequence has its share in the weights
    return {
        "u_x": das.T @ xs.swapaxes(0, 1).reshape(T * B, D),
        "u_h": das.T @ h_before.reshape(T * B, H),
        "u_0": das.sum(axis=0),
        "h_0": dh,
        "c_0": dc,
        "xs": (das @ params["u_x"]).reshape(T, B, D).swapaxes(0, 1),
    }


def init_lstm(D, H, rng, forget_bias=1.0):
    """Fresh parameters of an LSTM.

    `u_x`, then `u_h`, are drawn uniformly from −1/√H to 1/√H: `rng.uniform(-k, k, size=...)` once for each, in this
    order. Biases are zero, except those of the forget gate, which are `forget_bias`, so that the unit begins by
    remembering (Jozefowicz et al., 2015).

    Parameters
    ----------
    D, H : int
    rng : numpy.random.Generator
    forget_bias : float

    Returns
    -------
    dict
        "u_x" (4H, D), "u_h" (4H, H), "u_0" (4H,), in the order i, f, g, o.
    """
    k = 1 / np.sqrt(H)
    u_0 = np.zeros(4 * H)
    u_0[H : 2 * H] = forget_bias
    return {"u_x": rng.uniform(-k, k, size=(4 * H, D)), "u_h": rng.uniform(-k, k, size=(4 * H, H)), "u_0": u_0}


def hold_weights():
    """Weights of an LSTM that keeps a value until it is told to write another.

    Two numbers come in at every step (D = 2): first a value, 1 or −1, and second a command, 1 for "write" or 0 for
    "leave it". After each step the first hidden unit, `h[:, 0]`, must say which value was written last: above 0.1 for
    1, below −0.1 for −1. The first step always writes; afterwards it may have to keep the value for 500 steps, while
    other values come in, perhaps the opposite one every time. Hidden and cell states begin as zeros.

    Returns
    -------
    dict
        "u_x" (4H, 2), "u_h" (4H, H), "u_0" (4H,), in the order i, f, g, o. H is yours to choose, from 1 to 64.
    """
    u_x = np.array([[0.0, 20.0], [0.0, -20.0], [5.0, 0.0], [0.0, 0.0]])  # (4, 2): i, f, g, o
    u_0 = np.array([-10.0, 10.0, 0.0, 10.0])
    return {"u_x": u_x, "u_h": np.zeros((4, 1)), "u_0": u_0}


def cell_gradient(forget_gates):
    """How much of each cell state is left in the last one: ∂c_T/∂c_t along the cell itself, for t = 1 … T.

    From c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t, with gates and candidates taken as given.

    Parameters
    ----------
    forget_gates : (T, H) array
        f_1 … f_T.

    Returns
    -------
    (T, H) array
        Row t is the derivative of the last cell state for the one that step t made, unit by unit; the last row is 1.
    """
    later = np.ones_like(forget_gates)
    later[:-1] = np.cumprod(forget_gates[:0:-1], axis=0)[::-1]
    return later
