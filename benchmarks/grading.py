"""A class of ordinary submissions graded by `grader grade` and by stock `nbgrader autograde`, side by side, in turns.

Both get the same notebooks: every learner's cells, prose and pictures are equal. They differ in the check cells: ours
say `check(rnn_step)`, those of the ordinary assignment hold the tests themselves, as its authors would write them;
that one is graded by both. What no grader can go below stands beside them: the learner's cells alone, in two processes
that have imported everything.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from rich.table import Table

import solutions
from benchmarks.budget import Budget
from grader.authoring.build import build_lesson
from grader.authoring.sources import cell_source
from unrolled.exam.codec import encode
from unrolled.exam.exercise import BEHAVIOUR, Exercise, Raised

LESSON, ORDINARY = "02_definition", "ordinary"
ALLOTTED, LEARNERS, STOCK_LEARNERS, ROUNDS = 130, 60, 4, 3
SEED = 15
BIN = Path(sys.executable).parent
HEADS = ("", "minimum", "median", "maximum")
WAYS = (
    "stock nbgrader autograde",
    "grader grade, feedback too",
    "grader grade, tests in cells, feedback too",
    "the learner's cells alone, two processes",
)

TESTS = """\
import json
import numpy as np
from unrolled.exam.codec import decode

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

ALONE = """\
import json, multiprocessing, os, sys, time
os.environ.update(NBGRADER_EXECUTION="autograde", MPLBACKEND="agg")
import matplotlib.pyplot, numpy, IPython.display, unrolled.definition

def run(cells):
    sys.stdout = open(os.devnull, "w")
    names = {}
    for cell in cells:
        try:
            exec(cell, names)
        except Exception:
            pass

notebooks = json.load(sys.stdin)
with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
    begin = time.perf_counter()
    pool.map(run, notebooks, chunksize=1)
    print((time.perf_counter() - begin) / len(notebooks))
"""


def run(budget: Budget) -> Table:
    """Grade the classes in turns and put the times beside each other; out of time, those that there are."""
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="unrolled-benchmark-") as folder:
        made = Path(folder, "made")
        make_course(made / "ours", LEARNERS)
        make_course(made / "ordinary", LEARNERS, tests=True)
        shutil.copytree(made / "ordinary", made / "stock")
        for path in sorted(made.glob("stock/submitted/*"))[STOCK_LEARNERS:]:
            shutil.rmtree(path)
        with suppress(TimeoutError):
            for number in budget.rounds(ROUNDS):
                for name, each in one_round(shutil.copytree(made, Path(folder, f"{number}"))):
                    seconds.setdefault(name, []).append(each)
    return in_a_table(seconds)


def in_a_table(seconds: dict[str, list[float]]) -> Table:
    """The times of each way of grading, and how stock nbgrader's of the same round compare."""
    stock = seconds.get(WAYS[0], [])
    title = f"Seconds of the clock a notebook, {LESSON}, {len(stock)} rounds on {os.cpu_count()} cores"
    table = Table(*HEADS, "stock takes", title=title)
    for name in WAYS:
        times = seconds.get(name, [])
        ratios = [theirs / own for theirs, own in zip(stock, times)]
        spread = [f"{of(times):.3f}" for of in (min, median, max)] if times else ["", "", ""]
        table.add_row(name, *spread, f"{median(ratios):.1f} times as long" if ratios else "no time left to measure")
    return table


def one_round(courses: Path) -> Iterator[tuple[str, float]]:
    """What each way of grading takes for a notebook: seconds."""
    ours, ordinary, stock = (courses / name for name in ("ours", "ordinary", "stock"))
    alone = [code_of(path) for path in sorted(ours.glob(f"submitted/*/{LESSON}/*.ipynb"))]
    seconds = (
        lambda: timed("nbgrader", "autograde", ORDINARY, cwd=stock) / STOCK_LEARNERS,
        lambda: timed("grader", "grade", LESSON, cwd=ours) / LEARNERS,
        lambda: timed("grader", "grade", ORDINARY, cwd=ordinary) / LEARNERS,
        lambda: the_cells_alone(alone),
    )
    yield from ((name, measure()) for name, measure in zip(WAYS, seconds))


def the_cells_alone(notebooks: list[list[str]]) -> float:
    """Seconds for a notebook, where nothing is graded, confined or kept."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE], input=json.dumps(notebooks), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def code_of(path: Path) -> list[str]:
    """The code of a notebook but its check cells."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code" and not cell.source.startswith("check(")]


def make_course(course: Path, learners: int, tests: bool = False) -> Path:
    """A course whose class has handed in the lesson; with `tests`, an assignment whose check cells hold the tests."""
    lesson = ORDINARY if tests else LESSON
    build_lesson(LESSON, course)
    notebook = nbformat.read(course / "source" / LESSON / f"{LESSON}.ipynb", as_version=4)
    if tests:
        put_tests_in_cells(notebook)
        (course / "source" / ORDINARY).mkdir()
        nbformat.write(notebook, course / "source" / ORDINARY / f"{ORDINARY}.ipynb")
        Path(course, "nbgrader_config.py").touch()
        run_quietly("nbgrader", "generate_assignment", "--force", ORDINARY, cwd=course)
    for number, answers in enumerate(islice(cycle(classmates()), learners)):
        hand_in(notebook, answers, number, course / "submitted" / f"learner{number:05d}" / lesson)
    return course


def classmates() -> Iterator[dict[str, str]]:
    """What one learner after the other wrote instead of the right answer: nothing, or one usual mistake."""
    yield {}
    names = [exercise.name for exercise in solutions.exercises(LESSON)]
    for exercise in solutions.exercises(LESSON):
        sources = [cell_source(mistake.answer, exercise.name, names) for mistake in exercise.misconceptions]
        yield from ({exercise.name: source} for source in sources if source)


def hand_in(notebook: NotebookNode, answers: dict[str, str], number: int, folder: Path) -> None:
    """Write the notebook with some of its solution cells answered otherwise, and a cell nobody else has."""
    handed_in = nbformat.from_dict(notebook)
    for cell in handed_in.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    handed_in.cells.append(new_code_cell(f"# {number}", id=f"number-{number}"))
    folder.mkdir(parents=True)
    nbformat.write(handed_in, folder / f"{folder.name}.ipynb")


def put_tests_in_cells(notebook: NotebookNode) -> None:
    """Have the check cells hold the tests."""
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
    """What calls the exercise's function."""
    if exercise.kind == BEHAVIOUR:
        run = exercise.play.run
        tools = "".join(f", {name}={name}" for name in exercise.play.needs)
        return f"__import__({run.__module__!r}, fromlist=['']).{run.__name__}({exercise.name}(), *args{tools})"
    return f"{exercise.name}(*args)" if callable(exercise.reference) else exercise.name


def grade_id(cell: NotebookNode) -> str | None:
    """The cell's name."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def timed(*command: str, cwd: Path) -> float:
    """Seconds of the clock that a command takes."""
    start = time.perf_counter()
    run_quietly(*command, cwd=cwd)
    return time.perf_counter() - start


def run_quietly(*command: str, cwd: Path) -> None:
    """Run a command of this environment; show what it said only if it failed."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    course = ["--course", str(cwd)] if command[0] == "grader" else []
    done = subprocess.run(
        [BIN / command[0], *command[1:], *course], cwd=cwd, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
