"""What the gradebook says of a graded notebook and its learner, for a page on paper, too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades


class GetStanding(GetGrades):
    """nbgrader's GetGrades, which also says whose it is, and what a person has to grade yet."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        nb, resources = super().preprocess(nb, resources)
        with self.gradebook:
            submission = self.gradebook.find_submission(self.assignment_id, self.student_id)
            student, course = submission.student, submission.assignment.course_id
            names = student.first_name, student.last_name
            resources["nbgrader"]["whose"] = whose(student.id, *names, submission.timestamp, course)
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: dict) -> None:
        super()._get_score(cell, resources)
        names = self.notebook_id, self.assignment_id, self.student_id
        grade = self.gradebook.find_grade(cell.metadata.nbgrader["grade_id"], *names)
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)


def whose(learner: str, first: str | None, last: str | None, when: datetime | None, course: str) -> list[str]:
    """Learner, course, and when it was handed in, as far as they are known."""
    name = " ".join(filter(None, (first, last)))
    handed_in = when.strftime("handed in %Y-%m-%d %H:%M UTC") if when else ""
    return [text for text in (f"{name} ({learner})" if name else learner, course, handed_in) if text]
