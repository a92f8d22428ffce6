# Calls itself until Python has enough of it.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    return rnn_step(x, h, u_x, u_h, u_0)
