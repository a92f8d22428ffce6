"""What there is to do with a submission: grade it, make a feedback page. Plain data in, plain data out.

`grade` and `page` may be called anywhere, a cluster's worker included: they have it done by a process that can be
killed. Such a process keeps one sandbox, its examinations and its page exporter for as long as it lives.
"""

from __future__ import annotations

import atexit
import contextlib
import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell

from grader.confined.limits import Limits
from grader.errors import (
    AuthoringError,
    InfrastructureError,
    IsolationUnavailable,
    ProcessLost,
    SubmissionError,
    TookTooLong,
    TookTooMuch,
)
from grader.judging.grading import GradedNotebook, grade_notebook
from grader.judging.submission import notebook_of
from grader.judging.winnowing import fingerprints
from grader.judging.written import as_text, from_text
from grader.marking.workhorse import TRIES, Bounds, supervised
from grader.sandbox.sandbox import Sandbox

GRADED, FAILED, WAITING = "graded", "failed", "waiting"
BY_HAND = "To be graded by a person."
GRADING_CPU, PAGE = 120, Bounds(cpu=60, wall=600)
_sandboxes: dict[str, Sandbox] = {}


@dataclass(frozen=True)
class Task:
    """One notebook to grade.

    Attributes
    ----------
    lesson : str
    data : bytes
        The submitted file.
    release : str
        The notebook it is held against, as JSON.
    seed : int
    isolation : str
    files : dict of bytes
        What lies beside the notebook.
    seconds : float
        How long a cell may take.
    """

    lesson: str
    data: bytes
    release: str
    seed: int
    isolation: str = "strict"
    files: dict[str, bytes] = field(default_factory=dict)
    seconds: float = Limits.cell_seconds


@dataclass(frozen=True)
class Result:
    """What became of it.

    Attributes
    ----------
    status : {"graded", "failed"}
    reason : str
        Why it failed, and what to do.
    blame : {"", "submission", "infrastructure"}
        Whose fault it is.
    notebook : str
        The graded notebook, as JSON.
    kept : str
        What says of a text whether it is that notebook, as it is kept for formgrader.
    scores, comments : dict
        For the gradebook, by cell.
    exercises : dict
        By exercise: cell, score, max_score, status, misconception (the names of all, joined by ", ", or None), message;
        and cluster, what wrong answers share that give the same numbers, if nothing explains this one.
    prints : str
        Fingerprints of what the learner wrote.
    """

    status: str
    reason: str = ""
    blame: str = ""
    notebook: str = ""
    kept: str = ""
    scores: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    exercises: dict[str, dict[str, Any]] = field(default_factory=dict)
    prints: str = ""


def prepare(isolation: str) -> None:
    """Start this process's sandbox before there is anything to grade; whatever is wrong shows when there is."""
    with contextlib.suppress(Exception):
        _sandbox(isolation)


def grade(task: Task) -> Result:
    """Grade one notebook, within bounds of time."""
    try:
        return supervised(judge, task, bounds=_bounds(task.seconds))
    except (TookTooLong, TookTooMuch) as error:
        return Result(FAILED, str(error), "submission")
    except ProcessLost as error:
        return _not_graded(f"{error}; tried {TRIES} times")
    except InfrastructureError as error:  # it stands still, or there is no memory
        return _not_graded(str(error))


def timed(task: Task) -> tuple[Result, float]:
    """Grade one notebook; also says how many seconds it kept the others waiting."""
    started = time.monotonic()
    return grade(task), time.monotonic() - started


