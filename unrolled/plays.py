"""Weights set by hand, put to work on strings of bits; and the signs by which their faults are told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from unrolled.compare import as_numbers

MAX_HIDDEN = 64
MAX_WEIGHT = 1e6
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
        "on", (T,) bool: where y_t > 0.5.

    Raises
    ------
    ValueError
        If the weights can't be used; the text says why.
    """
    return {"on": _decisions(params, bits, rnn_forward)}


def play_parity(params: Any, bits: np.ndarray, elman_forward: Callable) -> dict[str, np.ndarray]:
    """As `play_latch`, but with the output read off the new state; "bits" is the string itself, for the signs."""
    return {"on": _decisions(params, bits, elman_forward), "bits": np.array(bits)}


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


def _decisions(params: Any, bits: np.ndarray, forward: Callable) -> np.ndarray:
    weights = checked_weights(params)
    ys, _ = forward(bits[:, None].astype(float), np.zeros(len(weights["u_0"])), weights)
    ys = np.asarray(ys, float)
    if ys.shape != (len(bits), 1):
        raise ValueError(f"your forward function made ys of shape {ys.shape}; for these bits it is {(len(bits), 1)}")
    return ys[:, 0] > 0.5


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
    if g["on"][t]:
        return "drifts" if t else "early"
    if t == 0 or not e["on"][t - 1]:
        return "late" if g["on"][t + 1 : t + 2].any() else "deaf"
    return "forgets"


def _parity_fault(expected: tuple, got: tuple) -> str:
    e, _, t = _first_fault(expected, got)
    if t is None:
        return ""
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
