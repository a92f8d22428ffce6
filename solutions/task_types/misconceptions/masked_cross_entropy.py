"""Wrong answers to `masked_cross_entropy`."""

import numpy as np

from solutions.forms import mistake
from solutions.task_types import reference


def padding_counted(logits, targets, mask):
    """Padded steps count like real ones. The network would be trained to describe frames that don't exist: leave them
    out of the sum and of the number you divide by.
    """
    return reference.masked_cross_entropy(logits, targets, np.ones_like(mask))


def divided_by_all(logits, targets, mask):
    """You leave padding out of the sum, but divide by B·T. Then the same films, padded longer, have a smaller loss:
    divide by the number of real steps.
    """
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss * mask.mean(), dlogits * mask.mean()


def gradient_not_masked(logits, targets, mask):
    """The loss ignores padding, the gradient doesn't. A step that isn't in the loss can't change it: its derivative is
    zero.
    """
    loss, _ = reference.masked_cross_entropy(logits, targets, mask)
    _, everywhere = reference.masked_cross_entropy(logits, targets, np.ones_like(mask))
    return loss, everywhere / mask.mean()


def _hot(logits, targets):
    return np.eye(logits.shape[-1])[targets]


def _from_log(log_p, targets, mask):
    weight = (mask / mask.sum())[..., None]
    target = _hot(log_p, targets)
    return -np.sum(np.where(target == 1, weight * log_p, 0)), weight * (np.exp(log_p) - target)


