"""Wrong answers to `gru_backward_step`."""

import numpy as np

from solutions.forms import mistake
from solutions.gated_cells.reference import sigmoid
from solutions.vanishing_gradients.scales import CUT_OFF, clipped


def _gru_back(
    dh,
    cache,
    params,
    through_candidate=lambda dh, z, n: dh * (1 - z) * (1 - n**2),
    through_z=lambda dh, h, n, z: dh * (h - n) * z * (1 - z),
    through_r=lambda d_rh, h, r: d_rh * h * r * (1 - r),
    to_h=lambda kept, reset, by_r, by_z: kept + reset + by_r + by_z,
    met_u_h=lambda r, h: r * h,
    bias=lambda da: da.sum(axis=0),
    back=lambda da, u_h: da @ u_h,
    order=(0, 1, 2),
    kept=lambda dh, z: dh * z,
):
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
        "h": to_h(kept(dh, z), d_rh * r, back(da_r, u_r), back(da_z, u_z)),
        "u_x": da.T @ x,
        "u_h": np.concatenate([d.T @ state for d, state in zip(das, met)]),
        "u_0": bias(da),
    }


def not_kept(*args):
    """The most direct path is missing from your gradient for h: where z keeps the old state, h_new moves with it. That
    path is the reason why a GRU remembers.
    """
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: reset + by_r + by_z)


def no_path_through_candidate(*args):
    """The gradient for h doesn't come back through the candidate: n reads r ⊙ h."""
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + by_r + by_z)


def no_path_through_r(*args):
    """The gradient for h doesn't come back through the reset gate, which reads h to decide."""
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + reset + by_z)


def no_path_through_z(*args):
    """The gradient for h doesn't come back through the update gate, which reads h to decide."""
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + reset + by_r)


def no_path_through_gates(*args):
    """The gradient for h comes back by the state and the candidate, but not by the gates r and z. They read
    h as well.
    """
    return _gru_back(*args, to_h=lambda kept, reset, by_r, by_z: kept + reset)


def candidate_ungated(*args):
    """The candidate's gradient ignores the update gate: only a part of n gets into h_new, and only that part of the
    gradient gets back.
    """
    return _gru_back(*args, through_candidate=lambda dh, z, n: dh * (1 - n**2))


def candidate_gated_by_z(*args):
    """You gate the candidate's gradient by z. Look at the equation again: which factor stands beside n?"""
    return _gru_back(*args, through_candidate=lambda dh, z, n: dh * z * (1 - n**2))


def no_slope_of_candidate(*args):
    """The candidate is a tanh: its slope is missing on the way inside."""
    return _gru_back(*args, through_candidate=lambda dh, z, n: dh * (1 - z))


def z_moves_h_only(*args):
    """For z you count that more of h comes through, and forget that less of n does."""
    return _gru_back(*args, through_z=lambda dh, h, n, z: dh * h * z * (1 - z))


def z_moves_n_only(*args):
    """For z you count that less of n comes through, and forget that more of h does."""
    return _gru_back(*args, through_z=lambda dh, h, n, z: -dh * n * z * (1 - z))


def z_sign(*args):
    """The sign of the update gate's gradient is turned round: in this convention z = 1 keeps the old state."""
    return _gru_back(*args, through_z=lambda dh, h, n, z: dh * (n - h) * z * (1 - z))


def no_slope_of_gates(*args):
    """Your gradients for the gates stop at what the gates put out. The weights stand inside the sigmoid: its slope is
    missing.
    """
    return _gru_back(*args, through_z=lambda dh, h, n, z: dh * (h - n), through_r=lambda d_rh, h, r: d_rh * h)


def no_slope_of_r(*args):
    """Your gradient for the reset gate stops at what the gate put out. Its weights stand inside the sigmoid: the slope
    is missing.
    """
    return _gru_back(*args, through_r=lambda d_rh, h, r: d_rh * h)


def no_slope_of_z(*args):
    """Your gradient for the update gate stops at what the gate put out. Its weights stand inside the sigmoid: the slope
    is missing.
    """
    return _gru_back(*args, through_z=lambda dh, h, n, z: dh * (h - n))


