"""Raising the walls around one submission's process, from the inside, in the order they need.

Every function puts protections in force that the learner's code, which runs later in the same process, can't undo.
One that fails raises: a submission runs behind all the walls that were planned, or not at all.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.confined import landlock, syscalls, system
from grader.confined.limits import Limits


@dataclass(frozen=True)
class Plan:
    """What to put in force; worked out once by the warm parent.

    Attributes
    ----------
    confine : bool
        False only where an instructor asked for no isolation.
    landlock_abi : int
    uid : int or None
        The user to become; None to stay who we are.
    user_threads : int
        Threads this user has running already.
    address_space : int
        Bytes the warm parent has mapped.
    readable : tuple
        Landlock rules, from `landlock.open_readable`.
    filter : bytes
        From `syscalls.compile_filter`.
    """

    confine: bool
    landlock_abi: int
    uid: int | None
    user_threads: int
    address_space: int
    readable: tuple[tuple[int, int], ...]
    filter: bytes


class WallError(Exception):
    """A protection could not be put in force."""


def raise_walls(plan: Plan, limits: Limits, scratch: str) -> list[str]:
    """Confine this process; return the names of what is in force."""
    walls: list[tuple[str, Callable[[], None]]] = [("resource limits", lambda: limit_resources(plan, limits))]
    if plan.confine:
        walls += [
            ("user", lambda: become(plan.uid)),
            ("no new privileges", lambda: system.prctl(system.PR_SET_NO_NEW_PRIVS, 1)),
            ("death with parent", lambda: system.prctl(system.PR_SET_PDEATHSIG, signal.SIGKILL)),
            ("no tracing", lambda: system.prctl(system.PR_SET_DUMPABLE, 0)),
            ("landlock", lambda: landlock.restrict(plan.landlock_abi, plan.readable, scratch)),
            ("open files", lambda: _bound(resource.RLIMIT_NOFILE, limits.open_files)),
            ("seccomp", lambda: syscalls.restrict(plan.filter)),
        ]
    return [_put_in_force(name, wall) for name, wall in walls]


def _put_in_force(name: str, wall: Callable[[], None]) -> str:
    try:
        wall()
    except Exception as error:
        raise WallError(f"{name}: {error}") from error
    return name


def limit_resources(plan: Plan, limits: Limits) -> None:
    """Bound what the kernel can count for a single process, and be the first to go when memory runs out."""
    os.nice(5)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    bounds = {
        resource.RLIMIT_CPU: int(limits.session_seconds) + 10,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_CORE: 0,
    }
    if plan.confine:
        bounds |= {
            resource.RLIMIT_AS: plan.address_space + limits.memory,
            resource.RLIMIT_NPROC: plan.user_threads + limits.threads,
            resource.RLIMIT_MEMLOCK: 0,
            resource.RLIMIT_MSGQUEUE: 0,
            resource.RLIMIT_STACK: 8 * 2**20,
        }
    for kind, most in bounds.items():
        _bound(kind, most)


def _bound(kind: int, most: int) -> None:
    ceiling = resource.getrlimit(kind)[1]
    bound = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    resource.setrlimit(kind, (bound, bound))


def become(uid: int | None) -> None:
    """Drop root for an unprivileged user, and every capability with it."""
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    system.drop_capabilities()


def close_all_but(keep: set[int]) -> None:
    """Close every file descriptor that isn't named; 0, 1 and 2 lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in range(3):
        os.dup2(nowhere, fd)
    last = 2
    for fd in sorted(keep):
        os.closerange(last + 1, fd)
        last = fd
    os.closerange(last + 1, 65536)
