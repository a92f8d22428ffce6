"""A class of ordinary submissions graded by `grader grade` and by stock `nbgrader autograde`, side by side.

Both get the same notebooks: every learner's cells, prose and pictures are equal. They differ in the check cells: ours
say `check(rnn_step)`, the stock course's hold the tests themselves, as its authors would write them. Ours is measured
before and after, since the machine may be busier at one time than at another.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich.table import Table

import solutions
from grader.authoring.build import build_lesson
from grader.authoring.sources import cell_source
from unrolled.exam.codec import encode
from unrolled.exam.exercise import BEHAVIOUR, Exercise, Raised

LESSON = "02_definition"
LEARNERS = 24
SEED = 15
BIN = Path(sys.executable).parent

TESTS = """\
import json
import numpy as np
from unrolled.codec import decode

def same(got, expected):
    if isinstance(expected, (tuple, list)):
        assert len(got) == len(expected)
        for a, b in zip(got, expected):
            same(a, b)
    elif isinstance(expected, dict):
        assert got.keys() == expected.keys()
        for key in expected:
            same(got[key], expected[key])
    elif isinstance(expected, str):
        assert got == expected
    else:
        np.testing.assert_allclose(got, expected, rtol={tolerance}, atol={tolerance})

for args, expected in decode(json.loads({cases!r})):
    same({call}, expected)
"""


def run() -> Table:
    """Grade one class twice and put the times beside each other."""
    with tempfile.TemporaryDirectory(prefix="unrolled-benchmark-") as folder:
        before, after = (make_course(Path(folder, name), tests=False) for name in ("before", "after"))
        stock = make_course(Path(folder, "stock"), tests=True)
        first = timed("grader", "grade", LESSON, "--course", str(before), cwd=before)
        theirs = timed("nbgrader", "autograde", LESSON, cwd=stock)
        last = timed("grader", "grade", LESSON, "--course", str(after), cwd=after)
        seconds = {"grader grade, feedback too": (first + last) / 2, "nbgrader autograde": theirs}
    table = Table(title=f"Grading {LEARNERS} notebooks of {LESSON} on {os.cpu_count()} cores")
    for heading in ("", "seconds", "per notebook", "times faster"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, total in seconds.items():
        ratio = seconds["nbgrader autograde"] / total
        table.add_row(name, f"{total:.1f}", f"{total / LEARNERS:.2f}", f"{ratio:.1f}")
    return table


def make_course(course: Path, tests: bool) -> Path:
    """A course whose class has handed in the lesson; with `tests`, its check cells hold the tests."""
    build_lesson(LESSON, course)
    notebook = nbformat.read(course / "source" / LESSON / f"{LESSON}.ipynb", as_version=4)
    if tests:
        put_tests_in_cells(notebook)
        nbformat.write(notebook, course / "source" / LESSON / f"{LESSON}.ipynb")
        Path(course, "nbgrader_config.py").touch()
        run_quietly("nbgrader", "generate_assignment", "--force", LESSON, cwd=course)
    for number, answers in enumerate(islice(cycle(classmates()), LEARNERS)):
        hand_in(notebook, answers, course / "submitted" / f"learner{number:02d}" / LESSON)
    return course


def classmates() -> Iterator[dict[str, str]]:
    """What one learner after the other wrote instead of the right answer: nothing, or one usual mistake."""
    yield {}
    names = [exercise.name for exercise in solutions.exercises(LESSON)]
    for exercise in solutions.exercises(LESSON):
        sources = [cell_source(mistake.answer, exercise.name, names) for mistake in exercise.misconceptions]
        yield from ({exercise.name: source} for source in sources if source)


def hand_in(notebook: NotebookNode, answers: dict[str, str], folder: Path) -> None:
    """Write the notebook with some of its solution cells answered otherwise."""
    handed_in = nbformat.from_dict(notebook)
    for cell in handed_in.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    folder.mkdir(parents=True)
    nbformat.write(handed_in, folder / f"{LESSON}.ipynb")


def put_tests_in_cells(notebook: NotebookNode) -> None:
    exercises = {f"check_{exercise.name}": exercise for exercise in solutions.exercises(LESSON)}
    for cell in notebook.cells:
        if grade_id(cell) in exercises:
            cell.source = tests_of(exercises[grade_id(cell)])


def tests_of(exercise: Exercise) -> str:
    """The exercise's cases as a cell of assertions."""
    examination = exercise.examine(SEED)
    pairs = zip(examination.cases, examination.expected, strict=True)
    cases = json.dumps(encode([(case.args, expected) for case, expected in pairs if not isinstance(expected, Raised)]))
    return TESTS.format(cases=cases, tolerance=exercise.tolerance, call=call_of(exercise))


def call_of(exercise: Exercise) -> str:
    if exercise.kind == BEHAVIOUR:
        run = exercise.play.run
        tools = "".join(f", {name}={name}" for name in exercise.play.needs)
        return f"__import__({run.__module__!r}, fromlist=['']).{run.__name__}({exercise.name}(), *args{tools})"
    return f"{exercise.name}(*args)" if callable(exercise.reference) else exercise.name


def grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def timed(*command: str, cwd: Path) -> float:
    start = time.perf_counter()
    run_quietly(*command, cwd=cwd)
    return time.perf_counter() - start


def run_quietly(*command: str, cwd: Path) -> None:
    """Run a command of this environment; show what it said only if it failed."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
