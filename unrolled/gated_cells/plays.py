"""An LSTM set by hand, put to work: does it keep a bit, and only change it when told?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.definition.weights import checked

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
    weights = checked(params, _SHAPES, MAX_WEIGHT, MAX_HIDDEN)
    H = len(weights["u_0"]) // 4
    xs = np.stack([values, writes], axis=1)[None].astype(float)
    result = lstm_forward(xs, np.zeros((1, H)), np.zeros((1, H)), weights)
    hs = np.asarray(result[0] if isinstance(result, tuple | list) else result, float)
    if hs.shape != (1, len(values), H):
        raise ValueError(f"your lstm_forward made hs of shape {hs.shape}; here it is {(1, len(values), H)}")
    shown = hs[0, :, 0]
    held = (shown > MARGIN).astype(np.int8) - (shown < -MARGIN)
    return {"held": held, "values": np.array(values), "writes": np.array(writes)}


def hold_mistake(expected: tuple, got: tuple) -> str:
    """The misconception that all cases together betray: a value taken over says more than one that is gone."""
    if all(np.array_equal(e["held"], -g["held"]) for e, g in zip(expected, got)):
        return "upside-down"
    written = np.concatenate([g["held"][g["writes"] > 0] for g in got])
    if abs(written.sum(dtype=int)) == len(written):
        return "writes-the-command"
    if all(g["held"][0] == 0 and not (g["held"] != g["values"])[g["writes"] == 0].any() for g in got):
        return "gates-exchanged"
    found = [_first_fault(e, g) for e, g in zip(expected, got)]
    names = [name for name, _ in found if name]
    fastest = {name: min(wait for other, wait in found if other == name) for name in names}
    if "never-writes" not in fastest and "overwritten" in fastest:
        return "overwritten" if fastest["overwritten"] < SLOW else "nearly-shut"
    first = next(iter(names), "")
    kept = max((_longest(e) for e, (name, _) in zip(expected, found) if not name), default=0)
    return "nearly-shut" if first == "leaks" and kept > fastest["leaks"] else first


def _first_fault(e: dict, g: dict) -> tuple[str, int]:
    """What is first wrong in one case, if anything, and how many steps after the last command to write."""
    wrong = np.flatnonzero(e["held"] != g["held"])
    if not len(wrong):
        return "", 0
    t, commands = int(wrong[0]), np.flatnonzero(e["writes"])
    if t == 0:
        return ("never-writes" if g["held"][t] == 0 else "wrong"), 0
    if e["writes"][t]:
        return "not-replaced", 0
    until = next((int(place) for place in commands if place > t), len(e["held"]))
    turned = (g["held"][t:until] == -e["held"][t]).any()
    return ("overwritten" if turned else "leaks"), t - int(commands[commands < t].max())


def _longest(e: dict) -> int:
    """The most steps that a value has to be kept."""
    return int(np.diff(np.flatnonzero(np.append(e["writes"], 1))).max())
