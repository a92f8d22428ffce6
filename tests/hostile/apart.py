"""Running what can't be trusted apart from the machine, for comparison with graders that don't confine it.

Everything but one folder is read-only or hidden, there is no network but a loopback of its own, root becomes nobody,
and memory, files, processes and time are bounded. What is left running at the end is killed with its namespace.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT, NOBODY, VISITORS = 47113, 65534, "visitors"
INSIDE = """
import json, os, resource, socket, subprocess, sys, threading
told = json.loads(sys.argv[1])
if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(*[told["user"]] * 3)
    os.setresuid(*[told["user"]] * 3)
os.chdir(told["course"])
for limit, most in (("AS", 4 << 30), ("FSIZE", 200 << 20), ("NPROC", 400), ("CPU", 120), ("CORE", 0)):
    resource.setrlimit(getattr(resource, f"RLIMIT_{limit}"), (most, most))
def receive(server):
    while True:
        caller = server.accept()[0]
        open(told["visitors"], "a").write("somebody\\n")
        caller.close()
threading.Thread(target=receive, args=(socket.create_server(("127.0.0.1", told["port"])),), daemon=True).start()
codes = [subprocess.run(command, stdin=subprocess.DEVNULL).returncode for command in told["commands"]]
sys.exit(codes[-1])
"""


def run_inside(
    folder: Path, course: Path, commands: list[list[str]], environment: dict[str, str], seconds: float
) -> None:
    """Run Python, with each of `commands` as its arguments, apart from the rest of the machine.

    Parameters
    ----------
    folder : Path
        Can be written to, and belongs to whoever runs inside. What is said goes into its file `said`; if somebody
        calls the address the attackers know, there is a file `VISITORS`.
    course : Path
        Where the commands are run.
    environment : dict
        Besides what Python needs.
    seconds : float
        After which all that is left is killed.
    """
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    told = {
        "commands": [[sys.executable, *command] for command in commands],
        "port": PORT,
        "visitors": str(folder / VISITORS),
        "user": NOBODY,
        "course": str(course),
    }
    command = [*_bubblewrap(folder, environment), sys.executable, "-c", INSIDE, json.dumps(told)]
    with (folder / "said").open("wb") as said, suppress(subprocess.TimeoutExpired):
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=seconds, check=False)


def _bubblewrap(folder: Path, more: dict[str, str]) -> list[str]:
    environment = {
        "HOME": str(folder / "home"),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    } | more
    return [
        "bwrap", "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net", "--unshare-ipc",
        "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL",
        *(("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID") if os.geteuid() == 0 else ()),
        "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", *_places(folder), "--clearenv",
        *(word for name, value in environment.items() for word in ("--setenv", name, value)), "--",
    ]  # fmt: skip


def _places(folder: Path) -> list[str]:
    """Nothing of the repository or of anybody's home but what Python needs; and the course, to be written to."""
    emptied, seen = (Path.home(), ROOT), (Path(sys.base_prefix), Path(sys.prefix), ROOT / "unrolled")
    above = sorted({parent for place in seen for parent in place.parents if {parent, *parent.parents} & {*emptied}})
    words = ["--perms", "1777", "--size", str(256 << 20), "--tmpfs", "/tmp"]
    for place in emptied:
        words += ["--perms", "0755", "--size", str(16 << 20), "--tmpfs", str(place)]
    for place in above:
        words += ["--perms", "0755", "--dir", str(place)]
    for place in seen:
        words += ["--ro-bind", str(place), str(place)]
    return [*words, "--bind", str(folder), str(folder)]
