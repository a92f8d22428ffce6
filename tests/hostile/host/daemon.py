# Tries to outlive its notebook in a session of its own, deaf to signals.
import multiprocessing
import os
import threading


def stay():
    import time

    while True:
        time.sleep(1)


for start in (
    lambda: multiprocessing.get_context("fork").Process(target=stay, daemon=False).start(),
    lambda: multiprocessing.get_context("spawn").Process(target=stay).start(),
    lambda: os.posix_spawn("/bin/sleep", ["sleep", "600"], {}),
    lambda: os.execv("/bin/sleep", ["@TOKEN@", "600"]),
    os.setsid,
    lambda: threading.Thread(target=stay, daemon=False).start(),
):
    try:
        start()
    except OSError as error:
        print(error)
