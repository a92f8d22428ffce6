# Kills the grader, its parent, its group, everybody.
import os
import signal

for pid in {os.getppid(), int("@PID@"), 1, 0, -1, -os.getpgid(0), *range(2, 40)} - {os.getpid()}:
    for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
        try:
            if pid not in (0, -os.getpgid(0)) or number == signal.SIGKILL:
                os.kill(pid, number)
        except OSError as error:
            print(pid, error)
