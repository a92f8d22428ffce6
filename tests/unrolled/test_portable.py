"""What learners install runs on Linux, macOS and Windows: as far as one system can tell.

The rest is for machines of these systems, by `.github/workflows/learners.yml`.
"""

import ast
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "unrolled").rglob("*.py"))
NOT_ON_WINDOWS = {
    "os": {
        *"chroot fork forkpty geteuid getgid getgroups getloadavg getpgid getuid killpg chown".split(),
        *"mkfifo mknod nice openpty posix_spawn pread pwrite sched_getaffinity setsid setuid sysconf uname".split(),
        *"execv execve execvp kill".split(),  # there, but something else
    },
    "signal": {name for name in dir(signal) if name.startswith("SIG") and name.isupper()}
    - {"SIGINT", "SIGTERM", "SIGABRT", "SIGFPE", "SIGILL", "SIGSEGV", "SIG_DFL", "SIG_IGN"}
    | set("alarm setitimer pause pthread_kill pthread_sigmask sigwait set_wakeup_fd".split()),
    "time": {"tzset", "pthread_getcpuclockid"},
}
POSIX_MODULES = set("crypt curses fcntl grp nis ossaudiodev posix pty pwd readline resource syslog termios tty".split())
ASKS = re.compile(r"hasattr\(|os\.name|sys\.platform")
PLACE = re.compile(r"^(/(tmp|dev|proc|etc|home|usr|var|root)\b|~/|[A-Z]:\\)")


def faults(source: str) -> Iterator[str]:
    """What in a module's source works on one system and not on another: line and reason."""
    tree = ast.parse(source)
    asked = {id(node) for branch in ast.walk(tree) if _asks(branch) for node in ast.walk(branch)}
    for node in ast.walk(tree):
        if id(node) not in asked and (reason := _only_posix(node) or _by_luck(node)):
            yield f"line {node.lineno}: {reason}"


def _asks(node: ast.AST) -> bool:
    return isinstance(node, ast.If | ast.IfExp) and ASKS.search(ast.unparse(node.test)) is not None


def _only_posix(node: ast.AST) -> str:
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = {alias.name for alias in node.names} if isinstance(node, ast.Import) else {node.module}
        missing = names & POSIX_MODULES
        if isinstance(node, ast.ImportFrom):
            missing |= {alias.name for alias in node.names} & NOT_ON_WINDOWS.get(node.module, set())
        return f"{missing} is not everywhere" if missing else ""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{ast.unparse(node)} is not everywhere" if node.attr in NOT_ON_WINDOWS.get(node.value.id, ()) else ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and PLACE.match(node.value):
        return f"{node.value!r} is a place on one system"
    return ""


def _by_luck(node: ast.AST) -> str:
    """Encodings and line ends that a call leaves to the system."""
    if not isinstance(node, ast.Call):
        return ""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    given = {keyword.arg for keyword in node.keywords}
    if name in ("read_text", "write_text") and "encoding" not in given:
        return f"{name} without an encoding"
    if name == "write_text" and "newline" not in given:
        return "write_text without line ends"
    plain = isinstance(node.func, ast.Name) or ast.unparse(node.func) in ("Path.open", "os.fdopen", "io.open")
    if name == "open" and plain and "b" not in _mode(node) and "encoding" not in given:
        return "open without an encoding"
    return ""


def _mode(call: ast.Call) -> str:
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] + call.args[1:2]
    return str(getattr(modes[0], "value", "")) if modes else "r"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_learners_install_is_for_one_system_only(path):
    """Lessons would stop where most learners are: on Windows, where a file's encoding is the country's."""
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from os import fork",
        "import os\nos.geteuid()",
        "import signal\nsignal.alarm(3)",
        "import signal\nsignal.signal(signal.SIGALRM, f)",
        "open('/tmp/x', 'rb')",
        "open(path)",
        "open(path, 'w')",
        "path.read_text()",
        "path.write_text(text, encoding='utf-8')",
    ],
)
def test_what_is_for_one_system_only_is_found(source):
    """The test above would pass because it looks for something nobody writes."""
    assert list(faults(source))


def test_no_two_files_differ_in_case_alone():
    """One of them would be missing on macOS and Windows."""
    names = [path.relative_to(ROOT).as_posix().lower() for path in (ROOT / "unrolled").rglob("*")]
    names += [path.relative_to(ROOT).as_posix().lower() for path in (ROOT / "notebooks").rglob("*")]
    assert len(names) == len(set(names))
    assert not [name for name in names if re.search(r'[<>:"|?*\\]|(^|/)(aux|con|nul|prn)(\.|/|$)', name)]


def test_a_terminal_without_our_signs_shows_the_points_all_the_same():
    """On Windows, `unrolled progress > file` and old terminals would end in a UnicodeEncodeError."""
    command = [sys.executable, "-c", "from unrolled.desk.cli import main\n"
               "from unrolled.desk.handing_over import lines_of\n"
               "from unrolled.desk.running import Checked\n"
               "main.callback(); print(*lines_of('02', [Checked('rnn_step', 2.0, 2.0, 'passed')]))"]  # fmt: skip
    env = os.environ | {"PYTHONIOENCODING": "cp1252"}
    shown = subprocess.run(command, env=env, cwd=ROOT, capture_output=True)
    assert shown.returncode == 0, shown.stderr
    assert b"2 of 2" in shown.stdout


def test_the_public_matrix_has_every_system_and_both_ends_of_the_range():
    """What one system can't tell would be told by nobody."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/learners.yml").read_text(encoding="utf-8"))["jobs"]
    systems = {name.partition("-")[0] for job in jobs.values() for name in job["strategy"]["matrix"]["os"]}
    assert systems == {"ubuntu", "macos", "windows"}
    oldest = tomllib.loads((ROOT / "unrolled/pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert f">={min(jobs['lessons']['strategy']['matrix']['python'], key=version)}" == oldest


def version(text):
    return [int(number) for number in text.split(".")]
