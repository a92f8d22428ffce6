"""`grader doctor` tells what protects a machine: to root, to anybody, and inside a container."""

import os
import shutil
import subprocess
import sys

import pytest

from grader.confined import landlock
from grader.doctor import NOT_HERE, doctor, protections, show
from grader.sandbox import outer
from grader.sandbox.sandbox import missing_walls
from tests.grader.sandbox.test_walls import ROOT, _interpreter_for_anyone

DOCTOR = ("-c", "from grader.cli import main; main()", "doctor")
IN_BUBBLEWRAP = (
    "bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--unshare-all",
    "--die-with-parent",
    *(word for place in (str(ROOT), sys.prefix, sys.base_prefix) for word in ("--ro-bind", place, place)),
)  # fmt: skip
confined_here = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")


@confined_here
def test_doctor_finds_the_machine_fit(capsys):
    """An instructor must be able to see what protects the machine, from evidence."""
    found = protections()
    in_force = {protection.name for protection in found if protection.in_force}
    assert in_force >= {"Landlock: files", "seccomp", "own limits", "trial from inside"}
    assert show(found) == 0
    said = capsys.readouterr().out
    assert "can be graded here" in said
    assert all(what in said for what, _ in NOT_HERE)
    assert PROMISED[outer.best()[0]] in said


PROMISED = {
    outer.BUBBLEWRAP: "hold here: 1, 2, 3, 4, 5, 6.",
    outer.NAMESPACES: "hold here: 1, 2, 3, 4, 5, 6.",
    outer.NONE: "hold here: 1, 3, 5, 6; in part, see above: 2, 4.",
}


@confined_here
@pytest.mark.parametrize("wall", [outer.NAMESPACES, outer.NONE])
def test_doctor_says_what_is_promised(monkeypatch, capsys, wall):
    """An instructor would trust in what a machine without the outer wall can't keep."""
    if wall == outer.NAMESPACES and outer.best()[0] == outer.NONE:
        pytest.skip("there are no namespaces here")
    monkeypatch.setattr(outer, "best", lambda: (wall, "bubblewrap is not installed"))
    assert show(protections()) == 0
    assert PROMISED[wall] in capsys.readouterr().out


def test_doctor_names_the_remedy(monkeypatch, capsys, tmp_path):
    """A protection that is missing must come with the command that enables it."""
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    monkeypatch.setattr(outer, "best", lambda: (outer.NONE, "bubblewrap is not installed"))
    found = {protection.name: protection for protection in protections()}
    assert found["Landlock: files"].required
    assert "5.13" in found["Landlock: files"].enable
    assert "apt install bubblewrap" in found["bubblewrap"].enable
    assert doctor(tmp_path) == 1
    assert "refuses" in capsys.readouterr().out


@confined_here
def test_doctor_finds_the_machine_fit_for_root(tmp_path):
    """Root has more to give up than others, and more to lose."""
    if os.geteuid() != 0:
        pytest.skip("only root can ask as root")
    _fit(_ask([sys.executable, *DOCTOR], tmp_path))


@confined_here
def test_doctor_finds_the_machine_fit_for_anybody(tmp_path):
    """Instructors do not grade as root."""
    if os.geteuid() != 0:
        _fit(_ask([sys.executable, *DOCTOR], tmp_path))
        return
    become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    said = _fit(_ask([*become, _interpreter_for_anyone(), *DOCTOR], tmp_path))
    assert "submissions run as you" in said


@confined_here
def test_doctor_finds_a_container_fit(tmp_path):
    """Servers run in containers, and what is missing there is no other user's fault."""
    if not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")
    if subprocess.run([*IN_BUBBLEWRAP, "true"], capture_output=True, check=False).returncode:
        pytest.skip("bubblewrap does not work here")
    said = _fit(_ask([*IN_BUBBLEWRAP, sys.executable, *DOCTOR], tmp_path))
    assert "no other user can reach" not in said
    if os.geteuid() == 0:
        assert "this container has no other user" in said


def _ask(command, home):
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    environment = {"HOME": str(home), "COLUMNS": "300", "PATH": os.environ["PATH"]}
    environment["PYTHONPATH"] = os.pathsep.join([packages, str(ROOT)])
    return subprocess.run(command, capture_output=True, text=True, cwd="/", env=environment, check=False)


def _fit(done):
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("Landlock: files", "seccomp", "own limits", "trial from inside"):
        assert any(line.startswith(name) and "in force" in line for line in lines), name
    assert "Learners' code can be graded here." in lines
    return done.stdout
