# Starts threads without end, each with work to do.
import threading


def work():
    while True:
        sum(range(10**5))


started = 0
try:
    while True:
        threading.Thread(target=work, daemon=True).start()
        started += 1
except RuntimeError as error:
    print(started, error)
