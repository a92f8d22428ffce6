# Announces four gigabytes, and begins to send them.
import os
import sys

frame = sys._getframe()
while "nonce" not in frame.f_locals:
    frame = frame.f_back
nonce, pipe = frame.f_locals["nonce"], frame.f_locals["replies"]
os.write(pipe, b"\xff\xff\xff\xff" + nonce)
while True:
    os.write(pipe, b"[" * 65536)
