"""Whether what an answer gives is what a known mistake gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from unrolled.exam.calling import Fault, Outcome
from unrolled.exam.compare import compare, lies_between
from unrolled.exam.exercise import Examination, Known, Part, Raised
from unrolled.exam.parts import MISSING, component, failure, places_of
from unrolled.exam.shapes import about


def agrees(examination: Examination, known: Known, outcomes: Sequence[Outcome], part: Part | None) -> bool:
    """Whether these are a known mistake's outputs; or lie between those for two neighbouring constants."""
    return exactly(examination, known, outcomes, part) or any(
        _between(examination, low, high, outcomes, part) for low, high in pairwise((known.outputs, *known.others))
    )


def exactly(examination: Examination, known: Known, outcomes: Sequence[Outcome], part: Part | None) -> bool:
    """Whether these are a known mistake's outputs, with a constant for which they are known."""
    return any(_are(examination, outputs, outcomes, part) for outputs in (known.outputs, *known.others))


def best(
    examination: Examination, known: Sequence[Known], outcomes: Sequence[Outcome], part: Part | None
) -> tuple[Known, ...]:
    """Those of some agreeing mistakes that agree exactly, if there are any: to lie between two numbers is easy."""
    return tuple(each for each in known if exactly(examination, each, outcomes, part)) or tuple(known)


def _between(examination: Examination, low: tuple, high: tuple, outcomes: Sequence[Outcome], part: Part | None) -> bool:
    for place in places_of(examination, part) if part else range(len(outcomes)):
        if outcomes[place].fault or any(isinstance(each[place], Raised) for each in (low, high)):
            return False
        one, other = component(low[place], part), component(high[place], part)
        if not lies_between(one, other, component(outcomes[place].value, part, one), examination.tolerance):
            return False
    return True


def _are(examination: Examination, outputs: tuple, outcomes: Sequence[Outcome], part: Part | None) -> bool:
    places = places_of(examination, part) if part else range(len(outcomes))
    returned = False
    for place in places:
        expected, outcome = outputs[place], outcomes[place]
        if isinstance(expected, Raised) or outcome.fault:
            if not (isinstance(expected, Raised) and outcome.fault and _raises(outcome.fault, expected)):
                return False
            continue
        returned = True
        wanted = component(expected, part)
        if wanted is MISSING and not _alike(expected, outcome.value, examination.expected[place]):
            return False
        if compare(wanted, component(outcome.value, part, wanted), examination.tolerance, examination.relative):
            return False
    refuses = all(isinstance(examination.expected[place], Raised) for place in places)
    return returned or part is None or refuses  # of one part, an error that isn't asked for says little


def _raises(fault: Fault, known: Raised) -> bool:
    return fault.kind == known.error and about(fault.text) == known.about


def _alike(known: Any, got: Any, right: Any) -> bool:
    """Whether what lacks a part lacks it in the same way: it has the same name that isn't asked for, or none."""
    if isinstance(known, Mapping) and isinstance(got, Mapping) and isinstance(right, Mapping):
        return known.keys() == got.keys() or bool((known.keys() & got.keys()) - right.keys())
    return type(known) is type(got)


def agreeing(
    examination: Examination, known: Known, outcomes: Sequence[Outcome], places: Sequence[int], fewest: int = 0
) -> list[int]:
    """At which of these places a value was returned that is a known mistake's; none if that is at fewer than asked."""

    def same(outputs: tuple, place: int) -> bool:
        expected, outcome = outputs[place], outcomes[place]
        if outcome.fault or isinstance(expected, Raised):
            return False
        return compare(expected, outcome.value, examination.tolerance, examination.relative) is None

    def all_same(outputs: tuple) -> list[int]:
        found, may_differ = [], len(places) - fewest
        for nth, place in enumerate(places):
            if nth - len(found) > may_differ:
                return []
            found += [place] if same(outputs, place) else []
        return found

    return max(map(all_same, (known.outputs, *known.others)), key=len)


def weight(value: Any) -> int:
    """How many numbers or letters a value holds that don't fall together by chance."""
    if isinstance(value, Mapping | list | tuple):
        return sum(map(weight, value.values() if isinstance(value, Mapping) else value))
    if isinstance(value, str):
        return len(value) // 4
    array = np.asarray(value)
    return int(np.setdiff1d(array, (0.0, 1.0)).size) if array.dtype.kind == "f" else 0


def shows(examination: Examination, known: Known) -> bool:
    """Whether a known mistake gives wrong numbers, and not right ones in a wrong way."""
    return any(differs(examination, known, part) for part in examination.parts)


def differs(examination: Examination, known: Known, part: Part) -> bool:
    """Whether a known mistake gets this part wrong."""
    return examination.once(("differs", id(known), part), lambda: _differs(examination, known, part))


def _differs(examination: Examination, known: Known, part: Part) -> bool:
    return any(
        failure(examination, part, place, _as_outcome(known.outputs[place])) for place in places_of(examination, part)
    )


def _as_outcome(output: Any) -> Outcome:
    return Outcome(fault=Fault(output.error)) if isinstance(output, Raised) else Outcome(output)
