"""Wrong answers to `lstm_backward`."""

import numpy as np

from solutions.forms import mistake
from solutions.gated_cells import reference as right
from solutions.vanishing_gradients.scales import CUT_OFF, clipped


def _before(cache, name, t):
    return cache[name][:, t - 1] if t else cache[f"{name}_0"]


def _bptt(
    xs,
    cache,
    params,
    dhs,
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
):
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
    """The cell's gradient starts from zero at every step. It is the one thing an LSTM carries far: hand each step's dc
    to the step before. If the loop does that right, it is your `lstm_backward_step` that doesn't.
    """
    return _bptt(*args, carry_c=lambda dc, old: np.zeros_like(dc))


def dh_not_carried(*args):
    """The hidden state's gradient isn't handed to the step before, although u_h reads h_{t-1} in all four gates."""
    return _bptt(*args, carry_h=lambda dh, old: np.zeros_like(dh))


def dc_piled_up(*args):
    """Your dc keeps its old value and the new one is added on top. After passing a step, the old one has
    done its work.
    """
    return _bptt(*args, carry_c=lambda dc, old: dc + old)


def dh_piled_up(*args):
    """Your dh keeps its old value and the new one is added on top. After passing a step, the old one has
    done its work.
    """
    return _bptt(*args, carry_h=lambda dh, old: dh + old)


def overwritten(*args):
    """Each step's share of the weights' gradients replaces the one before. All steps use the same weights."""
    return _bptt(*args, total=lambda old, new: new)


def forward_loop(*args):
    """You loop from the first step to the last. What comes from later steps must be there before a step can
    be passed.
    """
    return _bptt(*args, steps=iter)


def last_dhs_only(*args):
    """You read `dhs` at the last step only. Every h_t may have an output of its own: `dhs[:, t]` joins at each step."""
    return _bptt(*args, arriving=lambda dh, dhs, t: dhs[:, t] if t == dhs.shape[1] - 1 else dh)


def only_own_dhs(*args):
    """Each step gets its own `dhs[:, t]` and nothing of what later steps want of h_t. Both belong together."""
    return _bptt(*args, arriving=lambda dh, dhs, t: dhs[:, t])


def dhs_twice(*args):
    """`dhs[:, t]` is counted twice."""
    return _bptt(*args, arriving=lambda dh, dhs, t: dh + 2 * dhs[:, t])


def cell_of_same_step(*args):
    """As the cell before the step you pass the one after it. `cache["c"][:, t]` is what step t made. If the loop does
    that right, it is your `lstm_backward_step` that doesn't.
    """
    return _bptt(*args, before=lambda cache, name, t: cache["c"][:, t] if name == "c" else _before(cache, name, t))


def hidden_of_same_step(*args):
    """As the hidden state before the step you pass the one after it. `cache["h"][:, t]` is what step t made. If the
    loop does that right, it is your `lstm_backward_step` that doesn't.
    """
    return _bptt(*args, before=lambda cache, name, t: cache["h"][:, t] if name == "h" else _before(cache, name, t))


def wraps_around(*args):
    """At the first step you read index −1, which in Python is the *last* step. The states before the first are "h_0"
    and "c_0".
    """
    return _bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1])


def zeros_at_start(*args):
    """At the first step zeros stand for a state before it. Both of these are in the cache, under "h_0" and "c_0"."""
    return _bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1] if t else np.zeros_like(cache["h_0"]))


def c_0_from_h_0(*args):
    """At the first step you take h_0 for both states. The cell has an initial state of its own."""
    return _bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1] if t else cache["h_0"])


def initial_states_exchanged(*args):
    """At the first step the states before it have changed places: "h_0" is the hidden one, "c_0" the cell's."""
    swapped = {"h": "c_0", "c": "h_0"}
    return _bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1] if t else cache[swapped[name]])


def first_step_not_visited(*args):
    """The loop stops before the first step: `range(T - 1, 0, -1)` ends at 1. Step 0 has its share in the weights as
    well, and what it hands back is for h_0 and c_0.
    """
    return _bptt(*args, steps=lambda times: reversed(times[1:]))


def cell_before_as_new(*args):
    """As "c_new" you pass the cell before the step. It is the one that the step made."""
    return _bptt(*args, after=lambda cache, t: _before(cache, "c", t))


