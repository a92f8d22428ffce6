"""A receipt fits what was handed in, and nothing else."""

import os

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.errors import CourseError
from grader.lms.collect import Options, collect
from grader.lms.receipts import confirm
from tests.grader.lms.test_collect import BLANK, LESSON
from unrolled.desk import handing_in

FILES = {f"{LESSON}.ipynb": BLANK.replace(b'"cells"', b'"x": "net.npz", "cells"', 1), "net.npz": b"1"}


def test_a_file_whose_name_is_no_text_has_a_receipt(tmp_path):
    """One such file in one submission would end the search through all of them."""
    course, name = tmp_path / "course", os.fsdecode(b"n\xff.npz")
    folder = course / "submitted" / "ada" / LESSON
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"1")
    notebook = folder / f"{LESSON}.ipynb"
    notebook.write_bytes(FILES[notebook.name] + os.fsencode(name))
    files = handing_in.handed_in(notebook)
    assert set(files) == {notebook.name, name}
    assert confirm(course, handing_in.digest(files))[0]


def test_a_receipt_is_confirmed_by_what_was_collected(tmp_path):
    """A learner who has handed in could not prove it, or one who hasn't could."""
    course, path = tmp_path / "course", tmp_path / "ada.zip"
    data, receipt = handing_in.packed(LESSON, FILES)
    path.write_bytes(data)
    assert collect(course, LESSON, [path], Options()) == 0
    line = f"Receipt: {LESSON}, {receipt['time']}, sha256 {receipt['sha256']}"
    for words in (line, receipt["sha256"], receipt["sha256"][:12], str(path)):
        assert confirm(course, words) == (True, f"ada handed it in to {LESSON}, when is not known")
    assert not confirm(course, "0" * 64)[0]
    path.write_bytes(handing_in.packed(LESSON, FILES | {"net.npz": b"2"})[0])
    assert "nothing that was handed in" in confirm(course, str(path))[1]
    path.write_bytes(path.read_bytes().replace(b"2", b"3"))
    with pytest.raises(CourseError):
        confirm(course, str(path))
    shown = CliRunner().invoke(main, ["receipt", *line.split(), "--course", str(course)])
    assert shown.exit_code == 0 and "ada handed it in" in shown.output
