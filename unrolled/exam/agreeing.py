"""Whether what an answer gives is what a known mistake gives."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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


def explaining(
    examination: Examination,
    part: Part,
    outcomes: Sequence[Outcome],
    wrong: Sequence[Part],
    found: Mapping[str, Sequence[Known]],
    numbers: bool,
) -> tuple[Known, ...]:
    """The known mistakes that explain a wrong part; of several, those that would make the fewest right parts wrong.

    Parameters
    ----------
    wrong : sequence of Part
        All that are wrong, plain cases before special ones.
    found : dict
        The mistakes that explain those, as far as they are known.
    numbers : bool
        Whether nothing but numbers is wrong: what another part contradicts is then no explanation.
    """
    explained = [name for name, mistakes in found.items() if mistakes]

    def touched(known: Known) -> list[Part]:
        return [other for other in examination.parts if touches(examination, known, other)]

    def tells(known: Known) -> bool:
        fitted = [other for other in wrong if agrees(examination, known, outcomes, other)]
        return not numbers or speaks(examination, part, wrong, touched(known), fitted, explained)

    differing = (known for known in examination.known if differs(examination, known, part))
    fitting = [known for known in differing if agrees(examination, known, outcomes, part)]
    several = best(examination, [known for known in fitting if tells(known)], outcomes, part)
    spoilt = [sum(other not in wrong for other in touched(known)) if several[1:] else 0 for known in several]
    return tuple(known for known, much in zip(several, spoilt) if much == min(spoilt))


def speaks(
    examination: Examination,
    part: Part,
    wrong: Sequence[Part],
    touched: Sequence[Part],
    fitted: Sequence[Part],
    explained: Collection[str] = (),
) -> bool:
    """Whether a cause may be told of a wrong part that it explains, given what it says of all the others.

    Parameters
    ----------
    wrong : sequence of Part
        All that are wrong, plain cases before special ones.
    touched, fitted : sequence of Part
        Those that the cause gets wrong; and those of the wrong ones that it explains.
    explained : collection of str
        The names of those that something else explains.

    Returns
    -------
    bool
        False if it gets a right part wrong, explains less than half of the wrong parts that it touches, or explains a
        special case but not a plain one before it: few numbers fall together by chance.
    """
    if any(other not in wrong for other in touched):
        return False
    also = [other for other in touched if other not in fitted]
    before = (other for other in also if wrong.index(other) < wrong.index(part) and other.name not in explained)
    places = set(places_of(examination, part))
    return len(also) <= len(fitted) and all(places & set(places_of(examination, other)) for other in before)


def shows(examination: Examination, known: Known) -> bool:
    """Whether a known mistake gives wrong numbers, and not right ones in a wrong way."""
    return any(differs(examination, known, part) for part in examination.parts)


def differs(examination: Examination, known: Known, part: Part) -> bool:
    """Whether a known mistake gets this part wrong."""
    return examination.once(("differs", id(known), part), lambda: _differs(examination, known, part))


def touches(examination: Examination, known: Known, part: Part) -> bool:
    """Whether a known mistake gets a value wrong that is asked for, and not only an error that is."""
    return examination.once(("touches", id(known), part), lambda: _differs(examination, known, part, values=True))


def _differs(examination: Examination, known: Known, part: Part, values: bool = False) -> bool:
    places = places_of(examination, part)
    if values:
        places = [place for place in places if not isinstance(examination.expected[place], Raised)]
    return any(failure(examination, part, place, _as_outcome(known.outputs[place])) for place in places)


def _as_outcome(output: Any) -> Outcome:
    return Outcome(fault=Fault(output.error)) if isinstance(output, Raised) else Outcome(output)
