# Calls itself until the machine's own stack is used up.
import sys

sys.setrecursionlimit(10**9)
nested = []
for _ in range(10**6):
    nested = [nested]
repr(nested)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


Deep().x
