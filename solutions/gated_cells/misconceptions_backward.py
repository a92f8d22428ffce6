"""Wrong answers to lesson 06's backward passes: right ones, with one formula replaced."""

import numpy as np

from solutions.gated_cells import reference as right

# gru_backward_step


def _gru_back(
    dh, cache, params,
    through_candidate=lambda dh, z, n: dh * (1 - z) * (1 - n**2),
    through_z=lambda dh, h, n, z: dh * (h - n) * z * (1 - z),
    through_r=lambda d_rh, h, r: d_rh * h * r * (1 - r),
    to_h=lambda kept, reset, by_r, by_z: kept + reset + by_r + by_z,
    met_u_h=lambda r, h: r * h,
    bias=lambda da: da.sum(axis=0),
    back=lambda da, u_h: da @ u_h,
    order=(0, 1, 2),
):  # fmt: skip
    x, h, r, z, n = (cache[name] for name in ("x", "h", "r", "z", "n"))
    u_r, u_z, u_n = np.split(params["u_h"], 3)
    da_n = through_candidate(dh, z, n)
    da_z = through_z(dh, h, n, z)
    d_rh = back(da_n, u_n)
    da_r = through_r(d_rh, h, r)
    das = [(da_r, da_z, da_n)[place] for place in order]
    da = np.concatenate(das, axis=1)
    met = [(h, h, met_u_h(r, h))[place] for place in order]
    return {
        "x": da @ params["u_x"],
        "h": to_h(dh * z, d_rh * r, back(da_r, u_r), back(da_z, u_z)),
        "u_x": da.T @ x,
        "u_h": np.concatenate([d.T @ state for d, state in zip(das, met)]),
        "u_0": bias(da),
    }


def gru_not_kept(*args):
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: reset + by_r + by_z)


def gru_no_path_through_candidate(*args):
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + by_r + by_z)


def gru_no_path_through_r(*args):
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + reset + by_z)


def gru_no_path_through_z(*args):
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + reset + by_r)


def gru_no_path_through_gates(*args):
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + reset)


def gru_candidate_ungated(*args):
    return _gru_back(*args, through_candidate=lambda dh, z, n: dh * (1 - n**2))


def gru_candidate_gated_by_z(*args):
    return _gru_back(*args, through_candidate=lambda dh, z, n: dh * z * (1 - n**2))


def gru_no_slope_of_candidate(*args):
    return _gru_back(*args, through_candidate=lambda dh, z, n: dh * (1 - z))


def gru_z_moves_h_only(*args):
    return _gru_back(*args, through_z=lambda dh, h, n, z: dh * h * z * (1 - z))


def gru_z_moves_n_only(*args):
    return _gru_back(*args, through_z=lambda dh, h, n, z: -dh * n * z * (1 - z))


def gru_z_sign(*args):
    return _gru_back(*args, through_z=lambda dh, h, n, z: dh * (n - h) * z * (1 - z))


def gru_no_slope_of_gates(*args):
    return _gru_back(
        *args, through_z=lambda dh, h, n, z: dh * (h - n), through_r=lambda d_rh, h, r: d_rh * h
    )  # fmt: skip


def gru_tanh_slope_of_gates(*args):
    return _gru_back(
        *args,
        through_z=lambda dh, h, n, z: dh * (h - n) * (1 - z**2),
        through_r=lambda d_rh, h, r: d_rh * h * (1 - r**2),
    )


def gru_r_times_r(*args):
    return _gru_back(*args, through_r=lambda d_rh, h, r: d_rh * r * r * (1 - r))


def gru_u_h_met_h(*args):
    return _gru_back(*args, met_u_h=lambda r, h: h)


def gru_transposed(*args):
    return _gru_back(*args, back=lambda da, u_h: da @ u_h.T)


def gru_biases_per_sequence(*args):
    return _gru_back(*args, bias=lambda da: da)


def gru_biases_averaged(*args):
    return _gru_back(*args, bias=lambda da: da.mean(axis=0))


def gru_order_z_r_n(*args):
    return _gru_back(*args, order=(1, 0, 2))


def gru_back_reset_after(dh, cache, params):
    x, h, r, z, n = (cache[name] for name in ("x", "h", "r", "z", "n"))
    u_n = params["u_h"][2 * h.shape[1] :]
    da_n = dh * (1 - z) * (1 - n**2)
    gates = [da_n * (h @ u_n.T) * r * (1 - r), dh * (h - n) * z * (1 - z)]
    da = np.concatenate([*gates, da_n], axis=1)
    at_u_h = np.concatenate([*gates, da_n * r], axis=1)
    dh_before = dh * z + at_u_h @ params["u_h"]
    return {"x": da @ params["u_x"], "h": dh_before, "u_x": da.T @ x, "u_h": at_u_h.T @ h, "u_0": da.sum(axis=0)}


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
    carry_c=lambda dc, old: dc,
    carry_h=lambda dh, old: dh,
    before=_before,
    total=lambda old, new: old + new,
    steps=reversed,
):  # fmt: skip
    sums, dxs = dict.fromkeys(params, 0), np.zeros_like(xs)
    dh, dc = np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
    for t in steps(range(xs.shape[1])):
        step = {name: cache[name][:, t] for name in "ifgo"} | {"x": xs[:, t], "c_new": cache["c"][:, t]}
        step |= {name: before(cache, name, t) for name in "hc"}
        g = right.lstm_backward_step(arriving(dh, dhs, t), dc, step, params)
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
