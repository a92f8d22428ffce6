# Has signals sent for it: by timers, by file descriptors, by queues, by other people's limits.
import ctypes
import fcntl
import os
import resource
import signal

libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
for attempt in (
    lambda: signal.pidfd_send_signal(os.pidfd_open(parent), 9),
    lambda: fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, parent),
    lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (0, 0)),
    lambda: resource.prlimit(int("@PID@"), resource.RLIMIT_NOFILE, (0, 0)),
    lambda: os.setpriority(os.PRIO_PROCESS, parent, 19),
    lambda: os.sched_setaffinity(parent, {0}),
    lambda: print(libc.sigqueue(parent, 9, None), libc.syscall(129, parent, 9, None), libc.syscall(297, parent, 1, 9)),
    lambda: print(libc.syscall(62, parent, 9), libc.syscall(200, parent, 9), libc.syscall(234, parent, parent, 9)),
):
    try:
        attempt()
    except OSError as error:
        print(error)
