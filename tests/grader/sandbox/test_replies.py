"""The trusted parser: whatever bytes arrive, out comes a reply or a named break, never anything else."""

import contextlib
import json
import os
import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.confined.frames import HEADER, pack
from grader.sandbox import replies
from unrolled.exam.calling import Outcome

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
wanted = st.sampled_from(
    ["outcomes", "outputs", "status", "value", "mutated", "fault", "ok", "stream", "array", "shape", "base64", "dict",
     "tuple", "int", "float", "function", "rng", "complex", "data", "metadata", "output_type", "error", "traceback",
     "display_data", "text", "name", "stdout", "<f8", "unrolled.desk.check:check", "ename", "evalue", "text/html"]
)  # fmt: skip
near_misses = st.recursive(
    wanted | st.none() | st.integers(-3, 2**40) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(wanted, inner, max_size=4),
    max_leaves=30,
)


@given(st.binary(max_size=300))
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b'{"a": 1' + b"0" * 10_000 + b"}")
@example(b'{"a": NaN}')
@example(b'{"a": "\\ud800"}')
def test_any_bytes_are_an_object_or_broken(body):
    """A parser that raises anything else takes the whole class down with it."""
    with contextlib.suppress(replies.Broken):
        assert isinstance(replies.parse(body), dict)


@given(json_values | near_misses)
def test_any_outcomes_are_outcomes_or_broken(value):
    """Hostile JSON must become an outcome of this call, or end it."""
    for reply in ({"outcomes": value}, {"outcomes": [value]}, {"outcomes": [{"value": value, "mutated": []}]}):
        with contextlib.suppress(replies.Broken):
            assert all(isinstance(outcome, Outcome) for outcome in replies.outcomes(reply, [1] * 5))


@given(json_values | near_misses)
def test_any_outputs_can_be_stored(value):
    """What is accepted must fit into a notebook file."""
    bundle = {"output_type": "display_data", "data": value, "metadata": {}}
    for reply in ({"status": "ok", "outputs": value}, {"status": "ok", "outputs": [value, bundle]}):
        with contextlib.suppress(replies.Broken):
            json.dumps(replies.cell(reply)[1], ensure_ascii=False).encode("utf-8")


ODD = {
    "a place that no argument has": {"value": 1, "mutated": [50]},
    "a place twice": {"value": 1, "mutated": [0, 0]},
    "a place before the first": {"value": 1, "mutated": [-1]},
    "a yes for a place": {"value": 1, "mutated": [True]},
    "a list for a place": {"value": 1, "mutated": [[0]]},
    "value and fault": {"value": 1, "fault": ["a", "b", []], "mutated": []},
    "neither": {"mutated": []},
    "nothing about arguments": {"value": 1},
    "a fourth thing about a fault": {"fault": ["a", "b", [], 1], "mutated": []},
    "a type that is a list of types": {"value": {"array": "1,1", "shape": [], "base64": ""}, "mutated": []},
    "a type of objects": {"value": {"array": "|O", "shape": [], "base64": ""}, "mutated": []},
    "a type of the other order": {"value": {"array": ">f8", "shape": [0], "base64": ""}, "mutated": []},
}


@pytest.mark.parametrize("outcome", ODD.values(), ids=ODD)
def test_outcome_that_answers_nothing_asked_is_malformed(outcome):
    """The judge would stumble over it, and call it a fault of ours, three times over."""
    with pytest.raises(replies.Malformed):
        replies.outcomes({"outcomes": [outcome]}, [2])
    with pytest.raises(replies.Malformed):
        replies.outcomes({"outcomes": [], "more": 1}, [2])
    assert replies.outcomes({"outcomes": [{"value": 1, "mutated": [0, 1]}]}, [2])[0].mutated == (0, 1)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_only_one_encoding_is_understood(encoding):
    """What half a character looks like depends on it: some could not be stored."""
    body = r'{"outcomes": ["\ud800 ü"]}'.encode(encoding)
    with pytest.raises(replies.Malformed):
        replies.parse(body)


def test_a_type_of_millions_takes_no_memory():
    """NumPy makes gigabytes of a few megabytes of text."""
    import tracemalloc

    bomb = json.dumps({"outcomes": [{"value": {"array": "1," * 400_000, "shape": [], "base64": ""}, "mutated": []}]})
    tracemalloc.start()
    try:
        with pytest.raises(replies.Malformed):
            replies.outcomes(replies.parse(bomb.encode()), [1])
        assert tracemalloc.get_traced_memory()[1] < 10 * len(bomb)
    finally:
        tracemalloc.stop()


