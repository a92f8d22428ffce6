"""What the gradebook says of a graded notebook, for the page that `nbgrader generate_feedback` makes of it."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades


class GetStanding(GetGrades):
    """nbgrader's GetGrades, which also says what a person has to grade yet."""

    def _get_score(self, cell: NotebookNode, resources: dict) -> None:
        super()._get_score(cell, resources)
        names = self.notebook_id, self.assignment_id, self.student_id
        grade = self.gradebook.find_grade(cell.metadata.nbgrader["grade_id"], *names)
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)
