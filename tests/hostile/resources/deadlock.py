# Waits for a lock it holds, with interrupts switched off.
import signal
import threading

signal.signal(signal.SIGINT, signal.SIG_IGN)
lock = threading.Lock()
lock.acquire()
lock.acquire()
