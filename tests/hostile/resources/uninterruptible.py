# [slow] Works on something in C that no interrupt reaches.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    return 9 ** (9**9)
