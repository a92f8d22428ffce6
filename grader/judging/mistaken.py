"""Another assignment's notebook, handed in for this one: known by the marks of its cells."""

from __future__ import annotations

from collections.abc import Collection

import solutions


def lesson_of(marks: Collection[str]) -> str:
    """The lesson of ours that all these marks are from; empty if there is none."""
    names = {mark.removeprefix("check_") for mark in marks}
    for lesson in solutions.lessons():
        if names <= {exercise.name for exercise in solutions.exercises(lesson)}:
            return lesson
    return ""
