"""The course at a glance: who fell behind, who waits for a person, what could not be graded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from grader.marking.worker import FAILED, GRADED, WAITING

USUAL, DROP, BEFORE = 0.5, 0.3, 2

Grades = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Behind:
    """Somebody who fell behind.

    Attributes
    ----------
    learner : str
    missing : tuple of str
        Lessons that most of the class handed in, and this learner didn't.
    dropped : str
        What went much worse in the last lesson, in words; or nothing.
    """

    learner: str
    missing: tuple[str, ...]
    dropped: str = ""


@dataclass(frozen=True)
class Overview:
    """What there is to know before any lesson is looked at.

    Attributes
    ----------
    learners : tuple of str
    behind : tuple of Behind
        Who handed in something, the most missing first.
    absent : tuple of str
        Who handed in nothing at all.
    waiting : dict
        By lesson and exercise: whose answers a person has yet to grade.
    failed, lost : list of (str, str, str)
        Learner, lesson and reason of what could not be graded: by the submission's fault, and by ours.
    """

    learners: tuple[str, ...]
    behind: tuple[Behind, ...]
    absent: tuple[str, ...]
    waiting: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    lost: list[tuple[str, str, str]] = field(default_factory=list)


def overview(grades: Grades) -> Overview:
    """The course at a glance.

    Parameters
    ----------
    grades : dict
        By lesson and learner, as in `grades.json`.
    """
    learners = sorted({learner for lesson in grades.values() for learner in lesson})
    usual = [name for name in sorted(grades) if _handed_in(grades[name]) >= USUAL * len(grades[name])]
    absent = [name for name in learners if not any(_came(lesson.get(name)) for lesson in grades.values())]
    behind = [found for name in sorted({*learners} - {*absent}) if (found := _behind(name, grades, usual))]
    troubles = [*_troubles(grades)]
    return Overview(
        learners=tuple(learners),
        behind=tuple(sorted(behind, key=lambda each: -len(each.missing))),
        absent=tuple(absent),
        waiting=_waiting(grades),
        failed=[trouble[:3] for trouble in troubles if trouble[3] != "infrastructure"],
        lost=[trouble[:3] for trouble in troubles if trouble[3] == "infrastructure"],
    )


def _came(grade: Mapping[str, Any] | None) -> bool:
    return grade is not None and grade["status"] in (GRADED, FAILED)


def _handed_in(lesson: Mapping[str, Mapping[str, Any]]) -> int:
    return sum(map(_came, lesson.values()))


def _behind(learner: str, grades: Grades, usual: list[str]) -> Behind | None:
    missing = tuple(name for name in usual if not _came(grades[name].get(learner)))
    dropped = "" if missing else _dropped(learner, grades)
    return Behind(learner, missing, dropped) if missing or dropped else None


def _dropped(learner: str, grades: Grades) -> str:
    """How much worse the last lesson went than those before, if it did."""
    mine = [(name, grades[name][learner]) for name in sorted(grades) if learner in grades[name]]
    shares = [(name, _earned(grade) / grade["max_score"]) for name, grade in mine if _counts(grade)]
    if len(shares) <= BEFORE:
        return ""
    last, before = shares[-1], fmean(share for _, share in shares[:-1])
    return f"{before:.0%} before, {last[1]:.0%} in {last[0]}" if last[1] <= before - DROP else ""


def _counts(grade: Mapping[str, Any]) -> bool:
    """Whether its points can be held against others': all of it is graded, and there are points to have."""
    waits = any(result["status"] == WAITING for result in grade["exercises"].values())
    return grade["status"] == GRADED and grade["max_score"] > 0 and not waits


def _earned(grade: Mapping[str, Any]) -> float:
    """Points before any were taken off because the work came late."""
    return grade["score"] + grade.get("late_penalty", 0.0)


def _waiting(grades: Grades) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for lesson, learners in grades.items():
        for learner, grade in learners.items():
            for name, result in grade["exercises"].items():
                if result["status"] == WAITING:
                    found.setdefault((lesson, name), []).append(learner)
    return found


def _troubles(grades: Grades) -> Iterator[tuple[str, str, str, str]]:
    for lesson, learners in grades.items():
        for learner, grade in learners.items():
            if grade["status"] == FAILED:
                yield learner, lesson, grade["reason"], grade.get("blame", "")
