"""A whole lesson is checked without a browser, in a real kernel, and says what is left to do."""

import pytest
from click.testing import CliRunner
from nbformat import NO_CONVERT, read, write

from unrolled.desk import cli, lessons
from unrolled.desk.handing_over import lines_of
from unrolled.desk.running import Checked, check_notebook

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
    solve(notebook, {"double": "def double(x):\n    return x * x", "what_check_does": 'what_check_does = "a"'})
    double, choice = check_notebook(notebook)
    assert not double.right and not choice.right
    assert [(row.sign, row.said) for row in (double, choice)] == [("✗", "not right yet")] * 2
    solve(notebook, ANSWERS)
    lone = notebook.rename(tmp_path / notebook.name)
    shown = CliRunner().invoke(cli.main, ["check", lone.name])
    assert shown.exit_code == 0, shown.output
    assert "✓ double" in shown.output and shown.output.rstrip().endswith("all right")


@pytest.mark.parametrize("row, line", [
    (Checked("f", 2.0, 2.0, "passed"), "✓ f 2 of 2"),
    (Checked("f", 1.0, 2.0, "failed"), "◐ f 1 of 2 not right yet"),
    (Checked("f", 0.0, 2.0, "failed"), "✗ f 0 of 2 not right yet"),
    (Checked("f", 0.0, 2.0, "unsolved"), "○ f 0 of 2 not begun"),
    (Checked("f", 0.0, 2.0, "unsolved", ("g",)), "○ f 0 of 2 needs g"),
    (Checked("f", None, 2.0, stops="SyntaxError"), "✗ f 0 of 2 its cell stops: SyntaxError"),
    (Checked("f", None, 2.0), "✗ f 0 of 2 its check was not reached"),
    (Checked("choice", 0.0, 0.0, "failed"), "✗ choice not right yet"),
    (Checked("choice", 0.0, 0.0, "passed"), "✓ choice"),
])  # fmt: skip
def test_each_state_has_its_sign_and_its_words(row, line):
    """A wrong choice would look as if nobody had chosen, and a cell that stops as if nobody had begun."""
    assert " ".join([*lines_of("00", [row])][1].split()) == line
    assert max(map(len, lines_of("00", [row]))) <= 80


def test_what_is_no_notebook_is_said_in_a_line(notebook):
    """A broken download would end in a traceback."""
    notebook.write_text("<html>")
    shown = CliRunner().invoke(cli.main, ["check", "00"])
    assert shown.exit_code == 1
    assert "is no notebook" in shown.output and "Traceback" not in shown.output
