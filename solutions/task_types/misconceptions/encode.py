"""Wrong answers to `encode`."""

import numpy as np

from solutions.forms import mistake
from solutions.task_types import reference
from solutions.task_types.misconceptions._shared import (
    ALL_END_AT_PADDING,
    ENDS_AT_PADDING,
    LEAKS,
    NO_ERROR,
    at_end,
    before_any_padding,
    before_padding,
    first_state,
    leaking,
    next_state,
    read_where,
    refuse_empty,
    run,
)


def _mute(params):
    H, D = params["u_x"].shape
    return {"w_x": np.zeros((1, D)), "w_h": np.zeros((1, H)), "w_0": np.zeros(1)}


def reads_padding(xs, mask, params):
    """You return the state after the last column, and padding has changed it on the way. The same date with more
    padding would be another date: carry the state where the mask is False.
    """
    return run(xs, mask, params | _mute(params), carry=False)[1][:, -1]


@mistake(name="reversed")
def backwards(xs, mask, params):
    """You read from the end to the beginning. Some translators do so; here the first step is read first."""
    return reference.encode(xs[:, ::-1], mask[:, ::-1], params)


def one_step_early(xs, mask, params):
    """You return the state before the last real step: the last output reads that one, but the decoder gets the state
    that has read everything.
    """
    hs = run(xs, mask, params | _mute(params))[1]
    before = np.concatenate([np.zeros_like(hs[:, :1]), hs], axis=1)
    return at_end(before[:, :-1], mask)


def mean_state(xs, mask, params):
    """You average all states. The context is one state, the last: what the network kept of everything it read."""
    hs = run(xs, mask, params | _mute(params))[1] * mask[..., None]
    return hs.sum(axis=1) / mask.sum(axis=1, keepdims=True)


def state_zeroed(xs, mask, params):
    """You set the state to zero at padding. What has been read is lost: carry the state on unchanged."""
    refuse_empty(mask)
    h = first_state(xs, params)
    for t in range(xs.shape[1]):
        h = next_state(xs[:, t], h, params) * mask[:, t, None]
    return h


def end_by_counting(xs, mask, params):
    """You take the number of real steps as the place of the last one. That is right if all padding stands at the end;
    in front or between, it isn't. Carry the state through padding instead.
    """
    hs = run(xs, mask, params | _mute(params), carry=False)[1]
    return hs[np.arange(len(mask)), mask.sum(axis=1) - 1]


def last_input_only(xs, mask, params):
    """Every step starts from zero, so only the last character is left. Each step's state is where the next
    one starts.
    """
    return at_end(run(xs, mask, params | _mute(params), reset=True)[1], mask)


def all_states(xs, mask, params):
    """You return the states of all steps. The decoder gets a single one per sequence, of shape (B, H)."""
    return run(xs, mask, params | _mute(params))[1]


def transposed(xs, mask, params):
    """`u_h` stands the wrong way round. Each row of h is a sequence's state, so the product is h @ u_h.T."""
    return reference.encode(xs, mask, params | {"u_h": params["u_h"].T})


@mistake(text=NO_ERROR)
def no_error(xs, mask, params):
    h = first_state(xs, params)
    for t in range(xs.shape[1]):
        h = np.where(mask[:, t, None], next_state(xs[:, t], h, params), h)
    return h


def sigmoid_state(xs, mask, params):
    """Your state goes through a sigmoid. f, which makes the state, is tanh."""
    refuse_empty(mask)
    h = first_state(xs, params)
    for t in range(xs.shape[1]):
        a = xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]
        h = np.where(mask[:, t, None], 0.5 + 0.5 * np.tanh(a / 2), h)
    return h


def end_by_counting_though_carried(xs, mask, params):
    """You carry the state through padding, which is right, and then pick it by the number of real steps. That is its
    place if all padding stands at the end. Carried to the last column, it is there already.
    """
    hs = run(xs, mask, params | _mute(params))[1]
    return hs[np.arange(len(hs)), mask.sum(axis=1) - 1]


@mistake(text=LEAKS)
def state_leaks(xs, mask, params):
    return at_end(leaking(xs, mask, params | _mute(params))[1], mask)


def sum_of_states(xs, mask, params):
    """You add the states of all steps up. The context is one state, the one after the last real step."""
    return run(xs, mask, params | _mute(params))[1].sum(axis=1)


@mistake(text=sum_of_states.__doc__)
def sum_of_real_states(xs, mask, params):
    return (run(xs, mask, params | _mute(params))[1] * mask[..., None]).sum(axis=1)


@mistake(text=ENDS_AT_PADDING)
def ends_at_padding(xs, mask, params):
    return read_where(before_padding(mask), xs, mask, params | _mute(params))[1][:, -1]


@mistake(text=ALL_END_AT_PADDING)
def all_end_at_padding(xs, mask, params):
    return read_where(before_any_padding(mask), xs, mask, params | _mute(params))[1][:, -1]
