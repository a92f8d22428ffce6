"""How wrong numbers are related to the right ones, where no known mistake explains them. Pure functions.

A relation is said only if it holds on every case that counts, number by number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, combinations_with_replacement
from typing import Any

import numpy as np

from unrolled.exam.calling import Outcome
from unrolled.exam.compare import as_numbers, wrong_numbers
from unrolled.exam.exercise import Case, Examination, Part, Raised
from unrolled.exam.parts import component, places_of

_FEWEST = 3  # fewer numbers may fall together by chance
_NEAR_ONE = 0.01  # a factor nearer to 1 is none: something small has been added, or cut off
TOO_SHORT = "All that is there is right, but it ends too early."
_Pair = tuple[np.ndarray, np.ndarray, Case]


def _softmax(a: np.ndarray) -> np.ndarray:
    return np.exp(a - np.logaddexp.reduce(a, axis=-1, keepdims=True))


def _sigmoid(a: np.ndarray) -> np.ndarray:
    return 0.5 + 0.5 * np.tanh(a / 2)


_FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "the tanh of": np.tanh,
    "the sigmoid of": _sigmoid,
    "the softmax of": _softmax,
    "the exponentials of": np.exp,
    "the logarithms (base e) of": np.log,
    "the logarithms (base 10) of": np.log10,
    "the squares of": np.square,
    "the roots of": np.sqrt,
    "the absolute values of": np.abs,
    "1 minus": lambda a: 1 - a,
    "1 divided by": lambda a: 1 / a,
}
_THROUGH: dict[str, tuple[Callable, Callable]] = {  # what numbers are made with last, and the way back
    "what the sigmoid is taken of": (_sigmoid, lambda y: np.log(y) - np.log1p(-y)),
    "what tanh is taken of": (np.tanh, np.arctanh),
    "what 1 is divided by": (lambda a: 1 / a, lambda y: 1 / y),
    "the exponent": (np.exp, np.log),
}
_REDUCED: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "added up": lambda a, axis: a.sum(axis=axis),
    "averaged": lambda a, axis: a.mean(axis=axis),
    "(only the last)": lambda a, axis: np.take(a, -1, axis=axis),
    "(only the first)": lambda a, axis: np.take(a, 0, axis=axis),
}


def related(examination: Examination, outcomes: Sequence[Outcome], part: Part) -> str:
    """How a part's numbers are related to the right ones, as the end of a sentence; empty if nothing can be said."""
    pairs = [pair for pair in _pairs(examination, outcomes, part) if _tells(examination, *pair)]
    if not all(expected.size and got.size for expected, got, _ in pairs):
        return ""
    if not pairs or sum(np.unique(expected).size for expected, _, _ in pairs) < _FEWEST:
        return ""
    same = all(expected.shape == got.shape for expected, got, _ in pairs)
    if same and all(_near(examination, expected, got) for expected, got, _ in pairs):
        return ""
    ways = (
        (_nothing, _factor, _added, _reordered, _function, _through)
        if same
        else (_other_shape, _exchanged, _too_many, _too_few)
    )
    return next(filter(None, (way(examination, pairs) for way in ways)), "")


def too_short(examination: Examination, outcomes: Sequence[Outcome], part: Part) -> str:
    """That a text is the beginning of the right one wherever it isn't all of it, in a sentence; empty if it isn't."""
    values = [(examination.expected[place], outcomes[place]) for place in places_of(examination, part)]
    pairs = [(component(right, part), component(outcome.value, part)) for right, outcome in values if not outcome.fault]
    texts = len(pairs) == len(values) and all(isinstance(text, str) for pair in pairs for text in pair)
    ends = texts and all(right.startswith(mine) for right, mine in pairs)
    return TOO_SHORT if ends else ""


def _pairs(examination: Examination, outcomes: Sequence[Outcome], part: Part) -> list[_Pair]:
    """Expected and returned numbers of each case that asks for some; none if any of these are no plain numbers."""
    found = []
    for place in places_of(examination, part):
        expected = component(examination.expected[place], part)
        if isinstance(expected, Raised):
            continue
        got = component(outcomes[place].value, part, expected)
        right, mine = _numbers(expected), _numbers(got)
        if outcomes[place].fault or outcomes[place].mutated or not (_plain(right) and _plain(mine)):
            return []
        found.append((np.asarray(right, float), np.asarray(mine, float), examination.cases[place]))
    return found


def _numbers(value: Any) -> np.ndarray | None:
    """What it holds, as an array; of a dict of arrays, all of them in the order of their names, one after the other."""
    if not isinstance(value, Mapping):
        return as_numbers(value)
    arrays = [as_numbers(value[name]) for name in sorted(value)]
    whole = arrays and all(_plain(array) for array in arrays)
    return np.concatenate([array.ravel() for array in arrays]) if whole else None


