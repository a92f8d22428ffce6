"""Making the learners' notebook from the solved one, through nbgrader's own generate step."""

from __future__ import annotations

import ast
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_solution

from grader.errors import ReleaseRefused
from grader.nbgrader.bridge import course_directory, load_config, messages_of
from grader.nbgrader.places import Places


class ClearAnswers(ClearSolutions):
    """nbgrader's ClearSolutions, except that an answer of one assignment becomes `name = ...`.

    A quiz cell that raises would stop *Run All* before the learner has chosen anything.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: dict, cell_index: int) -> tuple[NotebookNode, dict]:
        stub = assignment_stub(cell.source) if cell.cell_type == "code" and is_solution(cell) else None
        if stub is None:
            return super().preprocess_cell(cell, resources, cell_index)
        cell.source = stub
        return cell, resources


def assignment_stub(source: str) -> str | None:
    """`name = ...` if `source` is a single assignment to one name, comments before it kept; otherwise None."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    if len(body) != 1 or not isinstance(body[0], ast.Assign):
        return None
    targets = body[0].targets
    if len(targets) != 1 or not isinstance(targets[0], ast.Name):
        return None
    before = source.splitlines()[: body[0].lineno - 1]
    return "\n".join([*(line for line in before if "BEGIN SOLUTION" not in line), f"{targets[0].id} = ..."])


def generate(course: Path, lesson: str, db: str | None = None) -> Path:
    """Make `release/<lesson>/` from `source/<lesson>/` and store the most points of each exercise in the gradebook.

    Parameters
    ----------
    course : Path
        nbgrader's course folder.
    lesson : str
    db : str, optional
        SQLAlchemy URL of the gradebook, instead of the configured one.

    Returns
    -------
    Path
        The released notebook.

    Raises
    ------
    ReleaseRefused
        If nbgrader refuses, with its reason.
    """
    config = load_config(course)
    coursedir = course_directory(course, config, db)
    coursedir.assignment_id = lesson
    converter = GenerateAssignment(coursedir=coursedir, config=config, force=True)
    with messages_of(converter.log) as messages:
        try:
            converter.start()
        except NbGraderException as error:
            raise _explained(lesson, messages, error) from error
    Places(coursedir, config).close()
    return Path(coursedir.format_path(coursedir.release_directory, ".", lesson), f"{lesson}.ipynb")


def _explained(lesson: str, messages: list[str], error: Exception) -> ReleaseRefused:
    text = "\n".join(messages)
    if "there are submissions associated with it" in text:
        return ReleaseRefused.submissions_exist(lesson)
    return ReleaseRefused.because(lesson, text or str(error))
