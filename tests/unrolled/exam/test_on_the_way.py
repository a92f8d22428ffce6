"""Which value on the way to a result is wrong is seen from all that is made of it, and said of that value alone."""

import numpy as np
import pytest

from grader.authoring.between import with_between
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import Case, Exercise, Part
from unrolled.exam.key import dump_key, load_key


def carried(xs, w):
    """A gradient from the last step to the first: its sums.

    Parameters
    ----------
    xs : (T, D) array
    w : (D, D) array
    """
    moved = np.zeros(xs.shape)
    total = np.zeros(w.shape)
    back = np.zeros(xs.shape[1])
    for t in reversed(range(len(xs))):
        inside = back * (1 - xs[t] ** 2) + xs[t]
        total += np.outer(inside, xs[t])
        moved[t] = inside @ w
        back = inside @ w.T
    return {"total": total, "moved": moved, "first": back}


def other(change=lambda t, inside: inside, total=np.outer, once=lambda t, back: back):
    def answer(xs, w):
        made, moved, back = np.zeros(w.shape), np.zeros(xs.shape), np.zeros(xs.shape[1])
        for t in reversed(range(len(xs))):
            inside = change(t, back * (1 - xs[t] ** 2) + xs[t])
            made += total(inside, xs[t])
            moved[t], back = inside @ w, once(t, inside @ w.T)
        return {"total": made, "moved": moved, "first": back}

    return answer


EXERCISE = Exercise(
    carried,
    lambda rng: [Case((rng.normal(size=(3, 4)).round(3), rng.normal(size=(4, 4)).round(3))) for _ in range(2)],
    tuple(Part(name, 1, name) for name in ("total", "moved", "first")),
    terms={"inside": "what goes in"},
)


@pytest.fixture(scope="module")
def examination():
    from grader.authoring import edits

    edits._changes.cache_clear()
    changes = edits.Changes(carried, EXERCISE.terms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.authoring.between.changes_of", lambda exercise: changes)
        made = with_between(EXERCISE, EXERCISE.examine(3))
    return load_key(dump_key([made]))[0]


def told(examination, answer):
    return diagnose(examination, outcomes_of(examination, answer, {}), reveal=True).message


def test_what_is_right_given_one_wrong_value_is_blamed_on_that_value_alone(examination):
    """Each of three gradients would be searched for a mistake that is in none of them."""
    said = told(examination, other(lambda t, inside: inside + np.sin(inside)))
    assert "total, moved and first fit together" in said and "nothing but what goes in is wrong" in said


def test_one_step_is_named_where_all_others_are_right_given_it(examination):
    """Every step's numbers are wrong then, and only what happens at one of them is."""
    said = told(examination, other(lambda t, inside: inside + np.sin(inside) * (t == 1)))
    assert "nothing but what goes in is wrong" in said and "Only what happens at t=1 is wrong" in said


def test_a_part_is_wrong_by_itself_where_the_others_show_that_what_it_is_made_of_is_right(examination):
    """Whoever reads "total is wrong" would search all that leads to it."""
    said = told(examination, other(total=lambda inside, x: np.outer(x, inside) + 1))
    assert "Nothing is wrong with what goes in" in said and "Look at total alone" in said


def test_nothing_is_said_of_values_where_more_is_wrong(examination):
    """A wrong value and a wrong sum beside it would be told as the one or the other."""
    said = told(examination, other(lambda t, inside: inside + np.sin(inside), total=lambda a, x: np.outer(x, a) + 1))
    assert "nothing but" not in said and "Nothing is wrong" not in said


def test_a_right_answer_is_told_no_value(examination):
    """Nothing on the way to a right result is wrong."""
    assert told(examination, other()) == "Everything is right."
