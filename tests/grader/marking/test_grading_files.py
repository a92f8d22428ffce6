"""What is handed in as a file beside the notebook is read confined, and judged by what it does."""

import io

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import solutions
from grader.judging.grading import grade_notebook
from solutions.capstone import train
from tests.courses import check_pair

LESSON, FILE = "07_capstone", "trained_params.npz"


def packed(params):
    buffer = io.BytesIO()
    np.savez(buffer, **params)
    return buffer.getvalue()


@pytest.fixture
def verdict(sandbox):
    """The verdict on `trained_params`, handed in as these bytes."""
    (exercise,) = (e for e in solutions.exercises(LESSON) if e.name == "trained_params")
    loading = new_code_cell(f"from unrolled.capstone import load_params\n{exercise.source}")
    notebook = new_notebook(cells=[loading, check_pair(exercise)[1]])
    return lambda files: grade_notebook(notebook, LESSON, sandbox, 7, files).verdicts["trained_params"]


def test_trained_parameters_earn_what_they_do(verdict):
    """Five minutes of training would earn nothing."""
    assert verdict({FILE: packed(train.load("language"))}).score == 10


def test_a_missing_file_is_an_unsolved_exercise(verdict):
    """Whoever forgot the file would be told of a mistake in their code."""
    missing = verdict({})
    assert (missing.status, missing.message.split("\n")[0]) == ("unsolved", f"`{FILE}` was not handed in.")


def test_a_hostile_file_earns_nothing(verdict):
    """A file could run code, or stop the grader."""
    pickled = packed({"u_x": np.array([{"a": 1}], dtype=object)})
    assert [verdict({FILE: data}).score for data in (pickled, b"PK\x03\x04", b"")] == [0, 0, 0]
