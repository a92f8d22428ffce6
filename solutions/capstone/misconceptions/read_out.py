"""Wrong answers to `read_out`."""

import numpy as np

from solutions.forms import mistake


def _answer(losses, dlogits, hs, params):
    gradients = {"w_h": np.einsum("btv,bth->vh", dlogits, hs), "w_0": dlogits.sum(axis=(0, 1))}
    return float(losses), gradients, dlogits @ params["w_h"]


def _log_p(hs, params, largest=lambda logits: logits.max(axis=-1, keepdims=True)):
    logits = hs @ params["w_h"].T + params["w_0"]
    logits = logits - largest(logits)
    return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


def _safe(hs, targets, params):
    """As `_read`, for any logits."""
    log_p, target = _log_p(hs, params), np.eye(len(params["w_0"]))[targets]
    return np.exp(log_p), target, -(target * log_p).sum(axis=-1)


def summed(hs, targets, params):
    """You add the losses of all steps up. The loss is their mean, so that it doesn't depend on how much is
    read at once.
    """
    p, target, losses = _safe(hs, targets, params)
    return _answer(losses.sum(), p - target, hs, params)


def mean_over_sequences(hs, targets, params):
    """You divide by the number of sequences only. The mean goes over all B · T steps."""
    p, target, losses = _safe(hs, targets, params)
    return _answer(losses.sum() / len(hs), (p - target) / len(hs), hs, params)


def gradients_not_averaged(hs, targets, params):
    """The loss is a mean, your gradients are those of a sum: they are B · T times too large. Whatever the
    loss is divided by, they are, too.
    """
    p, target, losses = _safe(hs, targets, params)
    return _answer(losses.mean(), p - target, hs, params)


def in_bits(hs, targets, params):
    """You count in bits, with the logarithm to base 2. Here the loss is in nats, with the natural logarithm,
    which has the simpler gradient.
    """
    p, target, losses = _safe(hs, targets, params)
    return _answer(losses.mean() / np.log(2), (p - target) / losses.size, hs, params)


def all_in_bits(hs, targets, params):
    """Loss and gradients are all too large by 1/ln 2: you count in bits. Here the loss is in nats, with the
    natural logarithm.
    """
    p, target, losses = _safe(hs, targets, params)
    return _answer(losses.mean() / np.log(2), (p - target) / losses.size / np.log(2), hs, params)


def _read(hs, targets, params, axis=-1, off=lambda logits: logits.max(axis=-1, keepdims=True)):
    """Probabilities, one-hot targets, and the loss of each step."""
    logits = hs @ params["w_h"].T + params["w_0"]
    exps = np.exp(logits - off(logits))
    p = exps / exps.sum(axis=axis, keepdims=True)
    target = np.eye(len(params["w_0"]))[targets]
    return p, target, -np.log((p * target).sum(axis=-1))


def bits_of_zero(hs, targets, params):
    """Two things at once. You count in bits, with the logarithm to base 2: here the loss is in nats. And you take
    the logarithm of a probability that may have been rounded to 0: take it before, as the logit minus ln of the sum
    of exponentials.
    """
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.mean() / np.log(2), (p - target) / losses.size, hs, params)


def no_maximum_subtracted(hs, targets, params):
    """Large logits overflow: e^1000 is more than a float holds. A softmax stays the same if the same number
    is subtracted from all its logits; which number makes the largest exponent 0?
    """
    p, target, losses = _read(hs, targets, params, off=lambda logits: 0)
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def logarithm_of_zero(hs, targets, params):
    """The logarithm is taken of a probability that was rounded to 0. Take it before: ln of a softmax is the
    logit minus ln of the sum of all exponentials.
    """
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def one_maximum_for_all(hs, targets, params):
    """You subtract one maximum from the logits of all steps. Where a step's own logits lie far below it, all their
    exponentials are rounded to 0, and you take the logarithm of 0. Each step needs a maximum of its own.
    """
    log_p, target = _log_p(hs, params, np.max), np.eye(len(params["w_0"]))[targets]
    losses = -np.take_along_axis(log_p, targets[..., None], axis=-1)
    return _answer(losses.mean(), (np.exp(log_p) - target) / losses.size, hs, params)


