# Reads, writes and seeks through every file descriptor it may have inherited.
import fcntl
import os
import stat

for fd in range(1024):
    try:
        kind = os.fstat(fd)
        print(fd, oct(kind.st_mode), fcntl.fcntl(fd, fcntl.F_GETFL))
        if stat.S_ISREG(kind.st_mode) or stat.S_ISDIR(kind.st_mode):
            print(os.listdir(fd) if stat.S_ISDIR(kind.st_mode) else os.pread(fd, 1000, 0))
            os.ftruncate(fd, 0)
            os.fchdir(fd)
            print(os.listdir("."))
    except OSError:
        continue
