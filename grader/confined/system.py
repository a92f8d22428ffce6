"""Linux system calls Python has no function for, by ctypes."""

from __future__ import annotations

import ctypes
import functools
import os
import re
import signal
from collections.abc import Iterable

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 36, 38
_MOUNTS, _HOST_NAME, _SYSTEM_V, _USERS, _PROCESSES, _NETWORK = (
    0x20000,
    0x4000000,
    0x8000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
_LARGE, _COLLAPSE = 2**21, 25
_BIND, _MOVE, _RECURSIVE, _NO_SUID_DEV_EXEC = 0x1000, 0x2000, 0x4000, 0x2 | 0x4 | 0x8


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: object) -> int:
    """Make system call `number`; raise OSError if it fails."""
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, value: int, more: int = 0) -> None:
    """Set a property of this process."""
    _checked(_libc().prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(more), 0, 0))


def use_large_pages() -> None:
    """Have the kernel hold what this process has in memory in large pages, where it can.

    A fork copies tables of pages, and its end undoes them: of large ones there are few.
    """
    with open(f"/proc/{os.getpid()}/maps") as file:  # by its number: "self" may be answered from memory
        found = re.findall(r"(?m)^([0-9a-f]+)-([0-9a-f]+) rw-p \S+ \S+ 0 ", file.read())
    for first, end in (
        (-(-int(first, 16) // _LARGE) * _LARGE, int(end, 16) // _LARGE * _LARGE) for first, end in found
    ):
        if first < end:
            _libc().madvise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), _COLLAPSE)


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
    private = 0x40000
    _mount("none", "/", flags=_RECURSIVE | private)
    child = os.fork()
    if child:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def enter_sibling() -> bool:
    """Fork a process that numbers its own from one on, beside this process's, and has mounts of its own.

    Returns
    -------
    bool
        Whether this is the new process.

    Raises
    ------
    PermissionError
        If there can be none here.
    """
    between = os.fork()
    if between:
        if os.waitpid(between, 0)[1]:
            raise PermissionError("no namespaces inside namespaces")
        return False
    try:
        _checked(_libc().unshare(_MOUNTS | _PROCESSES))
        if os.fork():
            os._exit(0)
        _mount("proc", "/proc", "proc", _NO_SUID_DEV_EXEC)
    except BaseException:
        os._exit(1)
    return True


def enter_root(places: Iterable[str], covered: Iterable[str], scratch: str) -> None:
    """Leave this mount namespace nothing to see but these places, read-only, and an empty folder for scratch.

    Nobody inside can ask even whether another file exists; nor, of those that are there, when it was last read.

    Parameters
    ----------
    places : iterable of str
        Folders and files, each where it was.
    covered : iterable of str
        Folders and files inside those, to be seen empty.
    """
    new = "/proc"  # where nothing lies that is wanted
    os.umask(0o022)
    _mount("tmpfs", new, "tmpfs", 0, "mode=755")
    for place in places:
        _show(place, new + place)
    for place in covered:
        _mount("tmpfs", new + place, "tmpfs") if os.path.isdir(place) else _mount("/dev/null", new + place, flags=_BIND)
    for folder in (scratch, "/proc"):
        os.makedirs(new + folder, exist_ok=True)
    _make_read_only(new)
    _mount("proc", new + "/proc", "proc", _NO_SUID_DEV_EXEC)
    os.chdir(new)
    _mount(".", "/", flags=_MOVE)
    os.chroot(".")
    os.chdir("/")


def _show(place: str, target: str) -> None:
    if os.path.islink(place):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(place), target)
        return
    folder = target if os.path.isdir(place) else os.path.dirname(target)
    os.makedirs(folder, exist_ok=True)
    if folder != target:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
    _mount(place, target, flags=_BIND | _RECURSIVE)


def _make_read_only(folder: str) -> None:
    """Make a mount and all below it read-only: also, nobody takes down there when a file was read."""
    mount_setattr, here, recursive, read_only = 442, -100, 0x8000, 1
    attributes = (ctypes.c_uint64 * 4)(read_only, 0, 0, 0)
    syscall(mount_setattr, ctypes.c_int(here), folder.encode(), ctypes.c_uint(recursive),
            ctypes.byref(attributes), ctypes.c_size_t(ctypes.sizeof(attributes)))  # fmt: skip


def mount_in_memory(target: str, options: str) -> None:
    """Mount an empty file system: nothing on it can be executed or be a device."""
    _mount("tmpfs", target, "tmpfs", _NO_SUID_DEV_EXEC, options)


def _mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    texts = (text.encode() if text else None for text in (source, target, kind))
    _checked(_libc().mount(*texts, ctypes.c_ulong(flags), options.encode() if options else None))


def give_up_mounting() -> None:
    """Give up the one capability that mounts, and much else."""
    sys_admin, sets = 21, (ctypes.c_uint32 * 6)()
    _checked(_libc().capget(_capabilities(), sets))
    for place in (0, 1, 2):  # effective, permitted, inheritable
        sets[place] &= ~(1 << sys_admin)
    _checked(_libc().capset(_capabilities(), sets))


def drop_capabilities() -> None:
    """Give up every capability of this process."""
    _checked(_libc().capset(_capabilities(), (ctypes.c_uint32 * 6)()))


def _capabilities() -> ctypes.Array:
    version_3 = 0x20080522
    return (ctypes.c_uint32 * 2)(version_3, 0)


def _checked(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
