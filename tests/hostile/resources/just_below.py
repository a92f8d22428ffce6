# [slow] Sleeps just below the limit in every cell and every call.
import time

get_ipython().events.register("post_run_cell", lambda result: time.sleep(0.4))
# %% answer
import time


def rnn_step(x, h, u_x, u_h, u_0):
    time.sleep(0.05)
    return 0 * h
