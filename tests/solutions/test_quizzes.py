"""Questions: what the learner reads is what is examined."""

import pytest

import solutions
from grader.authoring.build import LESSONS
from unrolled.exam.exercise import VALUE

QUIZZES = [
    exercise for lesson in solutions.lessons() for exercise in solutions.exercises(lesson) if exercise.kind == VALUE
]


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.name)
def test_choices_in_the_lesson_are_the_examined_ones(quiz):
    """The explanation of a wrong choice would answer another one."""
    text = (LESSONS / f"{quiz.lesson}.md").read_text(encoding="utf-8")
    before = text.partition(f":exercise: {quiz.name}\n")[0].rpartition(":exercise:")[2]
    lines = [line for line in before.splitlines() if line.startswith("- **")]
    assert lines[-len(quiz.choices) :] == [f"- **{letter}** {choice}" for letter, choice in quiz.choices.items()]


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.name)
def test_every_wrong_choice_is_answered(quiz):
    """Whoever chose it would be told no, and not why."""
    assert {quiz.reference, *(misconception.answer for misconception in quiz.misconceptions)} == set(quiz.choices)
