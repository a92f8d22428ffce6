"""Messages become notebook outputs as in a front end, and never more than allowed."""

import dataclasses

import pytest

from grader.confined.limits import Limits
from grader.confined.recorder import Printed, Recorder

LIMITS = dataclasses.replace(Limits(), stream_bytes=20, output_bytes=200, outputs=3)


@pytest.fixture
def recorder():
    return Recorder(LIMITS)


def result(text):
    return {"data": {"text/plain": text}, "metadata": {}, "transient": {}}


def test_text_of_one_stream_is_joined_and_of_two_is_kept_in_order(recorder):
    """Thousands of prints must not become thousands of outputs."""
    for name, text in (("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("stdout", "d")):
        recorder.take("stream", {"name": name, "text": text})
    assert [(output["name"], output["text"]) for output in recorder.finish()] == [
        ("stdout", "ab"),
        ("stderr", "c"),
        ("stdout", "d"),
    ]


def test_update_changes_every_display_of_that_name_and_no_other(recorder):
    """That is what display ids are for."""
    for name in ("x", "y", "x"):
        recorder.take("display_data", result("old") | {"transient": {"display_id": name}})
    recorder.take("update_display_data", result("new") | {"transient": {"display_id": "x"}})
    assert [output["data"]["text/plain"] for output in recorder.finish()] == ["new", "old", "new"]


def test_messages_that_show_nothing_are_passed_over(recorder):
    """Widgets talk a lot."""
    for kind in ("status", "execute_input", "comm_open", "comm_msg", "begin", "finish", "take", "made_up"):
        recorder.take(kind, {})
    assert recorder.finish() == []


@pytest.mark.parametrize("flood", [["x" * 100], ["x"] * 100], ids=["at once", "bit by bit"])
def test_long_text_is_cut_once_with_one_note(recorder, flood):
    """The learner must see that something is missing, and only once."""
    for text in flood:
        recorder.take("stream", {"name": "stdout", "text": text})
    kept, note = recorder.finish()
    assert kept["text"] == "x" * 20
    assert "20 characters of text" in note["text"]


def test_large_result_and_large_metadata_are_left_out(recorder):
    """Bytes are bytes wherever they hide."""
    recorder.take("display_data", {"data": {"text/plain": "x"}, "metadata": {"y": "z" * 300}})
    (note,) = recorder.finish()
    assert "200 bytes" in note["text"]


def test_too_many_outputs_are_left_out(recorder):
    """A page of ten thousand small outputs is a flood too."""
    for _ in range(9):
        recorder.take("execute_result", result("1") | {"execution_count": 1})
    assert len(recorder.finish()) == 4


def test_next_cell_starts_afresh(recorder):
    """One flood must not silence the rest of the notebook."""
    recorder.write("stdout", "x" * 100)
    recorder.begin()
    recorder.write("stdout", "y")
    assert recorder.finish()[0]["text"] == "y"


def test_streams_behave_like_files(recorder):
    """Libraries write to sys.stdout in every way a file allows."""
    stream = Printed(recorder, "stdout")
    print("a", 1, file=stream, flush=True)
    stream.writelines(["b"])
    stream.close()
    stream.write("c")
    assert (stream.isatty(), stream.writable(), stream.closed) == (False, True, False)
    with pytest.raises(TypeError):
        stream.write(b"bytes")
    assert recorder.finish()[0]["text"] == "a 1\nbc"
