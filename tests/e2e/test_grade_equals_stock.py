"""On an ordinary course `grader grade` writes stock nbgrader's rows, but where `docs/nbgrader.md` says otherwise.

What stock nbgrader writes is kept beside this file: `make nbgrader` sees that it still does, `make test` that we agree.
"""

import base64
import json
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
PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
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


def in_one(change):
    """A change of the first notebook alone."""
    return lambda name, notebook: change(notebook) if name == "one" else None


def retype_the_text(notebook):
    """Lose the mark and the id of the hand-graded answer."""
    notebook.cells[notebook.cells.index(cell(notebook, "why"))] = new_markdown_cell("Because.")


def first(source):
    """Begin with another cell than what was given out; it is no test, and imports what that one did."""
    return lambda notebook: notebook.cells[0].update(source=source)


def lose_ids(notebook):
    """As editors of old save: format 4.4, no cell has an id."""
    notebook.nbformat_minor = 4
    for each in notebook.cells:
        each.pop("id", None)


def more(notebook):
    """Something of the learner's own after the last test."""
    notebook.cells.append(new_code_cell("square = None"))


def without_test(notebook):
    """Delete a test."""
    notebook.cells.remove(cell(notebook, "test_partly"))


def skipped(notebook):
    """Ask that a test not be run."""
    cell(notebook, "test_square").metadata.tags = ["skip-execution"]


def renamed_kernel(notebook):
    """As it is called on the learner's own machine."""
    notebook.metadata.kernelspec = {"name": "conda-env-mine-py", "display_name": "mine", "language": "python"}


COLAB = "from google.colab import drive\ndrive.mount('/content/drive')\nimport math"
LEARNERS = {
    "ada": (RIGHT | {"why": "Because.", "draw": "A circle."}, None),
    "ben": (RIGHT | {"square": "def square(x):\n    return 4"}, None),
    "cyd": ({}, None),
    "eve": (RIGHT | {"test_square": "pass", "test_partly": "3.0"}, None),
    "gus": (RIGHT, in_one(retype_the_text)),
    "hal": (RIGHT | {"square": "print('x' * 5000)\n1 / 0"}, None),
    "jan": (RIGHT | {"square": "def square(x):\n    print('x' * 300_000)\n    return x * x"}, None),
    "kim": (RIGHT, in_one(first("%%bash\ntrue"))),
    "lee": (RIGHT, in_one(first("import math, os\nos.chdir('/tmp')"))),
    "mia": (RIGHT | {"why": "![](photo.png) <img src='photo.png'>"}, None),
    "ned": (RIGHT, in_one(first("import math\n%matplotlib inline\n!true"))),
    "oli": (RIGHT, in_one(lose_ids)),
    "pam": (RIGHT, in_one(more)),
    "quin": (RIGHT, in_one(without_test)),
    "rob": (RIGHT, in_one(first("import sys\nprint('so', file=sys.stderr)"))),
    "sue": (
        RIGHT | {"square": "def square(x):\n    import warnings\n    warnings.warn('old')\n    return x * x"},
        None,
    ),
    "tom": (RIGHT, in_one(renamed_kernel)),
    "uma": (RIGHT | {"square": "def square(x):\n    return 9"}, in_one(skipped)),
    "xia": (RIGHT | {"square": f"{COLAB}\ndef square(x):\n    return x * x"}, None),
}
"""What nineteen learners answer, and what else becomes of their notebooks; four more have other files."""
DIFFERENT = {
    "a warning in a test, stderr": {
        (learner, "two", "test_warning") for learner in {*LEARNERS, "fay", "zoe"} - {"cyd"}
    } | {("sue", "one", "test_square"), ("sue", "one", "test_partly")},
    "a deleted test comes back": {("quin", "one", "test_partly")},
    "a tag doesn't count": {("uma", "one", "test_square")},
    "a line that can't work here": {("xia", "one", "test_square"), ("xia", "one", "test_partly")},
}  # fmt: skip
"""Rows that differ from stock nbgrader's on purpose, by the reason that the page gives."""


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
    for learner, (answers, change) in LEARNERS.items():
        hand_in(course, learner, answers, change)
    hand_in(course, "dan", RIGHT, notebooks=("one",))
    (hand_in(course, "fay", RIGHT) / "data.txt").write_text("100\n")
    (course / "submitted" / "fay" / "ps1" / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    (course / "submitted" / "ned" / "ps1" / "timestamp.txt").write_text("2026-03-05 23:53:00 Europe/Berlin")
    (course / "submitted" / "mia" / "ps1" / "photo.png").write_bytes(base64.b64decode(PHOTO))
    (course / "submitted" / "ida" / "ps1").mkdir(parents=True)
    (hand_in(course, "zoe", RIGHT) / "scratch.ipynb").write_text("not even a notebook")
    return course


def nbgrader(course, *command):
    """Stock nbgrader, without any configuration."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER_")}
    env |= {"HOME": str(course.parent), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    run = [BIN / "nbgrader", *command, "--course-dir", str(course), "--course", "unrolled"]
    run = run[:-2] if command[0] == "generate_assignment" else run
    done = subprocess.run(run, cwd=course.parent, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


STOCK = Path(__file__).with_name("stock_rows.json")


def written(course):
    """The gradebook's rows as JSON has them; what isn't the same on every run left out."""
    return json.loads(json.dumps(rows(course)))


@pytest.mark.nbgrader
@pytest.mark.timeout(900)
def test_stock_nbgrader_still_writes_what_is_kept(course, tmp_path):
    """Ours would be held against grades that nobody gives."""
    shutil.copytree(course, tmp_path / "stock")
    nbgrader(tmp_path / "stock", "autograde", "ps1")
    found = written(tmp_path / "stock")
    if "UNROLLED_RECORD" in os.environ:
        STOCK.write_text("[\n" + ",\n".join(map(json.dumps, found)) + "\n]\n")
    assert found == json.loads(STOCK.read_text())


def test_rows_are_those_of_stock_nbgrader(course, tmp_path):
    """An instructor who brings an ordinary course would get other grades than before."""
    shutil.copytree(course, tmp_path / "ours")
    command = [BIN / "grader", "grade", "--course", tmp_path / "ours"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    before, after = {tuple(row) for row in json.loads(STOCK.read_text())}, {*map(tuple, written(tmp_path / "ours"))}
    different = {(row[1], row[3], row[5]) for row in before ^ after if row[4] == "grade"}
    assert different == set().union(*DIFFERENT.values())
    assert {row[1:4] + row[5:6] for row in before ^ after if row[4] == "comment"} == set()
