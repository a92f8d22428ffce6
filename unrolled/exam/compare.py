"""Comparing what was returned with what was expected. Pure functions; the first difference found is described."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

LONGEST_NAME = 40
_NOTHING = 1e-8  # where all expected numbers are smaller, they are as good as zero


@dataclass(frozen=True)
class Difference:
    """Where and how a value first differs from the expected one.

    Attributes
    ----------
    kind : {"type", "shape", "dtype", "nan", "value"}
    text : str
        One clause for the learner, never with expected numbers: "has shape (7, 4), expected (7, 5)".
    path : str
        Which component: "" or "['u_x']" or "[1]".
    index : tuple of int
        For arrays with wrong numbers: the first wrong element in C order.
    got, expected : object
        The two numbers there, for those who may see them.
    """

    kind: str
    text: str
    path: str = ""
    index: tuple[int, ...] = ()
    got: Any = None
    expected: Any = None


def compare(expected: Any, got: Any, tolerance: float, relative: bool = False, path: str = "") -> Difference | None:
    """The first difference between `got` and `expected`, or None.

    Lists are accepted for arrays, float32 for float64, whole floats for ints: whatever a person would accept.
    Numbers may be off by `tolerance` times the largest expected number, or with `relative` times each number.
    """
    if isinstance(expected, np.ndarray):
        return _compare_array(expected, got, tolerance, relative, path)
    if isinstance(expected, bool | np.bool_):
        got = got.item() if isinstance(got, np.ndarray) and got.size == 1 and got.ndim == 0 else got
        return _same_or(expected, got, path) if isinstance(got, bool) else _type(expected, got, path)
    if isinstance(expected, int | float | complex):
        return _compare_number(expected, got, tolerance, relative, path)
    if isinstance(expected, Mapping):
        return _compare_mapping(expected, got, tolerance, relative, path)
    if isinstance(expected, list | tuple):
        return _compare_sequence(expected, got, tolerance, relative, path)
    if type(expected) is not type(got):
        return _type(expected, got, path)
    return _same_or(expected, got, path)


def describe(value: Any) -> str:
    """Say what a value is, in a few words: "an array of shape (3, 4)"."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of length {len(value)}"
    if isinstance(value, Mapping):
        names = ", ".join(str(name)[:LONGEST_NAME] for name in list(value)[:8])
        return f"a dict with {names or 'no keys'}"
    return {bool: "a bool", int: "an int", float: "a float", str: "a string"}.get(
        type(value), f"a {type(value).__name__}"
    )


def _compare_number(expected: float, got: Any, tolerance: float, relative: bool, path: str) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    if isinstance(got, bool) or not isinstance(got, int | float | complex):
        return _type(expected, got, path)
    if isinstance(got, complex) and not isinstance(expected, complex):
        return Difference("dtype", "is a complex number", path, (), got, expected)
    one, other = _bearable(expected), _bearable(got)
    if one == other:
        return None
    found = _compare_array(np.asarray(one), np.asarray(other), tolerance, relative, path)
    return found and replace(found, got=got)


def _bearable(number: complex) -> complex:
    """The same number, but for integers that NumPy can't hold: these as floats, the largest there is if need be."""
    if not isinstance(number, int) or abs(number) < 2**63:
        return number
    largest = int(sys.float_info.max)
    return float(max(-largest, min(number, largest)))


def _compare_array(expected: np.ndarray, got: Any, tolerance: float, relative: bool, path: str) -> Difference | None:
    array = as_numbers(got)
    if array is None:
        return _type(expected, got, path)
    got = array
    if got.shape != expected.shape:
        return Difference("shape", f"has shape {got.shape}, expected {expected.shape}", path)
    if expected.dtype.kind == "b" and got.dtype.kind != "b":
        return Difference("dtype", f"holds {got.dtype}, expected bool", path)
    if expected.dtype.kind in "iuf" and got.dtype.kind not in "iuf":
        return Difference("dtype", f"holds {got.dtype}, expected {_kind(expected)}", path)
    wrong = wrong_numbers(expected, got, tolerance, relative)
    if not wrong.any():
        return None
    index = tuple(map(int, np.unravel_index(wrong.argmax(), wrong.shape)))
    if got.dtype.kind in "fc" and not np.isfinite(got[index]) and np.isfinite(expected[index]):
        return Difference("nan", f"holds {got[index].item()}", path, index, got[index].item(), expected[index].item())
    return Difference("value", "differs", path, index, got[index].item(), expected[index].item())


def wrong_numbers(expected: np.ndarray, got: np.ndarray, tolerance: float, relative: bool = False) -> np.ndarray:
    """Which entries of two arrays of one shape are further apart than `tolerance`, as `compare` means it."""
    if expected.dtype.kind == "b":
        return expected != got
    kind = complex if "c" in (expected.dtype.kind, got.dtype.kind) else float
    expected, got = expected.astype(kind, copy=False), got.astype(kind, copy=False)
    with np.errstate(all="ignore"):
        size = np.abs(expected)
        largest = float(size.max(initial=0.0))
        if isfinite(largest) and not relative:  # nearly always: nothing expected is infinite, or no number
            return ~(np.abs(expected - got) <= tolerance * max(largest, _NOTHING))
        finite = size[np.isfinite(size)]
        scale = np.where(np.isfinite(size), size, 0.0) if relative else max(finite.max(initial=0.0), _NOTHING)
        near = np.abs(expected - got) <= tolerance * scale + (1e-300 if relative else 0.0)
        same = (expected == got) | (np.isnan(expected) & np.isnan(got))
    return ~(near | same)


