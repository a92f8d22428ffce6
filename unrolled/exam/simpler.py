"""A case with some of its arguments at zero, and what is left of what a function makes of it, in a few numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

COLUMNS = 4  # two projections of a part, how large its numbers are, and the first of them
_NEAR = 2e-5
_STEP = 2.39996  # an angle whose multiples never come back to where they were


@dataclass(frozen=True, eq=False)
class Simpler:
    """What the right function gives for a case with some of its arguments at zero, in a few numbers.

    Attributes
    ----------
    names : tuple of str
        The arguments, or entries of them: "x", "params.u_x", "steps.*.u_x" for an entry of each item of a list.
    groups : (G, N) array of bool
        Which of them are zero: one or two, in the last row all.
    prints : (G, P, 4) array
        What is left of each part; not finite where nothing can be told by it.
    axes : tuple of str
        Letters of the axes of each argument that is an array, such as "B T D".
    cuts : tuple of str
        Axes that are cut, and what is left of them: "T1" is the first step alone.
    cut_prints : (C, P, 4) array
        What is left of each part then.
    """

    names: tuple[str, ...]
    groups: np.ndarray
    prints: np.ndarray
    axes: tuple[str, ...]
    cuts: tuple[str, ...]
    cut_prints: np.ndarray


def with_zeros(arguments: Sequence[str], args: tuple, names: Sequence[str]) -> tuple:
    """The arguments with these pieces at zero; masks are True everywhere."""
    for name in names:
        first, *rest = name.split(".")
        place = arguments.index(first)
        args = (*args[:place], _zeroed(args[place], rest), *args[place + 1 :])
    return args


def _zeroed(value: Any, path: Sequence[str]) -> Any:
    match path:
        case []:
            array = np.asarray(value)
            new = np.ones_like(array) if array.dtype.kind == "b" else np.zeros_like(array)
            return new if isinstance(value, np.ndarray) else new.item()
        case ["*", *rest]:
            return [_zeroed(item, rest) for item in value]
    return value | {path[0]: _zeroed(value[path[0]], path[1:])}


def cut(axes: Sequence[str], args: tuple, how: str) -> tuple:
    """The arguments with less along the axes of one letter: "T2" leaves the first two steps."""
    return tuple(_first(value, letters.split(), how[0], int(how[1:])) for letters, value in zip(axes, args))


def _first(value: Any, letters: Sequence[str], letter: str, length: int) -> Any:
    kept = tuple(slice(length if each == letter else None) for each in letters)
    return value[kept] if letter in letters else value


def printed(value: Any) -> np.ndarray:
    """What is left of a part's value: not finite if these are no finite numbers."""
    numbers = numbers_of(value)
    if not numbers.size:
        return np.full(COLUMNS, np.nan)
    angles = _STEP * np.arange(1, numbers.size + 1)
    with np.errstate(all="ignore"):
        return np.array([np.cos(angles) @ numbers, np.sin(angles) @ numbers, np.abs(numbers).sum(), numbers[0]])


def numbers_of(value: Any) -> np.ndarray:
    """All numbers a value holds, one after the other; none if it holds anything else."""
    found = list(_arrays(value))
    if not found or any(array.dtype.kind not in "biuf" for array in found):
        return np.empty(0)
    return np.concatenate([array.ravel() for array in found]).astype(float)


def _arrays(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, Mapping):
        for name in sorted(value):
            yield from _arrays(value[name])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _arrays(item)
    else:
        yield value if isinstance(value, np.ndarray) else np.array(value, None if is_number(value) else object)


def is_number(value: Any) -> bool:
    """Whether it is a plain number."""
    return isinstance(value, int | float | np.number)


def same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which parts are the same, by what is left of them."""
    scale = np.maximum(one[..., 2:3], other[..., 2:3]) + 1e-12
    return (np.abs(one - other)[..., :3] <= _NEAR * scale).all(axis=-1)
