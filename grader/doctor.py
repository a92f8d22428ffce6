"""What protects this machine from learners' code, how to enable what doesn't, and what a course lacks yet.

For `grader doctor`. No wall is taken on trust: a process is confined as a submission's would be, and tries to get out.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.confined import landlock
from grader.errors import GraderError
from grader.marking.table import printable
from grader.sandbox import outer
from grader.sandbox.sandbox import Sandbox, missing_walls

if TYPE_CHECKING:
    from grader.nbgrader.ready import Part

_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_DEBIAN = Path("/proc/sys/kernel/unprivileged_userns_clone")
_USERS = Path("/proc/self/uid_map")
_MOST = Path("/proc/sys/user/max_user_namespaces")


_WITHOUT = (
    "; nothing stands in for it: a submission may ask of any file whether it exists, how large it is and when it was "
    "read, and so tell its maker some of the inputs that others were examined on"
)


NOT_HERE = (
    ("other programs: `subprocess`, `os.fork`, compilers", "import subprocess\nsubprocess.run(['ls'])"),
    (
        "a network: downloads, sockets, a display server",
        "import urllib.request\nurllib.request.urlopen('http://1.1.1.1')",
    ),
    ("files outside the notebook's own folder", "open('/etc/passwd')"),
    ("symbolic links", "import os\nos.symlink('a', 'b')"),
    ("packages that aren't installed here", "import a_package_that_is_nowhere"),
)
"""What honest notebooks do that can't work while they are graded, and how it can be seen.

