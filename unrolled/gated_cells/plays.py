"""An LSTM set by hand, put to work: does it keep a bit, and only change it when told?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from unrolled.exam.compare import as_numbers

MAX_HIDDEN = 64
MAX_WEIGHT = 1e6
MARGIN = 0.1
SLOW = 5
_SHAPES = {"u_x": "4H 2", "u_h": "4H H", "u_0": "4H"}


def play_hold(params: Any, values: np.ndarray, writes: np.ndarray, lstm_forward: Callable) -> dict[str, np.ndarray]:
    """Run an LSTM over values that come in at every step, and commands to write that come in at some.

    Parameters
    ----------
    params : dict
        "u_x" (4H, 2), "u_h" (4H, H), "u_0" (4H,).
    values : (T,) array
        1s and −1s.
    writes : (T,) array
        1 where the value of that step is to be kept, else 0; the first is 1.
    lstm_forward : callable

    Returns
    -------
    dict
        "held", (T,) int: 1 where the first hidden unit is above 0.1, −1 where it is below −0.1, else 0; and "values"
        and "writes" as they came in.

    Raises
    ------
    ValueError
        If the weights can't be used; the text says why.
    """
    weights = checked_weights(params)
    H = len(weights["u_0"]) // 4
    xs = np.stack([values, writes], axis=1)[None].astype(float)
    result = lstm_forward(xs, np.zeros((1, H)), np.zeros((1, H)), weights)
    hs = np.asarray(result[0] if isinstance(result, tuple | list) else result, float)
    if hs.shape != (1, len(values), H):
        raise ValueError(f"your lstm_forward made hs of shape {hs.shape}; here it is {(1, len(values), H)}")
    shown = hs[0, :, 0]
    held = (shown > MARGIN).astype(np.int8) - (shown < -MARGIN)
    return {"held": held, "values": np.array(values), "writes": np.array(writes)}


def checked_weights(params: Any) -> dict[str, np.ndarray]:
    """The three weights of an LSTM with D = 2 as arrays of floats.

    Raises
    ------
    ValueError
        If one is missing or unknown, has the wrong shape, isn't finite, or is absurdly large.
    """
    if not isinstance(params, Mapping):
        raise ValueError("the weights should be a dict with " + ", ".join(_SHAPES))
    if set(params) != set(_SHAPES):
        odd = sorted(map(str, set(params) ^ set(_SHAPES)))[0][:40]
        raise ValueError(f"{odd!r} is {'missing' if odd in _SHAPES else 'not one of the three weights'}")
    weights = {name: _as_floats(name, params[name]) for name in _SHAPES}
    rows = len(weights["u_0"]) if weights["u_0"].ndim == 1 else 0
    if rows % 4 or not 4 <= rows <= 4 * MAX_HIDDEN:
        raise ValueError(f"u_0 should have shape (4H,), with H from 1 to {MAX_HIDDEN}")
    sizes = {"4H": rows, "H": rows // 4, "2": 2}
    for name, letters in _SHAPES.items():
        shape = tuple(sizes[letter] for letter in letters.split())
        if weights[name].shape != shape:
            raise ValueError(f"{name} has shape {weights[name].shape}; with H = {rows // 4} it should be {shape}")
    return weights


def never_writes(expected: tuple, got: tuple) -> bool:
    """The very first command to write leaves nothing behind."""
    return _fault(expected, got) == "deaf"


def upside_down(expected: tuple, got: tuple) -> bool:
    """It keeps the opposite of what it was told, everywhere."""
    return all(np.array_equal(e["held"], -g["held"]) for e, g in zip(expected, got))


def one_sided(expected: tuple, got: tuple) -> bool:
    """The same is written whatever the value is."""
    return _fault(expected, got) == "one-sided"


def backwards(expected: tuple, got: tuple) -> bool:
    """It takes values over when nobody said to write, and none when told."""
    return _fault(expected, got) == "backwards"


def leaks(expected: tuple, got: tuple) -> bool:
    """What was written fades until it can't be told any more."""
    return _fault(expected, got) == "leaks"


def drifts(expected: tuple, got: tuple) -> bool:
    """What comes in without a command to write adds up, little by little, against what was written."""
    return _fault(expected, got) == "drifts"


def overwritten(expected: tuple, got: tuple) -> bool:
    """A value is taken over at once although nobody said to write."""
    return _fault(expected, got) == "overwritten"


def not_replaced(expected: tuple, got: tuple) -> bool:
    """A later command to write doesn't replace what an earlier one left: the two are added."""
    return _fault(expected, got) == "not replaced"


def _fault(expected: tuple, got: tuple) -> str:
    """What all cases together tell: a value taken over says more than one that is gone."""
    if upside_down(expected, got):
        return "inverted"
    written = np.concatenate([g["held"][g["writes"] > 0] for g in got])
    if abs(written.sum(dtype=int)) == len(written):
        return "one-sided"
    if all(g["held"][0] == 0 and not (g["held"] != g["values"])[g["writes"] == 0].any() for g in got):
        return "backwards"
    found = [_first_fault(e, g) for e, g in zip(expected, got)]
    names = [name for name, _ in found if name]
    fastest = {name: min(wait for other, wait in found if other == name) for name in names}
    if "deaf" not in fastest and "overwritten" in fastest:
        return "overwritten" if fastest["overwritten"] < SLOW else "drifts"
    first = next(iter(names), "")
    kept = max((_longest(e) for e, (name, _) in zip(expected, found) if not name), default=0)
    return "drifts" if first == "leaks" and kept > fastest["leaks"] else first


def _first_fault(e: dict, g: dict) -> tuple[str, int]:
    """What is first wrong in one case, if anything, and how many steps after the last command to write."""
    wrong = np.flatnonzero(e["held"] != g["held"])
    if not len(wrong):
        return "", 0
    t, commands = int(wrong[0]), np.flatnonzero(e["writes"])
    if t == 0:
        return ("deaf" if g["held"][t] == 0 else "wrong"), 0
    if e["writes"][t]:
        return "not replaced", 0
    until = next((int(place) for place in commands if place > t), len(e["held"]))
    turned = (g["held"][t:until] == -e["held"][t]).any()
    return ("overwritten" if turned else "leaks"), t - int(commands[commands < t].max())


def _longest(e: dict) -> int:
    """The most steps that a value has to be kept."""
    return int(np.diff(np.flatnonzero(np.append(e["writes"], 1))).max())


def _as_floats(name: str, value: Any) -> np.ndarray:
    array = as_numbers(value)
    if array is None or array.dtype.kind not in "biuf":
        raise ValueError(f"{name} is not an array of numbers")
    array = array.astype(float)
    if not np.isfinite(array).all() or np.abs(array).max(initial=0.0) > MAX_WEIGHT:
        raise ValueError(f"{name} holds numbers that are not finite, or larger than {MAX_WEIGHT:,.0f}")
    return array
