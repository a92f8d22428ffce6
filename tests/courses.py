"""Courses made by hand for tests: folders as nbgrader knows them, small enough to grade in a moment."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.authoring.build import dump_notebook
from grader.nbgrader.generate import generate

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def marks(grade_id, grade=False, solution=False, locked=False, points=None, **more):
    """nbgrader's metadata of a cell."""
    meta = {"grade_id": grade_id, "grade": grade, "solution": solution, "locked": locked, "schema_version": 3}
    return {"nbgrader": meta | ({"points": points} if grade or more.get("task") else {}) | {"task": False} | more}


def answer(source, grade_id):
    """A cell the learner fills in."""
    return new_code_cell(source, metadata=marks(grade_id, solution=True))


def graded_cell(source, grade_id, points):
    """A locked cell that earns points."""
    return new_code_cell(source, metadata=marks(grade_id, grade=True, locked=True, points=points))


def check_pair(exercise):
    """An exercise's two cells, solved."""
    from grader.authoring.build import solution_source

    return [
        answer(solution_source(exercise), exercise.name),
        graded_cell(f"check({exercise.name})", f"check_{exercise.name}", exercise.points),
    ]


def release(course: Path, lesson: str, cells) -> Path:
    """Write a solved notebook to the course and release it; returns the released notebook's path."""
    folder = course / "source" / lesson
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{lesson}.ipynb").write_text(dump_notebook(new_notebook(cells=cells, metadata=KERNEL)))
    return generate(course, lesson)


def ordinary(course: Path, lesson: str = "ps1") -> Path:
    """An assignment as nbgrader's users write them, with tests in cells."""
    return release(course, lesson, [
        new_markdown_cell("# Squares"),
        answer("def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION", "square"),
        graded_cell("assert square(2) == 4\n### BEGIN HIDDEN TESTS\nassert square(7919) == 62710561\n"
                  "### END HIDDEN TESTS", "test_square", 2.0),
        graded_cell("2.5 if square(3) == 9 else 1", "test_partly", 3.0),
        new_markdown_cell("Because.", metadata=marks("why", grade=True, solution=True, points=1.0)),
    ])  # fmt: skip


def hand_in(course: Path, learner: str, lesson: str, sources: dict[str, str] | None = None, change=None) -> Path:
    """Write a submission: the released notebook with some cells' sources replaced, then changed as a whole."""
    notebook = nbformat.read(str(course / "release" / lesson / f"{lesson}.ipynb"), as_version=4)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = (sources or {}).get(grade_id, cell.source)
    if change:
        change(notebook)
    path = course / "submitted" / learner / lesson / f"{lesson}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_notebook(notebook))
    return path


def cell(notebook, grade_id):
    """The cell with this id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def make_deep(folder: Path, depth: int = 1500, name: str = "d", file: str = "") -> None:
    """Folders in one another, deeper than Python's own ways to walk through them reach, and a file in the last."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    if file:
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)


def make_long(folder: Path) -> None:
    """Folders in one another, and a file whose path is longer than any may be."""
    make_deep(folder, (4096 - len(str(folder))) // 251, "d" * 250, "f" * 250)


def remove(folder: Path) -> None:
    """Remove a folder, however deep."""
    subprocess.run(["rm", "-rf", folder], check=True)