A line of a cell that needs one of these is shown with its error, and the rest of the cell is run.
"""


@dataclass(frozen=True)
class Protection:
    """One protection on this machine.

    Attributes
    ----------
    name : str
    in_force : bool
    detail : str
        What it keeps a submission from, or why it is not in force.
    enable : str
        The command that would enable it; empty where it is in force or nothing can be done.
    required : bool
        Whether grading refuses to work without it.
    promise : int
        Which of SECURITY.md's promises holds only in part without it; 0 for none.
    """

    name: str
    in_force: bool
    detail: str
    enable: str = ""
    required: bool = False
    promise: int = 0


def protections() -> list[Protection]:
    """Every protection, in force on this machine or not."""
    found = [*_of_landlock(), _of_seccomp(), _of_outer_wall()]
    return found if missing_walls() else [*found, *_tried_out()]


def doctor(course: Path) -> int:
    """Examine this machine and a course, print what was found; returns 0 if submissions can be graded here, else 1."""
    from grader.nbgrader import ready

    parts = list(ready.parts(course))
    code = show(protections())
    show_course(course, parts)
    return code


def show_course(course: Path, parts: Iterable[Part]) -> None:
    """Print what a course has, and what makes the rest ready."""
    console, table = _table(f"course {course}", "what there is, or what is missing")
    for part in parts:
        more = f"\nto mend it: {part.mend}" if part.mend else ""
        sign = "[green]ready" if part.ready else "[yellow]not yet"
        table.add_row(part.name, sign, escape(printable(part.detail) + more))
    console.print(table)


def show(found: list[Protection]) -> int:
    """Print protections; returns 0 if none that is required is missing, else 1."""
    console, table = _table("protection", "what it does, or what is missing")
    for protection in found:
        missing = "[red]MISSING" if protection.required else "[yellow]not here"
        sign = "[green]in force" if protection.in_force else missing
        more = f"\nto enable it: {protection.enable}" if protection.enable else ""
        table.add_row(protection.name, sign, escape(protection.detail + more))
    console.print(table)
    ready = all(protection.in_force for protection in found if protection.required)
    verdict = "can be graded here." if ready else "can't be confined here: grading refuses."
    console.print("Learners' code", verdict)
    if ready:
        console.print(_promised({protection.promise for protection in found if not protection.in_force} - {0}))
        console.print("\nWhat notebooks do without while they are graded (the rest of such a cell is run):")
        console.print("\n".join(f"  • {what}" for what, _ in NOT_HERE), highlight=False)
    return 0 if ready else 1


def _promised(in_part: Collection[int]) -> str:
    """Which of the six promises hold here."""
    whole = ", ".join(str(promise) for promise in range(1, 7) if promise not in in_part)
    part = f"; in part, see above: {', '.join(map(str, sorted(in_part)))}" if in_part else ""
    return f"Promises of SECURITY.md that hold here: {whole}{part}."


def _table(first: str, last: str) -> tuple[Console, Table]:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in (first, "", last):
        table.add_column(heading, overflow="fold")
    return Console(), table


def _of_landlock() -> Iterator[Protection]:
    version = landlock.abi() if sys.platform == "linux" else 0
    kernel = "a Linux kernel, {} or newer, started with lsm=landlock,… (see /sys/kernel/security/lsm)"
    rows = (
        ("Landlock: files", 1, "5.13", "reads only packages and system libraries, writes only its scratch folder"),
        ("Landlock: truncation", 3, "6.2", "empties no file"),
        ("Landlock: TCP", 4, "6.7", "neither listens nor connects"),
        ("Landlock: signals", 6, "6.12", "signals no other process"),
    )
    for name, since, release, detail in rows:
        if version >= since:
            yield Protection(name, True, detail, required=since == 1)
        else:
            why = f"this kernel's Landlock has version {version}, this needs {since}"
            why += "" if since == 1 else "; seccomp stands in for it"
            yield Protection(name, False, why, kernel.format(release), since == 1)


def _of_seccomp() -> Protection:
    broken = [reason for reason in missing_walls() if "seccomp" in reason]
    if broken:
        return Protection("seccomp", False, broken[0], "sudo apt install libseccomp2", True)
    detail = "starts no process and no program, opens no socket, mounts and traces nothing"
    return Protection("seccomp", True, detail, required=True)


def _of_outer_wall() -> Protection:
    kind, reason = outer.best()
    name = "bubblewrap"
    if kind == outer.BUBBLEWRAP:
        return Protection(name, True, "sees no other file, no other process, no network")
    instead = "; own namespaces stand in for it" if kind == outer.NAMESPACES else _WITHOUT
    promise = 0 if kind == outer.NAMESPACES else 4
    return Protection(name, False, reason + instead, " && ".join(_to_enable_namespaces(reason)), promise=promise)


def _to_enable_namespaces(reason: str) -> Iterator[str]:
    if "not installed" in reason:
        yield "sudo apt install bubblewrap"
    for setting, bad, good in ((_APPARMOR, "1", "0"), (_DEBIAN, "0", "1"), (_MOST, "0", "10000")):
        if setting.exists() and setting.read_text().strip() == bad:
            yield f"sudo sysctl {'.'.join(setting.parts[3:])}={good}"


def _tried_out() -> Iterable[Protection]:
    try:
        with Sandbox() as sandbox, sandbox.session() as session:
            walls, greeting = sandbox.walls, sandbox.greeting
            cost = f"{1000 * session.timings['confine']:.1f} ms a submission"
    except GraderError as error:
        return [Protection("trial from inside", False, str(error), required=True)]
    return [
        _of_user(greeting["uid"]),
        _of_apartness(greeting["parted"]),
        _of_files(greeting["bounded"]),
        Protection("own limits", "resource limits" in walls, "processor time, memory, file size, threads, open files"),
        Protection("trial from inside", True, f"a process tried to get out and could not; {cost}", required=True),
    ]


def _of_apartness(parted: bool) -> Protection:
    if parted:
        return Protection("shown runs apart", True, "what may be shown is run where nothing hidden has ever been")
    why = "what was run on hidden inputs leaves traces, such as numbers of processes, that a later submission may show"
    return Protection("shown runs apart", False, why, promise=2)


def _of_files(bounded: bool) -> Protection:
    if bounded:
        return Protection("files bounded", True, "the kernel lets a submission make so many files and no more")
    return Protection(
        "files bounded", False, "a submission's files are counted twenty times a second, not by the kernel"
    )


def _of_user(uid: int | None) -> Protection:
    name = "user of its own"
    if uid is not None:
        return Protection(name, True, f"submissions run as user {uid}, who owns nothing")
    if os.geteuid() != 0:
        return Protection(name, False, "submissions run as you; only root can give them another user")
    if _only_root():
        why = "submissions run as root, but without root's powers: this container has no other user"
        return Protection(name, False, why)
    why = f"submissions run as root, but without root's powers: no other user can reach {sys.base_prefix}"
    return Protection(name, False, why, "" if shutil.which("bwrap") else "sudo apt install bubblewrap")


def _only_root() -> bool:
    """Whether this user namespace knows no user but root."""
    ranges = [line.split() for line in _USERS.read_text().splitlines()]
    return all(int(first) + int(count) <= 1 for first, _, count in ranges)
