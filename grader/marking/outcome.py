"""What grading a class gave, as the plain data that `--json`, the table and the class page are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from grader.marking.worker import FAILED, GRADED, Result
from grader.nbgrader.gradebook import Book, Standing

MISSING = "missing"
_SHOWN = ("max_score", "status", "misconception", "message")


def lesson_outcome(book: Book, lesson: str, results: Mapping[str, Mapping[str, Result]]) -> dict[str, dict[str, Any]]:
    """Scores, status and verdicts of one lesson, by learner.

    Parameters
    ----------
    book : Book
        Already up to date: scores are the gradebook's, with what people graded by hand.
    lesson : str
    results : dict
        By learner and notebook.
    """
    learners = sorted({*book.learners(), *results})
    standings, points = book.standings(lesson, learners), book.max_points(lesson)
    return {learner: _learner(results.get(learner, {}), standings.get(learner), points) for learner in learners}


def all_graded(outcome: Mapping[str, Mapping[str, dict]]) -> bool:
    """Whether every submission got a verdict."""
    return all(learner["status"] != FAILED for lesson in outcome.values() for learner in lesson.values())


def _learner(results: Mapping[str, Result], standing: Standing | None, points: Mapping[str, float]) -> dict[str, Any]:
    failures = [result for result in results.values() if result.status == FAILED]
    status = MISSING if not results else FAILED if failures else GRADED
    outcome: dict[str, Any] = {
        "score": standing.score if standing else 0.0,
        "max_score": sum(points.values()),
        "status": status,
    }
    if failures:
        outcome |= {"reason": failures[0].reason, "blame": failures[0].blame}
    if standing and standing.late_penalty:
        outcome["late_penalty"] = standing.late_penalty
    exercises = {name: result for pair in results.items() for name, result in _exercises(*pair, standing)}
    return outcome | {"exercises": exercises or _nothing(points, outcome.get("reason", "Not handed in."))}


def _exercises(notebook: str, result: Result, standing: Standing | None) -> Iterable[tuple[str, dict[str, Any]]]:
    scores = standing.scores.get(notebook, {}) if standing else {}
    for name, exercise in result.exercises.items():
        score = scores.get(exercise["cell"], exercise["score"])
        yield name, {"score": score} | {what: exercise[what] for what in _SHOWN}


def _nothing(points: Mapping[str, float], message: str) -> dict[str, dict[str, Any]]:
    return {
        cell.removeprefix("check_"): {
            "score": 0.0,
            "max_score": most,
            "status": "unsolved",
            "misconception": None,
            "message": message,
        }
        for cell, most in points.items()
    }
