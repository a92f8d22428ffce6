"""Starting the warm parent: with which interpreter, environment, open files and outer walls."""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader.confined.limits import Limits
from grader.quick_start import ONE_THREAD
from grader.sandbox import outer

LEARNERS_PACKAGE = "unrolled"
_ROOT = outer.ROOT
_OF_THE_WARM_PARENT = (_ROOT / "grader" / "__init__.py", _ROOT / "grader" / "confined")
_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/dev/null", "/dev/zero",
    "/dev/random", "/dev/urandom", "/sys/devices/system/cpu",
)  # fmt: skip
_NEVER_READABLE = ("solutions", "lessons", "notebooks", "course", "grader", "tests")
_BOOTSTRAP = """
import gc, json, site, sys
gc.disable()
site.sethelper()
config = json.loads(sys.argv[1])
sys.prefix, sys.exec_prefix = config["prefixes"]
sys.path += config["path"]
if config["outer"] == "namespaces":
    from grader.confined import system
    system.enter_namespaces()
    system.enter_root(**config["root"])
import grader.confined.warm
sys.path[:] = [folder for folder in sys.path if folder not in config["forget"]]
sys.path.insert(len(sys.path) - len(config["path"]) + len(config["forget"]), "")
grader.confined.warm.main()
"""
_FIRST_UID, _UIDS_OF_A_PROCESS = 0x70000000, 16
_started = itertools.count()


def secrets_of_course() -> list[Path]:
    """What belongs to the course and must stay out of learners' sight."""
    return [path for name in _NEVER_READABLE if (path := _ROOT / name).exists()]


def readable_roots() -> list[Path]:
    """What confined code may read: interpreter, packages, system libraries, and the learners' package."""
    package = importlib.util.find_spec(LEARNERS_PACKAGE).submodule_search_locations[0]
    wanted = {Path(place).resolve() for place in (*_SYSTEM, sys.prefix, sys.base_prefix, *_site_folders(), package)}
    return sorted(place for place in wanted if place.exists() and not any(above in wanted for above in place.parents))


def readable_places(roots: Iterable[Path], hidden: Iterable[Path]) -> list[tuple[str, bool]]:
    """`roots` without what is hidden.

    Returns
    -------
    list of (str, bool)
        Paths, and whether files may be read there or only names be listed.
    """
    hidden = {path.resolve() for path in hidden}
    return [place for root in roots for place in _spread(root, hidden)]


@dataclass(frozen=True)
class Started:
    """A warm parent that has been started.

    Attributes
    ----------
    process : Popen
        It, or the outer wall it stands in. Leads a process group of its own.
    controls : tuple of socket
        Where it takes commands: for runs on hidden inputs, and for those that may be shown.
    scratch : Path or None
        Its folder, if it is to be seen from outside.
    """

    process: subprocess.Popen
    controls: tuple[socket.socket, socket.socket]
    scratch: Path | None


def start(limits: Limits, confine: bool, hidden: Iterable[Path], kind: str, last_words: Any) -> Started:
    """Start a warm parent.

    Parameters
    ----------
    kind : {"bubblewrap", "namespaces", "none"}
        The outer wall.
    last_words : file
        Where the process writes its errors.
    """
    (ours, theirs), (ours_shown, theirs_shown) = socket.socketpair(), socket.socketpair()
    given = [theirs.fileno(), theirs_shown.fileno()]
    scratch = _new_folder(limits) if kind == outer.NONE else None
    inside = str(scratch or outer.SCRATCH)
    roots = readable_roots() if confine else []
    readable = readable_places(roots, hidden)
    config = _configuration(limits, confine, kind, given, inside) | {"readable": readable}
    seen = [*roots, *_OF_THE_WARM_PARENT], [path for path in hidden if any(r in path.resolve().parents for r in roots)]
    if kind == outer.NAMESPACES:
        config["root"] = outer.namespaces(*seen)
    command = [sys.executable, "-s", "-P", "-S", "-B", "-c", _BOOTSTRAP, json.dumps(config)]
    if kind == outer.BUBBLEWRAP:
        command = [*outer.bubblewrap(*seen, limits.scratch), *command]
    with theirs, theirs_shown:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=last_words, cwd="/",
            env=_environment(inside), pass_fds=given, start_new_session=True,
        )  # fmt: skip
    return Started(process, (ours, ours_shown), scratch)


def _configuration(limits: Limits, confine: bool, kind: str, controls: list[int], scratch: str) -> dict[str, Any]:
    needed = [Path(place) for place in (sys.prefix, sys.base_prefix, _ROOT / LEARNERS_PACKAGE)]
    return {
        "limits": asdict(limits),
        "confine": confine,
        "outer": kind,
        "controls": controls,
        "scratch": scratch,
        "uid": _uid_of_its_own() if _anyone_reaches(needed, from_root=kind == outer.NONE) else None,
        "prefixes": [sys.prefix, sys.exec_prefix],
        "path": [*_site_folders(), str(_ROOT)],
        "forget": [str(_ROOT)] if str(_ROOT) not in _site_folders() else [],
    }


def _uid_of_its_own() -> int:
    """A user nobody else is: the kernel counts threads by user."""
    return _FIRST_UID + os.getpid() % 2**22 * _UIDS_OF_A_PROCESS + next(_started) % _UIDS_OF_A_PROCESS


def _new_folder(limits: Limits) -> Path:
    """In memory, where files are gone at once, if there is room; else wherever temporary files go."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 4 * limits.scratch
    folder = Path(tempfile.mkdtemp(prefix="unrolled-", dir=shared if roomy else None))
    folder.chmod(0o711)
    return folder


def _environment(scratch: str) -> dict[str, str]:
    """Nothing of ours: only what the libraries need."""
    return {
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": scratch,
        "TMPDIR": scratch,
        "USER": "learner",
        "NBGRADER_EXECUTION": "autograde",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        **ONE_THREAD,
        "MALLOC_ARENA_MAX": "2",  # else every thread reserves 64 MiB of the address space it may use
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{scratch}/matplotlib",
        "IPYTHONDIR": f"{scratch}/ipython",
    }


def _site_folders() -> list[str]:
    return [folder for folder in sys.path if Path(folder).name in ("site-packages", "dist-packages")]


def _spread(place: Path, hidden: set[Path]) -> list[tuple[str, bool]]:
    """`place` as it is, or piece by piece where something hidden lies inside."""
    if place in hidden:
        return []
    if not any(place in path.parents for path in hidden):
        return [(str(place), True)]
    pieces = [piece for child in sorted(place.iterdir()) if not child.is_symlink() for piece in _spread(child, hidden)]
    return [(str(place), False), *pieces]


def _anyone_reaches(places: Iterable[Path], from_root: bool) -> bool:
    """Whether any user may enter these folders; `from_root` if the folders above them count too."""
    resolved = [place.resolve() for place in places]
    folders = {folder for place in resolved for folder in (place, *(place.parents if from_root else ()))}
    return all(folder.stat().st_mode & 0o001 for folder in folders)
