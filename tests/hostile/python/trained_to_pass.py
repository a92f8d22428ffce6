# Hands in weights that hide things: endless arrays, NaN, objects, functions.
# %% latch_weights
import numpy as np


def latch_weights():
    class Weights(dict):
        def keys(self):
            return ["u_x"] * 10**6

    huge = np.broadcast_to(1.0, (3000, 3000))
    return Weights(u_x=huge, u_h=np.full((3000, 3000), np.nan), u_0=huge[0], w_x=huge, w_h=huge, w_0=huge[:1])
# %% parity_weights
def parity_weights():
    return {name: np.full((64, 64), np.inf) for name in ("u_x", "u_h", "u_0", "w_x", "w_h", "w_0")}
