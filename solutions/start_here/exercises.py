"""How lesson 00 is examined: one practice exercise and one practice question, worth nothing but the practice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solutions.start_here import quizzes, variants
from solutions.start_here import reference as right
from unrolled.exam.exercise import Case, Exercise, Part

LESSON = "00_start_here"


def _numbers(rng: np.random.Generator) -> Iterator[Case]:
    for shape, label in [((4,), "for an array"), ((2, 3), "for a matrix"), ((1,), "for an array of one number")]:
        yield Case((_away_from_two(rng, shape),), label)
    yield Case((float(_away_from_two(rng, ())),), "for a number")
    yield Case((0.0,), "for zero")


def _away_from_two(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return (rng.choice([-1.0, 1.0], shape) * rng.uniform(2.6, 7.4, shape)).round(1)


EXERCISES = [
    Exercise(
        right.double,
        _numbers,
        (Part("double", 0),),
        (
            "Read the docstring once more: what goes in, and what comes back?",
            "Half of the answer is the word `return`: a function that doesn't reach one gives back `None`.",
            "NumPy multiplies every number of an array by 2 with the same sign you would use for one number: `*`.",
        ),
        terms={},
        variants=(variants.added_to_itself, variants.multiplied_by_numpy, variants.one_by_one),
    ),
    quizzes.WHAT_CHECK_DOES,
]
