"""Wrong answers that nothing explains are kept together, shown, and made into the stub of a misconception."""

import ast
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import solutions
from grader.authoring.name import stub
from grader.errors import CourseError
from grader.judging.grading import public_examination
from grader.marking.clusters import clusters
from grader.marking.report import write_report
from unrolled.exam.calling import outcomes_of
from unrolled.exam.recognise import fingerprint

LESSON, CLUSTER = "02_definition", "0a1b2c3d"
WRITTEN = """import numpy as np

def rnn_step(x, h, u_x, u_h, u_0):
    '''One step.'''
    return np.cos(u_x @ x)  # <b>
"""


def result(status="failed", **more):
    return {"score": 0.0, "max_score": 2.0, "status": status, "misconception": None, "message": ""} | more


def graded(**results):
    return {"status": "graded", "score": 0.0, "max_score": 2.0, "exercises": results}


@pytest.fixture
def course(tmp_path):
    """A course in which two learners gave the same numbers, one others, and one was given the points by a person."""
    alike = graded(rnn_step=result(cluster=CLUSTER))
    learners = {"ann": alike, "bob": alike, "cem": graded(rnn_step=result(cluster="ffffffff"))}
    learners["dee"] = graded(rnn_step=result("passed", cluster=CLUSTER))
    (tmp_path / "grades.json").write_text(json.dumps({"lessons": {LESSON: learners}}))
    folder = tmp_path / "autograded/ann" / LESSON
    folder.mkdir(parents=True)
    cell = new_code_cell(WRITTEN, metadata={"nbgrader": {"grade_id": "rnn_step"}})
    nbformat.write(new_notebook(cells=[cell]), folder / f"{LESSON}.ipynb")
    return tmp_path


def test_the_largest_cluster_comes_first_with_an_example(course):
    """Authors would name the mistake of one before that of many, and not see what it looks like."""
    graded_ones = json.loads((course / "grades.json").read_text())["lessons"][LESSON]
    first, second = clusters(course, LESSON, graded_ones)
    assert (first.exercise, first.name, first.learners, first.example) == ("rnn_step", CLUSTER, ("ann", "bob"), WRITTEN)
    assert (second.learners, second.example) == (("cem",), "")  # whose notebook isn't there


def test_the_class_page_shows_clusters_as_text(course):
    """Nobody would know that many made a mistake without a name; or what they wrote would become markup."""
    html = write_report(course).read_text()
    assert "Same numbers, no name yet" in html and f"rnn_step {CLUSTER}" in html
    assert "# &lt;b&gt;" in html and "# <b>" not in html


def test_a_cluster_becomes_the_stub_of_a_misconception(course):
    """Authors would have to copy it together by hand, and rather leave it."""
    text = stub(course, "rnn_step", CLUSTER)
    assert text.startswith("# 2 learners. For solutions/definition/misconceptions/rnn_step.py:")
    (function,) = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    assert function.name == f"unnamed_{CLUSTER}"
    assert ast.get_docstring(function).startswith("TODO") and "np.cos" in text


def test_an_answer_that_cannot_be_read_still_gives_a_stub(course):
    """One broken notebook would end the command in a traceback."""
    assert "raise NotImplementedError" in stub(course, "rnn_step", "ffffffff")


@pytest.mark.parametrize(
    ("exercise", "cluster", "words"),
    [("rnn_step", "none", f"there are: {CLUSTER}, ffffffff"), ("nonsense", CLUSTER, "no exercise named 'nonsense'")],
)
def test_what_there_is_not_is_said_with_what_there_is(course, exercise, cluster, words):
    """A typing error would end in a traceback, or in a guess."""
    with pytest.raises(CourseError, match=words):
        stub(course, exercise, cluster)


def test_the_same_numbers_are_one_cluster_however_they_are_written():
    """Each way of writing a mistake would look like a mistake of its own; and others like this one."""
    exercise = solutions.find("rnn_step")
    examination = public_examination(LESSON, "rnn_step")

    def of(answer):
        return fingerprint(examination, outcomes_of(examination, answer, {}))

    one, again, other = (
        of(lambda x, h, u_x, u_h, u_0: 0.7 * (u_x @ x)),
        of(lambda x, h, u_x, u_h, u_0: (u_x * x).sum(axis=1) * 0.7),
        of(lambda x, h, u_x, u_h, u_0: 0.6 * (u_x @ x)),
    )
    assert one == again != other
    assert of(exercise.reference) not in (one, other)
