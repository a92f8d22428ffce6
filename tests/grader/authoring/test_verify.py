"""`grader verify` finds what is off in an exercise, whatever it is."""

import numpy as np
import pytest

from grader.authoring.verify import verify_exercise
from unrolled.exam.exercise import VALUE, Case, Exercise, Misconception, Part


def halve(x):
    """Half of x."""
    return x / 2


def _inputs(rng):
    return [Case((rng.normal(size=3).round(3),)) for _ in range(2)]


def _wrong(name, function):
    return Misconception(name, f"{name}.", function)


GOOD = {
    "inputs": _inputs,
    "parts": (Part("halve", 1),),
    "hints": ("a", "b", "c"),
    "misconceptions": (
        _wrong("doubled", lambda x: 2 * x),
        _wrong("squared", lambda x: x**2),
        _wrong("negated", lambda x: -x),
    ),
    "variants": (lambda x: x * 0.5, lambda x: np.array([n / 2 for n in x])),
}


def problems(**changes):
    reference = changes.pop("reference", halve)
    return verify_exercise("99_none", Exercise(reference, **(GOOD | changes))).problems


def test_a_sound_exercise_has_no_problems():
    """Every author would be sent looking for nothing."""
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"misconceptions": (*GOOD["misconceptions"], _wrong("same", lambda x: x / 2))}, "misconception same passes"),
        ({"variants": (lambda x: x, lambda x: x / 2)}, "right variant <lambda> scores 0 of 1"),
        ({"variants": ()}, "has 0 other right answers, needs 2"),
        ({"hints": ("a",)}, "has 1 hints, needs 3"),
        ({"hints": ("a", " ", "c")}, "has an empty hint"),
        ({"misconceptions": GOOD["misconceptions"][:2]}, "has 2 misconceptions, needs 3"),
        (
            {"misconceptions": (*GOOD["misconceptions"], Misconception("tripled", "", lambda x: 3 * x))},
            "misconception tripled tells its maker nothing",
        ),
        (
            {"misconceptions": (*GOOD["misconceptions"], _wrong("negated", lambda x: 3 * x))},
            "two misconceptions have one name",
        ),
    ],
)
def test_what_is_off_is_said(changes, words):
    """A wrong answer would pass a class, or a right one fail it, and nobody would know."""
    assert any(words in problem for problem in problems(**changes))


def test_every_wrong_choice_of_a_quiz_needs_its_explanation():
    """A learner would be told no, and not why."""
    quiz = Exercise("a", name="quiz", kind=VALUE, parts=(Part("quiz", 0),), choices=dict.fromkeys("abc", ""),
                    misconceptions=(_wrong("b", "b"),))  # fmt: skip
    quiz = Exercise(**{**vars(quiz), "misconceptions": (Misconception("b", "No.", "b"),)})
    assert verify_exercise("99_none", quiz).problems == ["the wrong choice 'c' isn't explained"]
