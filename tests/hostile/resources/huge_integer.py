# Returns an integer with a million digits, and works out a larger one.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    return [2 ** (4 * 10**6)] * len(h)
