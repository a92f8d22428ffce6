# Reads a file that belongs to the instructor, in every way there is.
import mmap
import os
import pathlib
import shutil

path = "@SECRET@"
ways = {
    "open": lambda: open(path).read(),
    "os.open": lambda: os.read(os.open(path, os.O_RDONLY | os.O_NONBLOCK), 1000),
    "read_text": lambda: pathlib.Path(path).read_text(),
    "copy": lambda: (shutil.copy(path, "copy"), open("copy").read()),
    "mmap": lambda: mmap.mmap(os.open(path, os.O_RDWR), 0).read(),
    "link": lambda: (os.link(path, "linked"), open("linked").read()),
    "symlink": lambda: (os.symlink(path, "symlinked"), open("symlinked").read()),
    "rename": lambda: (os.rename(path, "renamed"), open("renamed").read()),
    "O_PATH": lambda: os.open(f"/proc/self/fd/{os.open(path, os.O_PATH)}", os.O_RDONLY),
    "openat": lambda: os.open("../" * 30 + path[1:], os.O_RDONLY),
    "dot dot": lambda: open(f"{'../' * 30}{path[1:]}").read(),
    "bytes": lambda: open(os.fsencode(path), "rb").read(),
    "numpy": lambda: __import__("numpy").fromfile(path, dtype="u1").tobytes(),
    "sendfile": lambda: os.sendfile(os.open("s", os.O_CREAT | os.O_WRONLY), os.open(path, os.O_RDONLY), 0, 1000),
    "listdir": lambda: os.listdir(os.path.dirname(path)),
}
for name, way in ways.items():
    try:
        print(name, way())
    except Exception as error:
        print(name, type(error).__name__)
