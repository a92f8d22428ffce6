# Raises an error with a text of a hundred megabytes and a traceback of a thousand frames.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0, depth=900):
    if depth:
        return rnn_step(x, h, u_x, u_h, u_0, depth - 1)
    raise ValueError("x" * 10**8)
