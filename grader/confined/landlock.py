"""Landlock: a process gives up, for good, every file, TCP port and signal it has no rule for.

The constants are those of the kernel's `include/uapi/linux/landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

from grader.confined.system import syscall

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_DIR, _MAKE_REG, _REFER, _TRUNCATE = 1 << 7, 1 << 8, 1 << 13, 1 << 14
_OF_FILES = _WRITE_FILE | _READ_FILE | _TRUNCATE
_SCRATCH = _OF_FILES | _READ_DIR | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER
_FILE_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
_NO_AUDIT_LOG = 1
NEWEST_KNOWN_ABI = 7


class _Attributes(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def abi() -> int:
    """The kernel's version of Landlock, at most the newest known here; 0 where there is none."""
    try:
        return min(syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1), NEWEST_KNOWN_ABI)
    except OSError:
        return 0


def open_readable(places: Iterable[tuple[str, bool]]) -> list[tuple[int, int]]:
    """Rules that allow reading (or only listing) places and what lies beneath; those that don't exist are passed over.

    Returns
    -------
    list of (int, int)
        Pairs of a file descriptor and the rights given, for `restrict`.
    """
    rules = []
    for path, files_too in places:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        rules.append((fd, _reading_rights(os.fstat(fd).st_mode) if files_too else _READ_DIR))
    return rules


def restrict(version: int, readable: Iterable[tuple[int, int]], scratch: str) -> None:
    """Leave this process the readable places and its scratch folder, and nothing else. Can't be undone.

    Closes the rules' file descriptors.
    """
    handled = (1 << _FILE_RIGHTS_BY_ABI[min(version, 5)]) - 1
    attributes = _Attributes(
        handled, _BIND_AND_CONNECT_TCP if version >= 4 else 0, _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), 0)
    for fd, rights in readable:
        _allow(ruleset, fd, rights & handled)
        os.close(fd)
    fd = os.open(scratch, os.O_PATH | os.O_CLOEXEC)
    _allow(ruleset, fd, _SCRATCH & handled)
    syscall(_RESTRICT_SELF, ruleset, _NO_AUDIT_LOG if version >= 7 else 0)
    os.close(fd)
    os.close(ruleset)


def _allow(ruleset: int, fd: int, rights: int) -> None:
    path_beneath = 1
    syscall(_ADD_RULE, ruleset, path_beneath, ctypes.byref(_PathBeneath(rights, fd)), 0)


def _reading_rights(mode: int) -> int:
    if stat.S_ISDIR(mode):
        return _READ_FILE | _READ_DIR
    return _OF_FILES if stat.S_ISCHR(mode) else _READ_FILE
