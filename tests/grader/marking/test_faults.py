"""Whatever breaks while a class is graded: run again, and the gradebook is as if nothing had happened."""

import json
import os
import random
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, nullcontext, suppress
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from rich.console import Console

from grader.cli import main
from grader.marking import run
from grader.marking.cache import RESULT, Cache
from grader.marking.report import write_report
from grader.sandbox.sandbox import missing_walls
from tests.courses import hand_in
from tests.hostile.attacks import LESSON
from tests.hostile.classroom import TIGHT, hand_in_honestly, make_course, pool, rows
from tests.undisturbed import COMMAND, ROOT, Class, assert_reached, command_of, finish, start

pytestmark = [
    pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here"),
    pytest.mark.timeout(3600),
]
ROLES = ("coordinator", "worker", "sandbox")
MOUNTS = ["unshare", *(["--map-root-user"] if os.geteuid() else []), "--mount", "bash", "-e", "-c"]
CAN_MOUNT = (
    shutil.which("unshare")
    and subprocess.run([*MOUNTS, "mount -t tmpfs none /mnt"], check=False, capture_output=True).returncode == 0
)


def assert_whole(course):
    """Nothing that has its final name is half-written."""
    for path in [*course.glob("autograded/*/*/[!.]*"), *course.glob("*.json")]:
        json.loads(path.read_text())
    for (key,) in Cache(course).notes.of_all(RESULT):
        assert Cache(course).get(key)
    for path in course.glob("feedback/*/*/[!.]*"):
        assert path.read_text().rstrip().endswith("</html>")
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    return Class(tmp_path_factory.mktemp("faults"), 6)


