"""`grader watch` takes what is handed in to its feedback, and goes on where it was killed."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from rich.console import Console

from grader.errors import CourseError
from grader.marking import executing
from grader.marking.alike import kept
from grader.marking.arrivals import DONE, VERDICT, Arrival, looks_of
from grader.marking.cache import Cache
from grader.marking.lock import only_run
from grader.marking.run import Options, grade
from grader.marking.told import TOLD
from grader.marking.watch import Watch, opened, watch
from grader.sandbox.sandbox import missing_walls
from tests.courses import hand_in, ordinary

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")
RIGHT, WRONG = "def square(x):\n    return x ** 2", "def square(x):\n    return 4"
OWN = """
def area_under(curve, start, stop, steps=100):
    width = (stop - start) / steps
    inner = [curve(start + width * (k + 0.5)) for k in range(steps)]
    return width * sum(value for value in inner if value is not None) or float("nan")
"""
COMMAND = Path(sys.executable).with_name("grader")


@pytest.fixture(scope="module")
def options():
    """One worker process for all these tests."""
    with executing.Local(1) as local, local() as pool:
        yield Options(jobs=1, executor=lambda: nullcontext(pool))


@pytest.fixture
def course(tmp_path):
    ordinary(tmp_path / "course")
    hand_in(tmp_path / "course", "ada", "ps1", {"square": RIGHT})
    hand_in(tmp_path / "course", "ben", "ps1", {"square": WRONG})
    return tmp_path / "course"


def watched(course, options):
    """Exit code and lines of one `grader watch --once`."""
    console = Console(width=80, file=io.StringIO())
    return watch(course, True, options, console), console.file.getvalue()


def scores(course):
    if not (course / "grades.json").exists():
        return {}
    graded = json.loads((course / "grades.json").read_text())["lessons"].get("ps1", {})
    return {learner: result["score"] for learner, result in graded.items()}


def test_what_is_new_or_changed_is_graded_and_nothing_else(course, options):
    """A learner would wait for marks, or everybody's work be done again for one."""
    code, shown = watched(course, options)
    assert code == 0 and scores(course) == {"ada": 4.5, "ben": 1.0}
    assert len(re.findall("ada, ps1: 4.5/6", shown)) == 1
    assert "<b>4.5</b>" in (course / "feedback/ada/ps1/ps1.html").read_text()
    hand_in(course, "ben", "ps1", {"square": RIGHT + OWN})
    assert watched(course, options)[0] == 0 and not kept(course, "ps1")
    hand_in(course, "eve", "ps1", {"square": RIGHT + OWN})
    code, shown = watched(course, options)
    assert code == 0 and scores(course) == {"ada": 4.5, "ben": 4.5, "eve": 4.5}
    assert "eve, ps1: 4.5/6" in shown and "ada, ps1" not in shown and "ben, ps1" not in shown
    assert [group.learners for group in kept(course, "ps1")] == [["ben", "eve"]], "work of both times is compared"


def test_what_grade_has_graded_is_not_graded_again(course, options):
    """A desk opened afterwards would tell a whole class that it is still being graded."""
    assert grade(course, options=options, console=Console(file=io.StringIO())) == 0
    hand_in(course, "ben", "ps1", {"square": RIGHT})
    code, shown = watched(course, options)
    assert code == 0 and "ben, ps1: 4.5/6" in shown and "ada, ps1" not in shown
    assert scores(course) == {"ada": 4.5, "ben": 4.5}


def test_trouble_with_one_is_said_and_the_rest_go_on(course, options):
    """One broken file, or a folder that is no lesson, would end the watch, or be passed over in silence."""
    hand_in(course, "cut", "ps1").write_bytes(b'{"cells": 1}')
    stray = course / "submitted" / "ada" / "no_lesson" / "no_lesson.ipynb"
    stray.parent.mkdir()
    stray.write_text("{}")
    code, shown = watched(course, options)
    assert code == 0 and scores(course) == {"ada": 4.5, "ben": 1.0, "cut": 0.0}
    assert "cut, ps1: it is no Jupyter notebook" in shown and "no_lesson is no lesson" in shown


