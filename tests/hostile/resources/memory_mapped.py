# Maps memory where nobody counts: anonymous, shared, growing the heap and the stack.
import ctypes
import mmap

libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
maps = []
for kind in (mmap.MAP_PRIVATE, mmap.MAP_SHARED):
    try:
        for _ in range(100):
            maps.append(mmap.mmap(-1, 2**26, kind | mmap.MAP_ANONYMOUS))
            maps[-1].write(b"x" * 2**26)
    except (OSError, MemoryError) as error:
        print(error)
print(libc.sbrk(ctypes.c_ssize_t(2**33)), libc.mlockall(3))
