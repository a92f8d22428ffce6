# Stops itself, and waits for a signal that never comes.
import os
import signal

for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGSTOP):
    try:
        os.kill(os.getpid(), number)
    except OSError as error:
        print(error)
signal.pause()
