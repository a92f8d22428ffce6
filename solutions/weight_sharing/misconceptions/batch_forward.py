"""Wrong answers to `batch_forward`."""

import numpy as np

from solutions.forms import mistake
from solutions.weight_sharing.misconceptions._shared import output, overflowing_softmax, softmax_output, state, sums


def _batch(xs, mask, h_0, params, carry=None, hide_output=True, read="old", make=output):
    """A loop over time in which `carry(new, h, real)` makes the next state; None is the right way."""
    carry = carry or (lambda new, h, real: np.where(real, new, h))
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        real = mask[:, t, None]
        new = state(xs[:, t], h, params)
        y = make(xs[:, t], carry(new, h, real) if read == "new" else h, params)
        ys.append(np.where(real, y, 0.0) if hide_output else y)
        h = carry(new, h, real)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def mask_ignored(xs, mask, h_0, params):
    """You never look at the mask: padding is run like real input, and changes states and outputs. What should a padded
    step leave behind?
    """
    return _batch(xs, mask, h_0, params, lambda new, h, real: new, hide_output=False)


def padding_updates_state(xs, mask, h_0, params):
    """Your outputs at padding are zero, but padding still updates the state. Zeros as input are no help either: u_h h +
    u_0 changes the state without any input.
    """
    return _batch(xs, mask, h_0, params, lambda new, h, real: new)


def input_masked_instead(xs, mask, h_0, params):
    """You set the input to zero at padding, and let the state move on. A zero input is still a step: u_h h + u_0
    changes the state. It is the state that has to stay.
    """
    return _batch(np.where(mask[..., None], xs, 0.0), mask, h_0, params, lambda new, h, real: new)


def state_zeroed(xs, mask, h_0, params):
    """You set the state to zero at padding. That forgets the sequence: what was read before the padding is gone. The
    state has to stay what it was.
    """
    return _batch(xs, mask, h_0, params, lambda new, h, real: np.where(real, new, 0.0))


@mistake(name="state-back-to-h_0")
def state_back_to_first(xs, mask, h_0, params):
    """At padding your state falls back to `h_0`. It has to stay what it was after the last real step: look at the
    second choice in your `where`.
    """
    return _batch(xs, mask, h_0, params, lambda new, h, real: np.where(real, new, h_0))


def stored_states_zeroed(xs, mask, h_0, params):
    """You carry the state through padding rightly, but store zeros in `hs` there. After a padded step the state is
    still the state before it: store that.
    """
    ys, hs = _batch(xs, mask, h_0, params)
    return ys, hs * mask[..., None]


def padded_outputs_kept(xs, mask, h_0, params):
    """Your states are right, but `ys` holds outputs at padded steps. There is nothing to answer there: these are to be
    zero.
    """
    return _batch(xs, mask, h_0, params, hide_output=False)


def mask_turned_round(xs, mask, h_0, params):
    """You use the mask the wrong way round: your state moves at padding and rests at real steps. True means real."""
    return _batch(xs, ~mask, h_0, params)


def any_real_moves_all(xs, mask, h_0, params):
    """One decision for the whole batch: as soon as one sequence has a real step, you let all of them move (`mask[:,
    t].any()`?). Each sequence needs its own decision, row by row.
    """
    return _batch(xs, np.broadcast_to(mask.any(axis=0), mask.shape), h_0, params)


def any_padding_stops_all(xs, mask, h_0, params):
    """One decision for the whole batch: as soon as one sequence is padded, you stop all of them (`mask[:, t].all()`?).
    Each sequence needs its own decision, row by row.
    """
    return _batch(xs, np.broadcast_to(mask.all(axis=0), mask.shape), h_0, params)


def lengths_from_the_front(xs, mask, h_0, params):
    """You count each sequence's real steps and take that many from the front. That works when padding comes last; it
    may stand anywhere. Read the mask at each step.
    """
    lengths = mask.sum(axis=1)
    return _batch(xs, np.arange(mask.shape[1]) < lengths[:, None], h_0, params)


