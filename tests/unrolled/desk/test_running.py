"""A whole lesson is checked without a browser, in a real kernel, and says what is left to do."""

import pytest
from click.testing import CliRunner
from nbformat import NO_CONVERT, read, write

from unrolled.desk import cli, lessons
from unrolled.desk.running import check_notebook

ANSWERS = {"double": "def double(x):\n    return 2 * x", "what_check_does": 'what_check_does = "b"'}


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Lesson 00 as it was handed out, in a course of its own."""
    monkeypatch.chdir(tmp_path)
    return next(path for path, _ in lessons.start(tmp_path) if path.stem == "00_start_here")


def solve(notebook, answers):
    cells = read(notebook, NO_CONVERT)
    for cell in cells.cells:
        if (name := cell.metadata.get("nbgrader", {}).get("grade_id")) in answers:
            cell.source = answers[name]
    write(cells, notebook)


def test_an_untouched_lesson_has_everything_left_to_do(notebook):
    """A learner would hand in an empty lesson and believe it checked."""
    before = notebook.read_bytes()
    assert [(row.exercise, row.right) for row in check_notebook(notebook)] == [(name, False) for name in ANSWERS]
    assert notebook.read_bytes() == before


def test_right_answers_are_right_and_a_wrong_one_is_not(notebook, tmp_path):
    """What the command says before handing in would not be what grading says after."""
    solve(notebook, ANSWERS | {"double": "def double(x):\n    return x * x"})
    assert {row.exercise: row.right for row in check_notebook(notebook)} == {"double": False, "what_check_does": True}
    solve(notebook, ANSWERS)
    lone = notebook.rename(tmp_path / notebook.name)
    shown = CliRunner().invoke(cli.main, ["check", lone.name])
    assert shown.exit_code == 0, shown.output
    assert "✓ double" in shown.output and shown.output.rstrip().endswith("all right")


def test_what_is_no_notebook_is_said_in_a_line(notebook):
    """A broken download would end in a traceback."""
    notebook.write_text("<html>")
    shown = CliRunner().invoke(cli.main, ["check", "00"])
    assert shown.exit_code == 1
    assert "is no notebook" in shown.output and "Traceback" not in shown.output
