# Returns a list of ten million numbers.
# %% answer
import numpy as np


def rnn_step(x, h, u_x, u_h, u_0):
    return [0.0] * 10**7 if len(h) % 2 else np.zeros(10**7)