def read(data: bytes, release: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """What was handed in, set onto the released notebook, within bounds of time."""
    return supervised(notebook_of, data, release, bounds=PAGE)


def run(
    notebook: nbformat.NotebookNode, lesson: str, seed: int, files: dict[str, bytes], isolation: str, seconds: float
) -> nbformat.NotebookNode:
    """Grade a notebook that has been read, within bounds of time; the rest as in a `Task`."""
    return supervised(_run, notebook, lesson, seed, files, isolation, seconds, bounds=_bounds(seconds))


def _bounds(seconds: float) -> Bounds:
    """For grading: what a submission itself may take is bounded elsewhere, and far less than the wait."""
    return Bounds(cpu=GRADING_CPU, wall=3600 + 200 * seconds)


def page(name: str, notebook: str, standing: dict[str, Any]) -> str:
    """The feedback page of a graded notebook, within bounds of time; `standing` is arguments of `feedback_page`."""
    try:
        return supervised(make_page, name, notebook, standing, bounds=PAGE)
    except (TookTooLong, TookTooMuch):
        return supervised(make_page, name, notebook, standing, True, bounds=PAGE)


def judge(task: Task) -> Result:
    """Grade one notebook here; a fault of the machinery is tried again with a fresh sandbox, twice."""
    release = _released(task.release)
    try:
        notebook = notebook_of(task.data, release)
    except SubmissionError as error:
        return Result(FAILED, str(error), "submission")
    for left in reversed(range(TRIES)):
        try:
            sandbox = _sandbox(task.isolation, task.seconds)
            graded = grade_notebook(notebook, task.lesson, sandbox, task.seed, task.files)
            return replace(_result(graded), prints=fingerprints(notebook))
        except IsolationUnavailable:
            raise
        except AuthoringError as error:
            return Result(FAILED, str(error), "infrastructure")
        except InfrastructureError as error:
            _drop()
            if isinstance(error.__cause__, MemoryError):
                raise error.__cause__ from None
            if not left:
                return _not_graded(f"{error}; tried {TRIES} times")
    raise AssertionError("unreachable")


@lru_cache(maxsize=8)
def _released(text: str) -> nbformat.NotebookNode:
    return nbformat.reads(text, as_version=4)


def _run(
    notebook: nbformat.NotebookNode, lesson: str, seed: int, files: dict[str, bytes], isolation: str, seconds: float
) -> nbformat.NotebookNode:
    return grade_notebook(notebook, lesson, _sandbox(isolation, seconds), seed, files).notebook


def make_page(name: str, notebook: str, standing: dict[str, Any], bare: bool = False) -> str:
    """The feedback page of a graded notebook, made here; a bare one shows verdicts, and nothing the learner wrote."""
    from grader.nbgrader.feedback import feedback_page

    shown = from_text(notebook)
    if bare:
        verdicts = [cell for cell in shown.cells if _is_check(cell)]
        shown.cells = [
            new_markdown_cell("What was handed in takes too long to show: here are its verdicts."),
            *verdicts,
        ]
    return feedback_page(shown, name, **standing)


def _is_check(cell: nbformat.NotebookNode) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("grade") and not marks.get("solution"))


def _not_graded(why: str) -> Result:
    return Result(FAILED, f"{why}. Grade it again: its marks are as before", "infrastructure")


def _result(graded: GradedNotebook) -> Result:
    from grader.nbgrader.marks import marks_of

    scores, comments = marks_of(graded.notebook)
    exercises = {
        name: {
            "cell": f"check_{name}",
            "score": verdict.score,
            "max_score": verdict.max_score,
            "status": verdict.status,
            "misconception": ", ".join(verdict.misconceptions) or None,
            "message": verdict.message,
        }
        | ({"cluster": verdict.cluster} if verdict.cluster else {})
        for name, verdict in graded.verdicts.items()
    }
    if not exercises:
        exercises = _by_cell(graded.notebook, scores)
    return Result(GRADED, notebook=as_text(graded.notebook), scores=scores, comments=comments, exercises=exercises)


def _by_cell(notebook: nbformat.NotebookNode, scores: dict[str, float | None]) -> dict[str, dict[str, Any]]:
    marked = (cell.metadata.get("nbgrader", {}) for cell in notebook.cells)
    graded = [marks for marks in marked if marks.get("grade") or marks.get("task")]
    points = {marks.get("grade_id"): float(marks.get("points", 0.0)) for marks in graded}
    return {name: _of_cell(name, scores.get(name), most) for name, most in points.items()}


def _of_cell(grade_id: str, score: float | None, most: float) -> dict[str, Any]:
    return {
        "cell": grade_id,
        "score": score or 0.0,
        "max_score": most,
        "status": WAITING if score is None else "passed" if score == most else "failed",
        "misconception": None,
        "misconceptions": [],
        "message": BY_HAND if score is None else "",
    }


def _sandbox(isolation: str, seconds: float = Limits.cell_seconds) -> Sandbox:
    """This process's sandbox, for cells that may take so long."""
    if isolation not in _sandboxes:
        _sandboxes[isolation] = Sandbox(Limits(), isolation)
    _sandboxes[isolation].pace(seconds)
    return _sandboxes[isolation]


@atexit.register
def _drop() -> None:
    while _sandboxes:
        with contextlib.suppress(Exception):
            _sandboxes.popitem()[1].close()
