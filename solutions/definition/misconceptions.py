"""Wrong answers of lesson 02 that people really give."""

import numpy as np


def bias_outside(x, h, u_x, u_h, u_0):
    return np.tanh(u_x @ x + u_h @ h) + u_0


def transposed(x, h, u_x, u_h, u_0):
    return np.tanh(u_x @ x + u_h.T @ h + u_0)


def mutated(x, h, u_x, u_h, u_0):
    h[:] = np.tanh(u_x @ x + u_h @ h + u_0)
    return h
