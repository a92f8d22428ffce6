"""Of which kind and shape a function's variables are, seen while it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType, FunctionType
from typing import Any

import numpy as np

from unrolled.exam.codec import copy_value


def kinds_in(function: FunctionType, args: tuple) -> dict[str, Any]:
    """The kind of each variable when the function returns, and of each item of a dict that it is given.

    Parameters
    ----------
    args : tuple
        What to call it with; if none, nothing is known.
    """
    kinds: dict[str, Any] = {}
    if not args:
        return kinds

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event == "return" and frame.f_code is function.__code__:
            kinds.update({name: _kind(value) for name, value in frame.f_locals.items()})
            found = [value for value in frame.f_locals.values() if isinstance(value, dict)]
            for items in found:
                kinds.update({name: _kind(value) for name, value in items.items() if name not in kinds})

    _watched(function, copy_value(args), look)
    return kinds


def _watched(function: FunctionType, args: tuple, look: Callable) -> None:
    before = sys.getprofile()
    sys.setprofile(look)
    try:
        function(*args)
    finally:
        sys.setprofile(before)


def _kind(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.shape or "number"
    if isinstance(value, str):
        return "str", len(value)
    return "number" if isinstance(value, int | float | np.number) else type(value).__name__
