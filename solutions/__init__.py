"""The answers, right and wrong: one package per lesson, `02_definition` in `solutions/definition`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from solutions.forms import mistakes_of
from unrolled.exam.exercise import Exercise


@lru_cache
def exercises(lesson: str) -> tuple[Exercise, ...]:
    """The exercises of one lesson, in the order learners meet them; none for a lesson that isn't ours."""
    package = lesson.partition("_")[2]
    if package not in _packages():
        return ()
    module = import_module(f"{__name__}.{package}.exercises")
    return tuple(_complete(e, lesson, package) for e in module.EXERCISES) if lesson == module.LESSON else ()


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
    for package in _packages():
        yield import_module(f"{__name__}.{package}.exercises").LESSON


def _packages() -> list[str]:
    return [module.name for module in iter_modules(__path__) if module.ispkg]


def _complete(exercise: Exercise, lesson: str, package: str) -> Exercise:
    """The exercise with its lesson's name and, if it isn't a quiz, the wrong answers written for it."""
    wrong = exercise.misconceptions or mistakes_of(f"{__name__}.{package}", exercise.name)
    return replace(exercise, lesson=lesson, misconceptions=wrong)
