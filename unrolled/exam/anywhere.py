"""Mistakes that can be made in every exercise, and that no author has to foresee. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from unrolled.exam.calling import STOPPED, Outcome
from unrolled.exam.codec import Rng
from unrolled.exam.compare import as_numbers, compare
from unrolled.exam.exercise import Examination, Part
from unrolled.exam.parts import component, places_of

_MOST_DECIMALS = 5  # more are as good as all of them
_KEYS_PRECISION = 1.2e-7
KEPT = (
    "Called a second time with the very same arguments, it gives another result. Either it draws random numbers, which "
    "nothing asks for here, or it returns numbers that it never wrote, such as those that stand in `np.empty`, or "
    "something survives from call to call: look for a variable outside the function, for a default such as `x=[]`, "
    "which is made once for all calls, and for whatever it stores and finds again."
)
_DRAWN = (
    "Called a second time with the very same arguments, it gives another result. Every random number has to come from "
    "the `rng` it is given, and nothing may survive from call to call."
)


def kept_from_call_to_call(examination: Examination, outcomes: Sequence[Outcome]) -> tuple[str, int]:
    """What to say of a function that gives two results for one call, and where it is so; or nothing."""
    for place, case in enumerate(examination.cases):
        if case.again and not _alike(examination, outcomes[place - 1], outcomes[place]):
            return (_DRAWN if any(isinstance(value, Rng) for value in case.args) else KEPT), place
    return "", 0


def _alike(examination: Examination, first: Outcome, second: Outcome) -> bool:
    if first.fault or second.fault:
        kinds = {outcome.fault and outcome.fault.kind for outcome in (first, second)}
        return len(kinds) == 1 or bool(kinds & set(STOPPED))
    return compare(first.value, second.value, examination.tolerance, examination.relative) is None


def rounded(examination: Examination, part: Part, outcomes: Sequence[Outcome]) -> str:
    """What to say if the right numbers were returned with a few decimals only; otherwise nothing."""
    places = places_of(examination, part)
    if any(outcomes[place].fault for place in places):
        return ""
    pairs = [pair for place in places for pair in _floats(*_components(examination, part, place, outcomes[place]))]
    for decimals in range(_MOST_DECIMALS + 1) if pairs else ():
        if all(np.array_equal(got.round(decimals), got) for _, got in pairs):
            return _few(decimals) if decimals and _would_show(pairs, decimals) else ""
    return ""


def _components(examination: Examination, part: Part, place: int, outcome: Outcome) -> tuple[Any, Any]:
    expected = component(examination.expected[place], part)
    return expected, component(outcome.value, part, expected)


def _few(decimals: int) -> str:
    digits = "one decimal" if decimals == 1 else f"{decimals} decimals"
    return (
        f"Your numbers have {digits} only: you round them. Whoever goes on computing with them goes on with the error, "
        "which grows. Return them as they are, and round where you print."
    )


def _would_show(pairs: Sequence[tuple[np.ndarray, np.ndarray]], decimals: int) -> bool:
    """Whether these are the expected numbers but for the decimals, and those have more."""
    near = all((np.abs(got - expected) <= 1.01 * 10.0**-decimals).all() for expected, got in pairs)
    cut = (np.abs(expected - expected.round(decimals)) > _KEYS_PRECISION * np.abs(expected) for expected, _ in pairs)
    return near and any(each.any() for each in cut)


def _floats(expected: Any, got: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of arrays of finite floats, expected and got, wherever both are in the same place."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        for name in expected.keys() & got.keys():
            yield from _floats(expected[name], got[name])
    elif isinstance(expected, list | tuple) and isinstance(got, list | tuple):
        for one, other in zip(expected, got):
            yield from _floats(one, other)
    elif isinstance(expected, float | np.ndarray) and isinstance(got, float | list | np.ndarray):
        yield from _finite(np.asarray(expected), got)


def _finite(expected: np.ndarray, got: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    found = as_numbers(got)
    if found is not None and expected.dtype.kind == "f" and found.dtype.kind == "f" and found.shape == expected.shape:
        finite = np.isfinite(expected) & np.isfinite(found)
        yield expected[finite].astype(float), found[finite].astype(float)
