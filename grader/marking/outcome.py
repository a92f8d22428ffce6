"""What grading a class gave, as the plain data that `--json`, the table and the class page are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from grader.marking.worker import BY_HAND, FAILED, GRADED, WAITING, Result
from grader.nbgrader.gradebook import Book, Standing

MISSING = "missing"
_SHOWN = ("score", "max_score", "status", "misconception", "message", "cluster")


def lesson_outcome(
    book: Book,
    lesson: str,
    results: Mapping[str, Mapping[str, Result]],
    learners: Iterable[str] | None = None,
    known: Mapping[str, Standing] | None = None,
) -> dict[str, dict[str, Any]]:
    """Scores, status and verdicts of one lesson, by learner.

    Parameters
    ----------
    book : Book
        Already up to date: scores are the gradebook's, with what people graded by hand.
    lesson : str
    results : dict
        By learner and notebook.
    learners : iterable of str, optional
        Whose; all those enrolled and graded, if it isn't given.
    known : dict, optional
        How some of them stand, read since the gradebook was written.
    """
    learners = sorted({*book.learners(), *results}) if learners is None else list(learners)
    known, points = known or {}, book.max_points(lesson)
    standings = {**known, **book.standings(lesson, [name for name in learners if name not in known])}
    most = book.max_score(lesson)
    return {learner: _learner(results.get(learner, {}), standings.get(learner), points, most) for learner in learners}


def all_graded(outcome: Mapping[str, Mapping[str, dict]]) -> bool:
    """Whether every submission got a verdict."""
    return all(learner["status"] != FAILED for lesson in outcome.values() for learner in lesson.values())


def _learner(
    results: Mapping[str, Result], standing: Standing | None, points: Mapping[str, float], most: float
) -> dict[str, Any]:
    failures = [result for result in results.values() if result.status == FAILED]
    status = MISSING if not results else FAILED if failures else GRADED
    outcome: dict[str, Any] = {
        "score": standing.score if standing else 0.0,
        "max_score": most,
        "status": status,
    }
    if failures:
        outcome |= {"reason": failures[0].reason, "blame": failures[0].blame}
    if standing and standing.late_penalty:
        outcome |= {"earned": standing.earned, "late_penalty": standing.late_penalty}
    if standing and standing.seconds_late:
        outcome["seconds_late"] = standing.seconds_late
    names = Counter(name for result in results.values() for name in result.exercises)
    exercises = {
        name if names[name] == 1 else f"{notebook}/{name}": exercise
        for notebook, result in results.items()
        for name, exercise in _exercises(notebook, result, standing)
    }
    return outcome | {"exercises": exercises or _nothing(points, outcome.get("reason", "Not handed in."))}


def _exercises(notebook: str, result: Result, standing: Standing | None) -> Iterable[tuple[str, dict[str, Any]]]:
    for name, exercise in result.exercises.items():
        now = _now(notebook, exercise, standing)
        yield name, {what: now[what] for what in _SHOWN if what in now}


def _now(notebook: str, exercise: dict[str, Any], standing: Standing | None) -> dict[str, Any]:
    """An exercise as the gradebook has it: what a person has graded or is yet to grade is the person's."""
    if standing is None or exercise["cell"] not in standing.scores.get(notebook, {}):
        return exercise
    score = standing.scores[notebook][exercise["cell"]]
    if (notebook, exercise["cell"]) in standing.waiting:
        return exercise | {"score": score, "status": WAITING, "message": exercise["message"] or BY_HAND}
    if exercise["status"] == WAITING or score != exercise["score"]:
        done = "passed" if score >= exercise["max_score"] else "failed"
        return exercise | {"score": score, "status": done, "message": exercise["message"].replace(BY_HAND, "")}
    return exercise


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
