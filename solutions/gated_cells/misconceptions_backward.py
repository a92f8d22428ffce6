"""Wrong answers to the LSTM's backward passes: right ones, with one formula replaced."""

import numpy as np

from solutions.gated_cells import reference as right
from solutions.gated_cells.reference import sigmoid

# lstm_backward_step


def _lstm_back(
    dh, dc, cache, params,
    to_cell=lambda dh, dc, o, shown, c_new: dc + dh * o * (1 - shown**2),
    at_i=lambda dc, i, g: dc * g * i * (1 - i),
    at_f=lambda dc, f, c, c_new: dc * c * f * (1 - f),
    at_g=lambda dc, i, g: dc * i * (1 - g**2),
    at_o=lambda dh, dc, o, shown, c_new: dh * shown * o * (1 - o),
    carried=lambda dc, dc_in, f: dc * f,
    bias=lambda da: da.sum(axis=0),
    back=lambda da, u_h: da @ u_h,
    met_u_h=lambda cache: cache["h"],
    order=(0, 1, 2, 3),
):  # fmt: skip
    i, f, g, o = (cache[name] for name in "ifgo")
    shown, dc_in = np.tanh(cache["c_new"]), dc
    dc = to_cell(dh, dc, o, shown, cache["c_new"])
    das = (
        at_i(dc, i, g), at_f(dc, f, cache["c"], cache["c_new"]), at_g(dc, i, g), at_o(dh, dc, o, shown, cache["c_new"])
    )  # fmt: skip
    da = np.concatenate([das[place] for place in order], axis=1)
    return {
        "x": da @ params["u_x"],
        "h": back(da, params["u_h"]),
        "c": carried(dc, dc_in, f),
        "u_x": da.T @ cache["x"],
        "u_h": da.T @ met_u_h(cache),
        "u_0": bias(da),
    }


def dh_stays_outside(*args):
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc)


def dc_in_dropped(*args):
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dh * o * (1 - shown**2))


def no_slope_of_shown(*args):
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc + dh * o)


def shown_ungated(*args):
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc + dh * (1 - shown**2))


def slope_of_raw_cell(*args):
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc + dh * o * (1 - c_new**2))


def not_forgotten(*args):
    return _lstm_back(*args, carried=lambda dc, dc_in, f: dc)


def only_dc_in_carried(*args):
    return _lstm_back(*args, carried=lambda dc, dc_in, f: dc_in * f)


def f_times_the_new_cell(*args):
    return _lstm_back(*args, at_f=lambda dc, f, c, c_new: dc * c_new * f * (1 - f))


def o_times_the_raw_cell(*args):
    return _lstm_back(*args, at_o=lambda dh, dc, o, shown, c_new: dh * c_new * o * (1 - o))


def o_from_dc(*args):
    return _lstm_back(*args, at_o=lambda dh, dc, o, shown, c_new: dc * shown * o * (1 - o))


def no_slope_of_gates(*args):
    return _lstm_back(
        *args,
        at_i=lambda dc, i, g: dc * g,
        at_f=lambda dc, f, c, c_new: dc * c,
        at_o=lambda dh, dc, o, shown, c_new: dh * shown,
    )


def no_slope_of_candidate(*args):
    return _lstm_back(*args, at_g=lambda dc, i, g: dc * i)


def sigmoid_slope_of_candidate(*args):
    return _lstm_back(*args, at_g=lambda dc, i, g: dc * i * g * (1 - g))


def tanh_slope_twice(*args):
    return _lstm_back(*args, at_g=lambda dc, i, g: dc * i * (1 - np.tanh(g) ** 2))


def i_and_g_exchanged(*args):
    return _lstm_back(
        *args, at_i=lambda dc, i, g: dc * i * i * (1 - i), at_g=lambda dc, i, g: dc * g * (1 - g**2)
    )  # fmt: skip


def stacked_i_f_o_g(*args):
    return _lstm_back(*args, order=(0, 1, 3, 2))


def stacked_f_i_g_o(*args):
    return _lstm_back(*args, order=(1, 0, 2, 3))


def sigmoid_twice(*args):
    def slope(gate):
        return sigmoid(gate) * (1 - sigmoid(gate))

    return _lstm_back(
        *args,
        at_i=lambda dc, i, g: dc * g * slope(i),
        at_f=lambda dc, f, c, c_new: dc * c * slope(f),
        at_o=lambda dh, dc, o, shown, c_new: dh * shown * slope(o),
    )


def bias_of_other_gates(dh, dc, cache, params):
    right_ones = _lstm_back(dh, dc, cache, params)
    return right_ones | {"u_0": np.roll(right_ones["u_0"], cache["h"].shape[1])}


def biases_per_sequence(*args):
    return _lstm_back(*args, bias=lambda da: da)


def biases_averaged(*args):
    return _lstm_back(*args, bias=lambda da: da.mean(axis=0))


def transposed(*args):
    return _lstm_back(
        *args, back=lambda da, u_h: np.sum([d @ u.T for d, u in zip(np.split(da, 4, 1), np.split(u_h, 4))], axis=0)
    )  # fmt: skip


def met_the_state_after(*args):
    return _lstm_back(*args, met_u_h=lambda cache: cache["o"] * np.tanh(cache["c_new"]))


