"""What lesson 02 says more about wrong states: where they first stop being what the step makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

MAX_STEPS = 60


def probe_states(
    returned: Any, xs: np.ndarray, h_0: np.ndarray, params: dict, rnn_step: Callable, **others: Callable
) -> str:
    """For functions returning `(ys, hs)`: where `hs` first stops being what the step makes, and what it is instead.

    Parameters
    ----------
    returned : object
        What the function returned; anything but two arrays with T rows of H states is passed over.
    xs : (T, D) array
    h_0 : (H,) array
    params : dict
    rnn_step : callable
    **others : callable
        Not used: what else the function may build on, so that a check says if that isn't right.

    Returns
    -------
    str
        One or two sentences, or none.
    """
    _, hs = returned
    hs = np.asarray(hs, float)  # (T, H)
    if hs.shape != (len(xs), len(h_0)) or len(xs) > MAX_STEPS:
        return ""

    def step(x: np.ndarray, h: np.ndarray) -> np.ndarray:
        return np.asarray(rnn_step(x, h, params["u_x"], params["u_h"], params["u_0"]))

    states = {"h_0": h_0} | {f"hs[{t}]": h for t, h in enumerate(hs)}  # what row t is made from, in order
    for t, (x, before) in enumerate(zip(xs, states)):
        if not np.allclose(hs[t], step(x, states[before]), rtol=0, atol=1e-4):
            return _what_it_is(t, before, xs, states, step)
    return "All your states are right, and each follows from the one before: look at how `ys` is made and stored."


def _what_it_is(t: int, before: str, xs: np.ndarray, states: dict[str, np.ndarray], step: Callable) -> str:
    """What the wrong row `t` holds: a known state, a step from the wrong place, or something else."""
    row = states[f"hs[{t}]"]
    known = {"zeros": np.zeros_like(row)} | {name: state for name, state in states.items() if name != f"hs[{t}]"}
    for name, state in known.items():
        if np.allclose(row, state, rtol=0, atol=1e-4):
            return f"Your `hs[{t}]` is equal to `{name}`: look at what you store, and when."
    for name, state in known.items():
        for place, x in enumerate(xs):
            if np.allclose(row, step(x, state), rtol=0, atol=1e-4):
                return (
                    f"Your `hs[{t}]` is one step from `{name}` with `xs[{place}]`; it should be one from `{before}` "
                    f"with `xs[{t}]`."
                )
    return (
        f"`{before}` is right, and your `rnn_step` makes something else of it and `xs[{t}]` than your `hs[{t}]`: is "
        "the formula in the loop the same, and what becomes of the state before it is stored?"
    )
