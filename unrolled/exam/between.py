"""The values on the way to a result, as a key holds them: how the first case's result moves with each, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Between:
    """The values on the way to a result, and how the first case's result moves with each.

    Attributes
    ----------
    names : tuple of str
        What learners call them, in the order in which they are made.
    steps : tuple of tuple of int
        The timesteps at which each is made, in the order of making; −1 outside a loop.
    columns : tuple of (N, K) array
        How the N numbers of the result move with the K numbers of a value, step after step; K is 0 where they don't
        move in a straight line, or where there are too many.
    touched : (V, P) array of bool
        Which parts are made of each.
    """

    names: tuple[str, ...]
    steps: tuple[tuple[int, ...], ...]
    columns: tuple[np.ndarray, ...]
    touched: np.ndarray
