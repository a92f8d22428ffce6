"""The walls themselves: with and without an outer one, as root and as anybody; refused where they would not hold."""

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.confined import landlock
from grader.confined.limits import Limits
from grader.errors import ConfinementFailed, IsolationUnavailable, WarmParentLost
from grader.marking import worker
from grader.sandbox import launch, outer
from grader.sandbox.sandbox import Sandbox, missing_walls

ROOT = Path(__file__).parents[3]
confined_here = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")
LOOK_AROUND = f"""
import os
for place in ({str(ROOT / "solutions")!r}, "/etc/passwd", "/proc/1/environ"):
    try: os.listdir(place) if os.path.isdir(place) else open(place)
    except OSError: continue
    print("reached", place)
try: os.fork()
except OSError: print("stayed alone")
"""


@confined_here
@pytest.mark.parametrize("kind", [outer.NONE, outer.NAMESPACES])
def test_inner_walls_hold_without_bubblewrap(kind):
    """Not every machine has bubblewrap or allows namespaces."""
    if kind == outer.NAMESPACES and outer.best()[0] == outer.NONE:
        pytest.skip("namespaces are not allowed here")
    with Sandbox(outer_wall=kind) as sandbox, sandbox.session() as session:
        assert session.run_cell(LOOK_AROUND).outputs[0]["text"] == "stayed alone\n"


OUTER = [
    pytest.param(kind, marks=pytest.mark.skipif(not possible, reason=f"no {kind} here"))
    for kind, possible in (
        (outer.BUBBLEWRAP, outer.best()[0] == outer.BUBBLEWRAP),
        (outer.NAMESPACES, outer.best()[0] != outer.NONE),
    )
]
ABOVE = {str(folder) for place in (ROOT, Path(sys.prefix), Path(sys.base_prefix)) for folder in place.parents}
NOT_ABOVE = [folder for folder in ("/tmp", "/home", "/root", "/boot") if folder not in ABOVE][:2]  # of nothing to read
ASK = f"""
import os, numpy, unrolled
def answers(path):
    try: os.stat(path), os.chdir(path)
    except NotADirectoryError: return True
    except FileNotFoundError: return False
    return True
print(*map(answers, ({str(ROOT / "README.md")!r}, {str(ROOT / "solutions")!r}, "/etc/passwd", *{NOT_ABOVE!r})))
print(*(bool(os.statvfs(path).f_flag & os.ST_RDONLY) for path in ("/", "/usr", numpy.__file__, unrolled.__file__)))
"""


@confined_here
@pytest.mark.parametrize("kind", OUTER)
def test_nothing_can_be_asked_of_what_may_not_be_read(kind):
    """Sizes and times of the gradebook, or when a file was last read, would tell what others do."""
    with Sandbox(outer_wall=kind) as sandbox, sandbox.session() as session:
        assert session.run_cell(ASK).outputs[0]["text"] == "False False False False False\nTrue True True True\n"


LEAVE_TRACES = """
import os, threading
for place in range(100):
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    open(f"{place}", "w").close()
"""
# The kernel lets go of a folder that Landlock knew some time after its process has ended, so free files are a maximum.
LOOK_FOR_TRACES = """
import os, threading, time
free = 0
for _ in range(40):
    free = max(free, os.statvfs(".").f_ffree)
    time.sleep(0.02)
disk = os.statvfs(".")
of_disk = disk.f_bsize, disk.f_blocks, disk.f_bfree, disk.f_bavail, disk.f_files, disk.f_flag
print(os.getpid(), threading.get_native_id(), os.stat(".").st_ino, os.stat("/").st_ino, free, of_disk)
"""


@confined_here
@pytest.mark.parametrize("kind", OUTER)
def test_what_is_shown_finds_no_trace_of_what_was_hidden(kind):
    """Hidden inputs would come back in another learner's graded notebook, fourteen bits a run."""

    def found(traces):
        seen = []
        with Sandbox(outer_wall=kind) as sandbox:
            for _ in range(3):
                with sandbox.session(shown=False) as session:
                    assert session.run_cell(traces).status == "ok"
                with sandbox.session(shown=True) as session:
                    seen.append(session.run_cell(LOOK_FOR_TRACES).outputs[0]["text"])
        return seen

    assert found("pass") == found(LEAVE_TRACES)


@confined_here
@pytest.mark.parametrize("kind", OUTER)
def test_kernel_bounds_files(kind):
    """Between two looks of ours, millions of files would fill the machine's memory."""
    limits = Limits(files=300)
    with Sandbox(limits, outer_wall=kind) as sandbox:
        for shown in (True, False):
            with sandbox.session(shown) as session:
                files = session.run_cell("import os\nprint(os.statvfs('.').f_files)").outputs[0]["text"]
                if (kind, os.geteuid()) == (outer.BUBBLEWRAP, 0) or kind == outer.NAMESPACES:
                    assert files == "400\n"
                elif files != "400\n":  # to anybody, a bubblewrap may give no power to mount: then files are watched
                    make_files_while_nobody_looks(session)
                    assert session.run_cell("pass").fault.kind == "disk"


@confined_here
def test_files_are_watched_where_the_kernel_does_not_bound_them():
    """While the grader is busy elsewhere, millions of files would be made."""
    with Sandbox(Limits(files=300), outer_wall=outer.NONE) as sandbox, sandbox.session() as session:
        make_files_while_nobody_looks(session)
        assert sum(len(os.listdir(folder)) for folder in sandbox._scratch.glob("[0-9]*")) < 100_000
        assert session.run_cell("pass").fault.kind == "disk"


