"""A known mistake is told also where the answer meets an edge in another way."""

import numpy as np
import pytest

from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import STEP, diagnose
from unrolled.exam.exercise import Case, Exercise, Misconception, Part


def mean_log(xs):
    with np.errstate(divide="ignore"):
        return float(-np.mean(np.log(xs)))


def negative(xs):
    with np.errstate(divide="ignore"):
        return float(np.mean(np.log(xs)))


def cases(rng):
    for size in (3, 4, 5, 6, 7, 8):
        yield Case((rng.uniform(0.1, 1, size),), f"{size} numbers")
    yield Case((np.array([0.0, 0.5]),), "a zero")


EXAMINATION = Exercise(
    mean_log, cases, (Part("mean_log", 1),), misconceptions=(Misconception("negative", "It is negative.", negative),)
).examine(1)


def told(answer):
    return diagnose(EXAMINATION, outcomes_of(EXAMINATION, answer, {}), reveal=True)


def test_a_mistake_is_known_in_an_answer_that_guards_the_edge():
    """Whoever treats the edge with care would learn less than whoever doesn't."""
    verdict = told(lambda xs: np.inf if 0 in xs else negative(xs))
    assert verdict.misconceptions == ("negative",) and verdict.message == "It is negative."


def test_what_the_mistake_does_not_explain_is_told_too():
    """An edge that is wrong in a way of its own would seem to be the mistake's."""
    verdict = told(lambda xs: 7.0 if 0 in xs else negative(xs))
    assert verdict.message.startswith("It is negative.\n") and "(a zero)" in verdict.message


def test_what_is_wrong_in_one_kind_of_case_only_is_told_as_that():
    """A learner would look for a mistake in what is right."""
    said = told(lambda xs: 7.0 if 0 in xs else mean_log(xs))
    assert "In the 6 other cases your result is right" in said.message and said.cause == STEP
    assert "other cases" not in told(lambda xs: 7.0 if len(xs) < 5 else mean_log(xs)).message


@pytest.mark.parametrize(
    "answer",
    [
        lambda xs: mean_log(xs) if len(xs) > 4 else negative(xs),
        lambda xs: 7.0 if len(xs) > 4 else negative(xs),
        lambda xs: 1 + negative(xs),
    ],
    ids=["two of six", "two of seven wrong ones", "near"],
)
def test_no_mistake_is_told_that_only_a_few_cases_show(answer):
    """A mistake that nobody made would be told because it fits here and there."""
    assert told(answer).misconceptions == ()