def arguments_exchanged(*args):
    """`lstm_backward_step` gets its dh and dc the wrong way round."""
    return _bptt(*args, back_step=lambda dh, dc, cache, params: right.lstm_backward_step(dc, dh, cache, params))


def handed_on_exchanged(*args):
    """You hand on each step's gradient for c as dh, and the one for h as dc."""
    return _bptt(*args, carry=lambda back, joining: back | {"h": back["c"], "c": back["h"]})


def dhs_into_the_cell_too(*args):
    """You add `dhs[:, t]` to dc as well. It is the gradient for h_t; how it gets from there into the cell is the step's
    business.
    """
    return _bptt(*args, arriving_c=lambda dc, dhs, t: dc + dhs[:, t])


def dhs_into_the_cell_only(*args):
    """You add `dhs[:, t]` to dc. It is the gradient for h_t, so it joins dh."""
    return _bptt(*args, arriving=lambda dh, dhs, t: dh, arriving_c=lambda dc, dhs, t: dc + dhs[:, t])


def dhs_joins_after(*args):
    """`dhs[:, t]` joins one step late: you add it to what step t hands back. It is what the loss wants of h_t, which
    step t *made*.
    """
    return _bptt(*args, arriving=lambda dh, dhs, t: dh, carry=lambda back, joining: back | {"h": back["h"] + joining})


def dhs_of_step_before(*args):
    """At step t you add `dhs[:, t - 1]`. Step t made h_t, and `dhs[:, t]` is its gradient."""
    return _bptt(*args, arriving=lambda dh, dhs, t: dh + dhs[:, t - 1])


def last_dhs_twice(*args):
    """dh begins with `dhs[:, -1]`, and the loop adds it once more at the last step."""
    return _bptt(*args, first_dh=lambda dhs: dhs[:, -1])


def averaged_over_time(xs, cache, params, dhs):
    """Your weight gradients are divided by the number of timesteps. The steps' shares are summed."""
    gradients = _bptt(xs, cache, params, dhs)
    return gradients | {name: gradients[name] / xs.shape[1] for name in params}


def averaged_over_batch(xs, cache, params, dhs):
    """Your weight gradients are divided by the number of sequences. If the loss is an average, `dhs` already holds that
    factor. If the loop does that right, it is your `lstm_backward_step` that doesn't.
    """
    gradients = _bptt(xs, cache, params, dhs)
    return gradients | {name: gradients[name] / len(xs) for name in params}


def initial_exchanged(*args):
    """The gradients of h_0 and c_0 are exchanged."""
    gradients = _bptt(*args)
    return gradients | {"h_0": gradients["c_0"], "c_0": gradients["h_0"]}


def initial_missing(*args):
    """What you return for an initial state stays zero. What the first step hands back is its gradient."""
    gradients = _bptt(*args)
    return gradients | {name: np.zeros_like(gradients[name]) for name in ("h_0", "c_0")}


@mistake(text=CUT_OFF)
def cut_off(*args):
    return clipped(_bptt(*args))


def no_dhs(*args):
    """Nothing arrives from the loss, so all gradients come out zero: is `dhs[:, t]` used? At step t it joins what comes
    back from later steps.
    """
    return _bptt(*args, arriving=lambda dh, dhs, t: dh)


def passed_by_the_forget_gate(*args):
    """Your dc goes on to the step before as it is. Between c_{t−1} and c_t stands the forget gate: multiply dc by f_t
    before you hand it on. If the loop does that right, it is your `lstm_backward_step` that doesn't.
    """
    return _bptt(*args, back_step=_unforgotten)


def _unforgotten(dh, dc, cache, params):
    shown = np.tanh(cache["c_new"])
    return right.lstm_backward_step(dh, dc, cache, params) | {"c": dc + dh * cache["o"] * (1 - shown**2)}


@mistake(text=dc_not_carried.__doc__)
def dc_made_anew(*args):
    return _bptt(*args, arriving_c=lambda dc, dhs, t: np.zeros_like(dc))


def dhs_before_and_after(*args):
    """`dhs[:, t]` joins twice: before step t, where it belongs, and once more to what step t hands back."""
    return _bptt(*args, carry=lambda back, joining: back | {"h": back["h"] + joining})
