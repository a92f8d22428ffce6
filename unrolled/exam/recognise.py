"""Recognising small changes of the right function by a projection of what an answer returned. Pure functions."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from unrolled.exam.agreeing import speaks
from unrolled.exam.calling import Outcome
from unrolled.exam.compare import as_numbers
from unrolled.exam.edits import PAIR_PRINTS, PRINTS, Edits
from unrolled.exam.exercise import Examination, Part, Raised
from unrolled.exam.parts import component, places_of

_NEAR = 1e-5
_APART = 2e-4
_MOST_PAIRS = 2
_MOST = 3  # more are as good as none
_ENDLESS = 1e30
_STEP = 2.39996  # an angle whose multiples never come back to where they were


class Projection:
    """How a part of an examination comes down to a few numbers.

    The part's first case has a number of its own and so has its last; all between share one. Cases made again, and
    those that ask for an exception, are passed over.
    """

    def __init__(self, examination: Examination, part: Part):
        self.part = part
        asked = [place for place in places_of(examination, part) if not _passed_over(examination, place)]
        self.expected = {place: component(examination.expected[place], part) for place in asked}
        self._weights = {
            place: [(nth + 1) * _weights(right, order) for order, (right, _) in enumerate(_arrays(wanted, wanted))]
            for nth, (place, wanted) in enumerate(self.expected.items())
        }
        self.slots = {place: 0 if nth == 0 else 1 if place == asked[-1] else 2 for nth, place in enumerate(asked)}

    def ends(self) -> set[int]:
        """The cases that have a number of their own."""
        return {place for place, slot in self.slots.items() if slot < PAIR_PRINTS}

    def size(self) -> int:
        """How many numbers these cases consist of."""
        return sum(weights.size for place in self.ends() for weights in self._weights[place])

    def of(self, values: Sequence[Any], prints: int = PRINTS) -> np.ndarray | None:
        """What is left of the values returned, case by case; None where one isn't made like what was expected."""
        found = np.zeros(prints)
        for place, slot in self.slots.items():
            if slot < prints:
                number = self._number(place, values[place])
                if number is None:
                    return None
                with np.errstate(all="ignore"):
                    found[slot] += number
        return found if self.slots and (np.abs(found) < _ENDLESS).all() else None

    def _number(self, place: int, value: Any) -> float | None:
        wanted = self.expected[place]
        if _is_discrete(wanted):
            return _digest(component(value, self.part, wanted))
        pairs = list(_arrays(wanted, component(value, self.part, wanted)))
        if not pairs or any(mine is None or mine.shape != right.shape for right, mine in pairs):
            return None
        return sum(_projected(*pair, weights) for pair, weights in zip(pairs, self._weights[place]))


def fingerprint(examination: Examination, outcomes: Sequence[Outcome]) -> str:
    """What answers share that give the same numbers, or raise the same errors: eight hexadecimal digits."""
    values = [outcome.value for outcome in outcomes]
    numbers = [_rounded(_projection(examination, part).of(values)) for part in examination.parts]
    faults = [outcome.fault and (outcome.fault.kind, outcome.fault.text) for outcome in outcomes]
    return hashlib.sha256(repr((numbers, faults)).encode()).hexdigest()[:8]


def _projection(examination: Examination, part: Part) -> Projection:
    return examination.once(("projection", part), lambda: Projection(examination, part))


def _rounded(found: np.ndarray | None) -> list[float] | None:
    return None if found is None else [round(float(number), 3) + 0.0 for number in found]


