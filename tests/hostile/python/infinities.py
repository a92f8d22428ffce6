# Returns infinities, objects and complex numbers in the right shape.
# %% answer
import numpy as np

calls = 0


def rnn_step(x, h, u_x, u_h, u_0):
    global calls
    calls += 1
    values = (np.inf, -np.inf, 1j * np.inf, 1e308, np.nan + 1j * np.nan)
    return np.full(h.shape, values[calls % len(values)])
