"""`grader report`: a page about the class: scores, what was hard, which mistakes were common, who needs a word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import solutions
from grader.marking.run import GRADES
from grader.marking.worker import WAITING
from unrolled.exam.show import paragraphs

BINS = 10


@dataclass(frozen=True)
class Mistake:
    """A misconception and who had it."""

    exercise: str
    name: str
    explanation: str
    learners: tuple[str, ...]


@dataclass(frozen=True)
class Difficulty:
    """How one exercise went: share of points earned, and how many earned all, some, none or didn't begin."""

    exercise: str
    points: float
    mean: float
    full: int
    some: int
    none: int
    unsolved: int


@dataclass(frozen=True)
class LessonPage:
    """All the page says about one lesson; why a learner `failed`, or was `lost` by a fault of ours."""

    name: str
    graded: int
    failed: dict[str, str]
    lost: dict[str, str]
    missing: tuple[str, ...]
    median: float
    max_score: float
    histogram: tuple[int, ...]
    difficulties: tuple[Difficulty, ...]
    mistakes: tuple[Mistake, ...]
    rows: dict[str, dict[str, Any]]


def write_report(course: Path, lessons: Sequence[str] = ()) -> Path:
    """Write the class page from the last grading's results; returns its path.

    Raises
    ------
    FileNotFoundError
        If nothing has been graded yet.
    """
    grades = json.loads((course / GRADES).read_text(encoding="utf-8"))["lessons"]
    pages = [lesson_page(name, grades[name]) for name in sorted(grades) if not lessons or name in lessons]
    environment = Environment(loader=PackageLoader("grader.marking"), autoescape=True, undefined=StrictUndefined)
    path = course / "report" / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    environment.filters["paragraphs"] = lambda text: Markup(paragraphs(text))
    html = environment.get_template("report.html").render(pages=pages)
    path.write_text(html, encoding="utf-8")
    return path


def lesson_page(name: str, grades: dict[str, dict[str, Any]]) -> LessonPage:
    """What is to be said about one lesson."""
    graded = {learner: grade for learner, grade in grades.items() if grade["status"] == "graded"}
    scores = [grade["score"] for grade in graded.values()]
    max_score = max((grade["max_score"] for grade in grades.values()), default=0.0)
    return LessonPage(
        name=name,
        graded=len(graded),
        failed=_reasons(grades, ours=False),
        lost=_reasons(grades, ours=True),
        missing=tuple(learner for learner, grade in grades.items() if grade["status"] == "missing"),
        median=median(scores) if scores else 0.0,
        max_score=max_score,
        histogram=histogram(scores, max_score),
        difficulties=tuple(difficulty(exercise, graded) for exercise in _exercises(graded)),
        mistakes=common_mistakes(name, graded),
        rows=dict(sorted(graded.items())),
    )


def histogram(scores: Sequence[float], max_score: float) -> tuple[int, ...]:
    """How many scores fall into each tenth of what could be earned; full marks belong to the last tenth."""
    if not max_score:
        return (0,) * BINS
    counts = Counter(min(int(BINS * score / max_score), BINS - 1) for score in scores)
    return tuple(counts[place] for place in range(BINS))


def difficulty(exercise: str, graded: dict[str, dict[str, Any]]) -> Difficulty:
    """How the class did on one exercise."""
    found = [grade["exercises"][exercise] for grade in graded.values() if exercise in grade["exercises"]]
    points = max((result["max_score"] for result in found), default=0.0)
    found = [result for result in found if result["status"] != WAITING]
    right = [result["status"] == "passed" for result in found]
    some = sum(not passed and result["score"] > 0 for passed, result in zip(right, found, strict=True))
    unsolved = sum(result["status"] == "unsolved" for result in found)
    shares = [result["score"] / points if points else float(ok) for ok, result in zip(right, found, strict=True)]
    mean = fmean(shares) if shares else 0.0
    return Difficulty(exercise, points, mean, sum(right), some, len(found) - sum(right) - some - unsolved, unsolved)


def common_mistakes(lesson: str, graded: dict[str, dict[str, Any]]) -> tuple[Mistake, ...]:
    """The misconceptions seen, the most common first."""
    seen: dict[tuple[str, str], list[str]] = {}
    for learner, grade in sorted(graded.items()):
        for exercise, result in grade["exercises"].items():
            for name in filter(None, (result["misconception"] or "").split(", ")):
                seen.setdefault((exercise, name), []).append(learner)
    texts = {(e.name, m.name): m.explanation for e in solutions.exercises(lesson) for m in e.misconceptions}
    mistakes = [Mistake(*key, texts.get(key, ""), tuple(learners)) for key, learners in seen.items()]
    return tuple(sorted(mistakes, key=lambda mistake: -len(mistake.learners)))


def _reasons(grades: dict[str, dict[str, Any]], ours: bool) -> dict[str, str]:
    failed = {learner: grade for learner, grade in grades.items() if grade["status"] == "failed"}
    return {learner: g["reason"] for learner, g in failed.items() if (g.get("blame") == "infrastructure") == ours}


def _exercises(graded: dict[str, dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(exercise for grade in graded.values() for exercise in grade["exercises"]))
