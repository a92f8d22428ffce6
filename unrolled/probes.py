"""Saying more about a wrong answer by means of functions that are right: is it the step, or what is done with it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from unrolled.calling import Outcome, call
from unrolled.diagnose import Verdict
from unrolled.exercise import Examination

MAX_STEPS = 60


def with_probe(
    examination: Examination, outcomes: Sequence[Outcome], verdict: Verdict, tools: Mapping[str, Callable]
) -> Verdict:
    """The verdict, with what the examination's probe has to add about the first failing case.

    Parameters
    ----------
    outcomes : sequence of Outcome
        One per case.
    verdict : Verdict
        What was made of them, with the case it speaks of.
    tools : dict
        The functions the probe needs, and perhaps more, by name; all of them right.
    """
    place = next((place for place, case in enumerate(examination.cases) if case is verdict.case), None)
    if examination.probe is None or place is None or verdict.status != "failed" or verdict.misconceptions:
        return verdict
    outcome = outcomes[place]
    if outcome.fault or outcome.mutated:
        return verdict
    needed = {name: tools[name] for name in examination.probe.needs if name in tools}
    said = call(lambda *args: examination.probe.run(outcome.value, *args, **needed), verdict.case.args).value
    return replace(verdict, message=f"{verdict.message}\n{said}") if isinstance(said, str) and said else verdict


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


def probe_orthogonal(returned: Any, H: int, rng: np.random.Generator) -> str:
    """For `orthogonal`: whether what was returned keeps lengths, though it is another matrix than the one asked for.

    Parameters
    ----------
    returned : object
        What the function returned; anything but an (H, H) orthogonal matrix is passed over.
    H : int
    rng : numpy.random.Generator
        Not used.

    Returns
    -------
    str
        A sentence or two, or none.
    """
    q = np.asarray(returned, float)
    if q.shape != (H, H) or not np.allclose(q.T @ q, np.eye(H), atol=1e-6):
        return ""
    return (
        "It is orthogonal, but not the one asked for: does every random number come from `rng`, in one single call, as "
        "the docstring says?"
    )


def nothing_more(returned: Any, *args: Any, **needed: Callable) -> str:
    """For a function that builds on others: a check says if those aren't right, and there is no more to say."""
    return ""
