"""Linux system calls Python has no function for, by ctypes."""

from __future__ import annotations

import ctypes
import functools
import os
import signal

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 36, 38
_MOUNTS, _HOST_NAME, _SYSTEM_V, _USERS, _PROCESSES, _NETWORK = (
    0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: object) -> int:
    """Make system call `number`; raise OSError if it fails."""
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, value: int, more: int = 0) -> None:
    """Set a property of this process."""
    _checked(_libc().prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(more), 0, 0))


def enter_namespaces() -> None:
    """Move on, as a new process, into namespaces of its own: no network, no other process, mounts of its own.

    The process that called stays behind and ends when the new one does.
    """
    uid, gid = os.geteuid(), os.getegid()
    wanted = _MOUNTS | _HOST_NAME | _SYSTEM_V | _PROCESSES | _NETWORK
    try:
        _checked(_libc().unshare(wanted))
    except PermissionError:
        _checked(_libc().unshare(wanted | _USERS))
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    recursive, private = 0x4000, 0x40000
    _checked(_libc().mount(b"none", b"/", None, ctypes.c_ulong(recursive | private), None))
    child = os.fork()
    if child:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def mount_in_memory(target: str, options: str) -> None:
    """Mount an empty file system: nothing on it can be executed or be a device."""
    no_suid_dev_exec = 0x2 | 0x4 | 0x8
    _checked(_libc().mount(b"tmpfs", target.encode(), b"tmpfs", ctypes.c_ulong(no_suid_dev_exec), options.encode()))


def unmount(target: str) -> None:
    """Take away a mounted file system, whoever still uses it."""
    detach = 2
    _checked(_libc().umount2(target.encode(), detach))


def drop_capabilities() -> None:
    """Give up every capability of this process."""
    version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _checked(_libc().capset(version_3, (ctypes.c_uint32 * 6)()))


def _checked(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
