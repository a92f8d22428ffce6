# Looks into other processes: open files, memory, maps, working folders.
import os

for pid in ("self", "@PID@", str(os.getppid()), "1"):
    for name in ("maps", "mem", "fd", "root", "cwd", "exe", "stack", "status", "task", "mountinfo", "auxv"):
        path = f"/proc/{pid}/{name}"
        try:
            print(path, os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(4096), os.readlink(path))
        except OSError as error:
            print(path, error)
for path in ("/proc/@PID@/root@SECRET@", "/proc/@PID@/cwd/course/gradebook.db", "/proc/kcore", "/dev/mem"):
    try:
        print(open(path, "rb").read(100))
    except OSError as error:
        print(path, error)