# lstm_backward


def _before(cache, name, t):
    return cache[name][:, t - 1] if t else cache[f"{name}_0"]


def _bptt(
    xs, cache, params, dhs,
    arriving=lambda dh, dhs, t: dh + dhs[:, t],
    arriving_c=lambda dc, dhs, t: dc,
    carry_c=lambda dc, old: dc,
    carry_h=lambda dh, old: dh,
    carry=lambda back, joining: back,
    before=_before,
    after=lambda cache, t: cache["c"][:, t],
    back_step=right.lstm_backward_step,
    first_dh=lambda dhs: np.zeros_like(dhs[:, 0]),
    total=lambda old, new: old + new,
    steps=reversed,
):  # fmt: skip
    sums, dxs = {name: np.zeros_like(weight) for name, weight in params.items()}, np.zeros_like(xs)
    dh, dc = first_dh(dhs), np.zeros_like(cache["c_0"])
    for t in steps(range(xs.shape[1])):
        step = {name: cache[name][:, t] for name in "ifgo"} | {"x": xs[:, t], "c_new": after(cache, t)}
        step |= {name: before(cache, name, t) for name in "hc"}
        g = carry(back_step(arriving(dh, dhs, t), arriving_c(dc, dhs, t), step, params), dhs[:, t])
        dxs[:, t], dh, dc = g["x"], carry_h(g["h"], dh), carry_c(g["c"], dc)
        sums = {name: total(sums[name], g[name]) for name in params}
    return sums | {"h_0": dh, "c_0": dc, "xs": dxs}


def dc_not_carried(*args):
    return _bptt(*args, carry_c=lambda dc, old: np.zeros_like(dc))


def dh_not_carried(*args):
    return _bptt(*args, carry_h=lambda dh, old: np.zeros_like(dh))


def dc_piled_up(*args):
    return _bptt(*args, carry_c=lambda dc, old: dc + old)


def dh_piled_up(*args):
    return _bptt(*args, carry_h=lambda dh, old: dh + old)


def overwritten(*args):
    return _bptt(*args, total=lambda old, new: new)


def forward_loop(*args):
    return _bptt(*args, steps=iter)


def last_dhs_only(*args):
    return _bptt(*args, arriving=lambda dh, dhs, t: dhs[:, t] if t == dhs.shape[1] - 1 else dh)


def only_own_dhs(*args):
    return _bptt(*args, arriving=lambda dh, dhs, t: dhs[:, t])


def dhs_added_twice(*args):
    return _bptt(*args, arriving=lambda dh, dhs, t: dh + 2 * dhs[:, t])


def cell_of_the_same_step(*args):
    return _bptt(*args, before=lambda cache, name, t: cache["c"][:, t] if name == "c" else _before(cache, name, t))


def hidden_of_the_same_step(*args):
    return _bptt(*args, before=lambda cache, name, t: cache["h"][:, t] if name == "h" else _before(cache, name, t))


def wraps_around(*args):
    return _bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1])


def zeros_at_the_start(*args):
    return _bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1] if t else np.zeros_like(cache["h_0"]))


def c_0_from_h_0(*args):
    return _bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1] if t else cache["h_0"])


def first_step_not_visited(*args):
    return _bptt(*args, steps=lambda times: reversed(times[1:]))


def cell_before_as_new(*args):
    return _bptt(*args, after=lambda cache, t: _before(cache, "c", t))


def arguments_exchanged(*args):
    return _bptt(*args, back_step=lambda dh, dc, cache, params: right.lstm_backward_step(dc, dh, cache, params))


def handed_on_exchanged(*args):
    return _bptt(*args, carry=lambda back, joining: back | {"h": back["c"], "c": back["h"]})


def dhs_into_the_cell_too(*args):
    return _bptt(*args, arriving_c=lambda dc, dhs, t: dc + dhs[:, t])


def dhs_into_the_cell_only(*args):
    return _bptt(*args, arriving=lambda dh, dhs, t: dh, arriving_c=lambda dc, dhs, t: dc + dhs[:, t])


def dhs_joins_after_the_step(*args):
    return _bptt(
        *args, arriving=lambda dh, dhs, t: dh, carry=lambda back, joining: back | {"h": back["h"] + joining}
    )  # fmt: skip


def dhs_of_the_step_before(*args):
    return _bptt(*args, arriving=lambda dh, dhs, t: dh + dhs[:, t - 1])


def last_dhs_twice(*args):
    return _bptt(*args, first_dh=lambda dhs: dhs[:, -1])


def averaged_over_time(xs, cache, params, dhs):
    gradients = _bptt(xs, cache, params, dhs)
    return gradients | {name: gradients[name] / xs.shape[1] for name in params}


def averaged_over_the_batch(xs, cache, params, dhs):
    gradients = _bptt(xs, cache, params, dhs)
    return gradients | {name: gradients[name] / len(xs) for name in params}


def initial_gradients_exchanged(*args):
    gradients = _bptt(*args)
    return gradients | {"h_0": gradients["c_0"], "c_0": gradients["h_0"]}


def initial_gradients_missing(*args):
    gradients = _bptt(*args)
    return gradients | {name: np.zeros_like(gradients[name]) for name in ("h_0", "c_0")}
