"""One of lesson 04's answers with every formula as it stands in the lesson, for small changes to be made in."""

import numpy as np

from solutions.gated_cells.reference import sigmoid


def one_to_many(x_0, steps, params):
    x = x_0
    h = np.zeros(len(params["u_0"]))
    ys = []
    for _ in range(steps):
        y = sigmoid(params["w_x"] @ x + params["w_h"] @ h + params["w_0"])
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        ys.append(y)
        x = y
    return np.array(ys)