def differ(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two fingerprints are so far apart that neither can be taken for the other."""
    return bool((np.abs(one - other) > _APART * np.maximum(1.0, np.abs(one))).any())


def changes_in(examination: Examination, wrong: Sequence[Part], values: Sequence[Any]) -> dict[str, str]:
    """What to tell of wrong parts that small changes of the reference explain, by the part's name.

    A change that explains all the wrong parts at once goes before those that explain one of them; one that is
    contradicted by other parts is none.
    """
    if examination.edits is None:
        return {}
    places = {part.name: examination.parts.index(part) for part in wrong}
    prints = {part.name: _projection(examination, part).of(values) for part in wrong}
    fits = {name: _fitting(examination.edits, places[name], mine) for name, mine in prints.items() if mine is not None}
    fits = {part.name: _speaking(examination, part, wrong, fits) for part in wrong if part.name in fits}
    fits |= {
        name: []
        for name, found in fits.items()
        if _is_discrete_in(examination, places[name])
        and (len(found) > _MOST or _is_little(examination, places[name], values))
    }
    for whole in (_common(fits, prints), fits):
        told = {name: _told(examination.edits, found) for name, found in whole.items() if found}
        if told:
            return told
    return {}


def _speaking(
    examination: Examination, part: Part, wrong: Sequence[Part], fits: Mapping[str, list[tuple[int, ...]]]
) -> list[tuple[int, ...]]:
    """Of the changes that explain a part, those that no other part contradicts."""

    def tells(changes: tuple[int, ...]) -> bool:
        rows = np.isin(examination.edits.rows[:, 0], changes)
        touched = [examination.parts[place] for place in np.unique(examination.edits.rows[rows, 1])]
        fitted = [other for other in wrong if changes in fits.get(other.name, ())]
        return speaks(examination, part, wrong, touched, fitted)

    return [changes for changes in fits[part.name] if tells(changes)]


def _common(fits: Mapping[str, list], prints: Mapping[str, Any]) -> dict[str, list]:
    """For every part the same: what explains all of them."""
    if len(fits) < len(prints) or not fits:
        return {}
    first, *others = fits.values()
    shared = [each for each in first if all(each in other for other in others)]
    return dict.fromkeys(fits, shared)


def _fitting(edits: Edits, part: int, mine: np.ndarray) -> list[tuple[int, ...]]:
    """The changes, or else the pairs of them, that give a part these numbers."""
    rows = _near(edits.prints, mine) & (edits.rows[:, 1] == part)
    found = [(int(edit),) for edit in edits.rows[rows, 0]]
    if found:
        return found
    pairs = _near(edits.pair_prints, mine[:PAIR_PRINTS]) & (edits.pairs[:, 2] == part)
    both = [(int(one), int(other)) for one, other in edits.pairs[pairs, :2]]
    return both if len(both) <= _MOST_PAIRS else []  # where many fit, they fit by accident


def _near(prints: np.ndarray, mine: np.ndarray) -> np.ndarray:
    return (np.abs(prints - mine) <= _NEAR * np.maximum(1.0, np.abs(mine))).all(axis=1)


def _told(edits: Edits, found: Sequence[tuple[int, ...]]) -> str:
    texts = dict.fromkeys(", and at the same time ".join(edits.texts[each] for each in places) for places in found)
    return f"These are the numbers that come out if {', or if '.join(list(texts)[:_MOST])}."


def _is_discrete(expected: Any) -> bool:
    """Whether it is a text, a list, or a dict of what is no array: right or wrong as a whole."""
    if isinstance(expected, Mapping):
        return not any(isinstance(item, np.ndarray | float) for item in expected.values())
    return isinstance(expected, str | list)


def _is_discrete_in(examination: Examination, place: int) -> bool:
    """Whether a part's results are right or wrong as a whole, so that quite different changes may give the same."""
    part = examination.parts[place]
    return any(_is_discrete(component(examination.expected[each], part)) for each in places_of(examination, part))


def _is_little(examination: Examination, place: int, values: Sequence[Any]) -> bool:
    """Whether so little was returned that quite different changes may give the same."""
    part = examination.parts[place]
    pairs = [
        (component(values[p], part), component(examination.expected[p], part)) for p in places_of(examination, part)
    ]
    mine, right = (sum(len(json.dumps(pair[side], default=str)) for pair in pairs) for side in (0, 1))
    return mine < right / 2


def _digest(got: Any) -> float | None:
    try:
        return 1 + zlib.crc32(json.dumps(got, sort_keys=True).encode()) / 2**32
    except (TypeError, ValueError):
        return None


def _passed_over(examination: Examination, place: int) -> bool:
    return examination.cases[place].again or isinstance(examination.expected[place], Raised)


def _arrays(expected: Any, got: Any) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
    """Pairs of the arrays that both consist of; None for what isn't there, or isn't numbers."""
    if isinstance(expected, Mapping):
        for name in sorted(expected):
            yield from _arrays(expected[name], got.get(name) if isinstance(got, Mapping) else None)
    elif isinstance(expected, tuple):
        same = isinstance(got, tuple | list) and len(got) == len(expected)
        for one, other in zip(expected, got if same else [None] * len(expected)):
            yield from _arrays(one, other)
    elif isinstance(expected, np.ndarray | int | float):
        yield np.asarray(expected), _numbers(got)


def _numbers(got: Any) -> np.ndarray | None:
    found = as_numbers(got)
    return found.astype(float) if found is not None and found.dtype.kind in "biuf" else None


def _weights(expected: np.ndarray, order: int) -> np.ndarray:
    finite = np.abs(expected[np.isfinite(expected)])
    scale = max(finite.max(initial=0.0), 1e-8) * max(expected.size, 1) ** 0.5
    return np.cos(_STEP * np.arange(1, expected.size + 1) + order) / scale


def _projected(expected: np.ndarray, got: np.ndarray, weights: np.ndarray) -> float:
    if expected.dtype.kind == "f" and not (finite := np.isfinite(expected)).all():
        got = np.where(~finite & (got == expected), 0.0, got)
    with np.errstate(all="ignore"):
        return float(got.ravel() @ weights)
