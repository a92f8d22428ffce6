"""Weights set by hand, put to work on strings of bits; and the signs by which their faults are told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from unrolled.exam.compare import as_numbers

MAX_HIDDEN = 64
MAX_WEIGHT = 1e6
SURELY_ON, SURELY_OFF = 0.6, 0.4
_FAR = 1e9  # more than any weights can make of a state
_SHAPES = {"u_x": "H 1", "u_h": "H H", "u_0": "H", "w_x": "1 1", "w_h": "1 H", "w_0": "1"}


def play_latch(params: Any, bits: np.ndarray, rnn_forward: Callable) -> dict[str, np.ndarray]:
    """Run weights over a string of bits as Definition 15.1 has it.

    Parameters
    ----------
    params : dict
        The six weights; D = O = 1.
    bits : (T,) array
        0s and 1s.
    rnn_forward : callable

    Returns
    -------
    dict
        "on", (T,) ints: 1 where y_t > 0.6, 0 where y_t < 0.4, and -1 between, where it is neither.

    Raises
    ------
    ValueError
        If the weights can't be used; the text says why.
    """
    ys, _ = _run(checked_weights(params), bits, rnn_forward)
    return {"on": np.select([ys > SURELY_ON, ys < SURELY_OFF], [1, 0], -1).astype(np.int8)}


def play_parity(params: Any, bits: np.ndarray, elman_forward: Callable) -> dict[str, Any]:
    """As `play_latch`, but with the output read off the new state.

    Returns
    -------
    dict
        "on", (T,) bool: where y_t > 0.5. For the signs, "bits": the string itself; "odd" and "even": the least that
        w_h h_t is after an odd number of 1s, and the most after an even one.
    """
    weights = checked_weights(params)
    ys, hs = _run(weights, bits, elman_forward)
    read, odd = hs @ weights["w_h"][0], np.cumsum(bits) % 2 == 1  # (T,), (T,)
    least, most = read[odd].min(initial=_FAR), read[~odd].max(initial=-_FAR)
    return {"on": ys > 0.5, "bits": np.array(bits), "odd": float(least), "even": float(most)}


def checked_weights(params: Any) -> dict[str, np.ndarray]:
    """The six weights of a network with D = O = 1 as arrays of floats.

    Raises
    ------
    ValueError
        If one is missing or unknown, has the wrong shape, isn't finite, or is absurdly large.
    """
    if not isinstance(params, Mapping):
        raise ValueError("the weights should be a dict with " + ", ".join(_SHAPES))
    if set(params) != set(_SHAPES):
        odd = sorted(map(str, set(params) ^ set(_SHAPES)))[0][:40]
        raise ValueError(f"{odd!r} is {'missing' if odd in _SHAPES else 'not one of the six weights'}")
    weights = {name: _as_floats(name, params[name]) for name in _SHAPES}
    H = len(weights["u_0"]) if weights["u_0"].ndim else 0
    if not 1 <= H <= MAX_HIDDEN:
        raise ValueError(f"u_0 should have shape (H,), with H from 1 to {MAX_HIDDEN}")
    for name, letters in _SHAPES.items():
        shape = tuple(H if letter == "H" else 1 for letter in letters.split())
        if weights[name].shape != shape:
            raise ValueError(f"{name} has shape {weights[name].shape}; with H = {H} from u_0 it should be {shape}")
    return weights


def fires_early(expected: tuple, got: tuple) -> bool:
    """The output is on at the very first step, where no 1 came in."""
    return _latch_fault(expected, got) == "early"


def drifts(expected: tuple, got: tuple) -> bool:
    """The output turns on by itself, after some 0s."""
    return _latch_fault(expected, got) == "drifts"


def fires_late(expected: tuple, got: tuple) -> bool:
    """The first 1 itself isn't answered, but the step after it is."""
    return _latch_fault(expected, got) == "late"


