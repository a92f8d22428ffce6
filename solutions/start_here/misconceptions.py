"""Wrong answers of lesson 00 that people really give, and the two its text shows on purpose."""

import numpy as np


def squared(x):
    return x**2


def two_more(x):
    return x + 2


def unchanged(x):
    return x


def not_returned(x):
    2 * x


def repeated(x):
    return np.concatenate([x, x]) if np.ndim(x) else 2 * x


def added_up(x):
    return 2 * np.sum(x)


def whole_numbers(x):
    return 2 * np.asarray(x).astype(int)


def in_place(x):
    x *= 2
    return x
