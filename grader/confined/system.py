"""Linux system calls Python has no function for, by ctypes."""

from __future__ import annotations

import ctypes
import os

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 36, 38
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = (
    0x20000, 0x4000000, 0x8000000, 0x10000000, 0x40000000,
)  # fmt: skip

_libc = ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: object) -> int:
    """Make system call `number`; raise OSError if it fails."""
    return _checked(_libc.syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, value: int, more: int = 0) -> None:
    """Set a property of this process."""
    _checked(_libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(more), 0, 0))


def unshare(flags: int) -> None:
    """Move this process into namespaces of its own."""
    _checked(_libc.unshare(ctypes.c_int(flags)))


def mount(kind: str, target: str, options: str) -> None:
    """Mount a file system that needs no device: nothing on it can be executed or be a device."""
    no_suid_dev_exec = 0x2 | 0x4 | 0x8
    _checked(_libc.mount(kind.encode(), target.encode(), kind.encode(), no_suid_dev_exec, options.encode()))


def make_mounts_private() -> None:
    """Keep this process's mounts from showing up elsewhere."""
    recursive, private = 0x4000, 0x40000
    _checked(_libc.mount(b"none", b"/", None, recursive | private, None))


def drop_capabilities() -> None:
    """Give up every capability of this process."""
    version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _checked(_libc.capset(version_3, (ctypes.c_uint32 * 6)()))


def _checked(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
