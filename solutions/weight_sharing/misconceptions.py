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


def sides_added(T, D, H, O, shared):
    return ((H + D) + (H + H) + H + (O + D) + (O + H) + O) * (1 if shared else T)


def biases_of_one_number(T, D, H, O, shared):
    return (H * D + H * H + 1 + O * D + O * H + 1) * (1 if shared else T)


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


def unshared_without_sigmoid(xs, h_0, params_per_step):
    _, hs = _unshared(xs, h_0, params_per_step)
    before = [h_0, *hs[:-1]]
    sums = [p["w_x"] @ x + p["w_h"] @ h + p["w_0"] for x, h, p in zip(xs, before, params_per_step)]
    return np.stack(sums), hs


def unshared_states_with_h_0(xs, h_0, params_per_step):
    ys, hs = _unshared(xs, h_0, params_per_step)
    return ys, np.stack([h_0, *hs])


def unshared_returns_too_soon(xs, h_0, params_per_step):
    ys, hs = _unshared(xs, h_0, params_per_step)
    return ys[:1], hs[:1]


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


def summed_into_the_first(gradients_per_step):
    total = dict(gradients_per_step[0])
    for gradients in gradients_per_step[1:]:
        for name in total:
            total[name] += gradients[name]
    return total


def sizes_added(gradients_per_step):
    return _combined(gradients_per_step, lambda gs: np.sum(np.abs(gs), axis=0))
