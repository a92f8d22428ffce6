"""On an ordinary course `grader grade` writes stock nbgrader's rows, but where `docs/nbgrader.md` says otherwise."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.authoring.build import dump_notebook
from grader.sandbox.sandbox import missing_walls
from tests.courses import KERNEL, answer, cell, graded_cell, marks
from tests.e2e.test_autograde_equals_grade import rows

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[2]
RIGHT = {
    "square": "def square(x):\n    return x ** 2",
    "total": "def total():\n    return sum(map(int, open('data.txt')))",
}
ONE = [
    answer("def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION", "square"),
    graded_cell("assert square(2) == 4\n### BEGIN HIDDEN TESTS\nassert square(7919) == 62710561\n### END HIDDEN TESTS",
                "test_square", 2.0),
    graded_cell("2.5 if square(3) == 9 else 1", "test_partly", 3.0),
    new_markdown_cell("YOUR ANSWER HERE", metadata=marks("why", grade=True, solution=True, points=1.0)),
    new_markdown_cell("Draw it.", metadata=marks("draw", locked=True, task=True, points=4.0)),
]  # fmt: skip
TWO = [
    answer("def total():\n    ### BEGIN SOLUTION\n    return 6\n    ### END SOLUTION", "total"),
    graded_cell("assert total() == 6", "test_total", 2.0),
    graded_cell("import warnings\nwarnings.warn('old')\nassert total() == 6", "test_warning", 1.0),
]

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")


def hand_in(course, learner, answers, change=None, notebooks=("one", "two")):
    """Write a submission of both notebooks, or of some."""
    for name in notebooks:
        notebook = nbformat.read(course / "release" / "ps1" / f"{name}.ipynb", as_version=4)
        for found in notebook.cells:
            found.source = answers.get(found.metadata.get("nbgrader", {}).get("grade_id"), found.source)
        if change:
            change(name, notebook)
        path = course / "submitted" / learner / "ps1" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump_notebook(notebook))
    return path.parent


def retype_the_text(name, notebook):
    """Lose the mark and the id of the hand-graded answer."""
    if name == "one":
        place = notebook.cells.index(cell(notebook, "why"))
        notebook.cells[place] = new_markdown_cell("Because.")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Learners who hand in what learners hand in."""
    course = tmp_path_factory.mktemp("ordinary") / "course"
    for name, cells in (("one", ONE), ("two", TWO)):
        path = course / "source" / "ps1" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook = new_notebook(cells=[new_code_cell("import math"), *cells], metadata=KERNEL)
        path.write_text(dump_notebook(notebook))
    (course / "source" / "ps1" / "data.txt").write_text("1\n2\n3\n")
    nbgrader(course, "generate_assignment", "ps1")
    hand_in(course, "ada", RIGHT | {"why": "Because.", "draw": "A circle."})
    hand_in(course, "ben", RIGHT | {"square": "def square(x):\n    return 4"})
    hand_in(course, "cyd", {})
    hand_in(course, "dan", RIGHT, notebooks=("one",))
    hand_in(course, "eve", RIGHT | {"test_square": "pass", "test_partly": "3.0"})
    (hand_in(course, "fay", RIGHT) / "data.txt").write_text("100\n")
    (course / "submitted" / "fay" / "ps1" / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    hand_in(course, "gus", RIGHT, retype_the_text)
    hand_in(course, "hal", RIGHT | {"square": "print('x' * 5000)\n1 / 0"})
    (course / "submitted" / "ida" / "ps1").mkdir(parents=True)
    return course


def nbgrader(course, *command):
    """Stock nbgrader, without any configuration."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER_")}
    env |= {"HOME": str(course.parent), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    run = [BIN / "nbgrader", *command, "--course-dir", str(course), "--course", "unrolled"]
    run = run[:-2] if command[0] == "generate_assignment" else run
    done = subprocess.run(run, cwd=course.parent, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.nbgrader
@pytest.mark.timeout(900)
def test_rows_are_those_of_stock_nbgrader(course, tmp_path):
    """An instructor who brings an ordinary course would get other grades than before."""
    stock, ours = tmp_path / "stock", tmp_path / "ours"
    shutil.copytree(course, stock)
    shutil.copytree(course, ours)
    nbgrader(stock, "autograde", "ps1")
    command = [BIN / "grader", "grade", "--course", ours]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    before, after = (set(rows(folder)) for folder in (stock, ours))
    different = {(row[1], row[3], row[5]) for row in before ^ after if row[4] == "grade"}
    # A warning costs nothing here; stock nbgrader gives 0 points for anything on stderr.
    assert different == {(learner, "two", "test_warning") for learner in ("ada", "ben", "eve", "fay", "gus", "hal")}
    assert {row[1:4] + row[5:6] for row in before ^ after if row[4] == "comment"} == set()
