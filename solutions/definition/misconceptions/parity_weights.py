"""Wrong answers to `parity_weights`."""

import numpy as np

from solutions.definition.reference import latch_weights, parity_weights


def parity_read_at_zero():
    """Your states tell odd from even, at every step; only the answer read off them is wrong. Look at what w_h h_t is
    after an odd number of 1s and after an even one: `w_0` has to put the border between 'yes' and 'no' in between.
    """
    return parity_weights() | {"w_0": np.array([0.0])}


def parity_stays_on():
    """The output turns on with the first 1 and stays on: that is the latch again. The second 1 has to turn it off,
    so some unit must tell a 1 that comes in after an even count from one after an odd count.
    """
    return latch_weights()


def parity_upside_down():
    """It is on for even and off for odd: all is there, but the readout has the wrong sign."""
    right = parity_weights()
    return right | {"w_h": -right["w_h"], "w_0": -right["w_0"]}


def parity_echo():
    """The output is on exactly where a 1 comes in: it depends on x_t alone. `u_h` must carry the parity so far to
    the next step.
    """
    return parity_weights() | {"u_h": np.zeros((2, 2)), "w_h": np.array([[5.0, 0.0]]), "w_0": np.array([0.0])}


def parity_fades():
    """The answer first goes wrong at a step where a 0 came in, where nothing should change. Without input the state
    has to stay what it is: large weights put the units far out on tanh, where it holds them. (A single unit with a
    negative `u_h` won't do: it turns round at every step, whatever comes in.)
    """
    right = parity_weights()
    return right | {name: right[name] / 5 for name in ("u_x", "u_h", "u_0")}


def parity_deaf():
    """The answer first goes wrong at a step where a 1 came in. Go through the table by hand: old parity 0 or 1, x_t
    0 or 1, and what each unit's sum is in those four cases.
    """
    return parity_weights() | {"u_0": np.array([-15.0, -25.0])}


def parity_with_0_and_1():
    """These weights would be right if your units were 0 and 1. With tanh they are −1 and 1: a unit that says no isn't
    silent, it subtracts. Put −1 for no into each of your sums; what a border of 1/2 was between 0 and 1 is 0 between
    −1 and 1.
    """
    right = {"u_x": [[20.0], [20.0]], "u_h": [[20.0, -20.0], [20.0, -20.0]], "u_0": [-10.0, -30.0]}
    readout = {"w_x": [[0.0]], "w_h": [[20.0, -20.0]], "w_0": [-10.0]}
    return {name: np.array(weights) for name, weights in (right | readout).items()}
