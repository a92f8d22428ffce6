"""Wrong answers to `lstm_backward_step`."""

import numpy as np

from solutions.forms import mistake
from solutions.gated_cells.reference import sigmoid
from solutions.vanishing_gradients.scales import CUT_OFF, clipped


def _lstm_back(
    dh,
    dc,
    cache,
    params,
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
):
    i, f, g, o = (cache[name] for name in "ifgo")
    shown, dc_in = np.tanh(cache["c_new"]), dc
    dc = to_cell(dh, dc, o, shown, cache["c_new"])
    das = (
        at_i(dc, i, g),
        at_f(dc, f, cache["c"], cache["c_new"]),
        at_g(dc, i, g),
        at_o(dh, dc, o, shown, cache["c_new"]),
    )
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
    """What the loss wants of h_t never gets into the cell: h_t is made from c_t, so its gradient goes on into c_t's."""
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc)


def dc_dropped(*args):
    """You take what comes through h_t and drop the `dc` that comes from the next step. The cell reaches the loss both
    ways.
    """
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dh * o * (1 - shown**2))


def no_slope_of_shown(*args):
    """Between c_t and h_t stands a tanh: its slope is missing on the way from dh to the cell."""
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc + dh * o)


def shown_ungated(*args):
    """On the way from dh to the cell the output gate is missing: what it doesn't show, it doesn't teach."""
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc + dh * (1 - shown**2))


def slope_of_raw_cell(*args):
    """You write the tanh's slope as 1 − c². The square is that of what tanh put *out*, and c_t is what went in."""
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc + dh * o * (1 - c_new**2))


def not_forgotten(*args):
    """You hand the cell's gradient on as it is. Going forward the old cell was multiplied by the forget gate, so going
    back its gradient is too.
    """
    return _lstm_back(*args, carried=lambda dc, dc_in, f: dc)


def only_dc_in_carried(*args):
    """You hand on only the `dc` that came in. What came into the cell through h_t goes back to the old cell as well."""
    return _lstm_back(*args, carried=lambda dc, dc_in, f: dc_in * f)


def f_times_new_cell(*args):
    """For the forget gate you multiply with the cell after the step. It multiplied the one before."""
    return _lstm_back(*args, at_f=lambda dc, f, c, c_new: dc * c_new * f * (1 - f))


def o_times_raw_cell(*args):
    """For the output gate you multiply with c_t. What it lets through is tanh(c_t)."""
    return _lstm_back(*args, at_o=lambda dh, dc, o, shown, c_new: dh * c_new * o * (1 - o))


def o_from_dc(*args):
    """The output gate's gradient starts from the cell's. The gate stands after the cell: it only knows what
    h_t wants.
    """
    return _lstm_back(*args, at_o=lambda dh, dc, o, shown, c_new: dc * shown * o * (1 - o))


def no_slope_of_gates(*args):
    """Your gradients for the gates stop at what the gates put out. The weights stand inside the sigmoid: its slope is
    missing.
    """
    return _lstm_back(
        *args,
        at_i=lambda dc, i, g: dc * g,
        at_f=lambda dc, f, c, c_new: dc * c,
        at_o=lambda dh, dc, o, shown, c_new: dh * shown,
    )


def no_slope_of_candidate(*args):
    """The slope of the candidate's tanh is missing."""
    return _lstm_back(*args, at_g=lambda dc, i, g: dc * i)


def sigmoid_slope_of_candidate(*args):
    """You use the slope of a sigmoid for the candidate. It is the one of the four that is a tanh."""
    return _lstm_back(*args, at_g=lambda dc, i, g: dc * i * g * (1 - g))


def tanh_slope_twice(*args):
    """You apply tanh to g once more before squaring. g is what a tanh put out."""
    return _lstm_back(*args, at_g=lambda dc, i, g: dc * i * (1 - np.tanh(g) ** 2))


def i_and_g_exchanged(*args):
    """In the product i ⊙ g you multiply each factor's gradient with that factor itself. It is the other one that
    counts.
    """
    return _lstm_back(*args, at_i=lambda dc, i, g: dc * i * i * (1 - i), at_g=lambda dc, i, g: dc * g * (1 - g**2))


def stacked_i_f_o_g(*args):
    """Your four blocks are stacked i, f, o, g. The weights' order is i, f, g, o."""
    return _lstm_back(*args, order=(0, 1, 3, 2))