def picked_for_all(hs, targets, params):
    """`[:, :, targets]` picks, at every step of every sequence, the targets of all steps of all sequences. Step t of
    sequence b has one target, `targets[b, t]`: look at the shape of what you pick, it should be (B, T).
    """
    log_p, target = _log_p(hs, params), np.eye(len(params["w_0"]))[targets]
    everywhere = target.max(axis=(0, 1))  # 1 for whatever is a target anywhere
    dlogits = (np.exp(log_p) - everywhere) / targets.size
    return _answer(-log_p[:, :, targets].mean(), dlogits, hs, params)


def softmax_over_time(hs, targets, params):
    """Your softmax runs over the timesteps: the probabilities of one step's characters don't add up to 1.
    They lie along the last axis.
    """
    p, target, losses = _read(hs, targets, params, axis=1, off=lambda logits: logits.max(axis=1, keepdims=True))
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def softmax_over_sequences(hs, targets, params):
    """Your softmax runs over the sequences of the batch: the probabilities of one step's characters don't add up to 1.
    They lie along the last axis.
    """
    p, target, losses = _read(hs, targets, params, axis=0, off=lambda logits: logits.max(axis=0, keepdims=True))
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def softmax_over_everything(hs, targets, params):
    """Your softmax has one sum for the whole array, so all steps share a probability of 1. Each step has its own: sum
    over the characters, the last axis.
    """
    p, target, losses = _read(hs, targets, params, axis=None, off=np.max)
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def _right(hs, targets, params):
    """Right, by way of log-probabilities; other answers are made from it."""
    p, target, losses = _safe(hs, targets, params)
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def bias_missing(hs, targets, params):
    """`w_0` is not used."""
    return _right(hs, targets, params | {"w_0": np.zeros_like(params["w_0"])})


def sign_turned(hs, targets, params):
    """Your gradients point the wrong way: target minus probability, where it is probability minus target. A
    step of descent would make the loss grow.
    """
    loss, gradients, dhs = _right(hs, targets, params)
    return loss, {name: -gradient for name, gradient in gradients.items()}, -dhs


def target_not_subtracted(hs, targets, params):
    """∂L/∂logits is more than the probabilities: at the target's place 1 is subtracted."""
    loss, _, _ = _right(hs, targets, params)
    p, _, losses = _read(hs, targets, params)
    return (loss, *_answer(0, p / losses.size, hs, params)[1:])


def last_step_only(hs, targets, params):
    """Only the last step's guess is counted. Every step is a guess, and every step has a target."""
    loss, gradients, last = _right(hs[:, -1:], targets[:, -1:], params)
    dhs = np.zeros(hs.shape)
    dhs[:, -1:] = last
    return loss, gradients, dhs


def transposed(hs, targets, params):
    """The gradient of `w_h` is transposed: it must have the shape of `w_h`, (V, H)."""
    loss, gradients, dhs = _right(hs, targets, params)
    return loss, gradients | {"w_h": gradients["w_h"].T}, dhs


def bias_gradient_averaged(hs, targets, params):
    """The gradient of `w_0` is averaged over the steps a second time. All steps used the same bias, so their
    shares are added; the mean is in them already.
    """
    loss, gradients, dhs = _right(hs, targets, params)
    return loss, gradients | {"w_0": gradients["w_0"] / targets.size}, dhs


def dhs_not_averaged(hs, targets, params):
    """The loss and the gradients of the weights are those of a mean, and so `dhs` must be: it is B · T times too large.
    Make it from the same ∂L/∂logits as the others.
    """
    loss, gradients, dhs = _right(hs, targets, params)
    return loss, gradients, targets.size * dhs


def targets_moved_on(hs, targets, params):
    """You move the targets on by one step. They are moved on already: `targets[:, t]` is what comes after step t."""
    return _right(hs, np.roll(targets, -1, axis=1), params)


@mistake(text=summed.__doc__)
def loss_summed(hs, targets, params):
    loss, gradients, dhs = _right(hs, targets, params)
    return loss * targets.size, gradients, dhs


def gradients_of_a_mean_over_sequences(hs, targets, params):
    """Your loss is right, and your gradients are those of a loss that is divided by the number of sequences only. The
    mean goes over all B · T steps.
    """
    loss, *_ = _right(hs, targets, params)
    return loss, *mean_over_sequences(hs, targets, params)[1:]


def subtracted_for_all(hs, targets, params):
    """Your loss is right. From the probabilities you subtract 1 at `[:, :, targets]`: at every step of every sequence,
    that is at the targets of all steps of all sequences. Step t of sequence b has one target, `targets[b, t]`.
    """
    loss, *_ = _right(hs, targets, params)
    return loss, *picked_for_all(hs, targets, params)[1:]
