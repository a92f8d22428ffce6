"""Wrong answers nobody foresaw, as a key holds them: what small changes of the right function give, in numbers.

When a key is made, the author's reference is changed in hundreds of small ways, one at a time and two at once, and of
each change a few numbers are kept for every part it makes wrong: no code, and no numbers that are right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PRINTS = 3  # numbers kept of a part that a change makes wrong
PAIR_PRINTS = 2  # and of one that two changes make wrong


@dataclass(frozen=True, eq=False)
class Edits:
    """What small changes of the reference give.

    Attributes
    ----------
    texts : tuple of str
        What is changed, to go on after "if": "`u_0` is left out of `z`".
    rows : (R, 2) array of int
        A change, by its place in `texts`, and a part it makes wrong, by its place in the examination's parts.
    prints : (R, PRINTS) array
        What is left of that part.
    pairs : (P, 3) array of int
        Two changes made at once, and a part.
    pair_prints : (P, PAIR_PRINTS) array
        What is left of it then.
    """

    texts: tuple[str, ...]
    rows: np.ndarray
    prints: np.ndarray
    pairs: np.ndarray
    pair_prints: np.ndarray
