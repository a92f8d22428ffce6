"""Wrong answers to `double`."""

import numpy as np


def squared(x):
    """You multiply `x` by itself: that is the square. It looks right for 0 and 2, where square and double agree, and
    for nothing else. What should `x` be multiplied by?
    """
    return x**2


def two_more(x):
    """You add 2. That looks right for 2, where adding two and doubling agree, and for nothing else."""
    return x + 2


def unchanged(x):
    """You return `x` just as it came in. The doubling is still to do."""
    return x


def not_returned(x):
    """Your function returns `None`, for an array as for a number. Printing a result or computing it doesn't hand it
    back to whoever called: is there a `return`?
    """
    2 * x


def repeated(x):
    """Your array is twice as long, with the same numbers again: that is what `*` does to Python's lists. NumPy's arrays
    multiply every number, if you let them.
    """
    return np.concatenate([x, x]) if np.ndim(x) else 2 * x


def added_up(x):
    """You add all numbers of the array up and return a single one. The result should have the shape of `x`."""
    return 2 * np.sum(x)


def whole_numbers(x):
    """You cut off the digits behind the point before doubling. Leave the numbers as they are."""
    return 2 * np.asarray(x).astype(int)


def in_place(x):
    """Your numbers are right, but `*=` writes them into the caller's own array: afterwards it holds other numbers than
    before, and nobody asked for that. Make a new array.
    """
    x *= 2
    return x
