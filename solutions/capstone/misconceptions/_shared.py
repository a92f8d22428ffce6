"""What several wrong answers of lesson 07 are made from."""

import numpy as np


def from_last_character(logits, bias):
    """An LSTM whose logits after each character are that column of `logits`."""
    D, H = logits.shape[1], logits.shape[1]
    u_0 = np.repeat([20.0, -40.0, 0.0, 20.0], H)  # writes all, keeps nothing, shows all
    u_x = np.zeros((4 * H, D))
    u_x[2 * H : 3 * H] = 20 * np.eye(H)
    return {"u_x": u_x, "u_h": np.zeros((4 * H, H)), "u_0": u_0, "w_h": logits / np.tanh(1), "w_0": bias}
