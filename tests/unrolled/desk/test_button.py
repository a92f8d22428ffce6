"""The button at a lesson's end hands in what was run, and nothing while a notebook is graded."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import unrolled.desk.button as button
from unrolled.desk.handing_over import NotHandedIn

ANSWER = "def step(x):\n    return x"


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """A saved notebook with an answer, in the folder the kernel is in."""
    cell = new_code_cell(ANSWER, metadata={"nbgrader": {"grade_id": "step"}})
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "02_definition.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path / "02_definition.ipynb"


@pytest.fixture
def handed(monkeypatch):
    """What is handed over."""
    found = []
    monkeypatch.setattr(button, "hand_over", lambda path, say: found.append(path))
    return found


@pytest.fixture
def ran(monkeypatch):
    """What the kernel ran, cell by cell."""
    ran = []
    monkeypatch.setattr(button, "get_ipython", lambda: type("Shell", (), {"user_ns": {"In": ran}}))
    return ran


def test_a_press_hands_in_what_is_saved(notebook, handed, ran):
    """A learner's last button would do nothing."""
    ran += ["", ANSWER, "check(step)"]
    button.hand_in("02_definition", now=True)
    assert handed == [notebook]


def test_what_was_run_and_not_saved_is_not_handed_in_by_mistake(notebook, handed, ran, capsys):
    """An older version than the one that was just right would be graded."""
    ran += [ANSWER, "def step(x):\n    return 2 * x"]
    button.hand_in("02_definition", now=True)
    assert not handed and "step is not in the file yet" in capsys.readouterr().out


def test_nothing_is_handed_in_while_a_notebook_is_graded(notebook, handed, monkeypatch):
    """Grading a lesson, or checking it from its own button, would hand it in once more, without end."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert button.hand_in("02_definition", now=True) is None and not handed


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_notebook_that_cannot_be_read_is_said(notebook, handed, capsys, text):
    """A renamed or broken file would end in a traceback under the button."""
    notebook.write_text(text)
    button.hand_in("02_definition", now=True)
    assert not handed and "can't be read" in capsys.readouterr().out


def test_what_went_wrong_stands_under_the_button(notebook, monkeypatch, ran):
    """A learner would press, and nothing be seen."""
    shown = []
    monkeypatch.setattr(button, "display", shown.append)

    def refuse(path, say):
        raise NotHandedIn("The desk is closed.")

    monkeypatch.setattr(button, "hand_over", refuse)
    button.hand_in("02_definition")
    press, said = shown[0].children
    press.click()
    assert press.description == "Hand in again" and not press.disabled
    assert said
