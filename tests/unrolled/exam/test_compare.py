"""What a person would accept is accepted; everything else is a difference that says what it is."""

import numpy as np
import pytest

from unrolled.exam.compare import compare

THIRD = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]) / 3


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (np.zeros(2), np.array([0.0, 1e-13])),
        (THIRD, THIRD.astype(np.float32)),
        (THIRD, THIRD.tolist()),
        (THIRD, np.asfortranarray(THIRD)),
        (np.array([1.0, 2.0]), np.array([1, 2])),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (2.0, 2),
        (2, 2.0),
        (2.0, np.array(2.0)),
        ((1.0, "a"), [1.0, "a"]),
        ([1, 2], np.array([1, 2])),
        ([[1, 2], [3]], [[1, 2], (3,)]),
        ({"a": THIRD}, {"a": THIRD.tolist()}),
        (np.zeros(0), []),
        (True, True),
        (None, None),
    ],
)
def test_accepted(expected, got):
    """A right answer in another style would lose its points."""
    assert compare(expected, got, 1e-4) is None


@pytest.mark.parametrize(
    ("expected", "got", "kind", "text"),
    [
        (THIRD, THIRD.T, "shape", "has shape (3, 2), expected (2, 3)"),
        (THIRD, None, "type", "is None, expected an array of shape (2, 3)"),
        (THIRD, "no", "type", "is a string, expected an array of shape (2, 3)"),
        (THIRD, [[1.0], [2.0, 3.0]], "type", "is a list of length 2, expected an array of shape (2, 3)"),
        (np.array([True]), np.array([1]), "dtype", "holds int64, expected bool"),
        (np.array([1.0]), np.array([1j]), "dtype", "holds complex128, expected floats"),
        (THIRD, THIRD * np.nan, "nan", "holds nan"),
        (THIRD, THIRD + 1e-3, "value", "differs"),
        (1.0, True, "type", "is a bool, expected a float"),
        (1.0, np.array([1.0]), "type", "is an array of shape (1,), expected a float"),
        ({"a": 1.0}, {}, "type", "has no 'a'"),
        ({"a": 1.0}, {"b": 1.0}, "type", "has no 'a', but 'b'"),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "type", "has 'b', which isn't expected"),
        ([1, 2], [1], "shape", "has length 1, expected 2"),
        ([1, 2, 3], [1, 4], "shape", "has length 2, expected 3, and is another one from [1] on"),
        ("ab", "ac", "value", "differs"),
        (True, 1, "type", "is an int, expected a bool"),
    ],
)
def test_rejected_and_described(expected, got, kind, text):
    """A wrong answer would pass, or its maker would not learn what is wrong."""
    difference = compare(expected, got, 1e-4)
    assert (difference.kind, difference.text) == (kind, text)


def test_the_path_to_a_nested_difference_is_named():
    """In a dict of gradients nobody would know which one is wrong."""
    assert compare({"a": [1.0, 2.0]}, {"a": [1.0, 3.0]}, 1e-4).path == "['a'][1]"


def test_relative_tolerance_sees_a_wrong_small_number():
    """A vanished gradient that is wrong by a factor of ten would hide behind the large ones."""
    expected, got = np.array([1.0, 1e-9]), np.array([1.0, 1e-8])
    assert compare(expected, got, 1e-4) is None
    assert compare(expected, got, 1e-4, relative=True).index == (1,)


def test_texts_among_numbers_are_no_numbers():
    """An array would make every item as long as the longest text: gigabytes, where the verdict is made."""
    for got in (["x" * 10**6] + [""] * 10**6, [[1.0], [None]], [1.0, {}]):
        assert compare(np.zeros(2), got, 1e-4).kind == "type"


def test_rows_of_nothing_are_not_looked_at_one_by_one():
    """Millions of them cost nothing to send."""
    assert compare([1, 2], np.zeros((2**24, 0)), 1e-4).kind == "shape"


def test_no_number_is_as_good_as_infinite():
    """An expected infinity would accept whatever comes."""
    assert compare(np.array([np.inf]), np.array([1.0]), 1e-4, relative=True)


@pytest.mark.parametrize("expected", [3, 3.0, np.ones(2), True, [1.0], {"a": 1}, 2**64])
def test_no_integer_is_too_large_to_be_wrong(expected):
    """An integer of four hundred digits ended the judging, and with it the grading of its submission, as our fault."""
    for got in (10**400, -(10**400), [10**400], 2**200, {"a": 10**400}):
        assert compare(expected, got, 1e-9) is not None
        assert compare(got, expected, 1e-9) is not None
    assert compare(10**400, 10**400, 1e-9) is None
