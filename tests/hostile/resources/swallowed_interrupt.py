# Swallows the interrupt and goes on.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
