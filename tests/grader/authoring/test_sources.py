"""An answer's source can stand alone in a cell, under the exercise's name."""

import math
from functools import partial

import numpy as np
import pytest

from grader.authoring.sources import cell_source

LIMIT = 3


def _helper(x):
    return np.minimum(x, LIMIT)


def mean(x):
    """The mean, by hand."""
    return _helper(x).sum() / len(x) + math.pi + np.mean(x)


def countdown(n):
    return [n, *countdown(n - 1)] if n else []


def right(x):
    return _helper(x) + 1


def almost(x):
    """Explains what is wrong, to authors."""
    return right(x) - 1


def asks_another(x):
    return other_exercise(x)


def other_exercise(x):
    return x


@pytest.mark.parametrize(("answer", "args"), [(mean, (np.arange(6.0),)), (countdown, (4,))])
def test_it_computes_the_same_alone(answer, args):
    """The demo's learners would hand in code that doesn't run."""
    namespace = {}
    exec(cell_source(answer, "renamed"), namespace)
    assert namespace["renamed"](*args) == answer(*args)
    assert answer.__name__ not in namespace


def test_other_exercises_are_left_to_the_notebook():
    """A learner's notebook would hold two definitions of one exercise."""
    assert "def other_exercise" not in cell_source(asks_another, "f", ["other_exercise"])
    assert "def other_exercise" in cell_source(asks_another, "f")


@pytest.mark.parametrize("answer", [lambda x: x, partial(mean), len])
def test_what_has_no_source_of_its_own_is_left_out(answer):
    """A cell would hold half a line of an argument list."""
    assert cell_source(answer, "f") is None


def test_a_wrong_answer_may_lean_on_the_right_one():
    """Under the exercise's name it would call itself without end."""
    namespace = {}
    source = cell_source(almost, "right", ["right"])
    exec(source, namespace)
    assert namespace["right"](np.arange(6.0)).tolist() == [0, 1, 2, 3, 3, 3]
    assert "Explains" not in source


def test_a_choice_is_an_assignment():
    """Quizzes would stay unanswered."""
    assert cell_source("b", "which") == "which = 'b'"