def softmax_over_time(logits, targets, mask):
    """Your softmax runs over time: probabilities of the steps for each choice. It is the choices of one step that
    compete: they are the last axis.
    """
    log_p = logits - logits.max(axis=1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    return _from_log(log_p, targets, mask)


def one_maximum_for_all(logits, targets, mask):
    """You subtract one maximum from the logits of all steps. Where a step's own logits lie far below it, all their
    exponentials are rounded to 0. Each step needs a maximum of its own.
    """
    p = np.exp(logits - logits.max())
    return _from_log(np.log(p / p.sum(axis=-1, keepdims=True)), targets, mask)


def overflow(logits, targets, mask):
    """Your exponentials overflow: exp(1000) is inf, and inf / inf is nan. Subtract each step's largest logit first; the
    softmax doesn't change.
    """
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    return _from_log(np.log(p), targets, mask)


def log_of_rounded_zero(logits, targets, mask):
    """Your softmax is safe, but you take its logarithm afterwards: a probability rounded to 0 has none. Take the
    logarithm on paper first: z − max(z) − log Σ exp(z − max(z)).
    """
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return _from_log(np.log(exps / exps.sum(axis=-1, keepdims=True)), targets, mask)


def mean_of_means(logits, targets, mask):
    """You average each sequence, then the sequences: a step of a short film weighs more than one of a long film.
    Average over all real steps of the batch at once.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    each = [reference.masked_cross_entropy(logits[[b]], targets[[b]], mask[[b]]) for b in rows]
    dlogits = np.zeros(logits.shape)
    dlogits[rows] = [row[0] for _, row in each]
    return np.mean([loss for loss, _ in each]), dlogits / len(rows)


def gradient_of_the_sum(logits, targets, mask):
    """Your loss is a mean, your gradient that of the sum: it is too large by the number of real steps. What the loss is
    divided by divides its derivative, too.
    """
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, dlogits * mask.sum()


@mistake(name="sum")
def summed(logits, targets, mask):
    """You sum over the real steps. The loss is their mean: otherwise it grows with the size of the batch."""
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss * mask.sum(), dlogits * mask.sum()


def gradient_upside_down(logits, targets, mask):
    """Your gradient has the wrong sign: it points to where the loss falls. The derivative is softmax minus one-hot, not
    one-hot minus softmax.
    """
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, -dlogits


def target_not_subtracted(logits, targets, mask):
    """Your gradient is the softmax itself, which nothing can make zero. The one-hot vector of the target is missing
    from it.
    """
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, dlogits + _hot(logits, targets) * (mask / mask.sum())[..., None]


def gradient_at_targets_only(logits, targets, mask):
    """Your gradient is zero except at the targets. The other logits are in the softmax's denominator: raising one of
    them makes the target less likely.
    """
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, dlogits * _hot(logits, targets)


def loss_negative(logits, targets, mask):
    """Your loss is negative. Logarithms of probabilities are; the loss is minus their mean."""
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return -loss, dlogits


def divided_by_choices(logits, targets, mask):
    """You divide by V as well: a mean over the whole array, perhaps. The choices of a step make one loss together."""
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss / logits.shape[-1], dlogits / logits.shape[-1]


def logits_zeroed(logits, targets, mask):
    """You set padded logits to zero. Zero logits are not nothing: they are a choice among V equals, with a loss of log
    V. Mask the losses, not the logits.
    """
    return reference.masked_cross_entropy(logits * mask[..., None], targets, np.ones_like(mask))


def divided_by_sequences(logits, targets, mask):
    """You divide by the number of sequences. Then long sequences cost more than short ones: divide by the number of
    real steps, in the loss and in the gradient.
    """
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss * mask.sum() / len(mask), dlogits * mask.sum() / len(mask)


def softmax_over_sequences(logits, targets, mask):
    """Your softmax runs over the first axis, so the sequences of the batch compete. It is the choices of one step that
    compete: they are the last axis.
    """
    log_p = logits - logits.max(axis=0, keepdims=True)
    return _from_log(log_p - np.log(np.exp(log_p).sum(axis=0, keepdims=True)), targets, mask)


def softmax_over_everything(logits, targets, mask):
    """Your softmax has one sum for the whole array, so all steps of all sequences share a probability of 1. Each step
    has its own: sum over the choices, the last axis.
    """
    log_p = logits - logits.max()
    return _from_log(log_p - np.log(np.exp(log_p).sum()), targets, mask)


def squared_error(logits, targets, mask):
    """You square the differences of probabilities and one-hot targets. That never grows beyond 2, however sure and
    wrong the prediction is; cross-entropy is the logarithm of the target's probability.
    """
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True))
    weight = (mask / mask.sum())[..., None]
    return np.sum(weight * (p - _hot(logits, targets)) ** 2), 2 * weight * (p - _hot(logits, targets))


def one_by_one(logits, targets, mask):
    """You ask of each choice by itself, with a sigmoid, whether it is the right one. One of V is right: they compete,
    in a softmax.
    """
    hot, weight = _hot(logits, targets), (mask / mask.sum())[..., None]
    loss = np.sum(weight * (np.logaddexp(0, logits) - hot * logits))
    return loss, weight * (0.5 + 0.5 * np.tanh(logits / 2) - hot)


def gradient_per_sequence(logits, targets, mask):
    """Your loss is the mean over all real steps, your gradient divides each sequence by its own number of them. One and
    the same number divides both: that of all real steps.
    """
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, dlogits * mask.sum() / np.maximum(mask.sum(axis=1), 1)[:, None, None]


def subtracted_for_all(logits, targets, mask):
    """From the probabilities you subtract 1 at `[:, :, targets]`: at every step of every sequence, that is at the
    targets of all steps of all sequences. Step t of sequence b has one target, `targets[b, t]`.
    """
    loss, _ = reference.masked_cross_entropy(logits, targets, mask)
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True))
    return loss, (p - _hot(logits, targets).max(axis=(0, 1))) * (mask / mask.sum())[..., None]


def zero_for_padding(logits, targets, mask):
    """You leave out the steps whose target is 0, as if that stood for padding. 0 is a choice like any other: the mask
    says which steps are padded, and nothing else does.
    """
    real = targets != 0
    return reference.masked_cross_entropy(logits, targets, real) if real.any() else (0.0, 0.0 * logits)


def counted_from_one(logits, targets, mask):
    """You take 1 from the targets, as if they were counted from 1. They are counted from 0, as indices are."""
    return reference.masked_cross_entropy(logits, targets - 1, mask)
