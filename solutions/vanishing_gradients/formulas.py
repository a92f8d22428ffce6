"""One of lesson 05's answers with every step in a line of its own, for small changes to be made in."""

import numpy as np

from solutions.vanishing_gradients.reference import rnn_backward


def truncated_bptt(xs, dys, h_0, params, k):
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    h = h_0
    for start in range(0, xs.shape[1], k):
        chunk = xs[:, start : start + k]
        first = h
        states = []
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
            states.append(h)
        gradients = rnn_backward(chunk, np.stack(states, axis=1), first, params, dys[:, start : start + k])
        for name in total:
            total[name] += gradients[name]
    return total
