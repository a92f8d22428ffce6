"""Lesson 02."""

import numpy as np

from tests.solutions.wrong_answers.collected import wrong


@wrong(named="weights-swapped", never="gufunc")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(u_h @ x + u_x @ h + u_0)


@wrong(named="both-transposed", never="gufunc")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(x @ u_x + h @ u_h + u_0)


@wrong("Your numbers have 4 decimals only: you round them")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.round(np.tanh(u_x @ x + u_h @ h + u_0), 4)


@wrong("`float` and `int` take one number", never="math.exp")
def rnn_output(x, h, w_x, w_h, w_0):
    return float(1 / (1 + np.exp(-(w_x @ x + w_h @ h + w_0))))
