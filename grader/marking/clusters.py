"""Wrong answers that nothing explains: who gave the same numbers, and what one of them wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from grader.judging.winnowing import LONGEST_CELL

SHOWN = 10  # of a lesson


@dataclass(frozen=True)
class Cluster:
    """Learners whose answers to an exercise gave the same wrong numbers, which have no name yet.

    Attributes
    ----------
    example : str
        What the first of them wrote; empty if that can't be read.
    """

    exercise: str
    name: str
    learners: tuple[str, ...]
    example: str


def clusters(course: Path, lesson: str, graded: Mapping[str, Mapping[str, Any]], most: int = SHOWN) -> list[Cluster]:
    """The largest clusters of a lesson, the largest first.

    Parameters
    ----------
    graded : dict
        By learner: what grading gave, as in `grades.json`.
    """
    seen: dict[tuple[str, str], list[str]] = {}
    for learner, grade in sorted(graded.items()):
        for exercise, result in grade["exercises"].items():
            if result["status"] == "failed" and result.get("cluster"):
                seen.setdefault((exercise, result["cluster"]), []).append(learner)
    largest = sorted(seen.items(), key=lambda each: -len(each[1]))[:most]
    return [Cluster(*key, tuple(who), _written(course, lesson, who[0], key[0])) for key, who in largest]


def _written(course: Path, lesson: str, learner: str, exercise: str) -> str:
    """The cell in which a learner answers an exercise."""
    path = course / "autograded" / learner / lesson / f"{lesson}.ipynb"
    try:
        cells = nbformat.read(path, as_version=4).cells
        found = (cell.source for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise)
        return next(found, "")[:LONGEST_CELL]
    except (OSError, ValueError, AttributeError, nbformat.ValidationError):
        return ""
