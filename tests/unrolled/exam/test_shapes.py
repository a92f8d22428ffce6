"""What doesn't fit is said in shapes and in the learner's own names."""

import numpy as np
import pytest

from unrolled.exam.calling import call

ARGS = np.ones(3), np.ones(5), np.ones((4, 3)), {"u": np.ones((4, 3))}


def sides_exchanged(x, h, u, params):
    return np.tanh(x @ u)


def turned_too_often(x, h, u, params):
    return np.tanh(u.T @ x)


def from_a_dict(x, h, u, params):
    return np.dot(x, params["u"])


def sum_of_two(x, h, u, params):
    return x + h


def product_and_sum(x, h, u, params):
    return u @ x + h


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (
            sides_exchanged,
            "`x @ u` doesn't fit: `x` has shape (3,) and `u` (4, 3). The last axis of the first is 3 long",
        ),
        (sides_exchanged, "It would fit as `x @ u.T` or as `u @ x`: have sides or axes been exchanged?"),
        (turned_too_often, "It would fit as `u @ x`"),
        (from_a_dict, "`x @ params['u']` doesn't fit"),
        (sum_of_two, "`x + h` doesn't fit: `x` has shape (3,) and `h` (5,)."),
        (product_and_sum, "`u @ x + h` doesn't fit: `u @ x` has shape (4,) and `h` (5,)."),
    ],
)
def test_what_does_not_fit_is_named_with_its_shapes(function, words):
    """A learner would read of gufuncs and core dimensions."""
    fault = call(function, ARGS).fault
    assert fault.kind == "ValueError"
    assert words in fault.text
    assert "gufunc" not in fault.text


def test_only_what_really_fits_is_offered():
    """The advice would end in the next error."""
    assert "It would fit" not in call(lambda x, h, u, params: u @ np.ones((2, 7)), ARGS).fault.text


def test_other_errors_keep_their_own_words():
    """An error that has nothing to do with shapes would be told as one."""
    assert call(lambda *args: int("x"), ARGS).fault.text == "invalid literal for int() with base 10: 'x'"


def test_a_line_inside_numpy_is_not_the_learners():
    """A learner would look for a line that isn't in the notebook."""

    def chooses(x, h, u, params):
        return np.random.default_rng(1).choice(5, p=[0.1, 0.2])

    (line,) = call(chooses, ARGS).fault.lines
    assert "in chooses" in line
