# Ends Python by every signal that ends a process.
import os
import signal

for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGXCPU, 32, 33, 34, 64):
    try:
        os.kill(os.getpid(), number)
    except OSError as error:
        print(error)
os.abort()
