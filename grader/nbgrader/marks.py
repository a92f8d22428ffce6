"""Reading a graded notebook's marks as nbgrader does."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

from grader.errors import AuthoringError


def marks_of(notebook: NotebookNode) -> tuple[dict[str, float | None], dict[str, str | None]]:
    """Scores by grade cell and comments by answer cell of a graded notebook, as nbgrader reads them off."""
    scores, comments = {}, {}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell):
            scores[grade_id] = _score(cell)
        if is_solution(cell) or is_task(cell):
            untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) and not is_task(cell)
            comments[grade_id] = "No response." if untouched else None
    return scores, comments


def _score(cell: NotebookNode) -> float | None:
    try:
        return determine_grade(cell)[0]
    except ValueError as error:
        raise AuthoringError.too_generous(cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.points) from error
