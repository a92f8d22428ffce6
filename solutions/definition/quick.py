"""Networks over strings of bits, run quickly: what handed-in weights are judged with.

Bits repeat themselves, and so do the states of weights set by hand, which soon rest or take turns. A step from a state
and with a bit that have met before is looked up instead of made again: the same numbers, to the last digit.
"""

import numpy as np


def rnn_forward(xs, h_0, params):
    """Definition 15.1: every output reads the state before the step."""
    before, hs = _states(xs, h_0, params)
    return _sigmoid(xs @ params["w_x"].T + before @ params["w_h"].T + params["w_0"]), hs


def elman_forward(xs, h_0, params):
    """Every output reads the new state, and no input."""
    _, hs = _states(xs, h_0, params)
    return _sigmoid(hs @ params["w_h"].T + params["w_0"]), hs


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _states(xs, h_0, params):
    """The states before and after each step, (T, H) both."""
    states, places = [h_0], [0]
    known, after = {bytes(h_0): 0}, {}
    for x in xs:
        step = bytes(x), places[-1]
        if step not in after:
            h = _step(x, states[places[-1]], params)
            after[step] = known.setdefault(bytes(h), len(states))
            states += [h] if after[step] == len(states) else []
        places.append(after[step])
    hs = np.stack(states)[places]
    return hs[:-1], hs[1:]


def _step(x, h, params):
    return np.tanh(params["u_x"] @ x + params["u_0"] + params["u_h"] @ h)
