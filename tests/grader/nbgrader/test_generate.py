"""The learners' notebook is what nbgrader makes of the solved one; a quiz answer becomes an ellipsis."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from grader.errors import ReleaseRefused
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.generate import assignment_stub, generate
from grader.nbgrader.gradebook import Book, Marks
from tests.courses import answer, graded_cell, ordinary, release


@pytest.mark.parametrize(
    "source, stub",
    [
        ('which = "b"', "which = ..."),
        ("# a, b or c\nwhich = 'b'", "# a, b or c\nwhich = ..."),
        ("### BEGIN SOLUTION\nwhich = 'b'\n### END SOLUTION", "which = ..."),
        ("which: str = 'b'", None),
        ("a = b = 1", None),
        ("a, b = 1, 2", None),
        ("a = 1\nb = 2", None),
        ("def f():\n    return 1", None),
        ("def f(:", None),
    ],
)
def test_only_a_single_assignment_becomes_an_ellipsis(source, stub):
    """A quiz would raise on Run All, or an answer would stay in the learners' notebook."""
    assert assignment_stub(source) == stub


def test_answers_go_and_points_stay(tmp_path):
    """Learners would read the solution, or the gradebook not know what an exercise is worth."""
    solved = [
        new_code_cell("import numpy as np"),
        answer('def f():\n    """Do."""\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION', "f"),
        graded_cell("check(f)", "check_f", 2.0),
        answer('which = "b"', "which"),
    ]
    notebook = nbformat.read(str(release(tmp_path, "lesson", solved)), as_version=4)
    stub = 'def f():\n    """Do."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    assert [c.source for c in notebook.cells] == ["import numpy as np", stub, "check(f)", "which = ..."]
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "unrolled") as gradebook:
        assert gradebook.find_assignment("lesson").max_score == 2.0


def test_exercises_cannot_change_under_submissions_already_graded(tmp_path):
    """Grades would hang in the air; nbgrader's own message tells nobody what to do."""
    ordinary(tmp_path)
    config = load_config(tmp_path)
    with Book(course_directory(tmp_path, config), config) as book:
        book.record("ps1", [Marks("ada", "ps1")])
    assert generate(tmp_path, "ps1").is_file()
    with pytest.raises(ReleaseRefused, match="another name"):
        release(tmp_path, "ps1", [graded_cell("check(new)", "check_new", 1.0)])


def test_a_reason_of_nbgraders_own_is_passed_on(tmp_path):
    """The author would only learn that something went wrong."""
    with pytest.raises(ReleaseRefused, match="no end solution statement"):
        release(tmp_path, "ps1", [answer("### BEGIN SOLUTION\nx = 1\ny = 2", "x")])
