# Ends its main thread and lives on in another.
import ctypes
import threading
import time

threading.Thread(target=time.sleep, args=(600,)).start()
ctypes.CDLL(None).syscall(60, 0)
