"""Whatever breaks while a class is graded: run again, and the gradebook is as if nothing had happened."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from grader.sandbox import missing_walls
from tests.hostile.attacks import LESSON
from tests.hostile.classroom import hand_in_honestly, make_course, rows

pytestmark = [
    pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here"),
    pytest.mark.timeout(3600),
]
COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "grade", LESSON, "--jobs", "2", "--course"]
WITHOUT_MOUNTS = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode != 0


class Undisturbed:
    """A course with submissions, and what becomes of it if nothing goes wrong."""

    def __init__(self, folder, learners):
        self.folder, self.fresh = folder, folder / "fresh"
        make_course(self.fresh)
        for place in range(learners):
            hand_in_honestly(self.fresh, f"learner{place:02}", f"{place % 5}")
        (self.fresh / ".grading-seed").write_text("7\n")
        done = self.copy("done")
        started = time.monotonic()
        assert finish(start(done))[0] == 0
        self.seconds = time.monotonic() - started
        self.rows, self.grades = rows(done), grades(done)

    def copy(self, name):
        """A fresh copy of the course."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.fresh, self.folder / name)
        return self.folder / name

    def is_reached(self, course):
        """Whether a course has come to the same end."""
        return rows(course) == self.rows and grades(course) == self.grades


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return Undisturbed(tmp_path_factory.mktemp("faults"), 6)


def start(course):
    command, both = [*COMMAND, str(course)], {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, text=True, cwd=Path(__file__).parents[2], **both)


def finish(process):
    said = process.communicate(timeout=600)[0]
    return process.returncode, said


def grades(course):
    return json.loads((course / "grades.json").read_text())["lessons"][LESSON]


def family(process):
    """Everything a process has started, by role."""
    parents, commands = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            commands[int(folder.name)] = (folder / "cmdline").read_text()
        except OSError:
            continue
    found = {process.pid}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    roles = {"coordinator": [process.pid], "worker": [], "warm parent": []}
    for pid in found - {process.pid}:
        if "grader.confined" in commands.get(pid, ""):
            roles["warm parent"].append(pid)
        elif "forkserver" in commands.get(pid, ""):
            roles["worker"].append(pid)
    return roles


def strike(process, role, moment):
    """Kill a process of this role, once there is one and the moment has come; returns who was there, if there was."""
    time.sleep(moment)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        everybody = family(process)
        if everybody[role]:
            os.kill(random.choice(everybody[role]), signal.SIGKILL)
            return {pid for pids in everybody.values() for pid in pids}
        time.sleep(0.05)
    return set()


