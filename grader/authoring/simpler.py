"""What a key keeps of simpler cases: a reference's results with some of its arguments at zero, in a few numbers."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from unrolled.exam.exercise import FUNCTION, Examination, Exercise, Raised
from unrolled.exam.parts import component, places_of
from unrolled.exam.simpler import COLUMNS, Simpler, cut, numbers_of, printed, same, with_zeros

MOST, FOR_PAIRS = 10, 7  # pieces of the arguments
CUTS = ("T1", "T2", "B1")
_SHAPES = re.compile(r"^(\w+) : \(([A-Z](?:, ?[A-Z])*),?\)", re.MULTILINE)


def with_simpler(exercise: Exercise, examination: Examination) -> Examination:
    """The examination, knowing what the reference gives for its first case with less in it."""
    if exercise.kind != FUNCTION or isinstance(examination.expected[0], Raised):
        return examination
    zeros, cuts = _zeros(exercise, examination), _cuts(exercise, examination)
    return replace(examination, simpler=Simpler(*zeros, *cuts))


def _zeros(exercise: Exercise, examination: Examination) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """What can be zero, what is zero at a time, and what is left of the results then."""
    names = list(_pieces(exercise, examination))
    names = names if 1 < len(names) <= MOST else []
    pairs = combinations(names, 2) if len(names) <= FOR_PAIRS else ()
    all_ = [*((name,) for name in names), *pairs, *[tuple(names)] * bool(names)]
    found = [(each, _zeros_printed(exercise, examination, each)) for each in all_]
    kept = [(each, prints) for each, prints in found if np.isfinite(prints).any() or each is all_[-1]]
    groups = np.array([[name in each for name in names] for each, _ in kept], bool).reshape(len(kept), len(names))
    return tuple(names), groups, _stacked([prints for _, prints in kept], examination)


def _cuts(exercise: Exercise, examination: Examination) -> tuple[tuple[str, ...], tuple[str, ...], np.ndarray]:
    """The letters of all axes, which of them are cut, and what is left of the results then."""
    axes, args = _axes(exercise, examination), examination.cases[0].args
    cuts = tuple(how for how in CUTS if any(how[0] in letters for letters in axes))
    prints = [_printed(exercise, examination, cut(axes, args, how)) for how in cuts]
    return axes, cuts, _stacked(prints, examination)


def _stacked(prints: Sequence[np.ndarray], examination: Examination) -> np.ndarray:
    return np.reshape(prints, (-1, len(examination.parts), COLUMNS))


def _axes(exercise: Exercise, examination: Examination) -> tuple[str, ...]:
    """The letters of the axes of each argument, by the docstring; none of any, if one holds more than it says."""
    told = dict(_SHAPES.findall(inspect.getdoc(exercise.reference) or ""))
    args = examination.cases[0].args
    if any(_is_deep(value) for value in args):
        return ("",) * len(args)
    letters = [told.get(name, "").replace(",", " ").split() for name in exercise.arguments]
    return tuple(" ".join(each) if np.ndim(value) == len(each) else "" for each, value in zip(letters, args))


def _is_deep(value: Any) -> bool:
    """Whether it holds arrays that may have an axis in common with others, such as a cache of all steps."""
    return isinstance(value, list) or (isinstance(value, dict) and any(np.ndim(item) > 2 for item in value.values()))


def _pieces(exercise: Exercise, examination: Examination) -> Iterator[str]:
    """The arguments that can be set to zero, and entries of those that are dicts."""
    for name, value in zip(exercise.arguments, examination.cases[0].args):
        yield from (f"{name}{path}" for path in _paths(value))


def _paths(value: Any) -> Iterator[str]:
    if type(value) in (int, float) or (isinstance(value, np.ndarray) and value.dtype.kind in "bf"):
        yield ""
    elif isinstance(value, dict):
        arrays = (key for key, item in value.items() if isinstance(item, np.ndarray) and item.dtype.kind == "f")
        yield from (f".{key}" for key in arrays)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from (f".*{path}" for path in _paths(value[0]))


def _zeros_printed(exercise: Exercise, examination: Examination, names: tuple[str, ...]) -> np.ndarray:
    """What is left of each part with these at zero; if not all are, not finite where it is as it was, or all alike."""
    args, few = with_zeros(exercise.arguments, examination.cases[0].args, names), len(names) < 3
    found = _printed(exercise, examination, args, dull=not few)
    if few:
        found[same(found, _parts_printed(examination, examination.expected[0], dull=True))] = np.nan
    return found


def _printed(exercise: Exercise, examination: Examination, args: tuple, dull: bool = False) -> np.ndarray:
    (right,) = exercise.outputs(exercise.reference, [replace(examination.cases[0], args=args)])
    return _parts_printed(examination, right, dull)


def _parts_printed(examination: Examination, right: Any, dull: bool = False) -> np.ndarray:
    """What is left of each part; not finite where it isn't asked for or, unless it may be, dull."""
    found = np.full((len(examination.parts), COLUMNS), np.nan)
    for place, part in enumerate(examination.parts):
        value = component(right, part)
        if 0 in places_of(examination, part) and not isinstance(right, Raised) and (dull or not _is_dull(value)):
            found[place] = printed(value)
    return found


def _is_dull(value: Any) -> bool:
    """Whether its numbers are so round, or it is one so short, that a wrong answer may well have the same."""
    different = np.unique(numbers_of(value))
    return bool((different == different.round(0 if different.size > 1 else 2)).all())
