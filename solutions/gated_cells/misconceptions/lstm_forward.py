"""Wrong answers to `lstm_forward`."""

import numpy as np

from solutions.forms import mistake
from solutions.gated_cells import reference as right
from solutions.gated_cells.misconceptions._shared import lstm


def _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h, c), **parts):
    h, c, made = h_0, c_0, []
    for x in np.swapaxes(xs, 0, 1):
        h, c, *gates = lstm(x, *before(h, c), params, **parts)
        made.append((h, c, *gates))
    stacked = [np.stack(values, axis=1) for values in zip(*made)]
    return stacked[0], dict(zip("hcifgo", stacked)) | {"h_0": h_0, "c_0": c_0}


def c_0_from_h_0(xs, h_0, c_0, params):
    """Your cell starts from `h_0`. It has an initial state of its own, `c_0`."""
    return _lstm_over(xs, h_0, h_0, params)


def from_zeros(xs, h_0, c_0, params):
    """You start from zeros instead of `h_0` and `c_0`."""
    return _lstm_over(xs, np.zeros_like(h_0), np.zeros_like(c_0), params)


def cell_reset(xs, h_0, c_0, params):
    """The cell is set to zero at every step after the first. To carry it is the point."""
    hs, cache = _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h, c if c is c_0 else np.zeros_like(c)))
    return hs, cache


def cell_never_advanced(xs, h_0, c_0, params):
    """Every step starts from the cell `c_0`: the new cell isn't handed to the next step."""
    return _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h, c_0))


def never_advanced(xs, h_0, c_0, params):
    """Every step starts from `h_0` and `c_0`: new states aren't handed on."""
    return _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h_0, c_0))


def hidden_not_fed_back(xs, h_0, c_0, params):
    """The cell is carried, but the gates read `h_0` at every step. They read the hidden state that the step before
    made.
    """
    return _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h_0, c))


def returns_cells(xs, h_0, c_0, params):
    """You return the cell states. What the network shows are the hidden states."""
    _hs, cache = _lstm_over(xs, h_0, c_0, params)
    return cache["c"], cache


def cells_before(xs, h_0, c_0, params):
    """The cells in your cache are those *before* each step. `cache["c"][:, t]` is what step t made."""
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    return hs, cache | {"c": np.concatenate([c_0[:, None], cache["c"][:, :-1]], axis=1)}


def states_before(xs, h_0, c_0, params):
    """Both states in your cache are those *before* each step. `cache["h"][:, t]` and `cache["c"][:, t]` are what step t
    made.
    """
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    first = {"h": h_0, "c": c_0}
    return hs, cache | {n: np.concatenate([first[n][:, None], cache[n][:, :-1]], axis=1) for n in first}


def insides(xs, h_0, c_0, params):
    """Under "i", "f", "g" and "o" you keep what stands inside the sigmoids and the tanh. The backward pass wants what
    came out.
    """
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    before = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)
    a = np.split(xs @ params["u_x"].T + before @ params["u_h"].T + params["u_0"], 4, axis=2)
    return hs, cache | dict(zip("ifgo", a))


def time_first(xs, h_0, c_0, params):
    """Batch and time are exchanged. `np.stack` puts a new axis in front unless told where."""
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    kept = {name: np.swapaxes(cache[name], 0, 1) for name in "ifgoch"}
    return np.swapaxes(hs, 0, 1), cache | kept


def one_array(xs, h_0, c_0, params):
    """All your states are the last one: the same array was stored T times and changed afterwards. Make a new one at
    each step.
    """
    _hs, cache = _lstm_over(xs, h_0, c_0, params)
    last = {name: np.repeat(cache[name][:, -1:], xs.shape[1], axis=1) for name in ("h", "c")}
    return last["h"], cache | last


def last_state_as_h_0(xs, h_0, c_0, params):
    """Under "h_0" and "c_0" you keep the last states: the names were used for what is carried. Keep what came in."""
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    return hs, cache | {"h_0": hs[:, -1], "c_0": cache["c"][:, -1]}


def cell_from_zeros(xs, h_0, c_0, params):
    """Your cell starts from zeros. It has an initial state of its own, `c_0`."""
    return _lstm_over(xs, h_0, np.zeros_like(c_0), params)


def cell_squashed(xs, h_0, c_0, params):
    """You carry the cell on after it has passed the tanh. It is only shown that way: what goes on is f ⊙ c + i ⊙ g."""
    return _lstm_over(
        xs, h_0, c_0, params, write=lambda i, f, g, c: np.tanh(f * c + i * g), show=lambda o, c, c_before: o * c
    )


def one_array_for_both(xs, h_0, c_0, params):
    """Hidden and cell states are the same numbers: both names stand for one array, as after `a = b = np.zeros(...)`,
    and what is written last is in both. Make two.
    """
    _hs, cache = _lstm_over(xs, h_0, c_0, params)
    return cache["c"], cache | {"h": cache["c"]}


@mistake(text=one_array_for_both.__doc__)
def one_array_for_both_hidden_last(xs, h_0, c_0, params):
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    return hs, cache | {"c": hs}


def initial_exchanged(xs, h_0, c_0, params):
    """h_0 and c_0 have changed places: the hidden state comes first among the arguments, and in `lstm_step` too."""
    hs, cache = right.lstm_forward(xs, c_0, h_0, params)
    return hs, cache | {"h_0": h_0, "c_0": c_0}
