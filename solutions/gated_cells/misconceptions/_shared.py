"""What several wrong answers of lesson 06 are made from."""

import numpy as np

from solutions.gated_cells.reference import sigmoid


def blocks_of(params, count, order=None):
    """Each gate's own weights; `order` reads the blocks as if they were stacked in another order."""
    names = ("u_x", "u_h", "u_0")
    blocks = [dict(zip(names, block)) for block in zip(*(np.split(params[name], count) for name in names))]
    return [blocks[place] for place in order or range(count)]


def inside(gate, x, h):
    return x @ gate["u_x"].T + h @ gate["u_h"].T + gate["u_0"]


def lstm(
    x, h, c, params, order=(0, 1, 2, 3),
    candidate=np.tanh,
    write=lambda i, f, g, c: f * c + i * g,
    show=lambda o, c, c_before: o * np.tanh(c),
):  # fmt: skip
    i, f, g, o = (inside(gate, x, h) for gate in blocks_of(params, 4, order))
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), candidate(g)
    c_new = write(i, f, g, c)
    return show(o, c_new, c), c_new, i, f, g, o


def gru(
    x, h, params, order=(0, 1, 2),
    candidate=lambda n, x, h, r: np.tanh(inside(n, x, r * h)),
    mix=lambda z, h, n: z * h + (1 - z) * n,
    seen_by_z=lambda r, h: h,
):  # fmt: skip
    gate_r, gate_z, gate_n = blocks_of(params, 3, order)
    r = sigmoid(inside(gate_r, x, h))
    z = sigmoid(inside(gate_z, x, seen_by_z(r, h)))
    n = candidate(gate_n, x, h, r)
    return mix(z, h, n), r, z, n


def joined_wrongly(step, state, params):
    """A step whose inputs [x, h] meet weights [u_h, u_x]: as many numbers, in another order."""
    x, *rest = state
    D, both = x.shape[1], np.hstack([params["u_h"], params["u_x"]])
    return step(x, *rest, params | {"u_x": both[:, :D], "u_h": both[:, D:]})
