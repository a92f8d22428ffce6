"""The answers, right and wrong: one package per lesson, `02_definition` in `solutions/definition`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from unrolled.exam.exercise import Exercise


@lru_cache
def exercises(lesson: str) -> tuple[Exercise, ...]:
    """The exercises of one lesson, in the order learners meet them; none for a lesson that isn't ours."""
    package = lesson.partition("_")[2]
    if package not in {module.name for module in iter_modules(__path__)}:
        return ()
    module = import_module(f"{__name__}.{package}.exercises")
    return tuple(replace(exercise, lesson=lesson) for exercise in module.EXERCISES) if lesson == module.LESSON else ()


def lessons() -> tuple[str, ...]:
    """The names of all lessons with exercises, in order."""
    return tuple(sorted(_lessons()))


def find(name: str) -> Exercise:
    """The exercise of this name.

    Raises
    ------
    LookupError
        If there is none.
    """
    for lesson in _lessons():  # imports no more than it takes
        for exercise in exercises(lesson):
            if exercise.name == name:
                return exercise
    raise LookupError(f"there is no exercise named {name!r}")


def _lessons() -> Iterator[str]:
    for module in iter_modules(__path__):
        yield import_module(f"{__name__}.{module.name}.exercises").LESSON