def lies_between(low: Any, high: Any, got: Any, tolerance: float) -> bool:
    """Whether every number of `got` is, within `tolerance`, between those of two values of the same make."""
    if isinstance(low, Mapping) and isinstance(high, Mapping) and isinstance(got, Mapping):
        same = low.keys() == high.keys() == got.keys()
        return same and all(lies_between(low[key], high[key], got[key], tolerance) for key in low)
    arrays = [as_numbers(value) for value in (low, high, got)]
    if any(array is None or array.dtype.kind not in "iuf" for array in arrays):
        return _are_between(low, high, got, tolerance)
    one, other, mine = (array.astype(float) for array in arrays)
    if not one.shape == other.shape == mine.shape:
        return False
    off = tolerance * max(np.abs(one[np.isfinite(one)]).max(initial=0.0), _NOTHING)
    same = (mine == one) | (np.isnan(mine) & np.isnan(one))
    return bool((same | ((mine >= np.minimum(one, other) - off) & (mine <= np.maximum(one, other) + off))).all())


def _are_between(low: Any, high: Any, got: Any, tolerance: float) -> bool:
    """The same for several values in a list or tuple, one by one."""
    if not all(isinstance(value, list | tuple) for value in (low, high, got)) or len({*map(len, (low, high, got))}) > 1:
        return False
    return all(lies_between(*each, tolerance) for each in zip(low, high, got))


def _compare_mapping(expected: Mapping, got: Any, tolerance: float, relative: bool, path: str) -> Difference | None:
    if not isinstance(got, Mapping):
        return _type(expected, got, path)
    for missing in [key for key in expected if key not in got][:1]:
        return Difference("type", f"has no {missing!r}{_instead(expected, got)}", path)
    for extra in [key for key in got if key not in expected][:1]:
        return Difference("type", f"has {str(extra)[:LONGEST_NAME]!r}, which isn't expected", path)
    pairs = ((compare(expected[key], got[key], tolerance, relative, f"{path}[{key!r}]")) for key in expected)
    return next((difference for difference in pairs if difference), None)


def _instead(expected: Mapping, got: Mapping) -> str:
    """The first names that are there and aren't expected."""
    others = [repr(str(key)[:LONGEST_NAME]) for key in got if key not in expected][:3]
    return f", but {', '.join(others)}" if others else ""


def _compare_sequence(
    expected: list | tuple, got: Any, tolerance: float, relative: bool, path: str
) -> Difference | None:
    if not isinstance(got, list | tuple) and not (isinstance(got, np.ndarray) and got.ndim):
        return _type(expected, got, path)
    if len(got) != len(expected):
        alike = [compare(e, g, tolerance, relative) for e, g in zip(expected, got)]
        first = next((place for place, found in enumerate(alike) if found), None)
        since = "" if first is None else f", and is another one from [{first}] on"
        return Difference("shape", f"has length {len(got)}, expected {len(expected)}{since}", path)
    if isinstance(got, np.ndarray):
        got = list(got) if got.ndim > 1 else got.tolist()
    pairs = (
        compare(e, g, tolerance, relative, f"{path}[{i}]") for i, (e, g) in enumerate(zip(expected, got, strict=True))
    )
    return next((difference for difference in pairs if difference), None)


def as_numbers(value: Any) -> np.ndarray | None:
    """Numbers, or lists of them, as the array a person would take them for; None if they are none."""
    if not isinstance(value, np.ndarray):
        if not _holds_only_numbers(value):
            return None
        try:
            value = np.asarray(value)
        except ValueError:
            return None
    return value if value.dtype.kind in "biufc" else None


def _holds_only_numbers(value: Any) -> bool:
    """NumPy would make every item as large as the longest text among them."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, list | tuple):
            pending.extend(item)
        elif not isinstance(item, bool | int | float | complex | np.ndarray | np.generic):
            return False
    return True


def as_made(expected: Any, got: Any, why: str, path: str = "") -> Difference | None:
    """The difference that floats make where ints are asked for, or an array in place of a list."""
    if isinstance(expected, list) and isinstance(got, np.ndarray):
        return Difference("type", f"is {describe(got)}, where {describe(expected)} belongs: {why}", path)
    if isinstance(expected, list):
        found = (as_made(e, g, why, f"{path}[{place}]") for place, (e, g) in enumerate(zip(expected, got)))
        return next(filter(None, found), None)
    array = as_numbers(got)
    if array is None or array.dtype.kind != "f" or np.asarray(expected).dtype.kind not in "iu":
        return None
    floats = "holds floats where whole numbers (ints) belong" if array.ndim else "is a float where an int belongs"
    return Difference("dtype", f"{floats}: {why}", path)


def _kind(array: np.ndarray) -> str:
    return "floats" if array.dtype.kind == "f" else "ints"


def _type(expected: Any, got: Any, path: str) -> Difference:
    return Difference("type", f"is {describe(got)}, expected {describe(expected)}", path)


def _same_or(expected: Any, got: Any, path: str) -> Difference | None:
    return None if expected == got else Difference("value", "differs", path, (), got, expected)
