"""Plain `nbgrader autograde` and `grader grade` store the same grades, row by row."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook

import solutions
from grader.authoring.build import solution_source
from grader.sandbox.sandbox import missing_walls
from tests.courses import cell, check_pair, hand_in, ordinary, release

LESSON = "02_definition"
ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")


def run(*command, code=0):
    """Run one of our commands from the repository's root, in a shell that has no environment activated."""
    env = os.environ | {"PATH": "/usr/bin:/bin"}
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(course):
    """Everything the gradebook says about grades and comments."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as gradebook:
        submissions = [s for a in gradebook.assignments for s in a.submissions]
        return sorted(
            (s.name, s.student_id, str(s.timestamp), n.name, kind, *row)
            for s in submissions
            for n in s.notebooks
            for kind, row in [
                *(("grade", (g.name, str(g.auto_score), str(g.manual_score), g.needs_manual_grade)) for g in n.grades),
                *(("comment", (c.name, str(c.auto_comment), str(c.manual_comment))) for c in n.comments),
                *(("total", (str(n.score), str(n.max_score), str(n.late_submission_penalty))),),
            ]
        )


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Two assignments, one with our exercises and one with tests in cells, and learners of many kinds."""
    course = tmp_path_factory.mktemp("class") / "course"
    exercises = solutions.exercises(LESSON)[:4]
    opening = [new_markdown_cell("# Lesson"), new_code_cell("import numpy as np\nfrom unrolled import check")]
    release(course, LESSON, opening + [c for e in solutions.exercises(LESSON) for c in check_pair(e)])
    ordinary(course)
    right = {e.name: solution_source(e) for e in exercises}
    known = {
        "rnn_step": "def rnn_step(x, h, u_x, u_h, u_0):\n    return np.tanh(u_x @ x) + np.tanh(u_h @ h) + u_0",
    }
    hand_in(course, "ada", LESSON, right)
    hand_in(course, "ben", LESSON, right | known)
    hand_in(course, "cyd", LESSON)
    hand_in(course, "dan", LESSON, right | {"rnn_output": "import sys; sys.exit()"})
    hand_in(course, "eve", LESSON, {"check_rnn_step": "2.0"}, lambda nb: nb.cells.append(nb.cells[3]))
    hand_in(course, "fay", LESSON, right, lambda nb: cell(nb, "check_rnn_step").metadata.nbgrader.update(points=50.0))
    (course / "submitted" / "fay" / LESSON / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    helped = {"rnn_step": "from helper import step\n\n\ndef rnn_step(*args):\n    return step(*args)"}
    hand_in(course, "gil", LESSON, right | helped)
    helper = "import numpy as np\n\n\n" + right["rnn_step"].replace("rnn_step", "step")
    (course / "submitted" / "gil" / LESSON / "helper.py").write_text(helper)
    hand_in(course, "ada", "ps1", {"square": "def square(x):\n    return x ** 2", "why": "It multiplies."})
    hand_in(course, "ben", "ps1", {"square": "def square(x):\n    return 4"})
    hand_in(course, "cyd", "ps1", change=lambda nb: cell(nb, "test_square").metadata.update(tags=["skip-execution"]))
    hand_in(course, "dan", "ps1", {"square": "def square(x): return x*x\nimport os; os._exit(0)"})
    return course


def test_autograde_stores_the_rows_that_grade_stores(course, tmp_path):
    """An instructor's grades would depend on which of two commands they typed."""
    plain, ours = tmp_path / "plain", tmp_path / "ours"
    shutil.copytree(course, plain)
    shutil.copytree(course, ours)
    shutil.copy(plain / "gradebook.db", ours / "gradebook.db")
    (plain / ".grading-seed").write_text("7\n")
    (ours / ".grading-seed").write_text("7\n")
    for lesson in (LESSON, "ps1"):
        run("nbgrader", "autograde", lesson, "--course-dir", str(plain))
    run("grader", "grade", "--course", str(ours), "--json", str(tmp_path / "out.json"))
    assert rows(plain) == rows(ours)
    scores = {learner: result["score"] for learner, result in outcome(tmp_path, LESSON).items()}
    assert scores["ada"] > scores["ben"] > scores["cyd"] == scores["eve"] == 0.0
    assert scores["gil"] == scores["fay"] == scores["ada"]
    assert {learner: result["score"] for learner, result in outcome(tmp_path, "ps1").items()} == {
        "ada": 4.5, "ben": 1.0, "cyd": 0.0, "dan": 0.0, "eve": 0.0, "fay": 0.0, "gil": 0.0,
    }  # fmt: skip


def outcome(folder, lesson):
    return json.loads((folder / "out.json").read_text())["lessons"][lesson]
