"""Wrong ways to run batches, and to read off their ends, that people really take."""

import numpy as np

from solutions.weight_sharing.misconceptions import output, state

# batch_forward


def _batch(xs, mask, h_0, params, carry=None, hide_output=True, read="old"):
    """A loop over time in which `carry(new, h, real)` makes the next state; None is the right way."""
    carry = carry or (lambda new, h, real: np.where(real, new, h))
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        real = mask[:, t, None]
        new = state(xs[:, t], h, params)
        y = output(xs[:, t], carry(new, h, real) if read == "new" else h, params)
        ys.append(np.where(real, y, 0.0) if hide_output else y)
        h = carry(new, h, real)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def mask_ignored(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, lambda new, h, real: new, hide_output=False)


def padding_updates_state(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, lambda new, h, real: new)


def input_masked_instead(xs, mask, h_0, params):
    return _batch(np.where(mask[..., None], xs, 0.0), mask, h_0, params, lambda new, h, real: new)


def state_zeroed(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, lambda new, h, real: np.where(real, new, 0.0))


def state_back_to_first(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, lambda new, h, real: np.where(real, new, h_0))


def stored_states_zeroed(xs, mask, h_0, params):
    ys, hs = _batch(xs, mask, h_0, params)
    return ys, hs * mask[..., None]


def padded_outputs_kept(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, hide_output=False)


def mask_turned_round(xs, mask, h_0, params):
    return _batch(xs, ~mask, h_0, params)


def any_real_moves_all(xs, mask, h_0, params):
    return _batch(xs, np.broadcast_to(mask.any(axis=0), mask.shape), h_0, params)


def any_padding_stops_all(xs, mask, h_0, params):
    return _batch(xs, np.broadcast_to(mask.all(axis=0), mask.shape), h_0, params)


def lengths_from_the_front(xs, mask, h_0, params):
    lengths = mask.sum(axis=1)
    return _batch(xs, np.arange(mask.shape[1]) < lengths[:, None], h_0, params)


def batch_reads_new_state(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params, read="new")


def batch_ignores_first_state(xs, mask, h_0, params):
    return _batch(xs, mask, np.zeros_like(h_0), params)


def batch_never_advances(xs, mask, h_0, params):
    real = mask[..., None]
    h = np.broadcast_to(h_0[:, None], (*mask.shape, h_0.shape[1]))
    return np.where(real, output(xs, h, params), 0.0), np.where(real, state(xs, h, params), h)


def batch_and_time_swapped(xs, mask, h_0, params):
    ys, hs = _batch(xs.swapaxes(0, 1), mask.swapaxes(0, 1), h_0, params)
    return ys.swapaxes(0, 1), hs.swapaxes(0, 1)


def time_comes_first(xs, mask, h_0, params):
    ys, hs = _batch(xs, mask, h_0, params)
    return ys.swapaxes(0, 1), hs.swapaxes(0, 1)


def sequence_taken_for_step(xs, mask, h_0, params):
    h, ys, hs = h_0, [], []
    for t, x in enumerate(xs):
        real = mask[:, t, None]
        ys.append(np.where(real, output(x, h, params), 0.0))
        h = np.where(real, state(x, h, params), h)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def mask_along_the_row(xs, mask, h_0, params):
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        ys.append(np.where(mask[:, t], output(xs[:, t], h, params), 0.0))
        h = np.where(mask[:, t], state(xs[:, t], h, params), h)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def stops_at_first_padding(xs, mask, h_0, params):
    ys, hs = _batch(xs, mask, h_0, params)
    going = np.logical_and.accumulate(mask, axis=1)[..., None]
    return ys * going, hs * going


def u_h_from_the_wrong_side(xs, mask, h_0, params):
    return _batch(xs, mask, h_0, params | {"u_h": params["u_h"].T})


def outputs_carried(xs, mask, h_0, params):
    ys, hs = _batch(xs, mask, h_0, params)
    for t in range(1, xs.shape[1]):
        ys[:, t] = np.where(mask[:, t, None], ys[:, t], ys[:, t - 1])
    return ys, hs


def state_leaks_between_sequences(xs, mask, h_0, params):
    ys, hs, h = [], [], h_0[:1]
    for x, real in zip(xs, mask):
        y, states = _batch(x[None], real[None], h, params)
        h = states[:, -1]
        ys.append(y[0])
        hs.append(states[0])
    return np.stack(ys), np.stack(hs)


def one_first_state_for_all(xs, mask, h_0, params):
    return _batch(xs, mask, np.broadcast_to(h_0[:1], h_0.shape), params)


def one_state_stored_every_time(xs, mask, h_0, params):
    ys, hs = _batch(xs, mask, h_0, params)
    return ys, np.broadcast_to(hs[:, -1:], hs.shape)


# last_valid


def _refuse_empty(mask):
    if not mask.any(axis=1).all():
        raise ValueError


def last_column(hs, mask):
    _refuse_empty(mask)
    return hs[:, -1]


def last_column_never_refuses(hs, mask):
    return hs[:, -1]


def _counted(hs, mask, offset):
    _refuse_empty(mask)
    return np.stack([h[(real.sum() + offset) % len(h)] for h, real in zip(hs, mask)])


def one_too_early(hs, mask):
    return _counted(hs, mask, -2)


def one_too_late(hs, mask):
    return hs[np.arange(len(hs)), mask.sum(axis=1)]


def count_taken_for_place(hs, mask):
    return _counted(hs, mask, -1)


def count_never_refuses(hs, mask):
    return hs[np.arange(len(hs)), mask.sum(axis=1) - 1]


def first_valid(hs, mask):
    _refuse_empty(mask)
    return hs[np.arange(len(hs)), mask.argmax(axis=1)]


def before_first_padding(hs, mask):
    _refuse_empty(mask)
    return hs[np.arange(len(hs)), mask.argmin(axis=1) - 1]


def every_pair(hs, mask):
    _refuse_empty(mask)
    return hs[:, mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)]


def every_pair_counted(hs, mask):
    return hs[:, mask.sum(axis=1) - 1]


def place_in_flipped_mask(hs, mask):
    _refuse_empty(mask)
    return hs[np.arange(len(hs)), mask[:, ::-1].argmax(axis=1)]


def mean_of_valid(hs, mask):
    _refuse_empty(mask)
    return (hs * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)


def sum_of_valid(hs, mask):
    _refuse_empty(mask)
    return (hs * mask[..., None]).sum(axis=1)


def _last(mask):
    return mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)


def empty_gives_some_state(hs, mask):
    return hs[np.arange(len(hs)), _last(mask)]


def empty_gives_zeros(hs, mask):
    return np.where(mask.any(axis=1)[:, None], hs[np.arange(len(hs)), _last(mask)], 0.0)


def empty_left_out(hs, mask):
    keep = mask.any(axis=1)
    return hs[keep][np.arange(keep.sum()), _last(mask[keep])]


def any_padding_refused(hs, mask):
    if not mask.all():
        raise ValueError
    return hs[:, -1]
