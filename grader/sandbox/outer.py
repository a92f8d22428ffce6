"""The outer wall around a warm parent: bubblewrap where it works, else namespaces of its own, else none.

Behind either there is a file system that holds nothing but what a submission may read, no network, and no other
process. It stands around the walls of `grader.confined.walls`, which hold with or without it.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = "/scratch"
BUBBLEWRAP, NAMESPACES, NONE = "bubblewrap", "namespaces", "none"
_OWN_NAMESPACES = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
_CAPABILITIES = ("SETUID", "SETGID", "CHOWN", "KILL", "DAC_OVERRIDE", "FOWNER")
_AT_THE_START = "SYS_ADMIN"  # to make a scratch folder of so many files and no more; then it is given up
_ENTERING = """
import json, sys
sys.path.append(sys.argv[1])
from grader.confined import system
system.enter_namespaces()
system.enter_root(**json.loads(sys.argv[2]))
"""
_LINKED = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")


@functools.cache
def best() -> tuple[str, str]:
    """The strongest outer wall that works here, and why a stronger one does not.

    Returns
    -------
    kind : {"bubblewrap", "namespaces", "none"}
    reason : str
        Empty for bubblewrap.
    """
    if sys.platform != "linux":
        return NONE, "not Linux"
    reason = _failure_of_bubblewrap()
    if not reason:
        return BUBBLEWRAP, ""
    failure = _failure_of_namespaces()
    return (NONE, f"{reason}; namespaces don't work here: {failure}") if failure else (NAMESPACES, reason)


def works(kind: str) -> bool:
    """Whether this outer wall can be had here."""
    failures = {BUBBLEWRAP: _failure_of_bubblewrap, NAMESPACES: _failure_of_namespaces}
    return kind == NONE or (sys.platform == "linux" and not failures[kind]())


def bubblewrap(readable: Iterable[Path], hidden: Iterable[Path], size: int) -> list[str]:
    """The start of a command line that puts the rest of it behind bubblewrap.

    Parameters
    ----------
    readable : iterable of Path
        Folders and files to be seen inside, read-only, where they are outside.
    hidden : iterable of Path
        Folders and files inside those, to be seen empty.
    size : int
        Bytes of the scratch folder, which is at `SCRATCH`.
    """
    command = [shutil.which("bwrap") or "bwrap", *_OWN_NAMESPACES, "--cap-drop", "ALL"]
    capabilities = [*(_CAPABILITIES if os.geteuid() == 0 else ()), _AT_THE_START]
    command += [word for name in capabilities for word in ("--cap-add", f"CAP_{name}")]
    places = sorted(place for place in readable if place.parts[1] not in ("dev", "proc") and str(place) not in _LINKED)
    folders = sorted({folder for place in places for folder in place.parents if folder != Path("/")})
    command += [word for folder in folders for word in ("--perms", "0755", "--dir", str(folder))]
    command += [word for place in places for word in ("--ro-bind", str(place), str(place))]
    command += [word for place in hidden for word in _emptied(place)]
    command += [word for folder in _LINKED for word in _as_it_is(Path(folder))]
    command += ["--proc", "/proc", "--dev", "/dev", "--perms", "0711", "--size", str(size), "--tmpfs", SCRATCH]
    return [*command, "--remount-ro", "/", "--chdir", SCRATCH, "--"]


def namespaces(readable: Iterable[Path], hidden: Iterable[Path]) -> dict[str, list[str]]:
    """The same for `grader.confined.system.enter_root`."""
    places = [*(folder for folder in map(Path, _LINKED) if folder.exists()), *readable]
    return {"places": sorted({str(place) for place in places}), "covered": [*map(str, hidden)], "scratch": SCRATCH}


def _emptied(place: Path) -> tuple[str, ...]:
    return ("--tmpfs", str(place)) if place.is_dir() else ("--ro-bind", os.devnull, str(place))


def _as_it_is(folder: Path) -> tuple[str, ...]:
    if folder.is_symlink():
        return ("--symlink", str(folder.readlink()), str(folder))
    return ("--ro-bind", str(folder), str(folder)) if folder.exists() else ()


def _failure_of_bubblewrap() -> str:
    if not shutil.which("bwrap"):
        return "bubblewrap is not installed"
    failure = _failure([*bubblewrap([Path("/usr")], [], 2**20), "/usr/bin/true"])
    return f"bubblewrap does not work here: {failure}" if failure else ""


def _failure_of_namespaces() -> str:
    return _failure([sys.executable, "-c", _ENTERING, str(ROOT), json.dumps(namespaces([Path("/usr")], []))])


def _failure(command: list[str]) -> str:
    """Why a command fails; empty if it doesn't."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
