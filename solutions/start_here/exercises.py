"""How lesson 00 is examined: one practice exercise and one practice question, worth nothing but the practice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solutions.start_here import misconceptions as wrong
from solutions.start_here import reference as right
from solutions.start_here import variants
from unrolled.exam.exercise import VALUE, Case, Exercise, Misconception, Part

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
        (
            Misconception(
                "squared",
                "You multiply `x` by itself: that is the square. It looks right for 0 and 2, where square and double "
                "agree, and for nothing else. What should `x` be multiplied by?",
                wrong.squared,
            ),
            Misconception(
                "two-more",
                "You add 2. That looks right for 2, where adding two and doubling agree, and for nothing else.",
                wrong.two_more,
            ),
            Misconception(
                "unchanged", "You return `x` just as it came in. The doubling is still to do.", wrong.unchanged
            ),
            Misconception(
                "not-returned",
                "Your function returns `None`, for an array as for a number. Printing a result or computing it "
                "doesn't hand it back to whoever called: is there a `return`?",
                wrong.not_returned,
            ),
            Misconception(
                "repeated",
                "Your array is twice as long, with the same numbers again: that is what `*` does to Python's lists. "
                "NumPy's arrays multiply every number, if you let them.",
                wrong.repeated,
            ),
            Misconception(
                "added-up",
                "You add all numbers of the array up and return a single one. The result should have the shape of `x`.",
                wrong.added_up,
            ),
            Misconception(
                "whole-numbers",
                "You cut off the digits behind the point before doubling. Leave the numbers as they are.",
                wrong.whole_numbers,
            ),
            Misconception(
                "in-place",
                "Your numbers are right, but `*=` writes them into the caller's own array: afterwards it holds other "
                "numbers than before, and nobody asked for that. Make a new array.",
                wrong.in_place,
            ),
        ),
        (variants.added_to_itself, variants.multiplied_by_numpy, variants.one_by_one),
    ),
    Exercise(
        "b",
        parts=(Part("what_check_does", 0),),
        name="what_check_does",
        kind=VALUE,
        choices={
            "a": "It compares the text of your function with the text of the solution.",
            "b": "It calls your function with a few inputs and compares what comes back.",
            "c": "It sends your function to the instructor, who looks at it.",
            "d": "It decides your points: what is checked is graded.",
        },
        hints=(
            "Two people may write a function in very different ways and both be right. What can a check look at, then?",
            "Read the first line under *How a check works* again.",
            "A check runs on your own machine, and as often as you like: nothing is sent, nothing is graded.",
        ),
        misconceptions=(
            Misconception(
                "text-compared",
                "Then `x + x` would be wrong wherever the solution says `2 * x`. Any way of writing it is right that "
                "computes the right numbers: the check never looks at your text.",
                "a",
            ),
            Misconception(
                "sent-away",
                "Nothing leaves your machine when you check. Your instructor sees your notebook only when you "
                "submit it.",
                "c",
            ),
            Misconception(
                "graded-at-once",
                "A check is for you alone, and as often as you like. Points are counted after you submit, with other "
                "inputs than the check uses.",
                "d",
            ),
        ),
    ),
]
