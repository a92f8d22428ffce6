"""What learners open is built from what authors write, and never holds an answer."""

import ast
import json

import nbformat
import pytest

import solutions
from grader.authoring.build import (
    NOTEBOOKS,
    _write,
    build_lesson,
    key_of,
    lesson_names,
    published_key,
    solution_source,
    solved_notebook,
    stale_files,
    strays,
)
from grader.errors import AuthoringError
from unrolled.exam.exercise import Exercise, Part

LESSONS = lesson_names()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Every lesson built in a course of its own."""
    course = tmp_path_factory.mktemp("course")
    return {name: build_lesson(name, course, published_key(name)) for name in LESSONS}


@pytest.mark.parametrize("name", LESSONS)
def test_the_committed_notebook_is_what_is_built(built, name):
    """Learners would work on another text than the one authors see."""
    assert stale_files(name, built[name]) == strays(name, built[name]) == []


@pytest.mark.parametrize(
    "name", [name if name < "03" else pytest.param(name, marks=pytest.mark.full) for name in LESSONS]
)
def test_the_committed_key_is_what_is_made(name):
    """A check would hold answers against another exercise. `grader verify` makes the other lessons' keys, too."""
    assert published_key(name) == key_of(name)


def test_a_change_by_hand_is_stale(built):
    """Someone's edit in notebooks/ would be lost at the next build without a word."""
    name = LESSONS[0]
    changed = built[name] | {f"{name}.ipynb": "{}"}
    assert [path.name for path in stale_files(name, changed)] == [f"{name}.ipynb"]


def test_what_somebody_worked_in_is_kept(monkeypatch, tmp_path):
    """Who tries the lessons in the course's own folder would lose all answers, and trained networks, to a build."""
    monkeypatch.setattr("grader.authoring.build.NOTEBOOKS", tmp_path)
    folder = tmp_path / "02_x"
    built = {"02_x.ipynb": "{}", "02_x.key.json": "[]"}
    _write(built, folder)
    mine = '{"cells": [{"execution_count": 1, "source": "mine"}]}'
    (folder / "02_x.ipynb").write_text(mine)
    (folder / "net.npz").write_bytes(b"1")
    _write(built, folder)
    assert (folder / "02_x.ipynb").read_text() == "{}" and (folder / "02_x (kept 1).ipynb").read_text() == mine
    assert [path.name for path in strays("02_x", built)] == ["02_x (kept 1).ipynb", "net.npz"]


@pytest.mark.parametrize("name", LESSONS)
def test_solution_and_check_cells_are_named_as_promised(name):
    """Graders and scripts find cells by these names."""
    notebook = nbformat.read(NOTEBOOKS / name / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    by_id = {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}
    for exercise in solutions.exercises(name):
        solution, check = by_id[exercise.name], by_id[f"check_{exercise.name}"]
        assert solution.metadata.nbgrader.solution and not solution.metadata.nbgrader.grade
        assert check.source == f"check({exercise.name})"
        assert check.metadata.nbgrader.points == exercise.points
        assert check.metadata.nbgrader.locked


@pytest.mark.parametrize("name", LESSONS)
def test_the_released_notebook_holds_no_answer(name):
    """The lesson would solve itself."""
    text = (NOTEBOOKS / name / f"{name}.ipynb").read_text()
    assert "BEGIN SOLUTION" not in text
    for cell in json.loads(text)["cells"]:
        assert not cell.get("outputs")


@pytest.mark.parametrize("name", LESSONS)
def test_given_cells_call_learners_functions_by_place(name):
    """Whoever called an argument otherwise, which no check minds, would be thrown out of a later cell."""
    theirs = {exercise.name for lesson in LESSONS for exercise in solutions.exercises(lesson)}
    notebook = nbformat.read(NOTEBOOKS / name / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.source.startswith(("%", "!")):
            calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
            assert not [ast.unparse(c) for c in calls if getattr(c.func, "id", "") in theirs and c.keywords]


def test_only_the_body_is_cleared():
    """The learner would lose the signature and docstring, the only specification there is."""

    def f(x):
        """Say what f is."""
        return x

    lines = solution_source(Exercise(f, parts=(Part("f", 1),))).splitlines()
    assert lines == [
        "def f(x):",
        '    """Say what f is."""',
        "    ### BEGIN SOLUTION",
        "    return x",
        "    ### END SOLUTION",
    ]


def test_an_exercise_without_a_slot_is_an_error():
    """Its points would silently be missing from the lesson."""

    def homeless(x):
        return x

    name = LESSONS[0]
    with pytest.raises(AuthoringError, match="exercise 'homeless' has no slot"):
        solved_notebook(name, [*solutions.exercises(name), Exercise(homeless)])


def test_an_unknown_lesson_is_an_error_that_names_the_known():
    """A typing error would end in a traceback."""
    with pytest.raises(AuthoringError, match=r"no lesson '99_none'"):
        solved_notebook("99_none", [])
