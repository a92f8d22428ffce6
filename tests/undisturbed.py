"""A class whose grading nothing disturbs, to hold against it what becomes of one that something befalls."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest

from tests.courses import hand_in, ordinary
from tests.hostile.classroom import hand_in_honestly, make_course, rows

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "grade"]
# Whatever the grader leaves behind becomes a child of this process, which ends when the last of them has.
UNTIL_ALL_ARE_GONE = """
import ctypes, os, subprocess, sys
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
code = subprocess.call(sys.argv[1:])
try:
    while os.wait():
        pass
except ChildProcessError:
    sys.exit(code % 256)
"""


class Class:
    """A course with submissions, and what becomes of it if nothing goes wrong."""

    def __init__(self, folder, learners):
        self.folder, self.fresh = folder, folder / "fresh"
        make_course(self.fresh)
        ordinary(self.fresh)
        for place in range(learners):
            submit(self.fresh, place)
        (self.fresh / ".grading-seed").write_text("7\n")
        self.done, started = self.copy("done"), time.monotonic()
        code, said = finish(start(self.done))
        assert code == 0, said
        self.seconds, self.end = time.monotonic() - started, state(self.done)

    def copy(self, name):
        """The course as it was handed in, in a folder of this name."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return shutil.copytree(self.fresh, self.folder / name)

    def copy_with_verdicts(self, name):
        """The same, for whom nothing but gradebook and pages is left to write."""
        course = self.copy(name)
        for name in (".verdicts", "autograded"):
            shutil.copytree(self.done / name, course / name)
        with closing(sqlite3.connect(course / ".verdicts" / "notes.db")) as notes, notes:
            notes.execute("DELETE FROM notes WHERE what IN ('booked', 'pages')")
        return course


def submit(course, place):
    """One learner's work; every other one's is an ordinary assignment."""
    if place % 2:
        return hand_in_honestly(course, f"learner{place:02}", f"number {place}")
    answer = f"def square(x):\n    return x * {place or 'x'}"
    return hand_in(course, f"learner{place:02}", "ps1", {"square": answer, "why": "Because."})


def state(course):
    """All that grading leaves: gradebook, results, notebooks and pages."""
    files = [path for name in ("autograded", "feedback") for path in (course / name).rglob("*") if path.is_file()]
    texts = {str(path.relative_to(course)): path.read_text() for path in files}
    return rows(course), json.loads((course / "grades.json").read_text()), texts


def assert_reached(class_, course):
    """The course has come to the same end as if nothing had happened."""
    found, wanted = state(course), class_.end
    assert found[0] == wanted[0]
    assert found[1] == wanted[1]
    assert found[2].keys() == wanted[2].keys()
    assert [name for name in found[2] if found[2][name] != wanted[2][name]] == []


def start(course, *options):
    """Grade in processes of its own, by two workers unless told otherwise."""
    grading = [*COMMAND, *(options or ["--jobs=2"]), "--course", str(course)]
    command = [sys.executable, "-c", UNTIL_ALL_ARE_GONE, *grading]
    return subprocess.Popen(command, text=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def finish(process):
    """Exit code and output, once the grader and all it has started have ended."""
    try:
        return process.wait(300), process.communicate()[0]
    except subprocess.TimeoutExpired:
        left = psutil.Process(process.pid).children(recursive=True)
        commands = [command_of(member) for member in left]
        for member in [*left, process]:
            member.kill()
        pytest.fail(f"still there: {commands}")


def command_of(process):
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""
