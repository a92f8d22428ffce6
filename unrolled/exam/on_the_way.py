"""Which value on the way to a result is the wrong one, given all that is made of it. Pure functions.

A result of several parts is made by way of values that nobody sees. As far as it moves in a straight line with one of
them, the results that are right *given* this value, whatever it is, lie in a plane: one that lies in it, and isn't
right, is wrong in this value and in nothing else. And where the parts that are right leave a value no choice, it is
right, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from unrolled.exam.calling import Outcome
from unrolled.exam.exercise import Examination, Part
from unrolled.exam.parts import component, difference, failure, places_of
from unrolled.exam.simpler import numbers_of
from unrolled.exam.wording import listed

SPARE = 4  # numbers of a result more than it takes to find a value by: few fall together by chance
_TIMES = 1.3  # as many, at least
_NEAR = 1e-3
_NOTHING = 1e-6


def numbers_by_part(examination: Examination, value: Any) -> list[np.ndarray]:
    """The numbers of each part of a result of the first case, one after the other; none of a part not asked for."""
    asked = [0 in places_of(examination, part) for part in examination.parts]
    return [numbers_of(component(value, part)) if is_ else np.empty(0) for part, is_ in zip(examination.parts, asked)]


def wrong_on_the_way(examination: Examination, outcomes: Sequence[Outcome]) -> tuple[str, bool]:
    """Which value on the way is wrong, or that one is right, and whether it is the first; empty if nothing is known."""
    if examination.between is None or outcomes[0].fault or outcomes[0].mutated:
        return "", False
    parts = [(part, places_of(examination, part)) for part in examination.parts]
    wrong, elsewhere = ([any(failure(examination, part, place, outcomes[place]) for place in places[:most])
                         for part, places in parts] for most in (1, None))  # fmt: skip
    right, mine = (numbers_by_part(examination, value) for value in (examination.expected[0], outcomes[0].value))
    same = all(one.shape == other.shape and np.isfinite(other).all() for one, other in zip(right, mine))
    form = any(is_ and _is_form(examination, part, outcomes[0].value) for is_, (part, _) in zip(wrong, parts))
    if wrong != elsewhere or not same or form or not any(wrong):
        return "", False
    return _Way(examination, np.array(wrong), right, mine).said()


def _is_form(examination: Examination, part: Part, value: Any) -> bool:
    found = difference(examination, part, 0, value)
    return found is None or found.kind != "value"


class _Way:
    """What is wrong on the first case, beside what moves with each value."""

    def __init__(self, examination: Examination, wrong: np.ndarray, right: list[np.ndarray], mine: list[np.ndarray]):
        self.between, self.wrong = examination.between, wrong
        self.names = [part.name for part in examination.parts]
        self.part = np.repeat(np.arange(len(right)), [numbers.size for numbers in right])
        scale = np.repeat([np.abs(numbers).max(initial=1e-12) for numbers in right], [each.size for each in right])
        self.off = np.where(wrong[self.part], np.concatenate(mine) - np.concatenate(right), 0.0) / scale
        self.columns = [columns / scale[:, None] for columns in self.between.columns]

    def said(self) -> tuple[str, bool]:
        if one := self._one():
            return one, True
        if alone := self._used_in() or self._none():
            return alone, False
        return self._two(), True

    def _one(self) -> str:
        """The one value that is wrong, or those that may be: made wrongly at the fewest steps."""
        found = {value: moved for value in range(len(self.columns)) if (moved := self._fit((value,))) is not None}
        if not found:
            return ""
        steps = {value: self._wrong_steps(value, moved) for value, moved in found.items()}
        size = {value: (len(steps[value]), moved.size) for value, moved in found.items()}
        best = [value for value in found if size[value] == min(size.values())]
        times = self._times(best[0], steps[best[0]]) if len(best) == 1 else ""
        return f"{self._fitting([' or '.join(self._names_of(best))])}{times}"

    def _two(self) -> str:
        """The two values that are wrong, if no other two explain it."""
        several = self._names_wrong()[1:]
        pairs = combinations(range(len(self.columns)), 2) if several else ()
        found = [pair for pair in pairs if (moved := self._fit(pair)) is not None and self._both(pair, moved)]
        sizes = [sum(self.columns[value].shape[1] for value in pair) for pair in found]
        best = [pair for pair, size in zip(found, sizes) if size == min(sizes)]
        return self._fitting(self._names_of(best[0])) if len(best) == 1 else ""

    def _none(self) -> str:
        """A value that is right, so that the parts made of it are wrong by themselves."""
        made = [value for value in range(len(self.columns)) if self.between.touched[value][self.wrong].all()]
        right = [value for value in made if self._is_right(value)]
        if not right:
            return ""
        shown = listed([self.names[part] for part in np.flatnonzero(self.between.touched[right[-1]] & ~self.wrong)])
        return (
            f"Nothing is wrong with {self.between.names[right[-1]]}: what is right besides ({shown}) shows it. "
            f"Look at {self._alone()}."
        )

    def _alone(self) -> str:
        names = self._names_wrong()
        return f"each of {listed(names)}" if names[1:] else f"{names[0]} alone"

    def _used_in(self) -> str:
        """A value that goes into all the wrong parts, and into no other."""
        just = [value for value, touched in enumerate(self.between.touched) if (touched == self.wrong).all()]
        names = self._names_of(just)
        if len(names) != 1 or not self._names_wrong()[1:]:
            return ""
        return (
            f"Wrong are {listed(self._names_wrong())}, just those that {names[0]} goes into: look at that, and at "
            "what you make of it."
        )

    def _fitting(self, names: Sequence[str]) -> str:
        parts, values = self._names_wrong(), listed(names)
        fit = f"{listed(parts)} fit together: they" if parts[1:] else f"{parts[0]}"
        verb = "come" if parts[1:] else "comes"
        them = "those" if names[1:] else "that"
        return f"{fit} {verb} out like this if nothing but {values} is wrong. Look at how you make {them}."

    def _times(self, value: int, wrong: Sequence[int]) -> str:
        steps = self.between.steps[value]
        if len(wrong) == len(steps) or -1 in steps:
            return ""
        if len(wrong) == 1:
            return f" Only what happens at t={wrong[0]} is wrong: given that, all other steps are right."
        right = listed([f"t={step}" for step in sorted(set(steps) - set(wrong))])
        return f" What happens at {right} is right."

    def _names_wrong(self) -> list[str]:
        return [self.names[part] for part in np.flatnonzero(self.wrong)]

    def _names_of(self, values: Sequence[int]) -> list[str]:
        return list(dict.fromkeys(self.between.names[value] for value in values))

    def _fit(self, values: tuple[int, ...]) -> np.ndarray | None:
        """How wrong these values are if nothing else is; None if something else is, too, or if it can't be told."""
        columns = np.concatenate([self.columns[value] for value in values], axis=1)
        if not columns.shape[1] or not self._tells(columns):
            return None
        moved = np.linalg.lstsq(columns, self.off, rcond=_NOTHING)[0]
        left = np.abs(self.off - columns @ moved)
        return moved if all(self._is_nothing(left, part) for part in range(len(self.names))) else None

    def _tells(self, columns: np.ndarray) -> bool:
        """Whether not every result with just these parts wrong would fit."""
        wrong = self.wrong[self.part]
        free = _free(columns[~wrong])
        return bool(wrong.sum() >= _TIMES * np.linalg.matrix_rank(columns[wrong] @ free, tol=_NOTHING) + SPARE)

    def _is_nothing(self, left: np.ndarray, part: int) -> bool:
        here = self.part == part
        return bool(left[here].max(initial=0) <= _NEAR * max(np.abs(self.off[here]).max(initial=0), 0.1 * _NEAR))

    def _pieces(self, values: Sequence[int], moved: np.ndarray, each: Sequence[int]) -> Iterator[float]:
        """How much each piece of what is moved moves of the result."""
        columns = np.concatenate([self.columns[value] for value in values], axis=1)
        ends = np.cumsum(each)
        for begin, end in zip(ends - each, ends):
            yield float(np.abs(columns[:, begin:end] @ moved[begin:end]).max(initial=0))

    def _wrong_steps(self, value: int, moved: np.ndarray) -> list[int]:
        steps = self.between.steps[value]
        much = list(self._pieces((value,), moved, [moved.size // len(steps)] * len(steps)))
        return [step for step, size in zip(steps, much) if size > _NEAR * max(much)]

    def _both(self, pair: tuple[int, int], moved: np.ndarray) -> bool:
        much = list(self._pieces(pair, moved, [self.columns[value].shape[1] for value in pair]))
        return min(much) > _NEAR * max(much)

    def _is_right(self, value: int) -> bool:
        """Whether the right parts are right for no other value."""
        columns = self.columns[value][~self.wrong[self.part]]
        if not columns.shape[1] or columns.shape[0] < columns.shape[1]:
            return False
        sizes = np.linalg.svd(columns, compute_uv=False)
        return bool(sizes[-1] > _NEAR * sizes[0])


def _free(columns: np.ndarray) -> np.ndarray:
    """A basis of what moves none of these."""
    _, sizes, basis = np.linalg.svd(columns, full_matrices=True)
    return basis[(sizes > _NOTHING * sizes.max(initial=0)).sum() :].T


def tells(columns: np.ndarray) -> bool:
    """Whether a value can be told by the numbers that move with it: there are more of these."""
    moving = np.abs(columns).max(axis=1) > _NOTHING
    return bool(moving.sum() >= np.linalg.matrix_rank(columns) + SPARE)
