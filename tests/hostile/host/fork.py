# Starts another process that goes on after the notebook's end.
import os

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import time

        time.sleep(600)
    os._exit(0)
