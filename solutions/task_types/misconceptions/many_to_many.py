"""Wrong answers to `many_to_many`."""

import numpy as np

from solutions.forms import mistake
from solutions.task_types import reference
from solutions.task_types.misconceptions._shared import (
    ENDS_AT_PADDING,
    NEW_STATE,
    NO_ERROR,
    at_end,
    before_padding,
    first_state,
    logits_of,
    next_state,
    read_where,
    refuse_empty,
    run,
)


def last_step_only(xs, mask, params):
    """You return only the last real step's logits. That is many-to-one; here every step has an answer."""
    return at_end(run(xs, mask, params)[0], mask)


def last_step_everywhere(xs, mask, params):
    """All steps of a sequence have the same logits, those of the last one: perhaps the result is filled after the loop.
    Store each step's logits inside it.
    """
    return np.repeat(at_end(run(xs, mask, params)[0], mask)[:, None], xs.shape[1], axis=1) * mask[..., None]


def padding_kept(xs, mask, params):
    """There are logits at padded steps, and the state runs on through them. Neither should be: zeros there, and the
    state carried.
    """
    return run(xs, mask, params, carry=False)[0]


def padding_kept_with_carry(xs, mask, params):
    """There are logits at padded steps. Nobody asked about those frames: the docstring wants zeros there."""
    return run(xs, mask, params)[0]


def state_runs_through_padding(xs, mask, params):
    """Your logits are zero at padding, but the state still changes there, so real steps after it are wrong. Carry the
    state on where the mask is False.
    """
    return np.where(mask[..., None], run(xs, mask, params, carry=False)[0], 0)


@mistake(text=NEW_STATE)
def reads_new_state(xs, mask, params):
    return np.where(mask[..., None], run(xs, mask, params, new_state=True)[0], 0)


def probabilities(xs, mask, params):
    """You return probabilities: a softmax has been applied. The docstring asks for logits, because the loss is computed
    from those.
    """
    z = run(xs, mask, params)[0]
    return np.where(mask[..., None], np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True)), 0)


def time_first(xs, mask, params):
    """Your result has the axes time and batch swapped: (T, B, V). The first index chooses the sequence."""
    return reference.many_to_many(xs, mask, params).swapaxes(0, 1)


def memory_reset(xs, mask, params):
    """Every step starts from the zero state, so each frame is described as if it were alone. Look at what `h` is when
    the next step begins.
    """
    return np.where(mask[..., None], run(xs, mask, params, reset=True)[0], 0)


def state_leaks(xs, mask, params):
    """Each sequence starts where the one before it ended. The state belongs to a sequence: set it to zero when a new
    one begins.
    """
    refuse_empty(mask)
    logits, h = np.zeros((*mask.shape, len(params["w_0"]))), np.zeros(len(params["u_0"]))
    for b, t in zip(*np.nonzero(mask), strict=True):
        logits[b, t] = logits_of(xs[b, t], h, params)
        h = next_state(xs[b, t], h, params)
    return logits


@mistake(text=NO_ERROR)
def no_error(xs, mask, params):
    logits, h = np.zeros((*mask.shape, len(params["w_0"]))), first_state(xs, params)
    for t in range(xs.shape[1]):
        logits[:, t] = np.where(mask[:, t, None], logits_of(xs[:, t], h, params), 0)
        h = np.where(mask[:, t, None], next_state(xs[:, t], h, params), h)
    return logits


def textbook_network(xs, mask, params):
    """Your logits are read off the state after the step, and `w_x` isn't used: the textbooks' network. In Definition
    15.1 an output reads x_t, through `w_x`, and h_{t−1}.
    """
    return np.where(mask[..., None], run(xs, mask, params | {"w_x": 0 * params["w_x"]}, new_state=True)[0], 0)


def sigmoids(xs, mask, params):
    """You return probabilities: a sigmoid has been applied. The docstring asks for logits."""
    return np.where(mask[..., None], 0.5 + 0.5 * np.tanh(run(xs, mask, params)[0] / 2), 0)


@mistake(text=ENDS_AT_PADDING)
def ends_at_padding(xs, mask, params):
    return read_where(before_padding(mask), xs, mask, params)[0]


def packed_to_the_front(xs, mask, params):
    """Your logits are right, but they stand one after the other at the front of each row. Those of step t stand at t,
    with zeros at the padded steps before it.
    """
    logits, right = np.zeros((*mask.shape, len(params["w_0"]))), reference.many_to_many(xs, mask, params)
    for b, real in enumerate(mask):
        logits[b, : real.sum()] = right[b, real]
    return logits
