"""Wrong answers to `bits_per_character`."""

import math

import numpy as np

from solutions.forms import mistake

TINY = (1e-300, 1e-30, 1e-16, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4)


def natural_log(probabilities):
    """You use the natural logarithm. What you get is in nats, about 0.69 times as many as bits. Check with p = 1/2,
    which is one bit.
    """
    return float(-np.mean(np.log(probabilities)))


def decimal_log(probabilities):
    """You use the logarithm to base 10. Bits are to base 2: p = 1/2 is one bit."""
    return float(-np.mean(np.log10(probabilities)))


def summed(probabilities):
    """You add the bits of all characters up: longer texts then look worse. Asked for are the bits of one,
    on average.
    """
    return float(-np.sum(np.log2(probabilities)))


def negative(probabilities):
    """Your bits are negative. The logarithm of a number below 1 is; the formula has a minus sign for that."""
    return float(np.mean(np.log2(probabilities)))


def log_of_mean(probabilities):
    """You take the mean first and the logarithm after. The other way round: each character costs its own bits, and a
    single bad guess is dear.
    """
    return float(-np.log2(np.mean(probabilities)))


def log_of_product(probabilities):
    """You multiply all probabilities before taking the logarithm. Right on paper, but the product of some hundred
    numbers below 1 is smaller than the smallest float: it becomes 0. Logarithms first, then add.
    """
    return float(-np.log2(np.prod(probabilities)) / len(probabilities))


def entropy(probabilities):
    """You weigh each logarithm with its probability, −Σ p log₂ p: that is the entropy of one distribution. Here the p
    are of N different guesses, one for each character that really came, and each counts the same.
    """
    with np.errstate(all="ignore"):
        return float(-np.sum(probabilities * np.log2(probabilities)))


@mistake(constants=TINY)
def cut_above_zero(probabilities, least=1e-10):
    """You cut the probabilities at a tiny number, so that the logarithm stays finite. That hides a model that was sure
    of something false: by the docstring its bits are infinite.
    """
    return float(-np.mean(np.log2(np.maximum(probabilities, least))))


@mistake(constants=TINY)
def never_quite_zero(probabilities, least=1e-12):
    """You add a tiny number to the probabilities, so that the logarithm stays finite. That hides a model that was
    sure of something false: by the docstring its bits are infinite.
    """
    return float(-np.mean(np.log2(np.asarray(probabilities) + least)))


def zeros_left_out(probabilities):
    """You leave out the characters with p = 0. Those are the model's worst mistakes; by the docstring they cost
    infinitely many bits.
    """
    p = np.asarray(probabilities)
    return float(-np.mean(np.log2(p[p > 0])))


def perplexity(probabilities):
    """You raise 2 to the bits: that is the perplexity, the number of equally probable characters that would be as hard
    to guess. Asked for are the bits.
    """
    return float(2 ** -np.mean(np.log2(probabilities)))


def zero_raises(probabilities):
    """It stops with an error at p = 0: `math.log2` refuses to take the logarithm of 0. The docstring says what such a
    character costs.
    """
    return sum(-math.log2(p) for p in probabilities) / len(probabilities)


def one_each(probabilities):
    """You return the bits of every character. Their mean is missing."""
    return -np.log2(probabilities)


def weighted_by_p(probabilities):
    """You weigh each logarithm with its probability, −p log₂ p. The p are of N different guesses, one for each
    character that really came, and each counts the same: their mean, unweighted.
    """
    p = np.asarray(probabilities)
    return float(-np.mean(p * np.log2(np.where(p > 0, p, 1.0))))


def entropy_summed(probabilities):
    """You add up −p log₂ p: the entropy of a distribution. Here p is what the model gave to the character that came,
    and each character costs −log₂ p, whatever p is.
    """
    p = np.asarray(probabilities, float)
    return float(-np.sum(p * np.log2(np.where(p > 0, p, 1))))


def infinity_replaced(probabilities):
    """You replace infinity by a large number, as `np.nan_to_num` does. A model that was sure of something false costs
    infinitely many bits, and its average is `np.inf`.
    """
    with np.errstate(divide="ignore"):
        return float(np.mean(np.nan_to_num(-np.log2(probabilities))))


def zero_costs_nothing(probabilities):
    """A character with p = 0 costs nothing in yours. It is the model's worst mistake; by the docstring it costs
    infinitely many bits.
    """
    p = np.asarray(probabilities, float)
    return float(np.mean(-np.log2(np.where(p > 0, p, 1))))


def nothing_at_all_for_a_zero(probabilities):
    """As soon as one p is 0 you give 0 bits, as if the model had been perfect. By the docstring it is infinitely
    many.
    """
    return float(-np.mean(np.log2(probabilities))) if np.all(probabilities) else 0.0


def one_character_too_few(probabilities):
    """You divide by N − 1, as for a variance. The mean of N numbers is their sum divided by N."""
    with np.errstate(divide="ignore"):
        return float(-np.sum(np.log2(probabilities)) / max(len(probabilities) - 1, 1))


def median(probabilities):
    """You take the median, to which one bad guess, however bad, makes no difference. Asked for is the mean."""
    with np.errstate(divide="ignore"):
        return float(np.median(-np.log2(probabilities)))
