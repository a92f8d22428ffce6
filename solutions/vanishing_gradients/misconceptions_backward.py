"""Wrong answers to `rnn_backward` and `truncated_bptt` that people really give."""

import numpy as np

from solutions.vanishing_gradients import reference as right

# rnn_backward: a right loop, with one formula replaced


def _before(hs, h_0, t):
    return hs[:, t - 1] if t else h_0


def _bptt(
    xs, hs, h_0, params, dys,
    before=_before,
    slope=lambda h, h_before: 1 - h**2,
    to_state_before=lambda dh, da, dy, p: da @ p["u_h"] + dy @ p["w_h"],
    to_input=lambda da, dy, p: da @ p["u_x"] + dy @ p["w_x"],
    total=lambda old, new: old + new,
    bias=lambda d: d.sum(axis=0),
    at_u_h=lambda h, h_before: h_before,
    at_w_h=lambda h, h_before: h_before,
    steps=reversed,
):  # fmt: skip
    sums, dxs = dict.fromkeys(params, 0), np.zeros_like(xs)
    dh = np.zeros_like(h_0)
    for t in steps(range(xs.shape[1])):
        x, h, h_before, dy = xs[:, t], hs[:, t], before(hs, h_0, t), dys[:, t]
        da = dh * slope(h, h_before)
        new = {
            "u_x": da.T @ x, "u_h": da.T @ at_u_h(h, h_before), "u_0": bias(da),
            "w_x": dy.T @ x, "w_h": dy.T @ at_w_h(h, h_before), "w_0": bias(dy),
        }  # fmt: skip
        sums = {name: total(sums[name], new[name]) for name in params}
        dxs[:, t] = to_input(da, dy, params)
        dh = to_state_before(dh, da, dy, params)
    return sums | {"h_0": dh, "xs": dxs}


def overwritten(*args):
    return _bptt(*args, total=lambda old, new: new)


def nothing_carried(*args):
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: dy @ p["w_h"])


def carried_twice(*args):
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: dh + da @ p["u_h"] + dy @ p["w_h"])


def carried_around_tanh(*args):
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: dh @ p["u_h"] + dy @ p["w_h"])


def slope_at_the_state_before(*args):
    return _bptt(*args, slope=lambda h, h_before: 1 - h_before**2)


def no_slope(*args):
    return _bptt(*args, slope=lambda h, h_before: 1.0)


def slope_of_the_state(*args):
    return _bptt(*args, slope=lambda h, h_before: 1 - np.tanh(h) ** 2)


def slope_not_squared(*args):
    return _bptt(*args, slope=lambda h, h_before: 1 - h)


def slope_of_a_sigmoid(*args):
    return _bptt(*args, slope=lambda h, h_before: h * (1 - h))


def transposed(*args):
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: da @ p["u_h"].T + dy @ p["w_h"])


def u_h_times_the_state_after(*args):
    return _bptt(*args, at_u_h=lambda h, h_before: h)


def w_h_times_the_state_after(*args):
    return _bptt(*args, at_w_h=lambda h, h_before: h)


def forward_loop(*args):
    return _bptt(*args, steps=iter)


def biases_per_sequence(*args):
    return _bptt(*args, bias=lambda d: d)


def biases_averaged(*args):
    return _bptt(*args, bias=lambda d: d.mean(axis=0))


def _weights_divided(gradients, count):
    return {name: g if name in ("h_0", "xs") else g / count for name, g in gradients.items()}


def averaged_over_time(xs, hs, h_0, params, dys):
    return _weights_divided(_bptt(xs, hs, h_0, params, dys), xs.shape[1])


def averaged_over_the_batch(xs, hs, h_0, params, dys):
    return _weights_divided(_bptt(xs, hs, h_0, params, dys), xs.shape[0])


def no_gradient_for_h_0(xs, hs, h_0, params, dys):
    return _bptt(xs, hs, h_0, params, dys) | {"h_0": np.zeros_like(h_0)}


def h_1_for_h_0(xs, hs, h_0, params, dys):
    return _bptt(xs, hs, h_0, params, dys) | {"h_0": _bptt(xs[:, 1:], hs[:, 1:], hs[:, 0], params, dys[:, 1:])["h_0"]}


def w_h_path_missing(*args):
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: da @ p["u_h"])


def reads_the_state_after(xs, hs, h_0, params, dys):
    sums, dxs, dh = dict.fromkeys(params, 0), np.zeros_like(xs), np.zeros_like(h_0)
    for t in reversed(range(xs.shape[1])):
        x, h, h_before, dy = xs[:, t], hs[:, t], _before(hs, h_0, t), dys[:, t]
        da = (dh + dy @ params["w_h"]) * (1 - h**2)
        new = {
            "u_x": da.T @ x, "u_h": da.T @ h_before, "u_0": da.sum(axis=0),
            "w_x": dy.T @ x, "w_h": dy.T @ h, "w_0": dy.sum(axis=0),
        }  # fmt: skip
        sums = {name: sums[name] + new[name] for name in params}
        dxs[:, t] = da @ params["u_x"] + dy @ params["w_x"]
        dh = da @ params["u_h"]
    return sums | {"h_0": dh, "xs": dxs}


def no_output_in_dxs(*args):
    return _bptt(*args, to_input=lambda da, dy, p: da @ p["u_x"])


def no_state_in_dxs(*args):
    return _bptt(*args, to_input=lambda da, dy, p: dy @ p["w_x"])


def sigmoid_again(xs, hs, h_0, params, dys):
    befores = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)
    ys = 1 / (1 + np.exp(-(xs @ params["w_x"].T + befores @ params["w_h"].T + params["w_0"])))
    return _bptt(xs, hs, h_0, params, dys * ys * (1 - ys))


def wraps_around(*args):
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t - 1])


def zeros_for_h_0(*args):
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t - 1] if t else np.zeros_like(h_0))


# truncated_bptt


def _states(xs, h, params):
    hs = []
    for t in range(xs.shape[1]):
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    return np.stack(hs, axis=1)


def _chunks(xs, dys, h_0, params, k, first=None, starts=None):
    hs = _states(xs, h_0, params)
    befores = np.concatenate([h_0[:, None], hs], axis=1)
    total = dict.fromkeys(params, 0)
    for start in starts or range(0, xs.shape[1], k):
        part = slice(start, start + k)
        h = befores[:, start] if first is None else first
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
    whole = range(0, xs.shape[1] - k + 1, k)
    return _chunks(xs, dys, h_0, params, k, starts=whole) if whole else {n: np.zeros_like(p) for n, p in params.items()}


def last_chunk_only(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, starts=[(xs.shape[1] - 1) // k * k])


def averaged_over_chunks(xs, dys, h_0, params, k):
    return {name: g / -(-xs.shape[1] // k) for name, g in _chunks(xs, dys, h_0, params, k).items()}


def averaged_over_k(xs, dys, h_0, params, k):
    return {name: g / k for name, g in _chunks(xs, dys, h_0, params, k).items()}


def averaged_over_all_steps(xs, dys, h_0, params, k):
    return {name: g / xs.shape[1] for name, g in _chunks(xs, dys, h_0, params, k).items()}


def backward_told_h_0(xs, dys, h_0, params, k):
    return _chunks(xs, dys, h_0, params, k, first=h_0)
