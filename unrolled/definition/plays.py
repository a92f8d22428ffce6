"""Weights set by hand, put to work on strings of bits; and how their mistakes are told apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.definition.weights import checked

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
    ys, _ = _run(checked(params, _SHAPES, MAX_WEIGHT, MAX_HIDDEN), bits, rnn_forward)
    return {"on": np.select([ys > SURELY_ON, ys < SURELY_OFF], [1, 0], -1).astype(np.int8)}


def play_parity(params: Any, bits: np.ndarray, elman_forward: Callable) -> dict[str, Any]:
    """As `play_latch`, but with the output read off the new state.

    Returns
    -------
    dict
        "on", (T,) bool: where y_t > 0.5. For `parity_mistake`, "bits": the string itself; "odd" and "even": the least
        that w_h h_t is after an odd number of 1s, and the most after an even one; "steps": whether the answers would
        be right with units of 0 and 1.
    """
    weights = checked(params, _SHAPES, MAX_WEIGHT, MAX_HIDDEN)
    ys, hs = _run(weights, bits, elman_forward)
    read, odd = hs @ weights["w_h"][0], np.cumsum(bits) % 2 == 1  # (T,), (T,)
    least, most = read[odd].min(initial=_FAR), read[~odd].max(initial=-_FAR)
    steps = _says_by_steps(weights, bits, odd)
    return {"on": ys > 0.5, "bits": np.array(bits), "odd": float(least), "even": float(most), "steps": steps}


def latch_mistake(expected: tuple, got: tuple) -> str:
    """The misconception that the outputs over all strings betray: what goes wrong first, and when."""
    e, g, t = _first_fault(expected, got)
    if t is None:
        return ""
    if not e["on"][t]:
        return "latch-drifts" if t else "latch-fires-early"
    if t == 0 or not e["on"][t - 1]:
        return "latch-one-late" if (g["on"][t + 1 : t + 2] == 1).any() else "latch-never-fires"
    return "latch-forgets"


def parity_mistake(expected: tuple, got: tuple) -> str:
    """The misconception that the outputs over all strings betray: one answer to all, or what goes wrong first."""
    e, _, t = _first_fault(expected, got)
    if t is None:
        return ""
    if min(g["odd"] for g in got) > max(g["even"] for g in got) + 1e-3:  # another w_0 would do
        return "parity-read-at-zero"
    if all(g["steps"] for g in got):
        return "parity-with-0-and-1"
    for name, answer in _WRONG_EVERYWHERE.items():
        if all(np.array_equal(answer(e), g["on"]) for e, g in zip(expected, got)):
            return name
    return "parity-deaf" if e["bits"][t] else "parity-fades"


_WRONG_EVERYWHERE = {
    "parity-stays-on": lambda e: np.logical_or.accumulate(e["bits"] == 1),
    "parity-upside-down": lambda e: ~e["on"],
    "parity-echo": lambda e: e["bits"] == 1,
}


def _run(weights: dict[str, np.ndarray], bits: np.ndarray, forward: Callable) -> tuple[np.ndarray, np.ndarray]:
    """The outputs (T,) and states (T, H) over a string of bits."""
    H = len(weights["u_0"])
    ys, hs = (np.asarray(made, float) for made in forward(bits[:, None].astype(float), np.zeros(H), weights))
    for name, made, shape in (("ys", ys, (len(bits), 1)), ("hs", hs, (len(bits), H))):
        if made.shape != shape:
            raise ValueError(f"your forward function made {name} of shape {made.shape}; for these bits it is {shape}")
    return ys[:, 0], hs


def _says_by_steps(weights: dict[str, np.ndarray], bits: np.ndarray, answers: np.ndarray) -> bool:
    """Whether the network would answer so if its units were 0 and 1 instead of tanh's −1 and 1."""
    h = np.zeros(len(weights["u_0"]))
    for bit, answer in zip(bits, answers):
        h = (weights["u_x"][:, 0] * bit + weights["u_h"] @ h + weights["u_0"] > 0) * 1.0
        if (weights["w_h"][0] @ h + weights["w_0"][0] > 0) != answer:
            return False
    return True


def _first_fault(expected: tuple, got: tuple) -> tuple[dict, dict, int | None]:
    """The first string judged wrongly: what is expected there, what came, and the first wrong step."""
    for e, g in zip(expected, got):
        wrong = np.flatnonzero(e["on"] != g["on"])
        if len(wrong):
            return e, g, int(wrong[0])
    return {}, {}, None
