"""What several wrong answers of lesson 03 are made from."""

import numpy as np


def sigmoid(a):
    return (1 + np.tanh(a / 2)) / 2


def output(x, h, p):
    return sigmoid(x @ p["w_x"].T + h @ p["w_h"].T + p["w_0"])


def state(x, h, p):
    return np.tanh(x @ p["u_x"].T + h @ p["u_h"].T + p["u_0"])
