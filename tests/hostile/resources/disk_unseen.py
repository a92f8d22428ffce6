# Fills the disk with files that are deleted while they are open, which no listing shows.
import os

files = []
for place in range(60):
    files.append(open(f"{place}", "wb", buffering=0))
    os.unlink(f"{place}")
    files[-1].write(b"x" * 2**24)
