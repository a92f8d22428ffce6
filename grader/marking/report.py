"""The page about the class: who fell behind, what was hard, which mistakes were common, whose work is alike.

One file that asks nothing of the network. Its tables of learners are drawn by its own script from data in the page; its
policy allows that script alone, and lets no text become markup.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import solutions
from grader.marking.alike import Group, kept
from grader.marking.cache import write_atomically
from grader.marking.clusters import Cluster, clusters
from grader.marking.items import Item, histogram, items, sign
from grader.marking.mistakes import in_words
from grader.marking.overview import Grades, overview
from grader.marking.worker import FAILED, GRADED
from unrolled.exam.show import paragraphs

GRADES = "grades.json"
RARE = 0.01


@dataclass(frozen=True)
class Mistake:
    """A misconception, what it is called, and who had it."""

    exercise: str
    called: str
    explanation: str
    learners: tuple[str, ...]


@dataclass(frozen=True)
class LessonPage:
    """All the page says about one lesson; why a learner `failed`, or was `lost` by a fault of ours."""

    name: str
    graded: int
    late: int
    failed: dict[str, str]
    lost: dict[str, str]
    missing: tuple[str, ...]
    median: float
    max_score: float
    histogram: tuple[int, ...]
    items: tuple[Item, ...]
    mistakes: tuple[Mistake, ...]
    rare: tuple[Mistake, ...]
    unnamed: list[Cluster]
    alike: list[Group]


def write_report(course: Path, lessons: Sequence[str] = ()) -> Path:
    """Write the class page from the last grading's results; returns its path.

    Raises
    ------
    FileNotFoundError
        If nothing has been graded yet.
    """
    grades = json.loads((course / GRADES).read_text(encoding="utf-8"))["lessons"]
    path = course / "report" / "index.html"
    wanted = {name: grades[name] for name in sorted(grades) if not lessons or name in lessons}
    write_atomically(path, class_page(wanted, course), 0o600)
    return path


def class_page(grades: Grades, course: Path) -> str:
    """The page, as HTML."""
    environment = Environment(loader=PackageLoader("grader.marking"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True)  # fmt: skip
    environment.filters |= {"paragraphs": lambda text: Markup(paragraphs(text)), "hashed": _hashed}
    css, js = (environment.loader.get_source(environment, f"report.{kind}")[0] for kind in ("css", "js"))
    at_a_glance = overview(grades)
    pages = [lesson_page(name, grades[name], course) for name in grades]
    data = _data(grades, at_a_glance.learners, course / "feedback")
    told = {"course": at_a_glance, "pages": pages, "data": data, "graded": _graded(course)}
    return environment.get_template("report.html").render(css=Markup(css), js=Markup(js), **told)


def _graded(course: Path) -> str:
    """Which course this is, and when it was graded: on paper nothing else says so."""
    with suppress(OSError):
        when = datetime.fromtimestamp((course / GRADES).stat().st_mtime, UTC)
        return f"{course.resolve().name} · as graded {when:%Y-%m-%d %H:%M} UTC"
    return course.resolve().name


def lesson_page(name: str, grades: Mapping[str, Mapping[str, Any]], course: Path) -> LessonPage:
    """What is to be said about one lesson."""
    graded = {learner: grade for learner, grade in grades.items() if grade["status"] == GRADED}
    scores = [grade["score"] for grade in graded.values()]
    max_score = max((grade["max_score"] for grade in grades.values()), default=0.0)
    common, rare = parted(common_mistakes(name, graded), len(graded))
    return LessonPage(
        name=name,
        graded=len(graded),
        late=sum(bool(grade.get("late_penalty")) for grade in graded.values()),
        failed=_reasons(grades, ours=False),
        lost=_reasons(grades, ours=True),
        missing=tuple(learner for learner, grade in grades.items() if grade["status"] == "missing"),
        median=median(scores) if scores else 0.0,
        max_score=max_score,
        histogram=histogram(scores, max_score),
        items=items(graded),
        mistakes=common,
        rare=rare,
        unnamed=clusters(course, name, graded),
        alike=kept(course, name),
    )


def common_mistakes(lesson: str, graded: Mapping[str, Mapping[str, Any]]) -> tuple[Mistake, ...]:
    """The misconceptions seen, the most common first."""
    seen: dict[tuple[str, str], list[str]] = {}
    for learner, grade in sorted(graded.items()):
        for exercise, result in grade["exercises"].items():
            for name in filter(None, (result["misconception"] or "").split(", ")):
                seen.setdefault((exercise, name), []).append(learner)
    texts = {(e.name, m.name): m.explanation for e in solutions.exercises(lesson) for m in e.misconceptions}
    words = in_words(lesson)
    mistakes = [
        Mistake(key[0], words.get(key, key[1]), texts.get(key, ""), tuple(learners)) for key, learners in seen.items()
    ]
    return tuple(sorted(mistakes, key=lambda mistake: -len(mistake.learners)))


def parted(mistakes: Sequence[Mistake], learners: int) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """The common mistakes and the rare ones: made by one learner, or by at most one in a hundred."""
    most = max(1, RARE * learners)
    common = tuple(mistake for mistake in mistakes if len(mistake.learners) > most)
    return common, tuple(mistakes[len(common) :])


def _data(grades: Grades, learners: Sequence[str], feedback: Path) -> dict[str, Any]:
    """What the page's script draws its tables from: as short as can be, for thousands of learners."""
    return {"learners": learners, "lessons": [_lesson(name, grades[name], learners, feedback) for name in grades]}


def _lesson(name: str, grades: Mapping[str, Any], learners: Sequence[str], feedback: Path) -> dict[str, Any]:
    exercises = list(
        dict.fromkeys(e for grade in grades.values() if grade["status"] == GRADED for e in grade["exercises"])
    )
    most = max((grade["max_score"] for grade in grades.values()), default=0.0)
    found = [_grade(learner, name, grades.get(learner), exercises, feedback) for learner in learners]
    return {"name": name, "max": most, "exercises": exercises, "grades": found}


def _grade(
    learner: str, lesson: str, grade: Mapping[str, Any] | None, exercises: Sequence[str], feedback: Path
) -> list | str | None:
    if grade is None or grade["status"] not in (GRADED, FAILED):
        return None
    if grade["status"] == FAILED:
        return grade["reason"]
    results = [grade["exercises"].get(name) for name in exercises]
    signs = [sign(result) if result else " " for result in results]
    partly = [round(result["score"], 2) for result, how in zip(results, signs, strict=True) if how == "s"]
    there = (feedback / learner / lesson / f"{lesson}.html").is_file()
    return [round(grade["score"], 2), round(grade.get("late_penalty", 0.0), 2), "".join(signs), partly, int(there)]


def _reasons(grades: Mapping[str, Mapping[str, Any]], ours: bool) -> dict[str, str]:
    failed = {learner: grade for learner, grade in grades.items() if grade["status"] == FAILED}
    return {learner: g["reason"] for learner, g in failed.items() if (g.get("blame") == "infrastructure") == ours}


def _hashed(text: str) -> str:
    """A script or style as a content security policy names it."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
