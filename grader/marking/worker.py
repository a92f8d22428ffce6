"""What a worker process does: grade a submission, make a feedback page. Plain data in, plain data out.

Each process keeps one sandbox, its examinations and its page exporter for as long as it lives.
"""

from __future__ import annotations

import atexit
import contextlib
from dataclasses import dataclass, field
from threading import get_ident
from typing import Any

import nbformat

from grader.confined.limits import Limits
from grader.errors import InfrastructureError, IsolationUnavailable, SubmissionError
from grader.judging.grading import GradedNotebook, grade_notebook
from grader.judging.submission import notebook_of
from grader.sandbox.sandbox import Sandbox

GRADED, FAILED, WAITING = "graded", "failed", "waiting"
BY_HAND = "To be graded by a person."
TRIES = 3
_sandboxes: dict[int, tuple[tuple[str, float], Sandbox]] = {}


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
    scores, comments : dict
        For the gradebook, by cell.
    exercises : dict
        By exercise: cell, score, max_score, status, misconception (the names of all, joined by ", ", or None), message.
    """

    status: str
    reason: str = ""
    blame: str = ""
    notebook: str = ""
    scores: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    exercises: dict[str, dict[str, Any]] = field(default_factory=dict)


def prepare(isolation: str) -> None:
    """Start this process's sandbox before there is anything to grade; whatever is wrong shows when there is."""
    with contextlib.suppress(Exception):
        _sandbox(isolation)


def grade(task: Task) -> Result:
    """Grade one notebook; a fault of the machinery is tried again with a fresh sandbox, twice."""
    release = nbformat.reads(task.release, as_version=4)
    try:
        notebook = notebook_of(task.data, release)
    except SubmissionError as error:
        return Result(FAILED, str(error), "submission")
    for left in reversed(range(TRIES)):
        try:
            sandbox = _sandbox(task.isolation, task.seconds)
            return _result(grade_notebook(notebook, task.lesson, sandbox, task.seed, task.files))
        except IsolationUnavailable:
            raise
        except InfrastructureError as error:
            _drop(get_ident())
            if not left:
                return Result(FAILED, f"{error}; tried {TRIES} times. Grade it again: its marks are as before",
                              "infrastructure")  # fmt: skip
    raise AssertionError("unreachable")


def page(name: str, notebook: str, standing: dict[str, Any]) -> str:
    """The feedback page of a graded notebook; `standing` is keyword arguments of `feedback_page`."""
    from grader.nbgrader.feedback import feedback_page

    return feedback_page(nbformat.reads(notebook, as_version=4), name, **standing)


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
        for name, verdict in graded.verdicts.items()
    }
    if not exercises:
        exercises = _by_cell(graded.notebook, scores)
    return Result(GRADED, notebook=nbformat.writes(graded.notebook), scores=scores, comments=comments,
                  exercises=exercises)  # fmt: skip


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
    """This thread's sandbox, for one kind of task at a time: a cluster's workers may have several threads."""
    kind, sandbox = _sandboxes.get(get_ident(), (None, None))
    if kind != (isolation, seconds):
        _drop(get_ident())
        sandbox = Sandbox(Limits().paced(seconds), isolation)
        _sandboxes[get_ident()] = (isolation, seconds), sandbox
    return sandbox


def _drop(thread: int) -> None:
    _, sandbox = _sandboxes.pop(thread, (None, None))
    with contextlib.suppress(Exception):
        if sandbox:
            sandbox.close()


@atexit.register
def _close_all() -> None:
    for thread in list(_sandboxes):
        _drop(thread)
