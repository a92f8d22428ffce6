"""nbgrader's exchange, on the command line: what learners submit is collected and graded, and feedback comes back."""

import getpass
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

import solutions
from grader.authoring.build import solution_source
from grader.sandbox.sandbox import missing_walls
from tests.courses import check_pair, hand_in, release

LESSON = "02_definition"
EXERCISES = solutions.exercises(LESSON)
ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")


@pytest.fixture
def nbgrader(tmp_path):
    """`nbgrader` with a temporary exchange; started in the repository, as instructors do, it has its configuration."""

    def run(command, *arguments, folder=ROOT):
        own = tmp_path / "data" / folder.name  # where nbgrader remembers what a learner submitted
        env = os.environ | {"PATH": "/usr/bin:/bin", "JUPYTER_DATA_DIR": str(own)}
        words = [BIN / "nbgrader", command, LESSON, *arguments, f"--Exchange.root={tmp_path / 'exchange'}"]
        done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stderr

    (tmp_path / "exchange").mkdir()
    return run


@pytest.fixture
def course(tmp_path, nbgrader):
    """A course that has released a lesson through its exchange."""
    course = tmp_path / "course"
    opening = [new_code_cell("import numpy as np\nfrom unrolled import check")]
    release(course, LESSON, opening + [cell for exercise in EXERCISES for cell in check_pair(exercise)])
    nbgrader("release_assignment", f"--course-dir={course}")
    return course


def fetch(nbgrader, course, home, learner, solved):
    """A learner's folder with the lesson, and so many of its exercises solved."""
    home.mkdir()
    nbgrader("fetch_assignment", "--course=unrolled", folder=home)
    answers = {exercise.name: solution_source(exercise) for exercise in EXERCISES[:solved]}
    finished = hand_in(course, learner, LESSON, answers)
    finished.replace(home / LESSON / f"{LESSON}.ipynb")
    finished.parent.rmdir()


def test_what_learners_submit_arrives_is_graded_and_comes_back(tmp_path, course, nbgrader):
    """Learners would hand in through the course's usual way, and nothing would come of it.

    A link that one of them slips in arrives as a link: a copy of the solution it points to would be returned to the
    learner with the feedback. Who spoils what feedback is addressed by loses their own, and nobody else's.
    """
    for learner, solved in (("ada", 2), ("ben", 1)):
        fetch(nbgrader, course, tmp_path / learner, learner, solved)
        nbgrader("submit", "--course=unrolled", f"--student={learner}", folder=tmp_path / learner)
    (inbound,) = (tmp_path / "exchange" / "unrolled" / "inbound").glob("ben+*")
    (spoilt,) = (tmp_path / "exchange" / "unrolled" / "inbound").glob("ada+*")
    (spoilt / "submission_secret.txt").unlink()
    (inbound / "mine.txt").symlink_to(course / "source" / LESSON / f"{LESSON}.ipynb")
    nbgrader("collect", f"--course-dir={course}", "--ExchangeCollect.check_owner=False")
    assert (course / "submitted" / "ben" / LESSON / "mine.txt").is_symlink()
    results = tmp_path / "results.json"
    subprocess.run([BIN / "grader", "grade", LESSON, "--course", course, "--json", results], cwd=ROOT, check=True)
    graded = json.loads(results.read_text())["lessons"][LESSON]
    points = [exercise.points for exercise in EXERCISES]
    assert {name: (result["status"], result["score"]) for name, result in graded.items()} == {
        "ada": ("graded", sum(points[:2])),
        "ben": ("graded", points[0]),
    }
    assert "ada" in nbgrader("release_feedback", f"--course-dir={course}").partition("Not released")[2]
    nbgrader("fetch_feedback", "--course=unrolled", folder=tmp_path / "ben")
    (page,) = (tmp_path / "ben" / LESSON / "feedback").glob("*/*.html")
    assert (page.name, page.read_text()) == (
        f"{LESSON}.html",
        (course / "feedback" / "ben" / LESSON / page.name).read_text(),
    )


def test_what_a_learner_submits_comes_back_by_itself(tmp_path, course, nbgrader):
    """From a learner's `unrolled submit` to the feedback in Assignment List somebody would have to do something."""
    learner, home = getpass.getuser(), tmp_path / "home"
    fetch(nbgrader, course, home, learner, 2)
    settings = f"c = get_config()\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
    for folder in (home, course):
        (folder / "nbgrader_config.py").write_text(settings)
    env = os.environ | {"JUPYTER_DATA_DIR": str(tmp_path / "data" / home.name)}
    submit, watch = [BIN / "unrolled", "submit", "02", "--unchecked"], [BIN / "grader", "watch", "--once"]
    said = subprocess.run(submit, cwd=home, env=env, capture_output=True, text=True)
    assert "Handed in to unrolled, through nbgrader's exchange" in said.stdout, said.stdout + said.stderr
    subprocess.run([*watch, "--course", course], cwd=ROOT, check=True)
    nbgrader("fetch_feedback", "--course=unrolled", folder=home)
    (page,) = home.glob(f"{LESSON}/feedback/*/{LESSON}.html")
    assert f"<b>{sum(exercise.points for exercise in EXERCISES[:2]):g}</b>" in page.read_text()
    (released,) = (tmp_path / "exchange" / "unrolled" / "feedback").iterdir()
    assert released.stat().st_mode & 0o004, "the learner's account could not read it"
