"""`nbgrader validate` says of our lessons what their checks say."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.validator import Validator

import solutions
from grader.authoring.build import NOTEBOOKS, solution_source
from tests.courses import cell

LESSON = "02_definition"


@pytest.fixture
def validated(tmp_path, monkeypatch):
    """Cells that nbgrader finds failed, by source, once these answers are written into the lesson."""
    monkeypatch.setenv("UNROLLED_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))

    def run(answers):
        shutil.copytree(NOTEBOOKS / LESSON, tmp_path / LESSON)
        path = tmp_path / LESSON / f"{LESSON}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for name, source in answers.items():
            cell(notebook, name).source = source
        path.write_text(nbformat.writes(notebook))
        return {found["source"]: found["raw_error"] for found in Validator().validate(str(path)).get("failed", [])}

    return run


def test_an_untouched_lesson_does_not_validate(validated):
    """A learner who has done nothing would read "Success!"."""
    failed = validated({})
    assert set(failed) == {f"check({exercise.name})" for exercise in solutions.exercises(LESSON)}
    assert "Not solved yet" in failed["check(rnn_step)"]


def answers():
    return {exercise.name: solution_source(exercise) for exercise in solutions.exercises(LESSON)}


def test_a_solved_lesson_validates(validated):
    """A learner who is done would be told to go on."""
    assert validated(answers()) == {}


def test_a_mistake_is_told_in_the_words_of_the_check(validated):
    """A learner would hand in a mistake that the check has a name for."""
    wrong = "def rnn_step(x, h, u_x, u_h, u_0):\n    return u_x @ x + u_h @ h + u_0"
    failed = validated(answers() | {"rnn_step": wrong})
    assert "Traceback" not in failed["check(rnn_step)"]
    assert "check(rnn_output)" not in failed
