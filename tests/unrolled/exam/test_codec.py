"""Values travel as JSON and come back; what is hostile or can't be carried is refused."""

import contextlib
import gc
import json
from array import array
from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unrolled.exam.calling import call
from unrolled.exam.codec import CodecError, Rng, copy_value, decode, encode

NUMBERS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    NUMBERS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.lists(inner).map(tuple),
    max_leaves=20,
)
JSON = st.recursive(
    NUMBERS,
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["array", "shape", "base64", "tuple", "dict", "int", "rng", "function"]), inner
        )
    ),
    max_leaves=20,
)


@given(VALUES)
def test_comes_back_as_it_went(value):
    """Grading would compare something else than what the learner returned."""
    assert decode(json.loads(json.dumps(encode(value)))) == value


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "uint8", "bool", "complex128", ">f8"])
def test_arrays_keep_their_numbers_and_shape(dtype):
    """A transposed or truncated array on the wire would cost a learner marks."""
    array = np.asfortranarray((np.arange(6).reshape(2, 3) % 2).astype(dtype))
    back = decode(json.loads(json.dumps(encode(array))))
    assert back.shape == (2, 3)
    assert np.array_equal(back, array)
    assert back.flags.writeable


@pytest.mark.parametrize("value", [np.longdouble(1.5), np.clongdouble(1.5j)])
def test_long_numbers_travel(value):
    """A right answer in more digits than usual would be none."""
    assert decode(encode(value)) == value


@given(JSON)
def test_hostile_json_is_a_value_or_an_error(text):
    """A forged reply would crash the trusted side instead of being refused."""
    with contextlib.suppress(CodecError):
        decode(text)


@pytest.mark.parametrize(
    "text",
    [
        {"function": "os:system"},
        {"function": "unrolled.exam.codec:_decode_array"},
        {"function": "unrolled.exam.codec:base64"},
        {"function": "unrolled.exam.codec:json.loads"},
        {"array": "|O", "shape": [1], "base64": "AAAAAAAAAAA="},
        {"array": "<f8", "shape": [2**40], "base64": ""},
        {"array": "<f8", "shape": [-1], "base64": ""},
        {"array": "<f8", "shape": [2**14, 2**14, 0], "base64": ""},
        {"array": "<f8", "shape": [1], "base64": "AAAA"},
        {"array": "|b1", "shape": [1], "base64": "Ag=="},
        {"pickle": "gASVAAAAAAAAAAAu"},
        {"dict": [[1, 2]]},
        {"int": "0x" + "f" * 5000},
    ],
)
def test_forged_text_is_refused(text):
    """A learner's reply could name any function, or ask for terabytes."""
    with pytest.raises(CodecError):
        decode(text)


@pytest.mark.parametrize("value", [object(), {1: 2}, np.array([object()]), {1, 2}, len, lambda: 0])
def test_what_cannot_be_carried_says_what_it_is(value):
    """The learner would read a traceback of ours instead of what is wrong with the result."""
    with pytest.raises(CodecError):
        encode(value)


def test_endless_nesting_is_refused():
    """A list that holds itself would never end."""
    loop = []
    loop.append(loop)
    with pytest.raises(CodecError, match="nested"):
        encode(loop)


def test_a_generator_is_made_anew_for_every_call():
    """Two calls with one generator would draw different numbers, and right answers fail."""
    first, second = copy_value((Rng(3),))[0], copy_value((Rng(3),))[0]
    assert first.random() == second.random()


def test_a_subclass_with_its_own_ideas_travels_as_plain_numbers():
    """An `ndarray` that calls itself equal to everything would be compared on its own terms."""

    class Sly(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

    back = decode(encode(np.zeros(3).view(Sly)))
    assert type(back) is np.ndarray
    assert not (back == 1).any()


class OfAnotherLibrary:
    """As JAX's arrays and pandas' series are."""

    def __array__(self, dtype=None, copy=None):
        return np.array([1.0, 2.0])


@pytest.mark.parametrize(
    "value",
    [OfAnotherLibrary(), deque([1.0, 2.0]), array("d", [1.0, 2.0]), np.array([1.0, 2], dtype=object)],
    ids=["another library's", "deque", "array", "objects"],
)
def test_right_numbers_in_another_kind_of_array_are_right(value):
    """Whoever computes the right numbers would be told that they are of the wrong type."""
    assert np.array_equal(decode(encode(value)), [1.0, 2.0])


@pytest.mark.parametrize("value", [map(float, [1]), (x for x in [1.0]), iter([1.0]), zip([1.0])])
def test_what_gives_its_items_one_by_one_is_refused_with_what_is_meant(value):
    """Nobody would know which type is asked for."""
    with pytest.raises(CodecError, match=r"`list\(\.\.\.\)`"):
        encode(value)


async def _later():
    return 1.0


def test_a_yield_or_an_async_too_many_is_pointed_at():
    """Whoever meant to return an array would be told to make a list of it, and warned in our name."""
    with pytest.raises(CodecError, match="`yield` where `return`"):
        encode(x for x in [1.0])
    outcome = call(_later, ())
    assert "leave out the `async`" in outcome.fault.text
    gc.collect()  # a coroutine that nobody waited for warns when it goes, and a warning is an error here


def test_another_library_s_array_that_can_not_be_read_is_named():
    """Its own error would end the conversation."""

    class Broken:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError("requires grad")

    with pytest.raises(CodecError, match="a Broken"):
        encode(Broken())
    with pytest.raises(CodecError, match="object"):
        encode(np.array(["a", 1.0], dtype=object))
