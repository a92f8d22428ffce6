# Starts another process by asking the kernel directly, in all ways it knows.
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
for number, *arguments in ((57,), (58,), (56, 17, 0, 0, 0, 0), (435, 0, 0), (0x40000000 + 57,)):
    pid = libc.syscall(number, *arguments)
    if pid == 0:
        time.sleep(600)
        os._exit(0)
    print(number, pid)
