"""What lesson 06 calls functions with: all sizes different, nothing zero by chance, each gate shut or open once."""

import numpy as np

from solutions.vanishing_gradients.scales import scaled
from unrolled.exam.codec import Rng
from unrolled.exam.exercise import Case

SEVERAL, ALONE, ONE, TWO = "several sequences", "one sequence", "one timestep", "two timesteps"
FIRST, AGAIN, LAST = "the first call", "the same call again", "a gradient at the last step only"
Z_SHUT, R_SHUT, N_FLAT = "z is 0 or 1", "r is 0 or 1", "n is 1 or −1"
I_SHUT, F_SHUT, O_SHUT, G_FLAT = "i is 0 or 1", "f is 0 or 1", "o is 0 or 1", "g is 1 or −1"
NO_U_H, NO_GATE_U_H = "u_h is zero", "u_h is zero for r and z"
NO_DC, NO_DH = "dc is zero", "dh is zero"
FORGETS = "f is nearly 0"
KEPT = "kept for 500 steps"
NO_STATE, ALL_NEW = "h is zero", "z is nearly 0"


def cell(rng, gates, D, H):
    """Parameters of a cell with so many blocks of rows."""
    shapes = {"u_x": (gates * H, D), "u_h": (gates * H, H), "u_0": (gates * H,)}
    return {name: rng.normal(size=shape).round(3) for name, shape in shapes.items()}


def _normal(rng, *size):
    return rng.normal(size=size).round(3)


def _gate(rng, *size):
    return rng.uniform(0.1, 0.9, size=size).round(3)


def _candidate(rng, *size):
    return rng.uniform(-0.9, 0.9, size=size).round(3)


def _shut(rng, *size):
    return rng.integers(0, 2, size=size).astype(float)


def gru_steps(rng):
    for B, D, H, label in ((2, 3, 4, ""), (4, 5, 2, ""), (1, 2, 3, ALONE), (3, 1, 5, ""), (5, 4, 1, "one unit")):
        yield Case((_normal(rng, B, D), _normal(rng, B, H), cell(rng, 3, D, H)), label)
    params = cell(rng, 3, 3, 2)
    yield Case((1000 * _normal(rng, 4, 3), _normal(rng, 4, 2), params), "saturated gates")
    yield Case((_normal(rng, 3, 2), np.zeros((3, 4)), cell(rng, 3, 2, 4)), NO_STATE)
    params = cell(rng, 3, 3, 2)
    params["u_0"][2:4] -= 30
    yield Case((_normal(rng, 4, 3), _normal(rng, 4, 2), params), ALL_NEW)


def gru_sequences(rng):
    for B, T, D, H, label in ((2, 4, 3, 5, ""), (3, 2, 4, 1, ""), (1, 5, 2, 3, ALONE), (4, 1, 3, 2, ONE)):
        yield Case((_normal(rng, B, T, D), _normal(rng, B, H), cell(rng, 3, D, H)), label)


def gru_back_steps(rng):
    first = _gru_back(rng, FIRST, 4, 2, 3)
    yield first
    yield Case(first.args, AGAIN)
    yield from scaled(first, (0,))
    yield _gru_back(rng, SEVERAL, 3, 4, 2)
    yield _gru_back(rng, ALONE, 1, 3, 2)
    yield _gru_back(rng, Z_SHUT, 3, 1, 2, z=_shut)
    yield _gru_back(rng, R_SHUT, 3, 1, 2, r=_shut)
    yield _gru_back(rng, N_FLAT, 2, 1, 3, n=lambda rng, *size: 2 * _shut(rng, *size) - 1)
    yield _gru_back(rng, NO_U_H, 3, 2, 1, recurrent=0)
    yield _gru_back(rng, NO_GATE_U_H, 4, 1, 2, recurrent=1)


def _gru_back(rng, label, B, D, H, r=_gate, z=_gate, n=_candidate, recurrent=3):
    params = cell(rng, 3, D, H)
    params["u_h"][: (3 - recurrent) * H] = 0
    cache = {"x": _normal(rng, B, D), "h": _normal(rng, B, H)}
    cache |= {name: made(rng, B, H) for name, made in (("r", r), ("z", z), ("n", n))}
    return Case((_normal(rng, B, H), cache, params), label)


def lstm_steps(rng):
    for B, D, H, label in ((2, 3, 4, ""), (4, 5, 2, ""), (1, 2, 3, ALONE), (3, 1, 5, ""), (5, 4, 1, "one unit")):
        yield Case((_normal(rng, B, D), _normal(rng, B, H), _normal(rng, B, H), cell(rng, 4, D, H)), label)
    params = cell(rng, 4, 3, 2)
    yield Case((1000 * _normal(rng, 4, 3), _normal(rng, 4, 2), _normal(rng, 4, 2), params), "saturated gates")


