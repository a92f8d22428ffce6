# Asks the kernel for sockets directly.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
print([libc.syscall(number, family, 1, 0) for number in (41, 53, 42, 49, 50, 43) for family in (1, 2, 10, 16, 40)])
print(libc.socket(2, 1, 0), libc.socketpair(1, 1, 0, (ctypes.c_int * 2)()))