def grade(course, *options):
    """Grade in this process; exit code and output, on one line."""
    done = CliRunner().invoke(main, ["grade", "--jobs=1", "--course", str(course), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output
    return done.exit_code, " ".join(done.output.split())


def family(process):
    """What a process has started to grade with, by role."""
    members = {role: {} for role in ROLES}
    with suppress(psutil.NoSuchProcess):
        for member in psutil.Process(process.pid).children(recursive=True):
            if "forkserver" in (command := command_of(member)):
                members["worker"][member.pid] = member
                members["sandbox"] |= {below.pid: below for below in member.children(recursive=True)}
            elif COMMAND[2] in command:
                members["coordinator"][member.pid] = member
    members["sandbox"] = {pid: member for pid, member in members["sandbox"].items() if is_sandbox(member)}
    return {role: list(found.values()) for role, found in members.items()}


def is_sandbox(process):
    return "grader.confined" in command_of(process)


def strike(process, role, moment, rng):
    """Kill one of this role when the moment has come, as soon as there is one.

    Returns whether anybody was there, and the folders that sandboxes were using.
    """
    time.sleep(moment)
    while process.poll() is None:
        members = family(process)
        folders = set(re.findall(r'"scratch": "(/[^"]+-[^"]+)"', " ".join(map(command_of, members["sandbox"]))))
        if members[role]:
            with suppress(psutil.NoSuchProcess):
                rng.choice(members[role]).kill()
                return True, folders
        time.sleep(0.02)
    return False, set()


def survive(class_, roles, rng, latest):
    """Kill at some moments; then, or after a rerun, all must be as it should. Returns how many kills met a process."""
    course, struck, left = class_.copy("struck"), 0, set()
    process = start(course)
    for role in roles:
        met, folders = strike(process, role, rng.uniform(0, latest), rng)
        struck, left = struck + met, left | folders
    code, said = finish(process)
    assert not [folder for folder in left if Path(folder).exists()]
    assert_whole(course)
    if "coordinator" in roles and code == 256 - signal.SIGKILL:
        code, said = finish(start(course))
    assert code == 0, (roles, said)
    assert_reached(class_, course)
    assert_whole(course)
    return struck


def test_killed_processes_cost_nothing(class_):
    """A class of hundreds would have to be graded from the beginning, or somebody would be missing."""
    assert survive(class_, ("sandbox", "worker", "coordinator"), random.Random(0), class_.seconds / 3)


@pytest.fixture(scope="module")
def class_of_sixty(tmp_path_factory):
    return Class(tmp_path_factory.mktemp("sixty"), 60)


@pytest.mark.full
@pytest.mark.parametrize("first", range(0, 100, 10))
def test_killed_processes_cost_nothing_at_a_hundred_moments(class_of_sixty, first, record_property):
    """The moment that hurts is one nobody has thought of."""
    roles = {seed: ROLES[seed % 3] for seed in range(first, first + 10)}
    latest = 0.7 * class_of_sixty.seconds  # afterwards the workers have gone home, or the class was graded sooner
    struck = sum(survive(class_of_sixty, (roles[seed],), random.Random(seed), latest) for seed in roles)
    found = f"{struck} of 10 kills (seeds {first} to {first + 9}) met a process"
    record_property("note", f"Grading 60 submissions: {found}; each time all ended as in the undisturbed run")
    assert struck > 2


DISKS = [
    ("copy_with_verdicts", 0.5),
    *(pytest.param("copy", tenth / 10, marks=pytest.mark.full) for tenth in range(10)),
]


@pytest.mark.skipif(not CAN_MOUNT, reason="a small disk needs the right to mount one")
@pytest.mark.parametrize("copy, share", DISKS)
def test_full_disk_is_named_and_what_was_done_is_kept(class_, tmp_path, copy, share):
    """A full disk must not leave half a gradebook, nor a screen of Python."""
    begun = getattr(class_, copy)("begun")
    size, most = blocks(begun), blocks(class_.done)
    command, course = shlex.join([*COMMAND, "--jobs=1", "--course"]), class_.folder / f"after-{share}"
    script = f"""
        mount -t tmpfs -o size={4 * round(size + share * (most - size))}k none {tmp_path}
        cp -a {begun} {tmp_path}/course
        {command} {tmp_path}/course || echo "exit code $?"
        cp -a {tmp_path}/course {course}
    """
    done = subprocess.run([*MOUNTS, script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "exit code 1" in done.stdout
    assert re.search(r"grader: .*(No space left on device: '|disk is full.*Make room)", done.stderr)
    assert "Traceback" not in done.stderr
    assert_whole(course)
    assert grade(course)[0] == 0
    assert_reached(class_, course)


def blocks(folder):
    """How many blocks of memory a folder's files take."""
    return sum(-(-path.stat().st_size // 4096) for path in folder.rglob("*") if path.is_file())


def test_read_only_gradebook_is_named(class_):
    """Verdicts would be lost with the gradebook they could not be written to."""
    course = class_.copy_with_verdicts("read-only")
    (course / "gradebook.db").chmod(0o444)
    as_everybody = ["--db", f"sqlite:///file:{course}/gradebook.db?mode=ro&uri=true"]  # root may write nevertheless
    code, said = grade(course, *(as_everybody if os.geteuid() == 0 else []))
    (course / "gradebook.db").chmod(0o644)
    assert code == 1
    assert re.search(f"grader: the gradebook sqlite:///.*{course}/gradebook.db.* can't be used", said)
    assert "readonly database. Make it writable, and grade again" in said
    assert_made_up_for(class_, course)


def test_locked_gradebook_is_named(class_):
    """Formgrader, open in a browser somewhere, must not cost a class its verdicts."""
    course = class_.copy_with_verdicts("locked")
    book = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    book.execute("BEGIN IMMEDIATE")
    code, said = grade(course)
    book.execute("ROLLBACK")
    book.close()
    assert code == 1
    assert f"grader: the gradebook sqlite:///{course}/gradebook.db can't be used" in said
    assert "locked. Another program is writing to it: close that, and grade again" in said
    assert_made_up_for(class_, course)


def assert_made_up_for(class_, course):
    """What was graded is kept, and once all is mended, nothing is missing."""
    assert len(list(course.glob("autograded/*/*/*.ipynb"))) == 6
    assert_whole(course)
    code, said = grade(course)
    assert code == 0, said
    assert_reached(class_, course)


def test_submission_that_changes_meanwhile_is_graded_in_one_state_or_named(class_):
    """A verdict on half an upload is a verdict on nothing."""
    course = class_.copy_with_verdicts("changing")
    path = course / "submitted" / "learner01" / LESSON / f"{LESSON}.ipynb"
    whole, stop = path.read_bytes(), threading.Event()
    writer = threading.Thread(target=keep_writing, args=(path, whole + b" " * 2**21, stop))
    writer.start()
    code, said = grade(course)
    stop.set()
    writer.join()
    if code:
        assert code == 1
        assert f"learner01, {LESSON}: " in said
        assert "was changed while it was read. Grade it again" in said or "perhaps cut off" in said
    path.write_bytes(whole)
    assert {learner for learner, *_ in rows(course)} >= {f"learner{place:02}" for place in (0, 2, 3, 4, 5)}
    assert grade(course)[0] == 0
    assert_reached(class_, course)


def keep_writing(path, data, stop):
    """Write a file over and over, slowly, as an upload would."""
    while not stop.is_set():
        with path.open("wb") as file:
            for place in range(0, len(data), 2**16):
                file.write(data[place : place + 2**16])
                file.flush()
                time.sleep(0.002)


def test_learners_faults_and_ours_are_told_apart(tmp_path):
    """A learner would pay for a machine's fault, or the machine be blamed for an endless loop."""
    unlucky = "unlucky"
    for trial in range(5):
        course = tmp_path / f"course{trial}"
        make_course(course)
        hand_in_honestly(course, unlucky)
        code, said = grade_while_sandboxes_are_killed(course)
        lost = results(course)[unlucky]
        if lost["status"] == "failed":
            break
        assert (code, lost["score"]) == (0, lost["max_score"])  # the killer was too slow: nothing was lost, either
    assert (code, lost["status"], lost["blame"], rows(course)) == (1, "failed", "infrastructure", [])
    assert "tried 3 times. Grade it again: its marks are as before" in said
    assert "no fault of theirs" in write_report(course).read_text()

    for learner, body in {"loops": "while True:\n        pass", "hungry": "h = [h] * 2**40"}.items():
        source = f"def rnn_step(x, h, u_x, u_h, u_0):\n    {body}"
        hand_in(course, learner, LESSON, {"rnn_step": source})
    shutil.rmtree(course / "submitted" / unlucky)
    hand_in(course, "cut", LESSON).write_text("{")
    with pool(TIGHT, tmp_path / "notes", 1, None)() as executor:
        run.grade(course, [LESSON], None, run.Options(1, executor=lambda: nullcontext(executor)), Console(quiet=True))
    found = results(course)
    assert (found["cut"]["status"], found["cut"]["blame"]) == ("failed", "submission")
    for learner, text in {"loops": "look for a loop that never ends", "hungry": "MemoryError"}.items():
        assert (found[learner]["status"], found[learner]["exercises"]["rnn_step"]["score"]) == ("graded", 0)
        assert text in found[learner]["exercises"]["rnn_step"]["message"]
        assert text in (course / "feedback" / learner / LESSON / f"{LESSON}.html").read_text()


def grade_while_sandboxes_are_killed(course):
    stop = threading.Event()
    killer = threading.Thread(target=keep_killing_sandboxes, args=(psutil.Process(), stop))
    killer.start()
    try:
        return grade(course)
    finally:
        stop.set()
        killer.join()


def keep_killing_sandboxes(process, stop):
    while not stop.is_set():
        for member in family(process)["sandbox"]:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        time.sleep(0.005)


def results(course):
    return json.loads((course / "grades.json").read_text())["lessons"][LESSON]
