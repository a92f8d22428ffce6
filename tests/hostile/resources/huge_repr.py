# Returns an object whose text is a gigabyte long, and one whose text never ends.
class Long:
    def __repr__(self):
        return "x" * 2**28


Long()
# %% answer
class Endless:
    def __repr__(self):
        while True:
            pass

    __str__ = __repr__


def rnn_step(x, h, u_x, u_h, u_0):
    return Endless()
