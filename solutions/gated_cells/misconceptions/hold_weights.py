"""Wrong answers to `hold_weights`."""

import numpy as np


def _unit(i, f, g, o):
    """An LSTM of one unit: for each gate the weights of value and command, and the bias."""
    rows = np.array([i, f, g, o], float)
    return {"u_x": rows[:, :2], "u_h": np.zeros((4, 1)), "u_0": rows[:, 2]}


def never_writes():
    """Nothing beyond ±0.1 is shown even right after the first command to write: the input gate stays shut, the output
    gate doesn't show the cell, or the candidate is too small. The blocks are i, f, g, o, the input gate's first.
    """
    return _unit((0, 20, -30), (0, -20, 10), (5, 0, 0), (0, 0, 10))


def gates_exchanged():
    """It stores nothing when told to write, and takes every value over when not told: the gates do the opposite of what
    they should. Is a sign turned, or are two blocks exchanged? They are i, f, g, o, the input gate's first.
    """
    return _unit((0, -20, 10), (0, 20, -10), (5, 0, 0), (0, 0, 10))


def upside_down():
    """It keeps the opposite of what it is told. Somewhere a sign is turned."""
    return _unit((0, 20, -10), (0, -20, 10), (-5, 0, 0), (0, 0, 10))


def writes_the_command():
    """Whatever the value is, the same is written. What is to be written is the candidate's business: which of the two
    numbers does it read? The value is the first column of u_x, the command the second.
    """
    return _unit((0, 20, -10), (0, -20, 10), (0, 5, 0), (0, 0, 10))


def leaks():
    """It writes when told, but later, without a new command, nothing beyond ±0.1 is shown. Mostly what was written
    fades: how much of it is left after 500 steps if each keeps a share f? If that is enough: is the output gate still
    open?
    """
    return _unit((0, 20, -10), (0, -20, 4), (5, 0, 0), (0, 0, 10))


def nearly_shut():
    """It keeps what was written for a while, until what comes in without a command outweighs it: your input gate is
    nearly shut, and nearly is not shut. The same value may come in 500 times: how much of it has got in by then?
    """
    return _unit((0, 10, -5), (0, -20, 10), (2, 0, 0), (0, 0, 10))


def overwritten():
    """It takes over a value although nobody said to write. How far is your input gate open when the command is 0, and
    how far should it be?
    """
    return _unit((0, 0, 10), (0, 0, -10), (5, 0, 0), (0, 0, 10))


def not_replaced():
    """A later command to write doesn't replace what was there. Mostly the new value is added to the old one: what
    should the forget gate do while you write? If it does that: value is the first column of u_x, command the second,
    and the blocks are i, f, g, o.
    """
    return _unit((0, 20, -10), (0, 0, 12), (5, 0, 0), (0, 0, 10))