def y_reads_new_state(xs, mask, h_0, params):
    """Your y_t reads h_t, the state after the step: the textbooks' reading. In Definition 15.1 it reads h_{t−1}:
    compute the output before you replace the state.
    """
    return _batch(xs, mask, h_0, params, read="new")


@mistake(name="h_0-ignored")
def batch_ignores_first_state(xs, mask, h_0, params):
    """You start from zeros. Every sequence comes with its own first state: its row of `h_0`."""
    return _batch(xs, mask, np.zeros_like(h_0), params)


def state_never_advanced(xs, mask, h_0, params):
    """Every step starts from `h_0`: new states are stored, but the next step doesn't read them. Look at what `h` is at
    the end of your loop's body.
    """
    real = mask[..., None]
    h = np.broadcast_to(h_0[:, None], (*mask.shape, h_0.shape[1]))
    return np.where(real, output(xs, h, params), 0.0), np.where(real, state(xs, h, params), h)


def batch_and_time_swapped(xs, mask, h_0, params):
    """You go along the batch as if it were time: each sequence starts from the state of the one before it. In `xs`, the
    first axis counts sequences, the second timesteps: step t of all of them is `xs[:, t]`.
    """
    ys, hs = _batch(xs.swapaxes(0, 1), mask.swapaxes(0, 1), h_0, params)
    return ys.swapaxes(0, 1), hs.swapaxes(0, 1)


def sequence_taken_for_step(xs, mask, h_0, params):
    """`for x in xs` goes along the first axis, and in `xs` that one counts sequences: your `x` is a whole sequence, (T,
    D). Step t of all of them is `xs[:, t]`, (B, D).
    """
    h, ys, hs = h_0, [], []
    for t, x in enumerate(xs):
        real = mask[:, t, None]
        ys.append(np.where(real, output(x, h, params), 0.0))
        h = np.where(real, state(x, h, params), h)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def mask_along_the_row(xs, mask, h_0, params):
    """`mask[:, t]` has shape (B,), and NumPy lays it along the last axis, beside the numbers of one state. Every
    sequence, a whole row, needs one decision: make it a column, of shape (B, 1).
    """
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        ys.append(np.where(mask[:, t], output(xs[:, t], h, params), 0.0))
        h = np.where(mask[:, t], state(xs[:, t], h, params), h)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def stops_at_first_padding(xs, mask, h_0, params):
    """You stop at a sequence's first padding, and leave zeros in `hs` from there on. The state is to be carried on, and
    real steps may follow: padding may stand anywhere.
    """
    ys, hs = _batch(xs, mask, h_0, params)
    going = np.logical_and.accumulate(mask, axis=1)[..., None]
    return ys * going, hs * going


@mistake(name="u_h-transposed")
def u_h_from_the_wrong_side(xs, mask, h_0, params):
    """You use `u_h` transposed: with states as rows, `h @ u_h` does that. It is square, so NumPy can't warn you. In the
    formula for a batch, both matrices are turned.
    """
    return _batch(xs, mask, h_0, params | {"u_h": params["u_h"].T})


def outputs_carried(xs, mask, h_0, params):
    """You carry the output through padding, as the state is. Only the state is carried: where there was no input, `ys`
    is to be zero.
    """
    ys, hs = _batch(xs, mask, h_0, params)
    for t in range(1, xs.shape[1]):
        ys[:, t] = np.where(mask[:, t, None], ys[:, t], ys[:, t - 1])
    return ys, hs


def time_comes_first(xs, mask, h_0, params):
    """Your numbers are right, but time is your first axis: the shape is (T, B, …), wanted is (B, T, …). `np.stack` puts
    its new axis first unless you name another.
    """
    ys, hs = _batch(xs, mask, h_0, params)
    return ys.swapaxes(0, 1), hs.swapaxes(0, 1)


