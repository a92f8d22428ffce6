"""Every submission has inputs of its own: right is right, and wrong is wrong, whatever they are."""

import pytest

import solutions
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import VALUE

TRAINED = ("trained_params", "translator_params")  # have one input, whatever the seed
NAMES = [
    exercise.name
    for lesson in solutions.lessons()
    for exercise in solutions.exercises(lesson)
    if exercise.kind != VALUE and exercise.name not in TRAINED
]
FEW = range(100, 103)
MANY = pytest.param(range(200, 300), marks=pytest.mark.full)


def passes(exercise, examination, answer):
    return diagnose(examination, outcomes_of(examination, answer, exercise.tools), explain=False).passed


@pytest.mark.parametrize("seeds", [FEW, MANY], ids=["few", "many"])
@pytest.mark.parametrize("name", NAMES)
def test_right_answers_are_right_on_any_inputs(name, seeds):
    """One learner in a hundred would be told that right is wrong."""
    exercise = solutions.find(name)
    for seed in seeds:
        examination = exercise.examine(seed)
        assert all(passes(exercise, examination, answer) for answer in (exercise.reference, *exercise.variants)), seed


@pytest.mark.parametrize("seeds", [FEW, MANY], ids=["few", "many"])
@pytest.mark.parametrize("name", NAMES)
def test_wrong_answers_are_wrong_on_any_inputs(name, seeds):
    """Of two learners who make the same mistake, one would get the points."""
    exercise = solutions.find(name)
    for seed in seeds:
        examination = exercise.examine(seed)
        passed = [mistake.name for mistake in exercise.misconceptions if passes(exercise, examination, mistake.answer)]
        assert not passed, seed
