# Leaves no room to call anything.
import sys
import threading

threading.stack_size(32768)
sys.setrecursionlimit(60)
