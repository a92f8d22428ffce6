"""Notes of what grading has done."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from grader.marking.notes import Notes

ADA = ("ada", "ps1")


@pytest.fixture
def notes(tmp_path):
    return Notes(tmp_path / "kept" / "notes.db")


def test_a_note_is_read_as_it_was_last_written(notes):
    """A learner would read yesterday's marks."""
    assert notes.read("told", ADA) == ""
    assert not notes.path.exists()  # who only looks leaves nothing
    for text in ("1", "2", "2"):
        notes.write("told", {ADA: text, ("\udcff",): "no text"})
    assert notes.read("told", ADA) == Notes(notes.path).read("told", ADA) == "2"
    assert notes.read("told", ("\udcff",)) == "no text"
    assert notes.read("pages", ADA) == "" == notes.read("told", ("ada, ps1",))
    assert notes.path.stat().st_mode & 0o777 == 0o600


def test_what_others_removed_or_spoilt_is_begun_anew(notes):
    """One bad block of a disk would end all grading of a course; a desk would tell for ever of notes long gone."""
    notes.write("told", {ADA: "1"})
    notes.path.unlink()
    assert notes.read("told", ADA) == ""
    notes.write("told", {ADA: "2"})
    assert Notes(notes.path).read("told", ADA) == "2"
    notes.path.write_bytes(b"spoilt" * 999)
    assert notes.read("told", ADA) == ""
    notes.write("told", {ADA: "3"})
    assert Notes(notes.path).read("told", ADA) == "3"


def _write_twenty(notes):
    for number in range(20):
        notes.write("told", {(str(number),): "x"})


def test_several_may_write_at_once(notes):
    """The desk would fail whom it serves while a class is being graded."""
    writers = [Notes(notes.path) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for writer in writers:
            pool.submit(_write_twenty, writer)
    with closing(sqlite3.connect(notes.path)) as kept:
        assert kept.execute("SELECT count(*) FROM notes").fetchone() == (20,)


def test_a_file_that_cannot_be_written_is_named(notes):
    """A screen of Python is no help."""
    notes.path.mkdir(parents=True)
    with pytest.raises(OSError, match=r"notes\.db"):
        notes.write("told", {ADA: "1"})
