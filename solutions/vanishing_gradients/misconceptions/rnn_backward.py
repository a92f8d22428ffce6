"""Wrong answers to `rnn_backward`."""

import numpy as np

from solutions.forms import mistake
from solutions.vanishing_gradients.scales import CUT_OFF, clipped


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
    """Each step's share replaces the one before, so what you return is the first timestep's share alone. The weights
    are used at every step: what does that mean for their gradient?
    """
    return _bptt(*args, total=lambda old, new: new)


def nothing_carried(*args):
    """Every step starts from its own dys alone: nothing of what later steps want arrives at earlier ones, so no output
    can teach a state more than one step back. What a step finds out about h_{t-1} has to be handed to the step before
    it, through tanh and u_h too.
    """
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: dy @ p["w_h"])


def carried_twice(*args):
    """Your dh keeps its old value and the new one is added on top. The gradient for h_t has done its work once it has
    passed through step t; what step t - 1 needs is the gradient for h_{t-1} only.
    """
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: dh + da @ p["u_h"] + dy @ p["w_h"])


def around_tanh(*args):
    """You carry the gradient of h_t back through u_h without passing the tanh on the way. Between h_t and h_{t-1} lie
    both: walk through them in reverse order.
    """
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: dh @ p["u_h"] + dy @ p["w_h"])


def slope_of_state_before(*args):
    """You take the slope of tanh at h_{t-1}. The tanh of step t made h_t: its slope belongs to the number
    it put out.
    """
    return _bptt(*args, slope=lambda h, h_before: 1 - h_before**2)


def no_slope(*args):
    """The tanh is passed as if it were not there: its slope is missing between the gradient of h_t and that of what is
    inside it.
    """
    return _bptt(*args, slope=lambda h, h_before: 1.0)


def slope_of_state(*args):
    """You apply tanh to h_t once more before you square it. But h_t is already a tanh: the slope in terms of what tanh
    put *out* is shorter than the one in terms of what went in.
    """
    return _bptt(*args, slope=lambda h, h_before: 1 - np.tanh(h) ** 2)


def slope_not_squared(*args):
    """The slope you use is 1 − h. Differentiate tanh once more on paper: its slope is the same for h and −h."""
    return _bptt(*args, slope=lambda h, h_before: 1 - h)


def slope_of_sigmoid(*args):
    """h (1 − h) is the slope of a sigmoid. The state is made by tanh."""
    return _bptt(*args, slope=lambda h, h_before: h * (1 - h))


def transposed(*args):
    """You go back through u_h the same way as forward. In rows, forward is `h @ u_h.T`; the way back is its mirror
    image. (With H = D shapes would not have told you.)
    """
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: da @ p["u_h"].T + dy @ p["w_h"])


def u_h_state_after(*args):
    """For du_h you multiply with h_t, the state the step made. u_h was multiplied with the state that went *into* the
    step.
    """
    return _bptt(*args, at_u_h=lambda h, h_before: h)


def w_h_state_after(*args):
    """For dw_h you multiply with h_t. By the definition y_t reads the state before the update: that one met w_h."""
    return _bptt(*args, at_w_h=lambda h, h_before: h)


def reads_state_after(xs, hs, h_0, params, dys):
    """You send the gradient of y_t to h_t, as it is right for networks whose output reads the new state (Elman's, and
    most libraries'). In Definition 15.1 y_t reads h_{t-1}: which state does its gradient reach, and does it pass the
    tanh of step t?
    """
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


def forward_loop(*args):
    """You loop from the first step to the last. A state's gradient comes from the steps *after* it, so those must have
    been visited already.
    """
    return _bptt(*args, steps=iter)


def biases_per_sequence(*args):
    """Your bias gradients still have a row for each sequence. The whole batch shares one bias, so its gradient has the
    bias's own shape.
    """
    return _bptt(*args, bias=lambda d: d)


def biases_averaged(*args):
    """You average the bias gradients over the batch. The loss is a sum over sequences, and the other weights' gradients
    add up too.
    """
    return _bptt(*args, bias=lambda d: d.mean(axis=0))


def _weights_divided(gradients, count):
    return {name: g if name in ("h_0", "xs") else g / count for name, g in gradients.items()}


def averaged_over_time(xs, hs, h_0, params, dys):
    """Your weight gradients are divided by the number of timesteps. Nothing in the loss is: the shares of a shared
    weight are summed.
    """
    return _weights_divided(_bptt(xs, hs, h_0, params, dys), xs.shape[1])


def averaged_over_batch(xs, hs, h_0, params, dys):
    """Your weight gradients are divided by the number of sequences. If the loss is an average, `dys` already holds that
    factor; here it is a sum.
    """
    return _weights_divided(_bptt(xs, hs, h_0, params, dys), xs.shape[0])


