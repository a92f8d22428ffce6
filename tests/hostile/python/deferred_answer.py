# Answers only after the fact, by overwriting the buffer it returned.
# %% answer
import numpy as np

buffers = []


def rnn_step(x, h, u_x, u_h, u_0):
    buffer = np.zeros(len(h))
    buffers.append(buffer)
    for earlier in buffers:
        earlier[...] = buffer.mean()
    return buffer.view()