def lstm_sequences(rng):
    for B, T, D, H, label in ((2, 4, 3, 5, ""), (3, 2, 4, 1, ""), (1, 5, 2, 3, ALONE), (4, 1, 3, 2, ONE)):
        xs = _normal(rng, B, T, D)
        xs[0, 1:2] = 0  # a step like any other
        yield Case((xs, _normal(rng, B, H), _normal(rng, B, H), cell(rng, 4, D, H)), label)


def lstm_back_steps(rng):
    first = _lstm_back(rng, FIRST, 4, 2, 3)
    yield first
    yield Case(first.args, AGAIN)
    yield from scaled(first, (0, 1))
    yield _lstm_back(rng, SEVERAL, 3, 4, 2)
    yield _lstm_back(rng, ALONE, 1, 3, 2)
    for label, gate in ((I_SHUT, "i"), (F_SHUT, "f"), (O_SHUT, "o")):
        yield _lstm_back(rng, label, 3, 1, 2, **{gate: _shut})
    yield _lstm_back(rng, G_FLAT, 2, 1, 3, g=lambda rng, *size: 2 * _shut(rng, *size) - 1)
    yield _lstm_back(rng, NO_DC, 2, 1, 3, dc=0.0)
    yield _lstm_back(rng, NO_DH, 2, 1, 3, dh=0.0)


def _lstm_back(rng, label, B, D, H, i=_gate, f=_gate, g=_candidate, o=_gate, dh=1.0, dc=1.0):
    cache = {"x": _normal(rng, B, D), "h": _normal(rng, B, H), "c": _normal(rng, B, H)}
    cache |= {name: made(rng, B, H) for name, made in (("i", i), ("f", f), ("g", g), ("o", o))}
    cache["c_new"] = (cache["f"] * cache["c"] + cache["i"] * cache["g"]).round(6)
    return Case((dh * _normal(rng, B, H), dc * _normal(rng, B, H), cache, cell(rng, 4, D, H)), label)


def lstm_back_sequences(rng):
    first = _lstm_bptt(rng, FIRST, 2, 4, 1, 3)
    yield first
    yield Case(first.args, AGAIN)
    yield from scaled(first, (3,))
    yield _lstm_bptt(rng, SEVERAL, 3, 9, 1, 2)
    yield _lstm_bptt(rng, ALONE, 1, 4, 3, 2)
    yield _lstm_bptt(rng, ONE, 4, 1, 3, 2)
    yield _lstm_bptt(rng, TWO, 3, 2, 1, 4)
    yield _lstm_bptt(rng, LAST, 2, 3, 1, 4, only_last=True)
    yield _lstm_bptt(rng, NO_U_H, 3, 4, 1, 2, recurrent=0.0)
    yield _lstm_bptt(rng, FORGETS, 3, 4, 1, 2, forget_bias=-30.0)


def _lstm_bptt(rng, label, B, T, D, H, only_last=False, recurrent=1.0, forget_bias=0.0):
    from solutions.gated_cells.reference import lstm_forward

    params = cell(rng, 4, D, H)
    params["u_h"] = recurrent * params["u_h"]
    params["u_0"][H : 2 * H] += forget_bias
    xs = _normal(rng, B, T, D)
    _, cache = lstm_forward(xs, _normal(rng, B, H), _normal(rng, B, H), params)
    dhs = _normal(rng, B, T, H)
    if only_last:
        dhs[:, :-1] = 0
    return Case((xs, {name: value.round(6) for name, value in cache.items()}, params, dhs), label)


def starts(rng):
    for D, H, bias in ((3, 4, 1.0), (5, 2, 0.0), (2, 6, 3.5), (1, 1, -1.0)):
        yield Case((D, H, Rng(int(rng.integers(10**6))), bias), f"forget_bias = {bias:g}")
    yield Case((4, 3, Rng(int(rng.integers(10**6)))), "forget_bias not given")


def forget_gates(rng):
    for T, H, label in ((5, 3, ""), (2, 4, ""), (1, 2, ONE), (6, 1, "one unit")):
        yield Case((_gate(rng, T, H),), label)
    open_gates = _gate(rng, 4, 3)
    open_gates[2, 1] = 0
    yield Case((open_gates,), "a gate shut at one step")


def commands(rng):
    """Values and commands to write: close together, one far back, and few among much noise.

    Noise that keeps contradicting what was written finds the gates that are only nearly shut.
    """
    yield _commands(rng, "writes close together", 12, (0, 1, 3, 4, 7, 8, 9))
    yield _commands(rng, "the same value twice, then the other", 9, (0, 2, 5), (1, 1, -1))
    for written in (1, -1):
        yield _commands(rng, KEPT, 501, (0,), (written,))
        yield _commands(rng, KEPT, 501, (0,), (written,), noise=-written)
    yield _commands(rng, "few writes, much noise", 150, (0, 20, 21, 90))


def _commands(rng, label, T, places, written=None, noise=None):
    values, writes = (2 * rng.integers(0, 2, size=T) - 1).astype(np.int8), np.zeros(T, np.int8)
    writes[list(places)] = 1
    if noise is not None:
        values[:] = noise
    if written is not None:
        values[list(places)] = written
    return Case((values, writes), label)
