"""Tolerances are neither too tight for single precision nor too wide for the smallest real mistake."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import solutions
from unrolled.exam.calling import Fault, Outcome, call, outcomes_of, play
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import BEHAVIOUR, VALUE, Raised

SEED = 4
FACTOR = 10
EXERCISES = [e for lesson in solutions.lessons() for e in solutions.exercises(lesson) if e.kind != VALUE]
NAMES = [exercise.name for exercise in EXERCISES]
SLOW = ("trained_params", "translator_params")  # whole networks are put to work
SLOW_IN_FULL = [pytest.param(n, marks=pytest.mark.full) if n in SLOW else n for n in NAMES]
# Why a right answer in single precision may be told apart from one in double precision.
NOT_SINGLE = {"numerical_gradient": "it divides by 1e-5, which makes single precision's rounding larger than slopes"}
# Why a mistake may differ by less than ten times the tolerance.
SMALL: dict[tuple[str, str], str] = {}


@cache
def examined(name):
    """The exercise on fresh inputs."""
    exercise = solutions.find(name)
    return exercise, exercise.examine(SEED)


@pytest.mark.parametrize("name", SLOW_IN_FULL)
def test_right_answer_in_single_precision_passes(name):
    """A learner would be told that right is wrong, for a dtype that is good enough for every network."""
    exercise, examination = examined(name)
    if exercise.kind == BEHAVIOUR:
        outcomes = play(examination, single(call(exercise.reference, ())), exercise.tools)
    else:
        cases = tuple(replace(case, args=single(case.args)) for case in examination.cases)
        outcomes = outcomes_of(replace(examination, cases=cases), exercise.reference, exercise.tools)
    verdict = diagnose(examination, outcomes)
    assert verdict.passed or name in NOT_SINGLE, verdict.message
    assert not (verdict.passed and name in NOT_SINGLE)


@pytest.mark.parametrize("name", SLOW_IN_FULL)
def test_smallest_mistake_fails_by_a_factor_of_ten(name):
    """A mistake could hide in what rounding is allowed."""
    exercise, examination = examined(name)
    wide = replace(examination, tolerance=FACTOR * examination.tolerance)
    passed = {
        mistake.name
        for mistake, known in zip(exercise.misconceptions, examination.known)
        if (not known.outputs or diagnose(wide, _outcomes(known.outputs)).passed)
        and diagnose(wide, outcomes_of(wide, mistake.answer, exercise.tools)).passed  # it may have changed arguments
    }
    assert passed == {mistake for exercise, mistake in SMALL if exercise == name}


def single(value):
    """The same, with every array of floats in single precision."""
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value.astype(np.float32)
    if isinstance(value, list | tuple):
        return type(value)(map(single, value))
    if isinstance(value, dict):
        return {key: single(item) for key, item in value.items()}
    return replace(value, value=single(value.value)) if isinstance(value, Outcome) else value


def _outcomes(outputs):
    return [Outcome(fault=Fault(output.error)) if isinstance(output, Raised) else Outcome(output) for output in outputs]
