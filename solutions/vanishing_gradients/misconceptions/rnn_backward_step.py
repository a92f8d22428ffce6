"""Wrong answers to `rnn_backward_step`."""

import numpy as np

from solutions.forms import mistake
from solutions.vanishing_gradients.misconceptions import rnn_backward as whole
from solutions.vanishing_gradients.scales import CUT_OFF, clipped


def _back(
    dh,
    dy,
    cache,
    p,
    slope=lambda h, h_new: 1 - h_new**2,
    to_h=lambda da, dy, dh, p: da @ p["u_h"] + dy @ p["w_h"],
    to_x=lambda da, dy, dh, p: da @ p["u_x"] + dy @ p["w_x"],
    bias=lambda d: d.sum(axis=0),
    at_u=lambda h, h_new: h,
    at_w=lambda h, h_new: h,
):
    x, h, h_new = cache["x"], cache["h"], cache["h_new"]
    da = dh * slope(h, h_new)
    return {
        "x": to_x(da, dy, dh, p), "h": to_h(da, dy, dh, p),
        "u_x": da.T @ x, "u_h": da.T @ at_u(h, h_new), "u_0": bias(da),
        "w_x": dy.T @ x, "w_h": dy.T @ at_w(h, h_new), "w_0": bias(dy),
    }  # fmt: skip


@mistake(text=whole.no_slope.__doc__)
def no_slope(*args):
    return _back(*args, slope=lambda h, h_new: 1.0)


@mistake(text=whole.slope_of_state_before.__doc__)
def slope_of_state_before(*args):
    return _back(*args, slope=lambda h, h_new: 1 - h**2)


@mistake(text=whole.slope_of_state.__doc__)
def slope_of_state(*args):
    return _back(*args, slope=lambda h, h_new: 1 - np.tanh(h_new) ** 2)


@mistake(text=whole.slope_not_squared.__doc__)
def slope_not_squared(*args):
    return _back(*args, slope=lambda h, h_new: 1 - h_new)


@mistake(text=whole.slope_of_sigmoid.__doc__)
def slope_of_sigmoid(*args):
    return _back(*args, slope=lambda h, h_new: h_new * (1 - h_new))


@mistake(text=whole.slope_with_plus.__doc__)
def slope_with_plus(*args):
    return _back(*args, slope=lambda h, h_new: 1 + h_new**2)


@mistake(text=whole.slope_upside_down.__doc__)
def slope_upside_down(*args):
    return _back(*args, slope=lambda h, h_new: 1 / (1 - h_new**2))


@mistake(text=whole.transposed.__doc__)
def transposed(*args):
    return _back(*args, to_h=lambda da, dy, dh, p: da @ p["u_h"].T + dy @ p["w_h"])


def around_tanh(*args):
    """For dx and dh you start from the gradient of h_t itself. x_t and h_{t-1} act on h_t through a_t, inside the tanh:
    its slope is missing on that way.
    """
    return _back(
        *args,
        to_h=lambda da, dy, dh, p: dh @ p["u_h"] + dy @ p["w_h"],
        to_x=lambda da, dy, dh, p: dh @ p["u_x"] + dy @ p["w_x"],
    )


def no_way_from_output(*args):
    """h_{t-1} was read twice, by a_t and by s_t. The way back from s_t, through w_h, is missing from dh."""
    return _back(*args, to_h=lambda da, dy, dh, p: da @ p["u_h"])


def no_way_from_state(*args):
    """h_{t-1} was read twice, by a_t and by s_t. The way back from a_t, through u_h, is missing from dh."""
    return _back(*args, to_h=lambda da, dy, dh, p: dy @ p["w_h"])


def dh_piled_up(*args):
    """You add to the `dh` that came in. It is the gradient for h_t; asked for is the one for h_{t-1}, a new one."""
    return _back(*args, to_h=lambda da, dy, dh, p: dh + da @ p["u_h"] + dy @ p["w_h"])


def no_output_in_dx(*args):
    """For dx you count what x_t does through the state, and forget that y_t reads x_t directly."""
    return _back(*args, to_x=lambda da, dy, dh, p: da @ p["u_x"])


def no_state_in_dx(*args):
    """For dx you count what x_t does to y_t, and forget what it does through the state to all that comes later."""
    return _back(*args, to_x=lambda da, dy, dh, p: dy @ p["w_x"])


@mistake(text=whole.u_h_state_after.__doc__)
def u_h_state_after(*args):
    return _back(*args, at_u=lambda h, h_new: h_new)


@mistake(text=whole.w_h_state_after.__doc__)
def w_h_state_after(*args):
    return _back(*args, at_w=lambda h, h_new: h_new)


@mistake(text=whole.both_state_after.__doc__)
def both_state_after(*args):
    return _back(*args, at_u=lambda h, h_new: h_new, at_w=lambda h, h_new: h_new)


@mistake(text=whole.biases_per_sequence.__doc__)
def biases_per_sequence(*args):
    return _back(*args, bias=lambda d: d)


@mistake(text=whole.biases_averaged.__doc__)
def biases_averaged(*args):
    return _back(*args, bias=lambda d: d.mean(axis=0))


@mistake(text=whole.biases_summed_over_all.__doc__)
def biases_summed_over_all(*args):
    return _back(*args, bias=lambda d: np.full(d.shape[1], d.sum()))


@mistake(text=whole.weights_transposed.__doc__)
def weights_transposed(*args):
    return {name: g.T if name[:2] in ("u_", "w_") else g for name, g in _back(*args).items()}


@mistake(text=whole.keys_with_d.__doc__)
def keys_with_d(*args):
    return {f"d{name}": gradient for name, gradient in _back(*args).items()}


@mistake(text=CUT_OFF)
def cut_off(*args):
    return clipped(_back(*args))


def averaged_over_batch(dh, dy, cache, params):
    """Your weight gradients are divided by the number of sequences. The loss is a sum over sequences; whatever it is
    divided by is in `dh` and `dy` already.
    """
    return {name: g if name in ("x", "h") else g / len(dh) for name, g in _back(dh, dy, cache, params).items()}


def sigmoid_again(dh, dy, cache, params):
    """You multiply `dy` by the sigmoid's slope, y (1 − y). It is the gradient *before* the sigmoid, ∂L/∂s_t, so the
    sigmoid has been passed already.
    """
    y = 0.5 + 0.5 * np.tanh((cache["x"] @ params["w_x"].T + cache["h"] @ params["w_h"].T + params["w_0"]) / 2)
    return _back(dh, dy * y * (1 - y), cache, params)
