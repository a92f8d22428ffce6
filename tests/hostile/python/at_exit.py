# Leaves work to be done when the process ends.
import atexit
import signal
import sys
import threading

atexit.register(lambda: open("/tmp/@TOKEN@-atexit", "w").close())
threading._register_atexit(lambda: open("/tmp/@TOKEN@-threading", "w").close())
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1):
    signal.signal(number, lambda *args: open("/tmp/@TOKEN@-signal", "w").close())
sys.exitfunc = print
