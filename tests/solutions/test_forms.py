"""The forms in which authors write: what is in a file is what is examined and told."""

from pathlib import Path

import pytest

import solutions
from solutions.forms import RIGHT, mistakes_of, quiz
from unrolled.exam.exercise import VALUE

ROOT = Path(solutions.__file__).parent
EXERCISES = [exercise for lesson in solutions.lessons() for exercise in solutions.exercises(lesson)]

WRONG = '''
from solutions.forms import mistake

TEXT = "Told in words that it has in common with another."

def _helper(x):
    """Not an answer."""
    return 3 * x

def three_times(x):
    """You multiply
    by three.
    """
    return _helper(x)

@mistake(name="h_0-ignored", text=TEXT)
def without_first(x):
    return x

def silent(x):
    return 0
'''


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A lesson's package with the wrong answers above, to one exercise."""
    folder = tmp_path / "a_lesson_of_its_own" / "misconceptions"
    folder.mkdir(parents=True)
    (folder / "triple.py").write_text(WRONG)
    monkeypatch.syspath_prepend(tmp_path)
    return "a_lesson_of_its_own"


def test_every_public_function_is_a_mistake_in_the_order_of_the_file(package):
    """An author would have to list each one elsewhere, and a helper would be told to learners."""
    first, second, silent = mistakes_of(package, "triple")
    assert (first.name, first.explanation, first.answer(2)) == ("three-times", "You multiply by three.", 6)
    assert (second.name, second.explanation, second.answer(2)) == (
        "h_0-ignored",
        "Told in words that it has in common with another.",
        2,
    )
    assert (silent.name, silent.explanation) == ("silent", "")


def test_an_exercise_without_a_file_has_no_mistakes(package):
    """`grader verify` could not say that they are missing."""
    assert mistakes_of(package, "quadruple") == mistakes_of("solutions.definition", "quadruple") == ()


def test_a_quiz_is_written_choice_by_choice():
    """The reason of one choice would be told to whoever chose another."""
    which = quiz("which", a=("one", "Too few."), b=("two", RIGHT), c=("three", "Too many.", "counted-twice"))
    assert (which.reference, which.choices, which.points) == ("b", {"a": "one", "b": "two", "c": "three"}, 0)
    assert [(m.name, m.explanation, m.answer) for m in which.misconceptions] == [
        ("which-a", "Too few.", "a"),
        ("counted-twice", "Too many.", "c"),
    ]


def test_a_quiz_with_two_right_choices_is_refused():
    """One of them would be marked wrong."""
    with pytest.raises(ValueError):
        quiz("which", a=("one", RIGHT), b=("two", RIGHT))


def test_every_file_of_wrong_answers_belongs_to_an_exercise():
    """Its answers would never be recognised: the file is named after no exercise of its lesson."""
    files = {(path.parts[-3], path.stem) for path in ROOT.glob("*/misconceptions/*.py") if path.stem[0] != "_"}
    assert files == {
        (exercise.lesson.partition("_")[2], exercise.name) for exercise in EXERCISES if exercise.kind != VALUE
    }