def no_gradient_for_h_0(xs, hs, h_0, params, dys):
    """The gradient under "h_0" stays zero. What the first step hands back has reached its last stop: that is it."""
    return _bptt(xs, hs, h_0, params, dys) | {"h_0": np.zeros_like(h_0)}


def h_1_for_h_0(xs, hs, h_0, params, dys):
    """Under "h_0" you return the gradient for h_1: it is one step short. The first step has to be passed as well."""
    return _bptt(xs, hs, h_0, params, dys) | {"h_0": _bptt(xs[:, 1:], hs[:, 1:], hs[:, 0], params, dys[:, 1:])["h_0"]}


def w_h_path_missing(*args):
    """The path from y_t through w_h to h_{t-1} is missing. In this network it is the only way from the loss to the
    states, so du_x, du_h and du_0 all come out zero.
    """
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: da @ p["u_h"])


def no_output_in_dxs(*args):
    """For dxs you count what x_t does through the state, and forget that y_t reads x_t directly."""
    return _bptt(*args, to_input=lambda da, dy, dh, p: da @ p["u_x"])


def no_state_in_dxs(*args):
    """For dxs you count what x_t does to its own output, and forget what it does through the state to all
    later ones.
    """
    return _bptt(*args, to_input=lambda da, dy, dh, p: dy @ p["w_x"])


def sigmoid_again(xs, hs, h_0, params, dys):
    """You multiply `dys` by the sigmoid's slope. They are gradients *before* the sigmoid, so it has been passed
    already: read their description once more.
    """
    befores = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)
    ys = 1 / (1 + np.exp(-(xs @ params["w_x"].T + befores @ params["w_h"].T + params["w_0"])))
    return _bptt(xs, hs, h_0, params, dys * ys * (1 - ys))


def wraps_around(*args):
    """At the first step you read `hs[:, -1]`, which in Python is the *last* state. The state before the first step has
    a name of its own.
    """
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t - 1])


def zeros_for_h_0(*args):
    """At the first step you take zeros for the state before it. The sequence started from `h_0`."""
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t - 1] if t else np.zeros_like(h_0))


def both_state_after(*args):
    """For du_h and dw_h you multiply with h_t, the state the step made. Both matrices met the state that went *into*
    the step.
    """
    return _bptt(*args, before=lambda hs, h_0, t: hs[:, t])


def first_step_skipped(xs, hs, h_0, params, dys):
    """The first step is never visited: `range(T - 1, 0, -1)` ends at 1. It adds its share to the weights' gradients,
    and it is the one that hands back dh_0.
    """
    rest = _bptt(xs[:, 1:], hs[:, 1:], hs[:, 0], params, dys[:, 1:])
    zeros = {name: np.zeros_like(weight) for name, weight in params.items()}
    return (zeros if xs.shape[1] == 1 else rest) | {
        "h_0": rest["h_0"],
        "xs": np.concatenate([np.zeros_like(xs[:, :1]), rest["xs"]], axis=1),
    }


def last_step_skipped(xs, hs, h_0, params, dys):
    """The last step is never visited: `range(T - 2, -1, -1)` begins with the last but one. Its output has a gradient as
    well, and sends it on.
    """
    rest = _bptt(xs[:, :-1], hs[:, :-1], h_0, params, dys[:, :-1])
    zeros = {name: np.zeros_like(weight) for name, weight in params.items()}
    return (zeros if xs.shape[1] == 1 else rest) | {
        "h_0": rest["h_0"],
        "xs": np.concatenate([rest["xs"], np.zeros_like(xs[:, :1])], axis=1),
    }


def steps_of_batch(xs, hs, h_0, params, dys):
    """You visit as many steps as there are sequences. The axes are (B, T, …): the second one is time."""
    return _bptt(xs, hs, h_0, params, dys, steps=lambda times: reversed(range(len(xs))))


def starts_from_output(*args):
    """Your dh begins with the last output's gradient, as if y_T read h_T. It read h_{T-1}, and nothing reads h_T: for a
    single timestep du_x, du_h and du_0 have to be zero.
    """
    return _bptt(*args, start=lambda xs, dys, h_0, p: dys[:, -1] @ p["w_h"])


def u_h_flipped(xs, hs, h_0, params, dys):
    """The numbers of du_h are right, and its rows and columns are exchanged. It is shaped like u_h: a row for each unit
    of the state that is made, a column for each of the one before.
    """
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"u_h": gradients["u_h"].T}


def output_path_sign(*args):
    """What comes back from the outputs, through w_h, is subtracted. The two ways back to h_{t-1} are added."""
    return _bptt(*args, to_state_before=lambda dh, da, dy, p: da @ p["u_h"] - dy @ p["w_h"])


def slope_at_h_0(xs, hs, h_0, params, dys):
    """You send the gradient for h_0 through one more tanh. The tanh that made h_t belongs to step t, and no step made
    h_0: what arrives there is its gradient.
    """
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"h_0": gradients["h_0"] * (1 - h_0**2)}


