"""Other right answers of lesson 00."""

import numpy as np


def added_to_itself(x):
    return x + x


def multiplied_by_numpy(x):
    return np.multiply(x, 2.0)


def one_by_one(x):
    if np.ndim(x) == 0:
        return x / 0.5
    return [one_by_one(item) for item in x]
