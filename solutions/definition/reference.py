"""Right answers of lesson 02: Definition 15.1, line by line, one sequence at a time."""

import numpy as np


def rnn_step(x, h, u_x, u_h, u_0):
    """One timestep of the hidden state, h_t = tanh(u_x x_t + u_h h_{t-1} + u_0).

    Parameters
    ----------
    x : (D,) array
        The input x_t.
    h : (H,) array
        The hidden state before the step, h_{t-1}.
    u_x : (H, D) array
    u_h : (H, H) array
    u_0 : (H,) array

    Returns
    -------
    (H,) array
        The new hidden state h_t.
    """
    return np.tanh(u_x @ x + u_h @ h + u_0)  # (H,)
