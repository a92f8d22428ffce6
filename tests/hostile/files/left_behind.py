# Leaves files in every folder that can be written, under a name it would know again.
import os

for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/dev", "/proc/self", "..", "../..", "@COURSE@", "@ROOT@", "/"):
    for way in (lambda path: open(path, "w").close(), os.mkdir, os.mkfifo):
        try:
            way(f"{folder}/@TOKEN@-left")
            print("left in", folder)
        except OSError as error:
            print(error)