def never_fires(expected: tuple, got: tuple) -> bool:
    """The first 1 isn't answered, nor is the step after it."""
    return _latch_fault(expected, got) == "deaf"


def forgets(expected: tuple, got: tuple) -> bool:
    """The output was on, and went off again."""
    return _latch_fault(expected, got) == "forgets"


def reads_at_the_wrong_place(expected: tuple, got: tuple) -> bool:
    """For parity: the states tell odd from even, and another w_0 would do."""
    return _parity_fault(expected, got) == "threshold"


def stays_on(expected: tuple, got: tuple) -> bool:
    """For parity: it turns on with the first 1 and never off again."""
    return _parity_fault(expected, got) == "latch"


def upside_down(expected: tuple, got: tuple) -> bool:
    """For parity: on where it should be off, and off where it should be on."""
    return _parity_fault(expected, got) == "inverted"


def echoes_input(expected: tuple, got: tuple) -> bool:
    """For parity: it says what came in."""
    return _parity_fault(expected, got) == "echo"


def changes_on_zero(expected: tuple, got: tuple) -> bool:
    """For parity: it goes wrong first where a 0 came in, which should change nothing."""
    return _parity_fault(expected, got) == "changes on 0"


def misses_a_one(expected: tuple, got: tuple) -> bool:
    """For parity: it goes wrong first where a 1 came in, which should change its answer."""
    return _parity_fault(expected, got) == "misses a 1"


def _run(weights: dict[str, np.ndarray], bits: np.ndarray, forward: Callable) -> tuple[np.ndarray, np.ndarray]:
    """The outputs (T,) and states (T, H) over a string of bits."""
    H = len(weights["u_0"])
    ys, hs = (np.asarray(made, float) for made in forward(bits[:, None].astype(float), np.zeros(H), weights))
    for name, made, shape in (("ys", ys, (len(bits), 1)), ("hs", hs, (len(bits), H))):
        if made.shape != shape:
            raise ValueError(f"your forward function made {name} of shape {made.shape}; for these bits it is {shape}")
    return ys[:, 0], hs


def _as_floats(name: str, value: Any) -> np.ndarray:
    array = as_numbers(value)
    if array is None or array.dtype.kind not in "biuf":
        raise ValueError(f"{name} is not an array of numbers")
    array = array.astype(float)
    if not np.isfinite(array).all() or np.abs(array).max(initial=0.0) > MAX_WEIGHT:
        raise ValueError(f"{name} holds numbers that are not finite, or larger than {MAX_WEIGHT:,.0f}")
    return array


def _latch_fault(expected: tuple, got: tuple) -> str:
    e, g, t = _first_fault(expected, got)
    if t is None:
        return ""
    if not e["on"][t]:
        return "drifts" if t else "early"
    if t == 0 or not e["on"][t - 1]:
        return "late" if (g["on"][t + 1 : t + 2] == 1).any() else "deaf"
    return "forgets"


def _parity_fault(expected: tuple, got: tuple) -> str:
    e, _, t = _first_fault(expected, got)
    if t is None:
        return ""
    if min(g["odd"] for g in got) > max(g["even"] for g in got) + 1e-3:
        return "threshold"
    wrong_everywhere = {
        "latch": lambda e: np.logical_or.accumulate(e["bits"] == 1),
        "inverted": lambda e: ~e["on"],
        "echo": lambda e: e["bits"] == 1,
    }
    for name, answer in wrong_everywhere.items():
        if all(np.array_equal(answer(e), g["on"]) for e, g in zip(expected, got)):
            return name
    return "misses a 1" if e["bits"][t] else "changes on 0"


def _first_fault(expected: tuple, got: tuple) -> tuple[dict, dict, int | None]:
    """The first string judged wrongly: what is expected there, what came, and the first wrong step."""
    for e, g in zip(expected, got):
        wrong = np.flatnonzero(e["on"] != g["on"])
        if len(wrong):
            return e, g, int(wrong[0])
    return {}, {}, None
