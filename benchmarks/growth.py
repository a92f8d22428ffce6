"""Classes of many: whether grading a thousand goes as fast as grading a hundred, and what it leaves on the disk.

An ordinary assignment of one cell and one test, all answers different: so what is measured is what a submission costs
besides the learner's work. What a class of two takes, which is the start, is taken off.
`GROWTH=24,240 GROWTH_LESSON=02_definition python -m benchmarks growth` takes other sizes, and a lesson. Of sizes that
don't fit into the time allotted, the table says so.
"""

import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from rich.table import Table

from benchmarks.budget import Budget
from benchmarks.grading import BIN, LESSON, make_course, run_quietly

SIZES = [int(size) for size in os.environ.get("GROWTH", "100,1000,10000").split(",")]
ALLOTTED = 220 if "GROWTH" not in os.environ else 2 * sum(SIZES) + 60
SMALL, START, MIB = "small", 2, 2**20
CHOSEN = os.environ.get("GROWTH_LESSON", SMALL)
HEADS = ("submissions", "a minute", "coordinator, MiB", "its CPU, ms each", "MB on disk each", "again, CPU ms each")


def run(budget: Budget) -> Table:
    """Grade each class, then again with nothing changed."""
    table = Table(*HEADS, title=f"Classes of many, {CHOSEN}, all different")
    start, each = measured(START), 0.0
    for size in SIZES:
        begin = time.monotonic()
        if each * size > budget.left:
            table.add_row(f"{size:,}", f"left out: {each * size:.0f} s", "", "", "", "")
            continue
        whole = measured(size)
        table.add_row(*row(size, whole, start))
        each = (time.monotonic() - begin) / size
    return table


@dataclass
class Measured:
    """What a class took: seconds of the clock and of the coordinator's processor, MiB, bytes, and seconds again."""

    seconds: float
    cpu: float
    memory: float
    grown: float
    again: float


def measured(size: int) -> Measured:
    """Grade a class of so many, twice."""
    with tempfile.TemporaryDirectory(prefix="unrolled-benchmark-") as folder:
        course = make_small(Path(folder, "course"), size) if CHOSEN == SMALL else make_course(Path(folder, "c"), size)
        before = on_disk(course)
        seconds, cpu, memory = graded(course)
        _, again, _ = graded(course)
        return Measured(seconds, cpu, memory, on_disk(course) - before + on_disk(course / "submitted"), again)


def row(size: int, whole: Measured, start: Measured) -> tuple[str, ...]:
    """What there is to say of a class: for each that came after the first two, what it added."""
    more = size - START
    added = 1000 * (whole.cpu - start.cpu) / more, whole.grown / size / 1e6, 1000 * (whole.again - start.again) / more
    each = (f"{number:.{digits}f}" for number, digits in zip(added, (1, 3, 2)))
    return f"{size:,}", f"{60 * more / (whole.seconds - start.seconds):.0f}", f"{whole.memory:.0f}", *each


def make_small(course: Path, size: int) -> Path:
    """A course of one assignment, of one cell and its test."""
    marks = {"schema_version": 3, "locked": False, "task": False}
    answer = {"nbgrader": marks | {"grade_id": "answer", "grade": False, "solution": True}}
    test = {"nbgrader": marks | {"grade_id": "test", "grade": True, "solution": False, "points": 1, "locked": True}}
    cells = [
        new_code_cell("def f(x):\n    return x + 1", metadata=answer),
        new_code_cell("assert f(1) == 2", metadata=test),
    ]
    (course / "source" / SMALL).mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells), course / "source" / SMALL / f"{SMALL}.ipynb")
    Path(course, "nbgrader_config.py").touch()
    run_quietly("nbgrader", "generate_assignment", SMALL, cwd=course)
    released = Path(course, "release", SMALL, f"{SMALL}.ipynb").read_text(encoding="utf-8")
    for number in range(size):
        folder = course / "submitted" / f"learner{number:05d}" / SMALL
        folder.mkdir(parents=True)
        Path(folder, f"{SMALL}.ipynb").write_text(released.replace("x + 1", f"x + 1 + 0 * {number}"), encoding="utf-8")
    return course


def graded(course: Path) -> tuple[float, float, float]:
    """Seconds of the clock, the coordinator's seconds of processor time, and its peak of memory in MiB."""
    begin = time.perf_counter()
    lesson = SMALL if CHOSEN == SMALL else LESSON
    command = [BIN / "grader", "grade", lesson, "--course", course]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.send_signal(signal.SIGINT)
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"grader grade ended with {process.returncode}")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / MIB


def on_disk(folder: Path) -> int:
    """Bytes that all files of a folder take on the disk, whole blocks."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
