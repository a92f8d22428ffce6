"""What doesn't fit is said in shapes and in the learner's own names."""

import numpy as np
import pytest

from unrolled.exam.calling import call, is_explained

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


def indices_of_two_lengths(x, h, u, params):
    return u[[0, 1, 2], [0, 1]]


def letters(x, h, u, params):
    return np.einsum("ij,ij->i", u, params["u"].T)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x, h, u, params: np.maximum(u, h), "Arrays of shapes (4,3) and (5,) are combined, and don't fit."),
        (lambda x, h, u, params: np.tanh(u) @ np.ones(2), "the last axis of the first array, 3 long, meets"),
        (lambda x, h, u, params: np.dot(np.tanh(u), np.ones(2)), "meets an axis of the second that is 2 long"),
        (lambda x, h, u, params: np.sum(x) @ u, "a single number, which has no axis to sum over"),
        (indices_of_two_lengths, "Arrays of shapes (3,) and (2,) are used together as indices, and don't fit."),
        (letters, "Arrays of shapes (4,3) and (3,4) are combined, and don't fit. Axes that meet"),
    ],
)
def test_what_has_no_name_is_told_in_shapes(function, words):
    """Of calls and of what they make, a learner would be told in NumPy's words alone, as if nothing were known."""
    fault = call(function, ARGS).fault
    assert words in fault.text and is_explained(fault)


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
