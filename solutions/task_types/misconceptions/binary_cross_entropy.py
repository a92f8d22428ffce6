"""Wrong answers to `binary_cross_entropy`."""

import numpy as np

from solutions.forms import mistake
from solutions.task_types import reference


def through_the_sigmoid(logit, label):
    """You compute the probability first and take its logarithm. For a logit of 1000 the probability is rounded to
    exactly 1, then log(1 − p) is log(0), and 0 · ∞ is nan. Simplify the formula on paper before you compute.
    """
    p = 1 / (1 + np.exp(-logit))
    return -(label * np.log(p) + (1 - label) * np.log(1 - p))


def log_of_rounded_zero(logit, label):
    """You choose the right term, but take the logarithm of a probability that has been rounded to 0 when the network is
    sure and wrong: that is infinite, and the loss isn't. Simplify the formula before you compute.
    """
    p = 1 / (1 + np.exp(-logit))
    return -np.log(np.where(label == 1, p, 1 - p))


def clipped(logit, label):
    """You keep the probability away from 0 and 1. That avoids the infinity, but the loss can't grow past the clip: a
    logit of −1000 with label 1 has a loss of 1000, not 27. Work with the logit itself.
    """
    p = np.clip(1 / (1 + np.exp(-logit)), 1e-12, 1 - 1e-12)
    return -(label * np.log(p) + (1 - label) * np.log(1 - p))


def half_stable(logit, label):
    """Your formula is right, but its exponential overflows when the prediction is badly wrong: exp(1000) is inf. What
    is log(1 + exp(z)), approximately, for a large z?
    """
    return np.where(label == 1, np.log1p(np.exp(-logit)), np.log1p(np.exp(logit)))


def sign(logit, label):
    """Your loss is negative. A probability is at most 1, so its logarithm is at most 0: the minus in the formula makes
    the loss positive.
    """
    return -reference.binary_cross_entropy(logit, label)


def label_swapped(logit, label):
    """Your loss is large where the prediction is right. The two cases are the wrong way round: which of p and 1 − p
    belongs to label 1?
    """
    return reference.binary_cross_entropy(logit, 1 - label)


def averaged(logit, label):
    """You return one number for the whole batch. Here each pair keeps its own loss: the shape is that of `logit`."""
    return np.mean(reference.binary_cross_entropy(logit, label))


def only_label_1(logit, label):
    """Pairs with label 0 cost nothing in your formula, so a network that always says yes would be perfect. The second
    term, for label 0, is missing.
    """
    return label * reference.binary_cross_entropy(logit, label)


def bits(logit, label):
    """Your numbers are in bits: a logarithm to base 2. The docstring asks for nats, the natural logarithm."""
    return reference.binary_cross_entropy(logit, label) / np.log(2)


def labels_of_minus_one(logit, label):
    """You multiply the logit by the label, as if labels were −1 and 1. They are 0 and 1, so every pair with label 0
    costs log 2, whatever its logit.
    """
    return np.logaddexp(0, -label * logit)


def straight_parts_only(logit, label):
    """That is what the loss comes to for large logits: zero on one side, a straight line on the other. Between them it
    is curved: at a logit of 0 the probability is one half, and that costs log 2.
    """
    return np.maximum(np.where(label == 1, -logit, logit), 0)


def squared_error(logit, label):
    """You square the difference of probability and label. That never grows beyond 1, however sure and wrong the
    prediction is; cross-entropy is a logarithm.
    """
    return (0.5 + 0.5 * np.tanh(logit / 2) - label) ** 2


def logit_for_probability(logit, label):
    """You take the logarithm of the logit itself, which may be negative. The loss is about a probability: p is the
    sigmoid of the logit.
    """
    with np.errstate(all="ignore"):
        return -(label * np.log(logit) + (1 - label) * np.log(1 - logit))


def gradient_instead(logit, label):
    """That is p − label: the derivative of the loss by the logit. Asked for is the loss itself."""
    return 0.5 + 0.5 * np.tanh(logit / 2) - label


def exponent_not_negative(logit, label):
    """The exponent in log(1 + exp(…)) has the wrong sign: it is |z| where it should be −|z|. It is there for the small
    rest, at most log 2.
    """
    with np.errstate(all="ignore"):
        return np.maximum(logit, 0) - logit * label + np.log1p(np.exp(np.abs(logit)))


def exponent_signed(logit, label):
    """max(z, 0) − z·label goes with log(1 + exp(−|z|)), not with exp(−z): that is right for positive z only, and for
    negative ones counts z twice.
    """
    with np.errstate(all="ignore"):
        return np.maximum(logit, 0) - logit * label + np.log1p(np.exp(-logit))


def to_base_two_in_part(logit, label):
    """One logarithm is to base 2, `np.logaddexp2` or `np.log2`: it adds powers of 2 and not of e. The loss is in nats,
    with the natural one.
    """
    return np.logaddexp2(0, logit) - label * logit


@mistake(constants=(1e-15, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5))
def logit_clipped(logit, label, off=1e-12):
    """You take the logit itself for the probability and clip it between 0 and 1. It is any number; the sigmoid makes a
    probability of it.
    """
    p = np.clip(logit, off, 1 - off)
    return -(label * np.log(p) + (1 - label) * np.log(1 - p))


def magnitude_for_positive_part(logit, label):
    """You take |z| where max(z, 0) belongs. For a negative z the one is −z, the other 0."""
    return np.abs(logit) - logit * label + np.log1p(np.exp(-np.abs(logit)))