def stacked_f_i_g_o(*args):
    """Your four blocks are stacked f, i, g, o. The weights' order is i, f, g, o."""
    return _lstm_back(*args, order=(1, 0, 2, 3))


def sigmoid_twice(*args):
    """You apply σ to the gates once more before you make their slopes. They are what a σ put out."""

    def slope(gate):
        return sigmoid(gate) * (1 - sigmoid(gate))

    return _lstm_back(
        *args,
        at_i=lambda dc, i, g: dc * g * slope(i),
        at_f=lambda dc, f, c, c_new: dc * c * slope(f),
        at_o=lambda dh, dc, o, shown, c_new: dh * shown * slope(o),
    )


def bias_of_other_gates(dh, dc, cache, params):
    """du_x and du_h are in order, but the biases' blocks are not: each gate gets another gate's gradient. The same i,
    f, g, o holds for u_0.
    """
    right_ones = _lstm_back(dh, dc, cache, params)
    return right_ones | {"u_0": np.roll(right_ones["u_0"], cache["h"].shape[1])}


def biases_per_sequence(*args):
    """Your bias gradient still has a row for each sequence; all share one bias."""
    return _lstm_back(*args, bias=lambda da: da)


def biases_averaged(*args):
    """You average the bias gradient over the batch. The loss is a sum over sequences."""
    return _lstm_back(*args, bias=lambda da: da.mean(axis=0))


def transposed(*args):
    """You go back through u_h the same way as forward. In rows, forward is `h @ u_h.T`; the way back is its mirror
    image.
    """
    return _lstm_back(
        *args, back=lambda da, u_h: np.sum([d @ u.T for d, u in zip(np.split(da, 4, 1), np.split(u_h, 4))], axis=0)
    )


def met_state_after(*args):
    """For du_h you multiply with the hidden state the step made. u_h met the one before."""
    return _lstm_back(*args, met_u_h=lambda cache: cache["o"] * np.tanh(cache["c_new"]))


@mistake(text=CUT_OFF)
def cut_off(*args):
    return clipped(_lstm_back(*args))


def stacked_f_g_i_o(*args):
    """Your four blocks are stacked f, g, i, o. The weights' order is i, f, g, o."""
    return _lstm_back(*args, order=(1, 2, 0, 3))


def sigmoid_of_f_again(*args):
    """You apply σ to f once more before you make its slope. f is what a σ put out: its slope is f (1 − f)."""
    return _lstm_back(*args, at_f=lambda dc, f, c, c_new: dc * c * sigmoid(f) * (1 - sigmoid(f)))


def brackets_lost(*args):
    """In the slope of tanh the brackets are missing: `dh * o * 1 - shown**2` takes the square away from the whole
    product. It is dh ⊙ o times (1 − tanh²).
    """
    return _lstm_back(*args, to_cell=lambda dh, dc, o, shown, c_new: dc + dh * o - shown**2)


def brackets_lost_in_gates(*args):
    """In the slopes of the gates the brackets are missing: `d * i * 1 - i` takes i away from the whole product. A
    sigmoid's slope is i (1 − i).
    """
    return _lstm_back(
        *args,
        at_i=lambda dc, i, g: dc * g * i - i,
        at_f=lambda dc, f, c, c_new: dc * c * f - f,
        at_o=lambda dh, dc, o, shown, c_new: dh * shown * o - o,
    )


def averaged_over_batch(dh, dc, cache, params):
    """Your weight gradients are divided by the number of sequences. The loss is a sum over sequences; whatever it is
    divided by is in `dh` already.
    """
    return {
        name: g if name in ("x", "h", "c") else g / len(dh) for name, g in _lstm_back(dh, dc, cache, params).items()
    }


def no_slope_of_i(*args):
    """The slope of the input gate's sigmoid is missing: i (1 − i). The weights stand inside the sigmoid."""
    return _lstm_back(*args, at_i=lambda dc, i, g: dc * g)


def no_slope_of_f(*args):
    """The slope of the forget gate's sigmoid is missing: f (1 − f). The weights stand inside the sigmoid."""
    return _lstm_back(*args, at_f=lambda dc, f, c, c_new: dc * c)


def no_slope_of_o(*args):
    """The slope of the output gate's sigmoid is missing: o (1 − o). The weights stand inside the sigmoid."""
    return _lstm_back(*args, at_o=lambda dh, dc, o, shown, c_new: dh * shown)
