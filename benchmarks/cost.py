"""Where the processor's time for one graded submission goes, on both sides of the wall."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import nbformat
import psutil
from rich.table import Table

from benchmarks.budget import Budget
from benchmarks.grading import LESSON, code_of, make_course
from grader.judging import grading
from grader.marking import worker
from grader.nbgrader.bridge import course_directory, settled_config
from grader.nbgrader.gradebook import Book
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.session import Session
from unrolled.exam.exercise import Exercise

ALLOTTED, LEARNERS, ALLOWED = 50, 40, 60  # every other learner is there to warm up
WARMING, GRADING, ALONE = 12, 18, 6  # seconds that each of these may take
STAGES = (
    (worker, "notebook_of", "reading, and setting onto the release"),
    (Sandbox, "session", "having two processes forked"),
    (Session, "close", "ending them"),
    (Session, "run_cell", "messages: cells"),
    (Session, "call", "messages: calls"),
    (Session, "get", "messages: calls"),
    (Exercise, "examine", "inputs and references"),
    (grading, "_judge", "comparison and explanation"),
    (grading, "clean_outputs", "making outputs safe"),
    (worker, "_result", "writing the notebook"),
    (worker, "fingerprints", "fingerprints of the work"),
    (worker, "make_page", "the feedback page"),
)


def run(_: Budget) -> Table:
    """Grade a class in this process, stage by stage, and measure the confined side by itself."""
    with tempfile.TemporaryDirectory(prefix="unrolled-benchmark-") as folder:
        course = make_course(Path(folder), LEARNERS)
        spent, confined, graded = by_stage(course)
        cells = [code_of(path) for path in sorted(course.glob("submitted/*/*/*.ipynb"))[1::2]]
    empty, passing, running = (confined_alone(cells, kind) for kind in ("none", "pass", "cells"))
    table = Table("", "ms CPU", title=f"One submission of {LESSON}: where the time goes, mean of {graded}")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        table.add_row(f"trusted: {name}", f"{1000 * seconds / graded:.1f}")
    alone = alone_in_python(cells)
    for name, seconds in (
        ("two processes born, confined and ended", empty),
        ("IPython and messages, two runs", passing - empty),
        ("the cells' own work, two runs", running - passing),
        ("calls of the learner's functions", confined - running),
    ):
        table.add_row(f"confined: {name}", f"{1000 * seconds:.1f}")
    total = sum(spent.values()) / graded + confined
    table.add_row("together", f"{1000 * total:.1f}")
    table.add_row("the cells alone, in plain Python, once", f"{1000 * alone:.1f}")
    table.add_row(f"beyond two runs of them (goal: {ALLOWED})", f"{1000 * (total - 2 * alone):.1f}")
    return table


def within(seconds: float, items: Iterable[Any]) -> Iterator[Any]:
    """As many as there is time for, one in any case."""
    end = time.monotonic() + seconds
    for item in items:
        yield item
        if time.monotonic() > end:
            return


def by_stage(course: Path) -> tuple[dict[str, float], float, int]:
    """Trusted seconds by stage, of all that were graded, confined seconds of one submission, and how many were."""
    config = settled_config(course)
    with Book(course_directory(course, config, None), config) as book:
        release, points = nbformat.writes(book.release(LESSON, LESSON)), book.max_points(LESSON)
    tasks = [
        worker.Task(LESSON, path.read_bytes(), release, 1) for path in sorted(course.glob("submitted/*/*/*.ipynb"))
    ]
    for task in within(WARMING, tasks[::2]):
        grade(task, points)
    spent: dict[str, float] = defaultdict(float)
    before, graded = _of_children(), 0
    with _measured(spent):
        for task in within(GRADING, tasks[1::2]):
            _timed(spent, "the rest", grade)(task, points)
            graded += 1
    return dict(spent), (_of_children() - before) / graded, graded


def grade(task: worker.Task, points: dict[str, float]) -> None:
    """Judge a submission and make its page."""
    result = worker.judge(task)
    scores = {name: score or 0.0 for name, score in result.scores.items()}
    standing = {"scores": scores, "comments": {}, "points": points, "late_penalty": 0.0}
    worker.make_page(LESSON, result.notebook, standing)


def confined_alone(notebooks: list[list[str]], kind: str) -> float:
    """Confined seconds of a submission's two runs: with no cell, with cells that do nothing, or with its own."""
    with Sandbox() as sandbox:
        for shown in (False, True):
            with sandbox.session(shown) as session:
                session.run_cell("pass")
        before, done = _of_children(), 0
        for cells in within(ALONE, notebooks):
            done += 1
            for shown in (True, False):
                with sandbox.session(shown) as session:
                    for cell in cells if kind != "none" else ():
                        session.run_cell("pass" if kind == "pass" else cell, lenient=True, quiet=not shown)
        return (_of_children() - before) / done


def alone_in_python(notebooks: list[list[str]]) -> float:
    """Seconds that a notebook's cells take in one fresh namespace, by `exec`, in a process that has imported all."""
    with Sandbox() as sandbox, sandbox.session() as session:
        program = (
            "import contextlib, io, time\nfor cells in [[], *{0!r}]:\n begin, names = time.process_time(), {{}}\n"
            " for cell in cells:\n  with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):\n"
            "   exec(cell, names)\n print(time.process_time() - begin)"
        )
        shown = session.run_cell(program.format(notebooks[:8])).outputs
    times = [float(line) for output in shown for line in output.get("text", "").split() if _is_number(line)]
    return sum(times[2:]) / max(len(times) - 2, 1)


def _is_number(word: str) -> bool:
    return word.replace(".", "").replace("e-", "").isdigit()


@contextmanager
def _measured(spent: dict[str, float]) -> Iterator[None]:
    """Have every stage's time noted, without that of stages inside it."""
    originals = [(owner, attribute, getattr(owner, attribute)) for owner, attribute, _ in STAGES]
    for owner, attribute, name in STAGES:
        setattr(owner, attribute, _timed(spent, name, getattr(owner, attribute)))
    try:
        yield
    finally:
        for owner, attribute, original in originals:
            setattr(owner, attribute, original)


_inside: list[float] = []


def _timed(spent: dict[str, float], name: str, function: Callable) -> Callable:
    @wraps(function)
    def timed(*args: Any, **kw: Any) -> Any:
        begin = time.process_time()
        _inside.append(0.0)
        try:
            return function(*args, **kw)
        finally:
            took = time.process_time() - begin
            spent[name] += took - _inside.pop()
            if _inside:
                _inside[-1] += took

    return timed


def _of_children() -> float:
    """Seconds of processor time of all processes started from here, and of those that they have ended."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    return sum(t.user + t.system + t.children_user + t.children_system for t in times)
