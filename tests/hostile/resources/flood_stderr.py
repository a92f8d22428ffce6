# Prints without end where errors go, and flushes each time.
import sys

while True:
    print("x" * 1000, end="", file=sys.stderr, flush=True)