def state_leaks_between_sequences(xs, mask, h_0, params):
    """A sequence starts where the one before it ended: the state leaks from one to the next. Each sequence starts from
    its own row of `h_0`.
    """
    ys, hs, h = [], [], h_0[:1]
    for x, real in zip(xs, mask):
        y, states = _batch(x[None], real[None], h, params)
        h = states[:, -1]
        ys.append(y[0])
        hs.append(states[0])
    return np.stack(ys), np.stack(hs)


@mistake(name="one-h_0-for-all")
def one_first_state_for_all(xs, mask, h_0, params):
    """All sequences start from the first row of `h_0`. Row b belongs to sequence b."""
    return _batch(xs, mask, np.broadcast_to(h_0[:1], h_0.shape), params)


def one_state_stored_T_times(xs, mask, h_0, params):
    """All timesteps of your `hs` hold the last state: you store the same array T times and change it in place (`h[...]
    = …`). Make a new array at each step, or store a copy.
    """
    ys, hs = _batch(xs, mask, h_0, params)
    return ys, np.broadcast_to(hs[:, -1:], hs.shape)


def textbook_network(xs, mask, h_0, params):
    """That is the textbooks' output: your y_t reads h_t, the state after the step, and `w_x` isn't used. In Definition
    15.1 it reads x_t, through `w_x`, and h_{t−1}, the state before.
    """
    return _batch(xs, mask, h_0, params, read="new", make=lambda x, h, p: output(0 * x, h, p))


def outputs_without_x(xs, mask, h_0, params):
    """Your outputs read the right state, but not x_t: `w_x` isn't used."""
    return _batch(xs, mask, h_0, params, make=lambda x, h, p: output(0 * x, h, p))


def outputs_softmax(xs, mask, h_0, params):
    """Softmax lets the outputs of a timestep compete. g, the sigmoid, takes each by itself."""
    return _batch(xs, mask, h_0, params, make=softmax_output)


def outputs_linear(xs, mask, h_0, params):
    """Your outputs are sums: g, the sigmoid, is missing."""
    return _batch(xs, mask, h_0, params, make=sums)


def textbook_softmax(xs, mask, h_0, params):
    """That is the network of many courses: a softmax of w_h h_t + w_0. Definition 15.1 differs in two things: y_t reads
    x_t and h_{t−1}, the state before the step, and g takes each output by itself: the sigmoid.
    """
    return _batch(xs, mask, h_0, params, read="new", make=lambda x, h, p: softmax_output(0 * x, h, p))


def textbook_sums(xs, mask, h_0, params):
    """You return the sums w_h h_t + w_0. Definition 15.1 differs in two things: y_t reads x_t and h_{t−1}, the state
    before the step, and g, the sigmoid, is applied to the sum.
    """
    return _batch(xs, mask, h_0, params, read="new", make=lambda x, h, p: sums(0 * x, h, p))


@mistake(text=outputs_softmax.__doc__)
def outputs_softmax_overflowing(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, make=overflowing_softmax)


@mistake(text=textbook_softmax.__doc__)
def textbook_softmax_overflowing(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, read="new", make=lambda x, h, p: overflowing_softmax(0 * x, h, p))


def if_for_all(xs, mask, h_0, params):
    """`if mask[:, t]` asks for one decision, and `mask[:, t]` holds B of them: NumPy refuses. Each sequence needs its
    own: `np.where` chooses row by row, with a condition of shape (B, 1).
    """
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        real = bool(mask[:, t])  # raises for B > 1
        ys.append(output(xs[:, t], h, params) * real)
        h = state(xs[:, t], h, params) if real else h
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


@mistake(text=if_for_all.__doc__)
def if_for_all_or_nothing_stored(xs, mask, h_0, params):
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        if bool(mask[:, t]):
            ys.append(output(xs[:, t], h, params))
            h = state(xs[:, t], h, params)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def results_exchanged(xs, mask, h_0, params):
    """The two results have changed places: `ys` first, then `hs`."""
    return _batch(xs, mask, h_0, params)[::-1]
