"""Wrong answers of lesson 03 that people really give."""

import numpy as np


def sigmoid(a):
    return (1 + np.tanh(a / 2)) / 2


def output(x, h, p):
    return sigmoid(x @ p["w_x"].T + h @ p["w_h"].T + p["w_0"])


def state(x, h, p):
    return np.tanh(x @ p["u_x"].T + h @ p["u_h"].T + p["u_0"])


# parameter_count


def biases_forgotten(T, D, H, O, shared):
    return (H * D + H * H + O * D + O * H) * (1 if shared else T)


def recurrent_counted_as_input(T, D, H, O, shared):
    return (H * D + D * H + H + O * D + O * H + O) * (1 if shared else T)


def shared_times_steps(T, D, H, O, shared):
    return T * (H + O) * (D + H + 1)


def steps_ignored(T, D, H, O, shared):
    return (H + O) * (D + H + 1)


def shared_turned_round(T, D, H, O, shared):
    return (H + O) * (D + H + 1) * (T if shared else 1)


def output_forgotten(T, D, H, O, shared):
    return H * (D + H + 1) * (1 if shared else T)


def output_reads_state_only(T, D, H, O, shared):
    return (H * (D + H + 1) + O * (H + 1)) * (1 if shared else T)


def two_biases(T, D, H, O, shared):
    return (H * (D + H + 2) + O * (D + H + 2)) * (1 if shared else T)


def first_state_counted(T, D, H, O, shared):
    return (H + O) * (D + H + 1) * (1 if shared else T) + H


def biases_stay_shared(T, D, H, O, shared):
    return (H + O) * (D + H) * (1 if shared else T) + H + O


def output_stays_shared(T, D, H, O, shared):
    return H * (D + H + 1) * (1 if shared else T) + O * (D + H + 1)


def one_step_fewer(T, D, H, O, shared):
    return (H + O) * (D + H + 1) * (1 if shared else T - 1)


# unshared_forward


def _unshared(xs, h_0, params_per_step, weights=None, read="old", advance=True, output_weights=None):
    if len(xs) != len(params_per_step):
        raise ValueError
    h, ys, hs = h_0, [], []
    for t, x in enumerate(xs):
        p = params_per_step[t if weights is None else weights(t)]
        q = p if output_weights is None else params_per_step[output_weights(t)]
        new = state(x, h, p)
        ys.append(output(x, new if read == "new" else h, q))
        hs.append(new)
        h = new if advance else h
    return np.stack(ys), np.stack(hs)


def first_weights_everywhere(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, weights=lambda t: 0)


def last_weights_everywhere(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, weights=lambda t: -1)


def weights_of_the_step_before(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, weights=lambda t: t - 1)


def weights_of_the_next_step(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, weights=lambda t: (t + 1) % len(xs))


def weights_backwards(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, weights=lambda t: -1 - t)


def output_weights_shared(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, output_weights=lambda t: 0)


def unshared_reads_new_state(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, read="new")


def unshared_never_advances(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, advance=False)


def unshared_ignores_first_state(xs, h_0, params_per_step):
    return _unshared(xs, np.zeros_like(h_0), params_per_step)


def stops_where_weights_end(xs, h_0, params_per_step):
    steps = min(len(xs), len(params_per_step))
    return _unshared(xs[:steps], h_0, params_per_step[:steps])


# tied_gradient


def _combined(gradients_per_step, combine):
    names = gradients_per_step[0]
    return {name: combine([np.array(gradients[name]) for gradients in gradients_per_step]) for name in names}


def mean_over_steps(gradients_per_step):
    return _combined(gradients_per_step, lambda gs: np.mean(gs, axis=0))


def last_step_only(gradients_per_step):
    return dict(gradients_per_step[-1])


def first_step_only(gradients_per_step):
    return dict(gradients_per_step[0])


def first_step_missing(gradients_per_step):
    return _combined(gradients_per_step, lambda gs: sum(gs[1:], np.zeros_like(gs[0])))


def last_step_missing(gradients_per_step):
    return _combined(gradients_per_step, lambda gs: sum(gs[:-1], np.zeros_like(gs[0])))


def multiplied(gradients_per_step):
    return _combined(gradients_per_step, lambda gs: np.prod(gs, axis=0))


def summed_to_one_number(gradients_per_step):
    return _combined(gradients_per_step, np.sum)


def steps_kept_apart(gradients_per_step):
    return _combined(gradients_per_step, np.stack)


def first_step_counted_twice(gradients_per_step):
    return _combined(gradients_per_step, lambda gs: gs[0] + sum(gs))


def sizes_added(gradients_per_step):
    return _combined(gradients_per_step, lambda gs: np.sum(np.abs(gs), axis=0))


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
