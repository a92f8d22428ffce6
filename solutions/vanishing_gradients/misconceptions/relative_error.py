"""Wrong answers to `relative_error`."""

import numpy as np

from solutions.forms import mistake
from solutions.vanishing_gradients import reference as right


def no_floor(analytic, numeric):
    """Where both entries are zero you divide zero by zero. Two zeros agree: the floor under the size is
    there for them.
    """
    return float(np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric))))


def floor_added(analytic, numeric):
    """You add the floor to the size of every entry. It is meant to take the size's place where the size falls below it,
    and to do nothing elsewhere.
    """
    return float(np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric) + 1e-8)))


def whole_lengths(analytic, numeric):
    """You compare whole gradients: the length of their difference with their lengths. A small entry may then be wrong
    altogether, and it hardly shows. Divide entry by entry.
    """
    lengths = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    return float(np.linalg.norm(analytic - numeric) / max(lengths, 1e-8))


def two_maxima(analytic, numeric):
    """You divide the largest difference by the largest size, and they may belong to different entries. Each entry has a
    quotient of its own; look for the largest of those.
    """
    return float(np.max(np.abs(analytic - numeric)) / max(np.max(np.abs(analytic) + np.abs(numeric)), 1e-8))


def signed(analytic, numeric):
    """An entry that is too small gives you a negative error, and the largest of those hides it. How far apart two
    numbers are has no sign.
    """
    return float(np.max((analytic - numeric) / np.maximum(np.abs(analytic) + np.abs(numeric), 1e-8)))


def absolute(analytic, numeric):
    """That is the absolute error: 0.001 is a lot for a gradient of 0.002 and nothing for one of 50. Compare the
    difference with the size of the two numbers.
    """
    return float(np.max(np.abs(analytic - numeric)))


def averaged(analytic, numeric):
    """You average over the entries. One wrong entry in a thousand would hardly show: report the worst."""
    return float(np.mean(np.abs(analytic - numeric) / np.maximum(np.abs(analytic) + np.abs(numeric), 1e-8)))


def size_of_sum(analytic, numeric):
    """You add the two numbers before taking the absolute value. If they have opposite signs the size collapses; take
    each one's own absolute value.
    """
    return float(np.max(np.abs(analytic - numeric) / np.maximum(np.abs(analytic + numeric), 1e-8)))


def one_size(analytic, numeric):
    """You compare with the size of one of the two only. Both count, so that the order of the arguments
    doesn't matter.
    """
    return float(np.max(np.abs(analytic - numeric) / np.maximum(np.abs(numeric), 1e-8)))


def larger_of_both(analytic, numeric):
    """You divide by the larger of the two sizes. The formula divides by their sum, so that nothing in common is 1."""
    size = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), 1e-8)
    return float(np.max(np.abs(analytic - numeric) / size))


def mean_size(analytic, numeric):
    """You divide by the mean of the two sizes, so yours is twice the right one. The formula divides by their sum."""
    size = np.maximum((np.abs(analytic) + np.abs(numeric)) / 2, 1e-8)
    return float(np.max(np.abs(analytic - numeric) / size))


def in_percent(analytic, numeric):
    """You count in per cent, a hundred times as much."""
    return 100 * right.relative_error(analytic, numeric)


@mistake(constants=(1e-6, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0))
def floor_too_high(analytic, numeric, floor=1.0):
    """The floor under the size is much more than 1e-8, so small entries are hardly compared at all. It is there for
    entries that are both zero.
    """
    size = np.maximum(np.abs(analytic) + np.abs(numeric), floor)
    return float(np.max(np.abs(analytic - numeric) / size))


def signs_in_the_size(analytic, numeric):
    """You add the two entries where their sizes should be added. Two numbers of different signs then nearly cancel, two
    negative ones make a size below 0: take the absolute value of each before you add.
    """
    return float(np.max(np.abs(analytic - numeric) / np.maximum(analytic + numeric, 1e-8)))
