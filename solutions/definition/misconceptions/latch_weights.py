"""Wrong answers to `latch_weights`."""

import numpy as np

from solutions.definition.reference import latch_weights


def latch_forgets():
    """The output turns on with the first 1, and later falls back to 0.6 or below. `watch` a 1 and fifty 0s after it.
    Does the 1 take the state up at all, beyond the hollow dot? That is a matter of `u_x`. Does it let go while 0s come
    in, where h_t = f(u_h h_{t-1} + u_0)? That is one of `u_h` and `u_0`. If it stays up, look at how `w_h` and `w_0`
    read it.
    """
    return latch_weights() | {"u_h": np.array([[0.9]])}


def latch_fires_early():
    """y_1 isn't below 0.4 though no 1 has come in. There x_1 = 0 and h_0 = 0, so y_1 = g(w_0): look at `w_0`."""
    return latch_weights() | {"w_0": np.array([10.0])}


def latch_drifts():
    """While only 0s come in the output is off at first, and then leaves 0.4 behind by itself. Nothing but `u_0` and
    `u_h` moves the state then: `watch` ten 0s and see where it goes.
    """
    return latch_weights() | {"u_0": np.array([0.01])}


def latch_one_late():
    """The output turns on one step after the first 1. y_t reads h_{t-1}, the state before the 1 came in: the only
    way from x_t to y_t is `w_x`.
    """
    return latch_weights() | {"w_x": np.array([[0.0]])}


def latch_never_fires():
    """The first 1 doesn't bring the output above 0.6. At that step y_t = g(w_x + w_h h_{t-1} + w_0): is the sum well
    above 0 there? And does the 1 change the state at all?
    """
    return {name: 0 * weight for name, weight in latch_weights().items()} | {"w_0": np.array([-10.0])}