def test_function_of_ours_is_no_reply():
    """Naming a function would make the trusted side import and hand out code."""
    for hostile in ({"function": "unrolled.desk.check:check"}, {"tuple": [{"rng": 1}]}):
        with pytest.raises(replies.Malformed):
            replies.outcomes({"outcomes": [{"value": hostile, "mutated": []}]}, [0])


def test_more_outcomes_than_cases_are_refused():
    """Extra answers have no question."""
    with pytest.raises(replies.Malformed):
        replies.outcomes({"outcomes": [{"value": 1, "mutated": []}] * 3}, [0, 0])


def test_unpaired_surrogates_and_nul_become_harmless():
    """They would stop the notebook, the verdict or the database from being written."""
    body = rb'{"outcomes": [{"value": {"dict": [["\ud800", "\u0000\ud83d\ude00"]]}, "mutated": []}]}'
    (outcome,) = replies.outcomes(replies.parse(body), [1])
    assert outcome.value == {"?": "�😀"}
    shown = [{"output_type": "stream", "name": "stdout", "text": "a\ud800b\x00c"}]
    (output,) = replies.cell({"status": "ok", "outputs": shown})[1]
    assert output["text"] == "a?b�c"


def test_structure_bomb_is_refused_before_it_is_built():
    """A few megabytes of brackets are gigabytes of lists."""
    with pytest.raises(replies.TooMuch):
        replies.parse(b'{"a":[' + b"[]," * 3_000_000 + b"[]]}")


@pytest.fixture
def pipes():
    pipes = replies.Pipes(meanwhile=lambda: None, clock=time.monotonic)
    yield pipes
    pipes.close()


def soon(seconds=0.05):
    return time.monotonic() + seconds


def test_reply_is_read_whole_in_any_pieces(pipes):
    """Pipes deliver as they like."""
    nonce = bytes(range(16))
    frame = pack(nonce, {"a": "x" * 1000})
    for piece in (frame[:3], frame[3:30]):
        os.write(pipes.theirs[1], piece)
        with pytest.raises(replies.Late):
            pipes.receive(nonce, soon(), 10**6)
    os.write(pipes.theirs[1], frame[30:])
    assert replies.parse(pipes.receive(nonce, soon(), 10**6)) == {"a": "x" * 1000}


def test_reply_to_another_request_is_refused(pipes):
    """Answers prepared beforehand must not count."""
    os.write(pipes.theirs[1], pack(bytes(16), {}))
    with pytest.raises(replies.Malformed):
        pipes.receive(b"n" * 16, soon(), 100)


def test_announced_flood_is_refused_unread(pipes):
    """Four gigabytes announced are not four gigabytes read."""
    os.write(pipes.theirs[1], HEADER.pack(2**32 - 1, bytes(16)))
    with pytest.raises(replies.TooMuch):
        pipes.receive(bytes(16), soon(), 100)


def test_unasked_reply_is_noticed_before_the_next_request(pipes):
    """Interleaved replies must not slip into a later answer."""
    os.write(pipes.theirs[1], b"\0")
    with pytest.raises(replies.Malformed):
        pipes.send(bytes(16), {}, soon())


def test_reader_that_does_not_read_does_not_block_us(pipes):
    """A process that never takes its request must not hold the grader."""
    with pytest.raises(replies.Late):
        pipes.send(bytes(16), "x" * 3 * 2**20, soon())


def test_hung_up_pipe_is_closed(pipes):
    """Death is told apart from silence."""
    for fd in pipes.theirs:
        os.close(fd)
    pipes.theirs = ()
    with pytest.raises(replies.Closed):
        pipes.receive(bytes(16), soon(), 100)
    with pytest.raises(replies.Closed):
        pipes.send(bytes(16), {}, soon())


def test_arrays_come_back_bit_for_bit():
    """float32, complex, booleans, empty and zero-dimensional arrays are all ordinary answers."""
    from unrolled.exam.codec import encode

    for array in (np.ones((2, 0)), np.float32([[1, np.nan]]), np.array(1j), np.array([True])):
        body = json.dumps({"outcomes": [{"value": encode(array), "mutated": [0]}]}).encode()
        (outcome,) = replies.outcomes(replies.parse(body), [1])
        assert outcome.value.dtype == array.dtype
        assert np.array_equal(outcome.value, array, equal_nan=array.dtype.kind in "fc")
