# Returns an object that runs code where it is unpickled.
# %% answer
import os


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/@TOKEN@-pickle",)

    __array__ = None


def rnn_step(x, h, u_x, u_h, u_0):
    return Bomb()
