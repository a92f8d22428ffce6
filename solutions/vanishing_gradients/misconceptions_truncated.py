"""Wrong answers to `truncated_bptt` that people really give."""

import numpy as np

from solutions.vanishing_gradients import reference as right


def _states(xs, h, params):
    hs = []
    for t in range(xs.shape[1]):
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    return np.stack(hs, axis=1)


def _chunks(xs, dys, h_0, params, k, first=lambda befores, part: befores[:, part.start], starts=None, length=None):
    """All states first, and then chunk by chunk; `befores[:, t]` is the state before step t, the last one the end's."""
    hs, T = _states(xs, h_0, params), xs.shape[1]
    befores = np.concatenate([h_0[:, None], hs], axis=1)  # (B, T + 1, H)
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    for start in range(0, T, k) if starts is None else starts:
        part = slice(start, min(start + (k if length is None else length), T))
        h = first(befores, part)
        gradients = right.rnn_backward(xs[:, part], hs[:, part], h, params, dys[:, part])
        total = {name: total[name] + gradients[name] for name in params}
    return total


def state_reset(xs, dys, h_0, params, k):
    total = dict.fromkeys(params, 0)
    for start in range(0, xs.shape[1], k):
        part, h = slice(start, start + k), h_0 if start == 0 else np.zeros_like(h_0)
        gradients = right.rnn_backward(xs[:, part], _states(xs[:, part], h, params), h, params, dys[:, part])
        total = {name: total[name] + gradients[name] for name in params}
    return total


def started_from_h_0(xs, dys, h_0, params, k):
    total = dict.fromkeys(params, 0)
    for start in range(0, xs.shape[1], k):
        part = slice(start, start + k)
        gradients = right.rnn_backward(xs[:, part], _states(xs[:, part], h_0, params), h_0, params, dys[:, part])
        total = {name: total[name] + gradients[name] for name in params}
    return total


def not_truncated(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, xs.shape[1])


def cut_too_early(xs, dys, h_0, params, k):
    hs, total = _states(xs, h_0, params), _chunks(xs, dys, h_0, params, k)
    total |= {name: np.zeros_like(params[name]) for name in ("u_x", "u_h", "u_0")}
    for start in range(0, xs.shape[1], k):
        rest = slice(start + 1, start + k)
        gradients = right.rnn_backward(xs[:, rest], hs[:, rest], hs[:, start], params, dys[:, rest])
        total |= {name: total[name] + gradients[name] for name in ("u_x", "u_h", "u_0")}
    return total


def short_chunk_dropped(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, starts=range(0, xs.shape[1] - k + 1, k))


def last_chunk_only(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, starts=[(xs.shape[1] - 1) // k * k])


def averaged_over_chunks(xs, dys, h_0, params, k):
    return {name: g / -(-xs.shape[1] // k) for name, g in _chunks(xs, dys, h_0, params, k).items()}


def averaged_over_k(xs, dys, h_0, params, k):
    return {name: g / k for name, g in _chunks(xs, dys, h_0, params, k).items()}


def averaged_over_all_steps(xs, dys, h_0, params, k):
    return {name: g / xs.shape[1] for name, g in _chunks(xs, dys, h_0, params, k).items()}


def backward_told_h_0(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, first=lambda befores, part: h_0)


def backward_told_the_end(*args):
    return _chunks(*args, first=lambda befores, part: befores[:, part.stop])


def backward_told_zeros(*args):
    return _chunks(*args, first=lambda befores, part: np.zeros_like(befores[:, 0]))


def backward_told_the_state_after(*args):
    return _chunks(*args, first=lambda befores, part: befores[:, part.start + 1 if part.start else 0])


def backward_told_the_state_before(*args):
    return _chunks(*args, first=lambda befores, part: befores[:, max(part.start - 1, 0)])


def started_from_zeros(xs, dys, h_0, params, k):
    return _chunks(xs, dys, np.zeros_like(h_0), params, k)


def every_chunk_from_zeros(xs, dys, h_0, params, k):
    return started_from_h_0(xs, dys, np.zeros_like(h_0), params, k)


def _masked(dys, steps):
    kept = np.zeros_like(dys)
    kept[:, steps] = dys[:, steps]
    return kept


def only_the_last_output(xs, dys, h_0, params, k):
    return _chunks(xs, _masked(dys, [-1]), h_0, params, k)


def only_each_chunks_last_output(xs, dys, h_0, params, k):
    T = xs.shape[1]
    return _chunks(xs, _masked(dys, [min(start + k, T) - 1 for start in range(0, T, k)]), h_0, params, k)


def dys_not_sliced(xs, dys, h_0, params, k):
    first = dys[:, :k]
    return _chunks(xs, np.concatenate([first] * -(-xs.shape[1] // k), axis=1), h_0, params, k)


def k_chunks(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, -(-xs.shape[1] // k))


def k_chunks_rounded_down(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, xs.shape[1] // k)


def sliding_windows(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, starts=range(xs.shape[1] - k + 1))


def windows_from_every_step(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, starts=range(xs.shape[1]))


def _run_on(xs, dys, h_0, params, starts, length):
    """Chunk by chunk, each going on from the state in which the one before left off, wherever that was."""
    total, h = {name: np.zeros_like(weight) for name, weight in params.items()}, h_0
    for start in starts:
        part = slice(start, start + length)
        hs = _states(xs[:, part], h, params)
        gradients = right.rnn_backward(xs[:, part], hs, h, params, dys[:, part])
        total, h = {name: total[name] + gradients[name] for name in params}, hs[:, -1]
    return total


def sliding_and_running_on(xs, dys, h_0, params, k):
    return _run_on(xs, dys, h_0, params, range(xs.shape[1] - k + 1), k)


def one_step_long_and_running_on(xs, dys, h_0, params, k):
    return _run_on(xs, dys, h_0, params, range(0, xs.shape[1], k), k + 1)


def one_step_short(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, length=k - 1)


def one_step_long(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, length=k + 1)
