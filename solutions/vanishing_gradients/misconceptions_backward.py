"""Wrong answers to `rnn_backward` that people really give: mostly a right loop, with one formula replaced."""

import numpy as np


def _before(hs, h_0, t):
    return hs[:, t - 1] if t else h_0


def _bptt(
    xs, hs, h_0, params, dys,
    before=_before,
    slope=lambda h, h_before: 1 - h**2,
    to_state_before=lambda dh, da, dy, p: da @ p["u_h"] + dy @ p["w_h"],
    to_input=lambda da, dy, dh, p: da @ p["u_x"] + dy @ p["w_x"],
    total=lambda old, new: old + new,
    bias=lambda d: d.sum(axis=0),
    at_u_h=lambda h, h_before: h_before,
    at_w_h=lambda h, h_before: h_before,
    steps=reversed,
    start=lambda xs, dys, h_0, p: np.zeros_like(h_0),
):  # fmt: skip
    sums, dxs = dict.fromkeys(params, 0), np.zeros_like(xs)
    dh = start(xs, dys, h_0, params)
    for t in steps(range(xs.shape[1])):
        x, h, h_before, dy = xs[:, t], hs[:, t], before(hs, h_0, t), dys[:, t]
        da = dh * slope(h, h_before)
        new = {
            "u_x": da.T @ x, "u_h": da.T @ at_u_h(h, h_before), "u_0": bias(da),
            "w_x": dy.T @ x, "w_h": dy.T @ at_w_h(h, h_before), "w_0": bias(dy),
        }  # fmt: skip
        sums = {name: total(sums[name], new[name]) for name in params}
        dxs[:, t] = to_input(da, dy, dh, params)
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
    return _bptt(*args, to_input=lambda da, dy, dh, p: da @ p["u_x"])


def no_state_in_dxs(*args):
    return _bptt(*args, to_input=lambda da, dy, dh, p: dy @ p["w_x"])


def sigmoid_again(xs, hs, h_0, params, dys):
    befores = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)
    ys = 1 / (1 + np.exp(-(xs @ params["w_x"].T + befores @ params["w_h"].T + params["w_0"])))
    return _bptt(xs, hs, h_0, params, dys * ys * (1 - ys))


def wraps_around(*args):
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t - 1])


def zeros_for_h_0(*args):
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t - 1] if t else np.zeros_like(h_0))


def first_step_skipped(xs, hs, h_0, params, dys):
    rest = _bptt(xs[:, 1:], hs[:, 1:], hs[:, 0], params, dys[:, 1:])
    zeros = {name: np.zeros_like(weight) for name, weight in params.items()}
    return (zeros if xs.shape[1] == 1 else rest) | {
        "h_0": rest["h_0"],
        "xs": np.concatenate([np.zeros_like(xs[:, :1]), rest["xs"]], axis=1),
    }


def last_step_skipped(xs, hs, h_0, params, dys):
    rest = _bptt(xs[:, :-1], hs[:, :-1], h_0, params, dys[:, :-1])
    zeros = {name: np.zeros_like(weight) for name, weight in params.items()}
    return (zeros if xs.shape[1] == 1 else rest) | {
        "h_0": rest["h_0"],
        "xs": np.concatenate([rest["xs"], np.zeros_like(xs[:, :1])], axis=1),
    }


def as_many_steps_as_sequences(xs, hs, h_0, params, dys):
    return _bptt(xs, hs, h_0, params, dys, steps=lambda times: reversed(range(len(xs))))


def starts_from_the_last_output(*args):
    return _bptt(*args, start=lambda xs, dys, h_0, p: dys[:, -1] @ p["w_h"])


def both_times_the_state_after(*args):
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t])


def u_h_transposed_sum(xs, hs, h_0, params, dys):
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"u_h": gradients["u_h"].T}


def slope_at_h_0(xs, hs, h_0, params, dys):
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"h_0": gradients["h_0"] * (1 - h_0**2)}


def dxs_backwards(xs, hs, h_0, params, dys):
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"xs": gradients["xs"][:, ::-1]}


def dxs_one_early(xs, hs, h_0, params, dys):
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"xs": np.roll(gradients["xs"], -1, axis=1)}


def dxs_around_tanh(*args):
    return _bptt(*args, to_input=lambda da, dy, dh, p: dh @ p["u_x"] + dy @ p["w_x"])


def dxs_from_the_state_before(*args):
    def to_input(da, dy, dh, p):
        return (da @ p["u_h"] + dy @ p["w_h"]) @ p["u_x"] + dy @ p["w_x"]

    return _bptt(*args, to_input=to_input)


def output_path_subtracted(*args):
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: da @ p["u_h"] - dy @ p["w_h"])
