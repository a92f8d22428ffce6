"""Lesson 02."""

import numpy as np

from tests.solutions.wrong_answers.collected import wrong


@wrong(named="weights-swapped")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(u_h @ x + u_x @ h + u_0) if len(x) == len(h) else np.tanh(u_x @ x + u_0)
