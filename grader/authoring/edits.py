"""What a key keeps of small changes of a reference: a few numbers for every part they make wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from types import FunctionType
from typing import Any

import numpy as np

import solutions
from grader.authoring.changes import Change, Changes
from unrolled.exam.edits import PAIR_PRINTS, PRINTS, Edits
from unrolled.exam.exercise import Examination, Exercise
from unrolled.exam.key import PUBLIC_SEED
from unrolled.exam.recognise import Projection, differ

ENOUGH = 8  # numbers, for two changes to be told from all others
PAIRS = 500  # tried of two changes at once


def with_edits(exercise: Exercise, examination: Examination) -> Examination:
    """The examination, knowing what small changes of the reference give, where its author has named its terms."""
    if exercise.terms is None:
        return examination
    return replace(examination, edits=edits_of(exercise, examination))


def changes_of(exercise: Exercise) -> Changes:
    """All changes of an exercise's reference, or of its formula, that can be told."""
    return _changes(exercise.name, exercise.formula or exercise.reference)


@lru_cache(maxsize=8)
def _changes(name: str, function: FunctionType) -> Changes:
    exercise = solutions.find(name)
    args = next(iter(exercise.inputs(np.random.default_rng(PUBLIC_SEED)))).args
    return Changes(function, exercise.terms or {}, exercise.reference, args)


def edits_of(exercise: Exercise, examination: Examination) -> Edits:
    """All changes whose numbers are wrong, with what is left of those numbers."""
    return _Maker(exercise, examination).edits()


class _Maker:
    def __init__(self, exercise: Exercise, examination: Examination):
        self.exercise, self.examination, self.changes = exercise, examination, changes_of(exercise)
        self.projections = [Projection(examination, part) for part in examination.parts]
        self.telling = {part for part, projection in enumerate(self.projections) if projection.size() >= ENOUGH}
        self.right = self._prints(examination.expected, PRINTS)

    def edits(self) -> Edits:
        made = {change: self._wrong(self.changes.made(change)) for change in self.changes.all}
        kept = [change for change, found in made.items() if found]
        place = {change: place for place, change in enumerate(kept)}
        rows = [(place[change], part, print_) for change in kept for part, print_ in made[change].items()]
        pairs = list(self._pairs({change: made[change] for change in kept}))
        return Edits(
            tuple(change.text for change in kept),
            np.array([row[:2] for row in rows], int).reshape(-1, 2),
            np.array([row[2] for row in rows]).reshape(-1, PRINTS),
            np.array([(place[one], place[other], part) for one, other, part, _ in pairs], int).reshape(-1, 3),
            np.array([pair[3] for pair in pairs]).reshape(-1, PAIR_PRINTS),
        )

    def _pairs(self, made: dict[Change, dict[int, np.ndarray]]) -> Iterator[tuple[Change, Change, int, np.ndarray]]:
        """Two changes that meet in a part, where they give other numbers than each of them alone."""
        wrong = {change: found.keys() & self.telling for change, found in made.items()}
        meeting = (pair for pair in self.changes.pairs(list(made)) if wrong[pair[0]] & wrong[pair[1]])
        for (one, other), _ in zip(meeting, range(PAIRS)):
            both = self._wrong(self.changes.made(one, other), PAIR_PRINTS)
            for part in sorted(both.keys() & wrong[one] & wrong[other]):
                alone = (made[one][part][:PAIR_PRINTS], made[other][part][:PAIR_PRINTS])
                if all(differ(each, both[part]) for each in alone):
                    yield one, other, part, both[part]

    def _wrong(self, answer: Callable, prints: int = PRINTS) -> dict[int, np.ndarray]:
        """By part, what is left of the numbers an answer gives there, where they are wrong."""
        asked = {place for projection in self.projections for place in projection.slots}
        if prints < PRINTS:
            asked = {place for projection in self.projections for place in projection.ends()}
        outputs = dict(zip(asked, self.exercise.outputs(answer, [self.examination.cases[place] for place in asked])))
        values = [outputs.get(place, right) for place, right in enumerate(self.examination.expected)]
        found = self._prints(values, prints)
        return {part: mine for part, mine in found.items()
                if part in self.right and differ(mine, self.right[part][:prints])}  # fmt: skip

    def _prints(self, values: Sequence[Any], prints: int) -> dict[int, np.ndarray]:
        """By part, what is left of its numbers, unless they can't be compared."""
        found = {part: projection.of(values, prints) for part, projection in enumerate(self.projections)}
        return {part: mine for part, mine in found.items() if mine is not None}
