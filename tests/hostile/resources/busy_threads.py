# Keeps all processors busy from threads while its functions are called.
import threading

import numpy as np


def work():
    matrix = np.ones((500, 500))
    while True:
        matrix @ matrix


for _ in range(8):
    threading.Thread(target=work, daemon=True).start()