def _plain(array: Any) -> bool:
    return array is not None and array.dtype.kind in "iuf"


def _near(examination: Examination, expected: np.ndarray, got: np.ndarray) -> bool:
    tolerance, relative = examination.tolerance, examination.relative
    return expected.shape == got.shape and not wrong_numbers(expected, got, tolerance, relative).any()


def _all(examination: Examination, pairs: Sequence[_Pair], change: Callable[[np.ndarray], np.ndarray]) -> bool:
    """Whether `change` makes what was returned of what is right, on every case."""
    return all(_near(examination, change(expected), got) for expected, got, _ in pairs)


def _tells(examination: Examination, expected: np.ndarray, got: np.ndarray, _: Case) -> bool:
    """Whether a case says how numbers are related: there are some, and they aren't all zero or infinite, rightly."""
    some = bool((np.isfinite(expected) & (expected != 0)).any())
    return bool(expected.size or got.size) and (some or not _near(examination, expected, got))


def _nothing(examination: Examination, pairs: Sequence[_Pair]) -> str:
    return "all 0, whatever is computed on the way" if not any(got.any() for _, got, _ in pairs) else ""


def _factor(examination: Examination, pairs: Sequence[_Pair]) -> str:
    factors = [_ratio(expected, got) for expected, got, _ in pairs]
    if any(
        not np.isfinite(factor) or not factor or not _near(examination, factor * expected, got)
        for factor, (expected, got, _) in zip(factors, pairs)
    ):
        return ""
    if np.allclose(factors, 1, rtol=0, atol=_NEAR_ONE):
        return ""
    if np.allclose(factors, factors[0], rtol=10 * examination.tolerance, atol=0):
        return "the right ones with the other sign" if abs(factors[0] + 1) < 1e-3 else _times(factors[0])
    varied = "the right ones times one number in each case, another from case to case: a factor is wrong"
    large = all(_several(expected) and not _near(examination, expected, got) for expected, got, _ in pairs)
    return _by_sizes(factors, pairs, examination.arguments) or (varied if large else "")


def _several(expected: np.ndarray) -> bool:
    """Whether so many different numbers are there that they aren't in proportion by chance."""
    return np.unique(expected[np.isfinite(expected) & (expected != 0)]).size >= _FEWEST


def _added(examination: Examination, pairs: Sequence[_Pair]) -> str:
    found = [_plain_difference(expected, got) for expected, got, _ in pairs]
    if not np.isfinite(found).all() or not np.allclose(found, found[0], rtol=1e-4, atol=0):
        return ""
    if not _all(examination, pairs, lambda a: a + found[0]):
        return ""
    return f"the right ones with {abs(found[0]):.4g} {'added' if found[0] > 0 else 'taken away'}"


def _plain_difference(expected: np.ndarray, got: np.ndarray) -> float:
    return float((got - expected).flat[0])


def _ratio(expected: np.ndarray, got: np.ndarray) -> float:
    place = np.abs(np.where(np.isfinite(expected), expected, 0)).argmax() if expected.size else 0
    return float(got.flat[place] / expected.flat[place]) if expected.size else np.nan


def _times(factor: float) -> str:
    return f"the right ones times {factor:.4g}"


def _by_sizes(factors: Sequence[float], pairs: Sequence[_Pair], arguments: Sequence[str]) -> str:
    """Whether the factor is the length of an axis of an argument, or the product of two, on every case."""
    up = all(factor > 1 for factor in factors)
    sizes = [_sizes(case) for _, _, case in pairs]
    wanted = np.array(factors if up else [1 / factor for factor in factors])
    names = set(sizes[0]).intersection(*sizes)
    for chosen in (each for count in (1, 2) for each in combinations_with_replacement(sorted(names), count)):
        if np.allclose([np.prod([size[name] for name in chosen]) for size in sizes], wanted, rtol=1e-3):
            lengths = " and by ".join(_length(arguments[place], axis) for place, axis in chosen)
            return f"the right ones {'multiplied' if up else 'divided'} by {lengths}"
    return ""


def _length(name: str, axis: int | None) -> str:
    return f"the length of `{name}`" if axis is None else f"the length of axis {axis} of `{name}`"


def _sizes(case: Case) -> dict[tuple[int, int], int]:
    """The length of each axis of each argument that is an array, or a list."""
    shapes = ((place, _shape(value)) for place, value in enumerate(case.args))
    return {(place, axis): size for place, shape in shapes for axis, size in enumerate(shape)}


