# Takes its own walls down: a new filter, new rules, a dump of itself, other limits.
import ctypes
import resource

libc = ctypes.CDLL(None, use_errno=True)
print(libc.prctl(22, 0, 0, 0, 0), libc.prctl(38, 0, 0, 0, 0), libc.prctl(4, 1, 0, 0, 0), libc.prctl(1, 0, 0, 0, 0))
print(libc.prctl(36, 1, 0, 0, 0), libc.prctl(8, 1, 0, 0, 0), libc.prctl(23, 0, 0, 0, 0), libc.prctl(35, 1, 0, 0, 0))
print([libc.syscall(number, 0, 0, 0) for number in (444, 445, 446, 317)])
for kind in range(16):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("no limit of", kind)
    except (OSError, ValueError) as error:
        print(error)