def are_gone(pids):
    """Whether these processes end soon."""
    deadline = time.monotonic() + 20
    while any("grader" in _command(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def nothing_is_half_written(course):
    """Whether everything under its final name is whole."""
    for path in [*course.glob("autograded/*/*/[!.]*.ipynb"), *course.glob(".verdicts/[!.]*.json")]:
        json.loads(path.read_text())
    for path in course.glob("feedback/*/*/[!.]*.html"):
        assert path.read_text().rstrip().endswith("</html>")
    with sqlite3.connect(course / "gradebook.db") as book:
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("role", ["coordinator", "worker", "warm parent"])
def test_killed_process_costs_nothing(undisturbed, role):
    """A class of hundreds would have to be graded from the beginning, or somebody would be missing."""
    survive(undisturbed, role, random.Random(role).uniform(0, undisturbed.seconds / 2))


@pytest.mark.full
def test_killed_processes_cost_nothing_at_a_hundred_moments(tmp_path, record_property):
    """The moment that hurts is one nobody has thought of."""
    undisturbed, rng, struck = Undisturbed(tmp_path, 60), random.Random(0), 0
    for place in range(100):
        role = ("coordinator", "worker", "warm parent")[place % 3]
        struck += survive(undisturbed, role, rng.uniform(0, undisturbed.seconds))
    record_property("note", f"{struck} of 100 kills met a process; each rerun ended as the undisturbed run of 60 did")
    assert struck > 50


def survive(undisturbed, role, moment):
    """Kill at this moment; then, or after a rerun, all must be as it should. Returns whether anything was killed."""
    course = undisturbed.copy("struck")
    process = start(course)
    struck = strike(process, role, moment)
    code, said = finish(process)
    assert are_gone(struck)
    nothing_is_half_written(course)
    if code:
        assert struck
        code, said = finish(start(course))
    assert code == 0, said
    assert undisturbed.is_reached(course), (role, moment)
    nothing_is_half_written(course)
    return bool(struck)


@pytest.mark.skipif(WITHOUT_MOUNTS, reason="a small disk needs the right to mount one")
@pytest.mark.parametrize("kilobytes", [600, *(pytest.param(size, marks=pytest.mark.full) for size in (420, 1200))])
def test_full_disk_is_named_and_what_was_done_is_kept(undisturbed, tmp_path, kilobytes):
    """A full disk must not leave half a gradebook, nor a screen of Python."""
    command = " ".join(f"'{word}'" for word in COMMAND)
    script = f"""
        set -e
        mount -t tmpfs -o size={kilobytes}k tmpfs {tmp_path}
        cp -a {undisturbed.fresh} {tmp_path}/course
        {command} {tmp_path}/course && exit 9
        mount -o remount,size=100m {tmp_path}
        {command} {tmp_path}/course
        cp -a {tmp_path}/course {undisturbed.folder}/after-{kilobytes}
    """
    done = subprocess.run(["unshare", "-m", "bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "grader: " in done.stderr
    assert "full" in done.stderr or "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    course = undisturbed.folder / f"after-{kilobytes}"
    assert undisturbed.is_reached(course)
    nothing_is_half_written(course)


@pytest.mark.skipif(WITHOUT_MOUNTS, reason="even root obeys a read-only mount, and only that")
def test_read_only_gradebook_is_named(undisturbed):
    """Verdicts would be lost with the gradebook they could not be written to."""
    course = undisturbed.copy("read-only")
    command = " ".join(f"'{word}'" for word in [*COMMAND, str(course)])
    book = course / "gradebook.db"
    script = f"mount --bind {book} {book} && mount -o remount,bind,ro {book} && {command}"
    done = subprocess.run(["unshare", "-m", "bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "readonly database. Make it writable" in " ".join(done.stderr.split())
    assert finish(start(course))[0] == 0
    assert undisturbed.is_reached(course)


def test_locked_gradebook_is_named(undisturbed):
    """Formgrader, open in a browser somewhere, must not cost a class its verdicts."""
    course = undisturbed.copy("locked")
    book = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    book.execute("BEGIN IMMEDIATE")
    code, said = finish(start(course))
    book.execute("ROLLBACK")
    book.close()
    assert code == 1
    assert "locked. Another program is writing to it" in " ".join(said.split())
    assert finish(start(course))[0] == 0
    assert undisturbed.is_reached(course)


def test_submission_that_changes_meanwhile_is_graded_in_one_state_or_named(undisturbed):
    """A verdict on half an upload is a verdict on nothing."""
    course = undisturbed.copy("changing")
    path = course / "submitted" / "learner01" / LESSON / f"{LESSON}.ipynb"
    whole, stop = path.read_bytes(), threading.Event()
    writer = threading.Thread(target=keep_writing, args=(path, whole + b" " * 2**21, stop))
    writer.start()
    process = start(course)
    code, said = finish(process)
    stop.set()
    writer.join()
    if code:
        assert "learner01" in said
        assert "changed while it was read" in " ".join(said.split()) or "JSON" in said
    path.write_bytes(whole)
    assert finish(start(course))[0] == 0
    assert undisturbed.is_reached(course)


def keep_writing(path, data, stop):
    """Write a file over and over, slowly, as an upload would."""
    while not stop.is_set():
        with path.open("wb") as file:
            for place in range(0, len(data), 2**16):
                file.write(data[place : place + 2**16])
                file.flush()
                time.sleep(0.001)