def test_a_fault_of_ours_is_tried_again_and_costs_nothing(course, options):
    """A full disk for a moment would leave a learner without marks, or with wrong ones, for good."""
    console = Console(width=80, file=io.StringIO())
    with opened(course, options, console) as grading:
        watching, record = Watch(grading, console), grading.record

        def once_full(items, lesson):
            grading.record = record
            raise OSError(28, "No space left on device")

        grading.record = once_full
        assert watching.run(once=True) == 1
        assert len(watching.failed) == 1 and "No space left" in console.file.getvalue()
        assert len(scores(course)) == 1
        watching.arrivals.later.clear()
        assert watching.run(once=True) == 0
    assert scores(course) == {"ada": 4.5, "ben": 1.0}


def test_a_learner_is_told_before_the_page_is_made(course, options):
    """Whoever waits at the desk would wait for a page as well; or be told of a version that nobody has graded."""
    console = Console(width=80, file=io.StringIO())
    with opened(course, options, console) as grading:
        watching, keep, told = Watch(grading, console), grading.pages.keep, []

        def keep_and_look(item, digest, html):
            told.append(
                (item.learner, *(grading.cache.notes.read(what, item.names[:2]) for what in (VERDICT, DONE, TOLD)))
            )
            keep(item, digest, html)

        grading.pages.keep = keep_and_look
        assert watching.run(once=True) == 0
    assert sorted(learner for learner, *_ in told) == ["ada", "ben"]
    for learner, verdict, done, text in told:
        assert verdict == looks_of(course / "submitted" / learner / "ps1") and not done
        assert json.loads(text)["score"] == scores(course)[learner]


def test_it_waits_while_somebody_else_grades(course, options):
    """Two would write the same gradebook at the same time."""
    console = Console(width=80, file=io.StringIO())
    with opened(course, options, console) as grading, only_run(course):
        watching = Watch(grading, console)
        watching.queue.extend([Arrival("ada", "ps1", course, "")])
        watching.work_alone()
        assert "is being graded already" in console.file.getvalue() and watching.queue


def test_a_full_disk_ends_nothing(course, options, monkeypatch):
    """Everybody would wait for marks until somebody sees that the watch has ended."""
    console = Console(width=200, file=io.StringIO())
    with opened(course, options, console) as grading:
        watching = Watch(grading, console)
        watching.queue.extend([Arrival("ada", "ps1", course, "")])
        monkeypatch.setattr("grader.marking.watch.only_run", full)
        for _ in range(3):
            watching.work_alone()
        assert console.file.getvalue().count("No space left on device") == 1 and watching.queue
        with pytest.raises(OSError, match="No space"):
            watching.work_alone(once=True)


def full(course):
    raise OSError(28, "No space left on device", str(course))


def test_a_course_that_is_not_there_is_said(tmp_path):
    """A mistyped folder would be watched for ever."""
    with pytest.raises(CourseError, match="there is no folder"):
        watch(tmp_path / "nowhere")


def test_a_course_that_was_moved_meanwhile_is_said(course, options):
    """The folder would be watched in which nothing will ever be handed in again, and nobody know."""
    console = Console(width=80, file=io.StringIO())
    with opened(course, options, console) as grading:
        watching = Watch(grading, console)
        course.rename(course.with_name("moved"))
        with pytest.raises(CourseError, match="there is no folder"):
            watching.run(once=False)
    assert not course.exists()


def test_killed_at_any_moment_it_goes_on_where_it_was(course):
    """What was handed in before the power failed would be lost, or graded twice."""
    for learner in ("eve", "joe"):
        hand_in(course, learner, "ps1", {"square": RIGHT + f"\n# {learner}"})
    with start(course) as first:
        next(line for line in first.stdout if "/6" in line)
        first.kill()
    told = sum(bool(Cache(course).notes.read(TOLD, (name, "ps1"))) for name in ("ada", "ben", "eve", "joe"))
    notebooks = {path: path.stat().st_mtime_ns for path in course.glob("autograded/*/*/*.ipynb")}
    with start(course) as second:
        deadline = time.monotonic() + 120
        while len(scores(course)) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0 and "Stopped" in second.stdout.read()
    assert scores(course) == {"ada": 4.5, "ben": 1.0} | dict.fromkeys(("eve", "joe"), 4.5)
    assert told and {path: path.stat().st_mtime_ns for path in notebooks} == notebooks


def start(course):
    """`grader watch` as a process of its own."""
    command = [COMMAND, "watch", "--course", course, "--jobs", "1"]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
