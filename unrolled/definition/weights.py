"""Weights that were handed in by name: arrays of the right shapes, or a reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from unrolled.exam.compare import as_numbers


def checked(
    given: Any, shapes: Mapping[str, str], most: float, most_hidden: int, whose: str = "", **sizes: int
) -> dict[str, np.ndarray]:
    """Weights as arrays of floats, none of them absurdly large.

    Parameters
    ----------
    given : object
        What was handed in.
    shapes : mapping
        The names asked for, and their sizes: numbers, or letters such as "4H H". H is read off "u_0".
    most : float
        The largest weight accepted.
    most_hidden : int
        The largest H accepted.
    whose : str
        What stands before the names where they were handed in, such as "encoder ".
    **sizes : int
        What other letters mean.

    Raises
    ------
    ValueError
        If one is missing or unknown, has the wrong shape, isn't finite, or is too large.
    """
    if not isinstance(given, Mapping):
        raise ValueError("the weights should be a dict with " + ", ".join(shapes))
    _refuse_other_names(given, shapes, whose)
    sizes |= _hidden_size(given["u_0"], shapes["u_0"], most_hidden, whose)
    return {
        name: _floats(f"{whose}{name}", given[name], _shape(letters, sizes), most, sizes["H"])
        for name, letters in shapes.items()
    }


def _refuse_other_names(given: Mapping, shapes: Mapping[str, str], whose: str) -> None:
    if set(given) != set(shapes):
        odd, asked = sorted(map(str, set(given) ^ set(shapes)))[0][:40], ", ".join(whose + name for name in shapes)
        raise ValueError(f"'{whose}{odd}' is {'missing' if odd in shapes else f'not one of {asked}'}")


def _hidden_size(u_0: Any, letters: str, most: int, whose: str) -> dict[str, int]:
    array, gates = as_numbers(u_0), 4 if letters == "4H" else 1
    rows = len(array) if array is not None and array.ndim == 1 else 0
    if rows % gates or not 1 <= rows // gates <= most:
        raise ValueError(f"{whose}u_0 should have shape ({letters},), with H from 1 to {most}")
    return {"H": rows // gates, "4H": rows}


def _shape(letters: str, sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(int(letter) if letter.isdecimal() else sizes[letter] for letter in letters.split())


def _floats(name: str, value: Any, shape: tuple[int, ...], most: float, H: int) -> np.ndarray:
    array = as_numbers(value)
    if array is None or array.dtype.kind not in "biuf":
        raise ValueError(f"{name} is not an array of numbers")
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}; with H = {H} from u_0 it should be {shape}")
    if not np.isfinite(array).all() or np.abs(array).max(initial=0.0) > most:
        raise ValueError(f"{name} holds numbers that are not finite, or larger than {most:,.0f}")
    return array.astype(float)
