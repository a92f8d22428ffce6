# Fills as many pipes as it can with as much as they hold.
import fcntl
import os

ends = []
try:
    while True:
        ends.append(os.pipe())
        os.set_blocking(ends[-1][1], False)
        try:
            fcntl.fcntl(ends[-1][1], 1031, 2**20)
        except OSError:
            pass
        while os.write(ends[-1][1], b"x" * 65536):
            pass
except BlockingIOError:
    pass
except OSError as error:
    print(len(ends), error)
