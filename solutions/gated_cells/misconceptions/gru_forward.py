"""Wrong answers to `gru_forward`."""

import numpy as np

from solutions.gated_cells.misconceptions._shared import gru


def _gru_over(xs, h_0, params, step=gru, before=lambda h, h_0: h):
    h, made = h_0, []
    for x in np.swapaxes(xs, 0, 1):
        h, *gates = step(x, before(h, h_0), params)
        made.append((h, *gates))
    hs, r, z, n = (np.stack(values, axis=1) for values in zip(*made))
    return hs, {"r": r, "z": z, "n": n}


def from_zeros(xs, h_0, params):
    """You start from zeros instead of `h_0`."""
    return _gru_over(xs, np.zeros_like(h_0), params)


def never_advanced(xs, h_0, params):
    """Every step starts from `h_0`: the new state isn't handed to the next step."""
    return _gru_over(xs, h_0, params, before=lambda h, h_0: h_0)


def states_before(xs, h_0, params):
    """Your states are those *before* each step. `hs[:, t]` is what step t made."""
    hs, cache = _gru_over(xs, h_0, params)
    return np.concatenate([h_0[:, None], hs[:, :-1]], axis=1), cache


def one_array(xs, h_0, params):
    """All your states are the last one: the same array was stored T times and changed afterwards. Make a new one at
    each step.
    """
    hs, cache = _gru_over(xs, h_0, params)
    return np.repeat(hs[:, -1:], hs.shape[1], axis=1), cache


def time_first(xs, h_0, params):
    """Batch and time are exchanged. `np.stack` puts a new axis in front unless told where."""
    hs, cache = _gru_over(xs, h_0, params)
    return np.swapaxes(hs, 0, 1), {name: np.swapaxes(value, 0, 1) for name, value in cache.items()}


def candidate_inside(xs, h_0, params):
    """Under "n" you keep what stands inside the tanh. The backward pass wants what came out."""
    hs, cache = _gru_over(xs, h_0, params)
    return hs, cache | {"n": np.arctanh(np.clip(cache["n"], -1 + 1e-15, 1 - 1e-15))}


def gates_exchanged(xs, h_0, params):
    """r and z are exchanged in your cache."""
    hs, cache = _gru_over(xs, h_0, params)
    return hs, {"r": cache["z"], "z": cache["r"], "n": cache["n"]}


def z_swapped(xs, h_0, params):
    """Your z lets the new in where it should keep the old."""
    return _gru_over(xs, h_0, params, lambda x, h, p: gru(x, h, p, mix=lambda z, h, n: (1 - z) * h + z * n))


def reset_after(xs, h_0, params):
    """You reset after multiplying with u_h, as PyTorch does. The paper's order is asked for, as in `gru_step`."""

    def step(x, h, p):
        return gru(x, h, p, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + n["u_0"] + r * (h @ n["u_h"].T)))

    return _gru_over(xs, h_0, params, step)
