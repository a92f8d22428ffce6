# Never answers.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    while True:
        pass