def sigmoid_twice(*args):
    """You apply σ to r and z once more before you make their slopes. They are what a σ put out."""
    return _gru_back(
        *args,
        through_z=lambda dh, h, n, z: dh * (h - n) * sigmoid(z) * (1 - sigmoid(z)),
        through_r=lambda d_rh, h, r: d_rh * h * sigmoid(r) * (1 - sigmoid(r)),
    )


def nothing_for_r(*args):
    """The reset gate gets no gradient at all. It decides how much of h the candidate sees, so the loss reaches it
    through n.
    """
    return _gru_back(*args, through_r=lambda d_rh, h, r: 0 * d_rh)


def tanh_slope_of_gates(*args):
    """You use the slope of tanh for the gates. They are sigmoids: in terms of what it puts out, a sigmoid has another
    slope.
    """
    return _gru_back(
        *args,
        through_z=lambda dh, h, n, z: dh * (h - n) * (1 - z**2),
        through_r=lambda d_rh, h, r: d_rh * h * (1 - r**2),
    )


def r_times_r(*args):
    """For the reset gate you multiply by r. In the product r ⊙ h, it is the *other* factor that says how much r
    matters.
    """
    return _gru_back(*args, through_r=lambda d_rh, h, r: d_rh * r * r * (1 - r))


def u_h_met_h(*args):
    """For the candidate's block of u_h you multiply with h. That block met r ⊙ h."""
    return _gru_back(*args, met_u_h=lambda r, h: h)


def transposed(*args):
    """You go back through u_h the same way as forward. In rows, forward is `h @ u_h.T`; the way back is its mirror
    image.
    """
    return _gru_back(*args, back=lambda da, u_h: da @ u_h.T)


def biases_per_sequence(*args):
    """Your bias gradient still has a row for each sequence; all share one bias."""
    return _gru_back(*args, bias=lambda da: da)


def biases_averaged(*args):
    """You average the bias gradient over the batch. The loss is a sum over sequences."""
    return _gru_back(*args, bias=lambda da: da.mean(axis=0))


def order_z_r_n(*args):
    """Your blocks are stacked in the order z, r, n. The weights' order is r, z, n."""
    return _gru_back(*args, order=(1, 0, 2))


def du_0_in_order_z_r_n(*args):
    """The blocks of du_0 are stacked in the order z, r, n. The weights' order is r, z, n."""
    return _gru_back(*args) | {"u_0": order_z_r_n(*args)["u_0"]}


def reset_after(dh, cache, params):
    """This is the backward pass of PyTorch's GRU, which resets *after* multiplying with u_h. Here r ⊙ h is made first,
    and u_h multiplies the product.
    """
    x, h, r, z, n = (cache[name] for name in ("x", "h", "r", "z", "n"))
    u_n = params["u_h"][2 * h.shape[1] :]
    da_n = dh * (1 - z) * (1 - n**2)
    gates = [da_n * (h @ u_n.T) * r * (1 - r), dh * (h - n) * z * (1 - z)]
    da = np.concatenate([*gates, da_n], axis=1)
    at_u_h = np.concatenate([*gates, da_n * r], axis=1)
    dh_before = dh * z + at_u_h @ params["u_h"]
    return {"x": da @ params["u_x"], "h": dh_before, "u_x": da.T @ x, "u_h": at_u_h.T @ h, "u_0": da.sum(axis=0)}


@mistake(text=CUT_OFF)
def cut_off(*args):
    return clipped(_gru_back(*args))


def z_writes(*args):
    """This is the backward pass of a GRU whose z writes (Chung et al., 2014). Here z = 1 keeps: h_new = z ⊙ h +
    (1 − z) ⊙ n, so h gets dh ⊙ z, n gets dh ⊙ (1 − z), and z itself dh ⊙ (h − n).
    """
    return _gru_back(
        *args,
        through_candidate=lambda dh, z, n: dh * z * (1 - n**2),
        through_z=lambda dh, h, n, z: dh * (n - h) * z * (1 - z),
        kept=lambda dh, z: dh * (1 - z),
    )


def averaged_over_batch(dh, cache, params):
    """Your weight gradients are divided by the number of sequences. The loss is a sum over sequences; whatever it is
    divided by is in `dh` already.
    """
    return {name: g if name in ("x", "h") else g / len(dh) for name, g in _gru_back(dh, cache, params).items()}