def make_files_while_nobody_looks(session):
    session.run_cell("import threading\ndef make():\n for n in range(10**7): open(str(n), 'w').close()")
    session.run_cell("threading.Thread(target=make).start()")
    time.sleep(3)


@confined_here
def test_ordinary_user_is_confined_as_well_as_root(tmp_path):
    """Instructors do not grade as root, and confinement must not need it."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user; the other tests ran as an ordinary one")
    python = _interpreter_for_anyone()
    program = f"""
import sys
sys.path.append({str(ROOT)!r})
from grader.sandbox.sandbox import Sandbox
with Sandbox() as sandbox, sandbox.session() as session:
    print(session.run_cell({LOOK_AROUND!r}).outputs[0]["text"], sandbox.greeting["uid"], len(sandbox.walls))
"""
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    done = subprocess.run(
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", python, "-c", program],
        capture_output=True, text=True, cwd="/", env={"HOME": str(tmp_path), "PYTHONPATH": packages}, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("stayed alone\n None"), done.stderr


def _interpreter_for_anyone():
    """One of this version that any user can start."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        folders = [Path(python).resolve(), *Path(python).resolve().parents, *ROOT.parents]
        if folders[0].exists() and all(folder.stat().st_mode & 0o001 for folder in folders):
            return python
    pytest.skip("no interpreter of this version can be started by another user")


def test_machine_without_walls_refuses_to_grade(monkeypatch):
    """Grading unconfined must be a decision, not an accident."""
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    if sys.platform == "linux":
        with pytest.raises(IsolationUnavailable, match=r"no Landlock.*--isolation none"):
            Sandbox()


def test_no_isolation_still_runs_notebooks():
    """On macOS it is the only way; the process is still another one, with limits and deadlines."""
    limits = Limits(cell_seconds=1, grace_seconds=0.3)
    with Sandbox(isolation="none", limits=limits) as sandbox, sandbox.session() as session:
        assert session.run_cell("import subprocess\nsubprocess.run(['true'])").status == "ok"
        session.run_cell("child = subprocess.Popen(['sleep', '60'], start_new_session=True)")
        child = session.run_cell("print(child.pid)").outputs[0]["text"]
        assert session.run_cell("while True: pass").status == "timeout"
    if sys.platform == "linux":
        assert not Path(f"/proc/{int(child)}").exists()


@confined_here
def test_hole_in_the_walls_stops_grading(monkeypatch):
    """What is promised is tried out before the first submission."""
    monkeypatch.setattr(launch, "_spread", lambda place, hidden: [(str(place), True)])
    monkeypatch.setattr(launch, "readable_roots", lambda roots=launch.readable_roots: [*roots(), ROOT / "solutions"])
    expected = pytest.raises(ConfinementFailed, match=r"let through: reading .*solutions")
    with Sandbox(outer_wall=outer.NONE) as sandbox, expected:
        sandbox.session()


@confined_here
@pytest.mark.parametrize(
    ("broken", "wall"),
    [
        ("limit_resources", "resource limits"),
        ("become", "user"),
        ("landlock", "landlock"),
        ("syscalls", "seccomp"),
    ],
)
def test_wall_that_fails_to_rise_stops_grading(monkeypatch, broken, wall):
    """A submission would run behind fewer walls than were promised, and nobody would know."""
    _break(monkeypatch, f"import grader.confined.walls as walls; walls.{broken} = None")
    with Sandbox() as sandbox, pytest.raises(ConfinementFailed, match=f"could not be put in force: {wall}: "):
        sandbox.session()


@confined_here
def test_submission_that_can_not_be_confined_keeps_its_marks(monkeypatch):
    """It would be graded unconfined, or pay for what is our fault."""
    _break(monkeypatch, "import grader.confined.landlock as landlock; landlock.restrict = None")
    monkeypatch.setattr(worker, "_sandboxes", {})
    monkeypatch.setattr(worker, "TRIES", 1)
    notebook = nbformat.writes(new_notebook(cells=[new_code_cell("1 + 1")]))
    result = worker.judge(worker.Task("no_lesson_of_ours", notebook.encode(), notebook, seed=1))
    worker._drop()
    assert (result.status, result.blame, result.scores) == (worker.FAILED, "infrastructure", {})
    assert "landlock" in result.reason
    assert "its marks are as before" in result.reason


def _break(monkeypatch, line):
    """Have the warm parent run `line` before it begins."""
    begin = "grader.confined.warm.main()"
    monkeypatch.setattr(launch, "_BOOTSTRAP", launch._BOOTSTRAP.replace(begin, f"{line}\n{begin}"))


@confined_here
def test_warm_parent_that_can_not_start_says_why(monkeypatch):
    """Ours to mend, so its last words matter."""
    monkeypatch.setattr(launch, "_BOOTSTRAP", "raise SystemExit('no such luck')")
    with Sandbox() as sandbox, pytest.raises(WarmParentLost, match="no such luck"):
        sandbox.session()


def test_hidden_folder_is_left_out_of_a_readable_one(tmp_path):
    """A course folder inside a packages folder must not become readable with it."""
    for path in ("packages/numpy", "packages/course/submitted", "packages/course/notes"):
        (tmp_path / path).mkdir(parents=True)
    (tmp_path / "packages" / "link").symlink_to(tmp_path / "packages" / "course")
    places = launch.readable_places([tmp_path / "packages"], [tmp_path / "packages" / "course" / "submitted"])
    names = {str(Path(path).relative_to(tmp_path)): files_too for path, files_too in places}
    assert names == {
        "packages": False,
        "packages/numpy": True,
        "packages/course": False,
        "packages/course/notes": True,
    }
