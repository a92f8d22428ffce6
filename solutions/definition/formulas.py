"""Lesson 02's answers with every formula as it stands in the lesson, for small changes to be made in."""

import numpy as np

from solutions.gated_cells.reference import sigmoid


def rnn_output(x, h, w_x, w_h, w_0):
    return sigmoid(w_x @ x + w_h @ h + w_0)


def rnn_forward(xs, h_0, params):
    h = h_0
    ys, hs = [], []
    for x in xs:
        y = sigmoid(params["w_x"] @ x + params["w_h"] @ h + params["w_0"])
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        ys.append(y)
        hs.append(h)
    return np.array(ys), np.array(hs)


def elman_forward(xs, h_0, params):
    h = h_0
    ys, hs = [], []
    for x in xs:
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        y = sigmoid(params["w_h"] @ h + params["w_0"])
        ys.append(y)
        hs.append(h)
    return np.array(ys), np.array(hs)