def _shape(value: Any) -> tuple[int, ...]:
    return value.shape if isinstance(value, np.ndarray) else (len(value),) if isinstance(value, list) else ()


def _reordered(examination: Examination, pairs: Sequence[_Pair]) -> str:
    for axis in range(min(expected.ndim for expected, _, _ in pairs)):
        ways = {
            "in reversed order": lambda a, axis=axis: np.flip(a, axis),
            "moved on by one place": lambda a, axis=axis: np.roll(a, 1, axis),
            "moved back by one place": lambda a, axis=axis: np.roll(a, -1, axis),
        }
        for said, change in ways.items():
            if _all(examination, pairs, change):
                return f"the right ones {said}{_along(axis, pairs)}"
    sorted_alike = all(e.ndim == 1 and _near(examination, np.sort(e), np.sort(got)) for e, got, _ in pairs)
    return "the right ones in another order" if sorted_alike else ""


def _function(examination: Examination, pairs: Sequence[_Pair]) -> str:
    plain = min(expected.ndim for expected, _, _ in pairs) == 0
    for said, function in _FUNCTIONS.items():
        if plain and function is _softmax:
            continue
        if _all(examination, pairs, function):
            return f"{said} the right ones"
        if all(_near(examination, expected, function(got)) for expected, got, _ in pairs):
            return f"such that the right ones are {said} them"
    return ""


def _through(examination: Examination, pairs: Sequence[_Pair]) -> str:
    """Whether the last function is right, and what goes into it is too large, or off by one and the same number."""
    expected, got = (np.concatenate([pair[side].ravel() for pair in pairs]) for side in (0, 1))
    for what, (function, back) in _THROUGH.items():
        inner, mine = back(expected), back(got)
        known = np.isfinite(inner) & np.isfinite(mine)
        if not known.any():
            continue
        times, more = (np.median(each[known]) for each in (mine / inner, mine - inner))
        if f"{times:.4g}" != "1" and _near(examination, function(times * inner), got):
            return f"as if {what} were {times:.4g} times as large"
        enough = abs(more) > 1e-3 * np.median(np.abs(inner[known]))
        if enough and _near(examination, function(inner + more), got):
            return f"as if {what} were {abs(more):.4g} {'larger' if more > 0 else 'smaller'}"
    return ""


def _exchanged(examination: Examination, pairs: Sequence[_Pair]) -> str:
    axes = min(expected.ndim for expected, _, _ in pairs)
    for one, other in combinations(range(axes), 2):
        if _all(examination, pairs, lambda a, one=one, other=other: np.swapaxes(a, one, other)):
            return f"the right ones with axes {one} and {other} exchanged"
    return ""


def _too_many(examination: Examination, pairs: Sequence[_Pair]) -> str:
    """The right numbers and more: a row in front or behind, or an axis still to be added up."""
    for axis in range(min(got.ndim for _, got, _ in pairs)):
        for said, keep in (("first", slice(1, None)), ("last", slice(None, -1))):
            if all(_near(examination, expected, _kept(got, axis, keep)) for expected, got, _ in pairs):
                return f"the right ones and one too many, the {said}{_along(axis, pairs)}"
        for said in ("added up", "averaged"):
            if all(
                got.ndim > axis and _near(examination, expected, _REDUCED[said](got, axis))
                for expected, got, _ in pairs
            ):
                return f"right once they are {said} along axis {axis}"
    return ""


def _too_few(examination: Examination, pairs: Sequence[_Pair]) -> str:
    """A piece of the right numbers, or what is left of them when an axis is gone."""
    for axis in range(min(expected.ndim for expected, _, _ in pairs)):
        for said, keep in (("first", slice(1, None)), ("last", slice(None, -1))):
            if _all(examination, pairs, lambda a, axis=axis, keep=keep: _kept(a, axis, keep)):
                return f"the right ones, but the {said} is missing{_along(axis, pairs)}"
        for said, reduce in _REDUCED.items():
            if _all(examination, pairs, lambda a, axis=axis, reduce=reduce: reduce(a, axis)):
                return f"the right ones {said} along axis {axis}"
    return ""


def _other_shape(examination: Examination, pairs: Sequence[_Pair]) -> str:
    fits = all(got.size == expected.size and _near(examination, expected, got.reshape(expected.shape))
               for expected, got, _ in pairs)  # fmt: skip
    return "the right ones in the right order, in another shape" if fits else ""


def _kept(array: np.ndarray, axis: int, keep: slice) -> np.ndarray:
    return array[(slice(None),) * axis + (keep,)] if array.ndim > axis else array


def _along(axis: int, pairs: Sequence[_Pair]) -> str:
    return f" along axis {axis}" if pairs[0][0].ndim > 1 else ""
