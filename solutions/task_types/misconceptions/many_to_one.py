"""Wrong answers to `many_to_one`."""

import numpy as np

from solutions.forms import mistake
from solutions.task_types import reference
from solutions.task_types.misconceptions._shared import (
    ALL_END_AT_PADDING,
    ENDS_AT_PADDING,
    LEAKS,
    NEW_STATE,
    NO_ERROR,
    at_end,
    before_any_padding,
    before_padding,
    first_state,
    last_real,
    leaking,
    logits_of,
    next_state,
    read_where,
    refuse_empty,
    run,
)


def no_mask(xs, mask, params):
    """You run through the padding and read the last column. Padded steps change the state and the output: for a short
    sequence you read what the network makes of padding, not of the review.
    """
    return run(xs, mask, params, carry=False)[0][:, -1, 0]


def reads_padded_step(xs, mask, params):
    """You carry the state through the padding, and then read the output of the last column: that output also reads the
    padded x_t. Keep the output of the last *real* step.
    """
    return run(xs, mask, params)[0][:, -1, 0]


def mean_of_all_steps(xs, mask, params):
    """You average the outputs of all steps, padding among them. The same review with more padding then gets another
    answer; and one output is asked for, the last real one.
    """
    return run(xs, mask, params, carry=False)[0][..., 0].mean(axis=1)


def mean_of_real_steps(xs, mask, params):
    """You average the outputs of all real steps. Early outputs have not heard the end of the review; this network was
    trained to have its say at the last real step.
    """
    ys = run(xs, mask, params)[0][..., 0]
    return (ys * mask).sum(axis=1) / mask.sum(axis=1)


@mistake(text=NEW_STATE)
def reads_new_state(xs, mask, params):
    return at_end(run(xs, mask, params, new_state=True)[0], mask)[:, 0]


def last_state_only(xs, mask, params):
    """You read the answer from the last state alone, as many libraries do. In Definition 15.1 the last output reads the
    last input x_T as well, and the state before it.
    """
    return (at_end(run(xs, mask, params)[1], mask) @ params["w_h"].T + params["w_0"])[:, 0]


@mistake(name="w_x-missing")
def input_weights_forgotten(xs, mask, params):
    """Your output leaves out w_x x_t. In Definition 15.1 an output reads the input of its step, too."""
    return reference.many_to_one(xs, mask, params | {"w_x": 0 * params["w_x"]})


def probability(xs, mask, params):
    """You return probabilities: a sigmoid has been applied. The docstring asks for logits, because the loss is computed
    from those.
    """
    return 0.5 + 0.5 * np.tanh(reference.many_to_one(xs, mask, params) / 2)


def shape(xs, mask, params):
    """You return a column of shape (B, 1). One number per sequence is an array of shape (B,)."""
    return reference.many_to_one(xs, mask, params)[:, None]


def first_output(xs, mask, params):
    """You return the output of the first real step: the network has read one word. Where is the answer kept in your
    loop, and is it replaced at every real step?
    """
    ys = run(xs, mask, params)[0]
    return ys[np.arange(len(mask)), mask.argmax(axis=1), 0]


def end_by_counting(xs, mask, params):
    """You take the number of real steps as the place of the last one. That is right if all padding stands at the end;
    in front or between, it isn't. Look in the mask where the last True stands, and carry the state through padding.
    """
    ys = run(xs, mask, params, carry=False)[0]
    return ys[np.arange(len(mask)), mask.sum(axis=1) - 1, 0]


def end_by_counting_though_carried(xs, mask, params):
    """You carry the state through padding, and then take the number of real steps as the place of the last one. That is
    right if all padding stands at the end; in front or between, it isn't. Look in the mask where the last True stands.
    """
    return run(xs, mask, params)[0][np.arange(len(mask)), mask.sum(axis=1) - 1, 0]


def state_zeroed(xs, mask, params):
    """You set the state to zero at padding. What has been read is lost if real steps follow: carry the state on."""
    refuse_empty(mask)
    h, logits = first_state(xs, params), np.zeros(len(xs))
    for t in range(xs.shape[1]):
        logits = np.where(mask[:, t], logits_of(xs[:, t], h, params)[:, 0], logits)
        h = next_state(xs[:, t], h, params) * mask[:, t, None]
    return logits


@mistake(text=NO_ERROR)
def no_error(xs, mask, params):
    h, logits = first_state(xs, params), np.zeros(len(xs))
    for t in range(xs.shape[1]):
        logits = np.where(mask[:, t], logits_of(xs[:, t], h, params)[:, 0], logits)
        h = np.where(mask[:, t, None], next_state(xs[:, t], h, params), h)
    return logits


def outputs_added_up(xs, mask, params):
    """You add up the outputs of all real steps. Asked for is one of them: that of the last."""
    return (run(xs, mask, params)[0][..., 0] * mask).sum(axis=1)


def largest_output(xs, mask, params):
    """You take the largest output of all real steps. Asked for is that of the last, whatever it is."""
    return np.where(mask, run(xs, mask, params)[0][..., 0], -np.inf).max(axis=1)


@mistake(name="w_h-missing")
def state_forgotten(xs, mask, params):
    """`w_h` is not used: your answer depends on the last input alone, and on nothing that was read before it."""
    return at_end(run(xs, mask, params | {"w_h": 0 * params["w_h"]})[0], mask)[:, 0]


@mistake(text=LEAKS)
def state_leaks(xs, mask, params):
    return at_end(leaking(xs, mask, params)[0], mask)[:, 0]


def state_one_step_too_old(xs, mask, params):
    """Your output reads a state that is one step too old, h_{t−2}. If you took it from `states`: what that returns
    begins with h_0, so row t holds the state *before* the step that reads `xs[:, t]`.
    """
    row, last, hs = np.arange(len(xs)), last_real(mask), run(xs, mask, params)[1]
    states = np.concatenate([0 * hs[:, :1], hs], axis=1)
    return logits_of(xs[row, last], states[row, last - 1], params)[:, 0]


def _pooled(xs, mask, params, hs):
    row, weights = np.arange(len(xs)), mask[..., None] / mask.sum(axis=1)[:, None, None]
    return logits_of(xs[row, last_real(mask)], (hs * weights).sum(axis=1), params)[:, 0]


def states_before_averaged(xs, mask, params):
    """Your output reads the mean of all the states, which some call mean pooling. Asked for is the output of the last
    real step: it reads one state, the one before that step.
    """
    hs = run(xs, mask, params)[1]
    return _pooled(xs, mask, params, np.concatenate([0 * hs[:, :1], hs[:, :-1]], axis=1))


@mistake(text=states_before_averaged.__doc__)
def states_averaged(xs, mask, params):
    return _pooled(xs, mask, params, run(xs, mask, params)[1])


@mistake(text=ENDS_AT_PADDING)
def ends_at_padding(xs, mask, params):
    return at_end(read_where(before_padding(mask), xs, mask, params)[0], before_padding(mask))[:, 0]


@mistake(text=ALL_END_AT_PADDING)
def all_end_at_padding(xs, mask, params):
    return at_end(read_where(before_any_padding(mask), xs, mask, params)[0], before_any_padding(mask))[:, 0]


def state_runs_through_padding(xs, mask, params):
    """You keep the output of the last real step, but the state still changes at padding, so real steps after it are
    wrong. Carry the state on where the mask is False.
    """
    return at_end(run(xs, mask, params, carry=False)[0], mask)[:, 0]
