"""Wrong answers to lesson 06's GRU, forward and backward: right ones, with one formula replaced."""

import numpy as np

from solutions.gated_cells import reference as right
from solutions.gated_cells.misconceptions import blocks_of, inside
from solutions.gated_cells.reference import sigmoid

# gru_step


def _gru(
    x, h, params, order=(0, 1, 2),
    candidate=lambda n, x, h, r: np.tanh(inside(n, x, r * h)),
    mix=lambda z, h, n: z * h + (1 - z) * n,
    seen_by_z=lambda r, h: h,
):  # fmt: skip
    gate_r, gate_z, gate_n = blocks_of(params, 3, order)
    r = sigmoid(inside(gate_r, x, h))
    z = sigmoid(inside(gate_z, x, seen_by_z(r, h)))
    n = candidate(gate_n, x, h, r)
    return mix(z, h, n), r, z, n


def z_swapped(x, h, params):
    return _gru(x, h, params, mix=lambda z, h, n: (1 - z) * h + z * n)[0]


def no_reset(x, h, params):
    return _gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(inside(n, x, h)))[0]


def reset_after(x, h, params):
    """PyTorch's and cuDNN's GRU, whose recurrent biases are zero."""
    return _gru(
        x, h, params, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + n["u_0"] + r * (h @ n["u_h"].T))
    )[0]  # fmt: skip


def reset_after_bias(x, h, params):
    return _gru(
        x, h, params, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + r * (h @ n["u_h"].T + n["u_0"]))
    )[0]  # fmt: skip


def reset_of_everything(x, h, params):
    return _gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(r * inside(n, x, h)))[0]


def sigmoid_candidate(x, h, params):
    return _gru(x, h, params, candidate=lambda n, x, h, r: sigmoid(inside(n, x, r * h)))[0]


def order_z_r_n(x, h, params):
    return _gru(x, h, params, order=(1, 0, 2))[0]


def order_n_first(x, h, params):
    return _gru(x, h, params, order=(1, 2, 0))[0]


def reset_before_z(x, h, params):
    return _gru(x, h, params, seen_by_z=lambda r, h: r * h)[0]


def reset_state_kept(x, h, params):
    after, r, z, _n = _gru(x, h, params)
    return after - z * h + z * r * h


def no_candidate_bias(x, h, params):
    return _gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + (r * h) @ n["u_h"].T))[0]


def no_bias(x, h, params):
    return right.gru_step(x, h, params | {"u_0": np.zeros_like(params["u_0"])})


def u_h_not_transposed(x, h, params):
    turned = np.concatenate([block.T for block in np.split(params["u_h"], 3)])
    return right.gru_step(x, h, params | {"u_h": turned})


# gru_forward


def _gru_over(xs, h_0, params, step=_gru, before=lambda h, h_0: h):
    h, made = h_0, []
    for x in np.swapaxes(xs, 0, 1):
        h, *gates = step(x, before(h, h_0), params)
        made.append((h, *gates))
    hs, r, z, n = (np.stack(values, axis=1) for values in zip(*made))
    return hs, {"r": r, "z": z, "n": n}


def gru_from_zeros(xs, h_0, params):
    return _gru_over(xs, np.zeros_like(h_0), params)


def gru_never_advanced(xs, h_0, params):
    return _gru_over(xs, h_0, params, before=lambda h, h_0: h_0)


def gru_states_before(xs, h_0, params):
    hs, cache = _gru_over(xs, h_0, params)
    return np.concatenate([h_0[:, None], hs[:, :-1]], axis=1), cache


def gru_one_array(xs, h_0, params):
    hs, cache = _gru_over(xs, h_0, params)
    return np.repeat(hs[:, -1:], hs.shape[1], axis=1), cache


def gru_time_first(xs, h_0, params):
    hs, cache = _gru_over(xs, h_0, params)
    return np.swapaxes(hs, 0, 1), {name: np.swapaxes(value, 0, 1) for name, value in cache.items()}


def gru_candidate_inside(xs, h_0, params):
    hs, cache = _gru_over(xs, h_0, params)
    return hs, cache | {"n": np.arctanh(np.clip(cache["n"], -1 + 1e-15, 1 - 1e-15))}


def gru_gates_exchanged(xs, h_0, params):
    hs, cache = _gru_over(xs, h_0, params)
    return hs, {"r": cache["z"], "z": cache["r"], "n": cache["n"]}


def gru_z_swapped(xs, h_0, params):
    return _gru_over(xs, h_0, params, lambda x, h, p: _gru(x, h, p, mix=lambda z, h, n: (1 - z) * h + z * n))


def gru_reset_after(xs, h_0, params):
    def step(x, h, p):
        return _gru(x, h, p, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + n["u_0"] + r * (h @ n["u_h"].T)))

    return _gru_over(xs, h_0, params, step)


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


def gru_no_slope_of_r(*args):
    return _gru_back(*args, through_r=lambda d_rh, h, r: d_rh * h)


def gru_no_slope_of_z(*args):
    return _gru_back(*args, through_z=lambda dh, h, n, z: dh * (h - n))


def gru_sigmoid_twice(*args):
    return _gru_back(
        *args,
        through_z=lambda dh, h, n, z: dh * (h - n) * sigmoid(z) * (1 - sigmoid(z)),
        through_r=lambda d_rh, h, r: d_rh * h * sigmoid(r) * (1 - sigmoid(r)),
    )


def gru_nothing_for_r(*args):
    return _gru_back(*args, through_r=lambda d_rh, h, r: 0 * d_rh)


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
