"""A known mistake in an answer that isn't it everywhere: an edge may be met in another way. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from unrolled.exam.agreeing import agreeing, weight
from unrolled.exam.calling import Outcome
from unrolled.exam.exercise import FUNCTION, Examination, Known, Raised
from unrolled.exam.parts import failure

_FEWEST = 6  # fewer numbers may fall together by chance
_SHARE = 0.6  # of the cases that are wrong, and of those in which the mistake would show


def mostly(examination: Examination, outcomes: Sequence[Outcome]) -> tuple[Known, ...]:
    """The known mistakes that give these very numbers on most of the wrong cases, however the others are wrong."""
    wrong = wrong_places(examination, outcomes)
    if examination.kind != FUNCTION or any(outcome.mutated for outcome in outcomes):
        return ()
    among = (known for known in examination.known if not known.everywhere)
    found = [(known, _weight(examination, known, outcomes, wrong)) for known in among]
    most = max((much for _, much in found), default=0)
    return tuple(known for known, much in found if much == most) if most >= _FEWEST else ()


def beyond(
    examination: Examination, known: Sequence[Known], outcomes: Sequence[Outcome], places: Sequence[int]
) -> int | None:
    """The first wrong case that none of these mistakes explains; none if they explain all."""
    explained = {place for each in known for place in agreeing(examination, each, outcomes, places)}
    return next((place for place in places if place not in explained), None)


def wrong_places(examination: Examination, outcomes: Sequence[Outcome]) -> list[int]:
    """The cases on which some part is wrong."""
    return [place for place, outcome in enumerate(outcomes) if _fails(examination, place, outcome)]


def only_there(examination: Examination, outcomes: Sequence[Outcome], place: int) -> str:
    """That it is wrong in cases of one kind only, where it is, and right in all others."""
    label = examination.cases[place].label
    wrong = {examination.cases[each].label for each in wrong_places(examination, outcomes)}
    others = sum(case.label != label and not case.again for case in examination.cases)
    if not label or wrong != {label} or others < 2:
        return ""
    return f"In the {others} other cases your result is right: what is special about this one?"


def _weight(examination: Examination, known: Known, outcomes: Sequence[Outcome], wrong: Sequence[int]) -> int:
    """How much speaks for a mistake; nothing if too many cases speak against it."""
    shows = examination.once(("shows", id(known)), lambda: _shows(examination, known))
    fewest = max(2, ceil(_SHARE * max(len(wrong), len(shows))))
    both = [place for place in wrong if place in shows]
    same = agreeing(examination, known, outcomes, both, fewest)
    if len(same) < fewest:
        return 0
    return sum(weight(examination.expected[place]) for place in same)


def _shows(examination: Examination, known: Known) -> list[int]:
    """The cases on which some part is wrong of what a known mistake gives."""
    return [place for place, output in enumerate(known.outputs) if _fails(examination, place, _returned(output))]


def _returned(output: object) -> Outcome:
    return Outcome() if isinstance(output, Raised) else Outcome(output)


def _fails(examination: Examination, place: int, outcome: Outcome) -> bool:
    parts = (part for part in examination.parts if part.label in (None, examination.cases[place].label))
    return any(failure(examination, part, place, outcome) for part in parts)