def dxs_backwards(xs, hs, h_0, params, dys):
    """The numbers of dxs are right, and their order in time is reversed. If you append while you go backwards, the last
    step comes first.
    """
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"xs": gradients["xs"][:, ::-1]}


def dxs_one_early(xs, hs, h_0, params, dys):
    """The numbers of dxs are right, and each stands one step too early (the first one at the end: `dxs[:, -1]` is the
    last row). What step t finds out about x_t belongs into row t.
    """
    gradients = _bptt(xs, hs, h_0, params, dys)
    return gradients | {"xs": np.roll(gradients["xs"], -1, axis=1)}


def dxs_around_tanh(*args):
    """In dxs the tanh is missing between the gradient of h_t and x_t: x_t acts on h_t through a_t, inside the tanh."""
    return _bptt(*args, to_input=lambda da, dy, dh, p: dh @ p["u_x"] + dy @ p["w_x"])


def dxs_from_before(*args):
    """For dxs you use the gradient for h_{t-1}, which x_t never touched. x_t acts on h_t: has `dh` been replaced
    already when you use it?
    """

    def to_input(da, dy, dh, p):
        return (da @ p["u_h"] + dy @ p["w_h"]) @ p["u_x"] + dy @ p["w_x"]

    return _bptt(*args, to_input=to_input)


@mistake(text=CUT_OFF)
def cut_off(*args):
    return clipped(_bptt(*args))


def slope_with_plus(*args):
    """The slope you use is 1 + h². Going away from zero tanh gets flatter, never steeper: look at the sign."""
    return _bptt(*args, slope=lambda h, h_before: 1 + h**2)


def slope_upside_down(*args):
    """You divide by 1 − h². That is the slope of tanh's inverse; going back through h = tanh(a) its own is needed."""
    return _bptt(*args, slope=lambda h, h_before: 1 / (1 - h**2))


def weights_transposed(*args):
    """The weights' gradients are transposed. Each has its weight's own shape: a row for each unit that is made, a
    column for each number it is made from. `x.T @ da` has them the other way round.
    """
    return {name: g.T if name[:2] in ("u_", "w_") else g for name, g in _bptt(*args).items()}


def keys_with_d(*args):
    """Your keys begin with a d. A gradient stands in the dict under the name of what it is the gradient for: du_x under
    "u_x". (So an optimiser can go through both dicts by the same names.)
    """
    return {f"d{name}": gradient for name, gradient in _bptt(*args).items()}


def biases_summed_over_all(*args):
    """Your bias gradients are sums over everything, one number for all units. Each unit has a bias of its own: sum over
    the batch (and the steps), `axis=0`, and leave the units apart.
    """
    return _bptt(*args, bias=lambda d: np.full(d.shape[1], d.sum()))


def biases_as_numbers(*args):
    """Your bias gradients are single numbers, sums over everything. Each unit has a bias of its own: sum over the batch
    (and the steps), `axis=0`, and leave the units apart.
    """
    return _bptt(*args, bias=lambda d: d.sum())


def computed_not_carried(xs, hs, h_0, params, dys):
    """`dh` stays zero: what a step finds out about h_{t-1} is computed, if at all, and not handed to the step before
    it. So the loss never reaches a state, and du_x, du_h and du_0 come out zero. Does the loop replace `dh` at its end?
    """
    nothing = np.zeros_like(h_0)
    return _bptt(xs, hs, h_0, params, dys, to_state_before=lambda dh, da, dy, p: nothing)


@mistake(text=computed_not_carried.__doc__)
def computed_not_carried_but_returned(xs, hs, h_0, params, dys):
    return computed_not_carried(xs, hs, h_0, params, dys) | {"h_0": dys[:, 0] @ params["w_h"]}


@mistake(constants=(2, 3, 4, 5, 6))
def few_steps_back(xs, hs, h_0, params, dys, window=4):
    """Each output's gradient goes back over a few steps and stops there: right as long as the sequence is no longer.
    An output depends on every input before it, however long ago; to cut on purpose is what `truncated_bptt` is for.
    """
    sums, dxs, dh_0 = dict.fromkeys(params, 0), np.zeros_like(xs), np.zeros_like(h_0)
    for t in range(xs.shape[1]):
        steps = slice(first := max(0, t - window), t + 1)
        only_t = np.concatenate([np.zeros_like(dys[:, first:t]), dys[:, t : t + 1]], axis=1)
        found = _bptt(xs[:, steps], hs[:, steps], _before(hs, h_0, first), params, only_t)
        sums = {name: sums[name] + found[name] for name in params}
        dxs[:, steps] += found["xs"]
        dh_0 += found["h_0"] * (first == 0)
    return sums | {"h_0": dh_0, "xs": dxs}
