# Leaves messages in shared memory, semaphores and queues.
import ctypes
import os
from multiprocessing import shared_memory

libc = ctypes.CDLL(None, use_errno=True)
for number in (29, 64, 68, 240):
    print(number, libc.syscall(number, 0x1234, 4096, 0o1666))
for attempt in (
    lambda: shared_memory.SharedMemory("@TOKEN@", create=True, size=4096),
    lambda: os.memfd_create("@TOKEN@"),
    lambda: open("/dev/shm/@TOKEN@", "w"),
    lambda: __import__("multiprocessing").Semaphore(),
    lambda: __import__("multiprocessing").Queue(),
):
    try:
        attempt()
        print("left")
    except OSError as error:
        print(error)
