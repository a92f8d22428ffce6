"""What libraries read about the machine and themselves under /proc, which learners' code can't open.

Told are the processors and the memory as they were when the warm parent started, which is the same for everybody,
and which shared libraries this process has loaded, as the loader has them. Nothing else of /proc is.
"""

from __future__ import annotations

import builtins
import ctypes
import io
import os
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

SAME_FOR_ALL = ("/proc/cpuinfo", "/proc/meminfo")
MAPS = "/proc/self/maps"


class _Library(ctypes.Structure):
    _fields_ = [("address", ctypes.c_void_p), ("name", ctypes.c_char_p)]


def answer_from_memory() -> None:
    """Have `open` answer for these files. To be called where they can still be read."""
    known: dict[str, Callable[[], bytes]] = {MAPS: loaded_libraries}
    for name in SAME_FOR_ALL:
        with suppress(OSError):
            known[name] = Path(name).read_bytes().__bytes__
    io.open = builtins.open = _answering(known, builtins.open)


def loaded_libraries() -> bytes:
    """The shared libraries of this process, a line each, as the kernel's list of what is mapped has their names."""
    names: list[bytes] = []
    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Library), ctypes.c_size_t, ctypes.c_void_p)
    take = kind(lambda library, size, data: names.append(library.contents.name or b"") or 0)
    ctypes.CDLL(None).dl_iterate_phdr(take, None)
    return b"".join(b"0-0 r-xp 00000000 00:00 0 %s\n" % name for name in names if name.startswith(b"/"))


def _answering(known: dict[str, Callable[[], bytes]], original: Callable) -> Callable:
    @wraps(original)
    def open(file: Any, mode: str = "r", *args: Any, **kw: Any) -> Any:
        __tracebackhide__ = True  # of a line that can't open its file, learners see that line
        name = os.fspath(file) if isinstance(file, str | os.PathLike) else None
        if name in known and isinstance(mode, str) and not set(mode) - set("rbt"):
            text = known[name]()
            return io.BytesIO(text) if "b" in mode else io.StringIO(text.decode("utf-8", "replace"))
        return original(file, mode, *args, **kw)

    return open
