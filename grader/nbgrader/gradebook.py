"""nbgrader's gradebook, written by one process, in bulk.

The rows are those `nbgrader autograde` would write: formgrader, feedback and exports find what they know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import selectinload
from traitlets.config import Config

from grader.errors import CourseError
from grader.nbgrader.bridge import released_notebook

BATCH = 200


@dataclass(frozen=True)
class Marks:
    """What grading one notebook of one learner says to the gradebook.

    Attributes
    ----------
    learner, notebook : str
    timestamp : datetime or None
        When it was handed in, UTC.
    scores : dict
        By grade cell: points, or None for what a person has to grade. Empty if nothing could be graded.
    comments : dict
        By answer cell: nbgrader's own comment ("No response."), or None.
    fresh : bool
        Whether this is news. Grades that agree with what is stored are then not called up for review again.
    missing, unreadable : bool
        Whether there is no such notebook, or nothing in it to look at: then nobody has to grade it by hand.
    """

    learner: str
    notebook: str
    timestamp: datetime | None = None
    scores: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    fresh: bool = True
    missing: bool = False
    unreadable: bool = False


@dataclass(frozen=True)
class Standing:
    """How a learner stands in one lesson, as the gradebook has it.

    Attributes
    ----------
    score, max_score, late_penalty : float
        `score` is what is left of `earned` when the penalty is taken off.
    scores, comments : dict
        By notebook, then by grade cell and by answer cell.
    waiting : frozenset of (str, str)
        Notebook and grade cell of what a person has to grade yet.
    penalties : dict
        By notebook: what being late costs there.
    seconds_late : float
    """

    score: float
    max_score: float
    late_penalty: float
    scores: dict[str, dict[str, float]]
    comments: dict[str, dict[str, str]]
    waiting: frozenset[tuple[str, str]] = frozenset()
    penalties: dict[str, float] = field(default_factory=dict)
    seconds_late: float = 0.0

    @property
    def earned(self) -> float:
        """The points before anything is taken off."""
        return round(sum(sum(cells.values()) for cells in self.scores.values()), 6)


class Book:
    """The gradebook of a course.

    Parameters
    ----------
    coursedir : CourseDirectory
    config : Config
        nbgrader's, for the late penalties.
    """

    def __init__(self, coursedir: CourseDirectory, config: Config):
        self.coursedir, self.config = coursedir, config
        try:
            self.gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
        except SQLAlchemyError as error:
            raise CourseError.gradebook(coursedir.db_url, error) from error
        except ModuleNotFoundError as error:
            raise CourseError.no_driver(coursedir.db_url, error.name) from error

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
        if isinstance(error, SQLAlchemyError):
            raise CourseError.gradebook(self.coursedir.db_url, error) from error

    def close(self) -> None:
        """Close the connection to the database."""
        self.gradebook.close()

    def lessons(self) -> list[str]:
        """The names of all assignments."""
        return list(self.gradebook.db.scalars(select(Assignment.name).order_by(Assignment.name)))

    def learners(self) -> list[str]:
        """The ids of everyone enrolled."""
        return list(self.gradebook.db.scalars(select(Student.id).order_by(Student.id)))

    def notebooks(self, lesson: str) -> list[str]:
        """The names of an assignment's notebooks; none if there is no such assignment."""
        try:
            return [notebook.name for notebook in self.gradebook.find_assignment(lesson).notebooks]
        except MissingEntry:
            return []

    def forget(self) -> None:
        """Give up what was begun and not ended, after something went wrong."""
        with suppress(SQLAlchemyError):
            self.gradebook.db.rollback()

    def release(self, lesson: str, notebook: str) -> NotebookNode:
        """The notebook that submissions are held against."""
        return released_notebook(self.coursedir, self.gradebook, lesson, notebook)

    def refresh(self) -> None:
        """Forget what was read: someone else has written."""
        self.gradebook.db.expire_all()

    def max_points(self, lesson: str, notebook: str | None = None) -> dict[str, float]:
        """The most points of each grade cell: of one notebook, or of all, in which case names can hide each other."""
        return {cell.name: cell.max_score for cell in self._graded_cells(lesson, notebook)}

    def max_score(self, lesson: str) -> float:
        """The most points of an assignment."""
        return sum(cell.max_score for cell in self._graded_cells(lesson))

    def _graded_cells(self, lesson: str, wanted: str | None = None) -> list[Any]:
        if not self.notebooks(lesson):
            return []
        notebooks = [each for each in self._assignment(lesson).notebooks if wanted in (None, each.name)]
        return [cell for notebook in notebooks for cell in [*notebook.grade_cells, *notebook.task_cells]]

    def record(self, lesson: str, marks: Sequence[Marks]) -> None:
        """Store marks, a transaction per 200 submissions. What people graded by hand is kept."""
        for start in range(0, len(marks), BATCH):
            self._record(lesson, marks[start : start + BATCH])

    def standings(self, lesson: str, learners: Iterable[str]) -> dict[str, Standing]:
        """How learners stand, those without a submission left out."""
        assignment, wanted = self._assignment(lesson), list(learners)
        names = _cell_names(assignment)
        most = self.max_score(lesson)
        found = {}
        for start in range(0, len(wanted), BATCH):
            submissions = self._submissions(assignment, wanted[start : start + BATCH])
            found |= {learner: _standing(submission, most, names) for learner, submission in submissions.items()}
        return found

    def _assignment(self, lesson: str) -> Assignment:
        return self.gradebook.find_assignment(lesson)

    def _record(self, lesson: str, marks: Sequence[Marks]) -> None:
        db = self.gradebook.db
        try:
            assignment = self._assignment(lesson)
            learners = list(dict.fromkeys(mark.learner for mark in marks))
            self._enrol(learners)
            names = _cell_names(assignment)
            submissions = self._submissions(assignment, learners)
            for mark in marks:
                if mark.learner not in submissions:
                    submissions[mark.learner] = self._new_submission(assignment, mark.learner)
                _store(submissions[mark.learner], mark, names)
            _settle(submissions.values())
            db.flush()
            self._penalise([submissions[learner] for learner in learners])
            db.commit()
        except BaseException:
            db.rollback()
            raise

    def _enrol(self, learners: Sequence[str]) -> None:
        known = set(self.gradebook.db.scalars(select(Student.id).where(Student.id.in_(learners))))
        self.gradebook.db.add_all(Student(id=learner) for learner in learners if learner not in known)
        self.gradebook.db.flush()

    def _submissions(self, assignment: Assignment, learners: Sequence[str]) -> dict[str, SubmittedAssignment]:
        notebooks = selectinload(SubmittedAssignment.notebooks)
        query = (
            select(SubmittedAssignment)
            .where(SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.student_id.in_(learners))
            .options(
                notebooks.selectinload(SubmittedNotebook.grades),
                notebooks.selectinload(SubmittedNotebook.comments),
                notebooks.selectinload(SubmittedNotebook.notebook),
            )
        )
        return {submission.student_id: submission for submission in self.gradebook.db.scalars(query)}

    def _new_submission(self, assignment: Assignment, learner: str) -> SubmittedAssignment:
        submission = SubmittedAssignment(assignment=assignment, student_id=learner)
        for notebook in assignment.notebooks:
            submission.notebooks.append(_new_notebook(notebook))
        self.gradebook.db.add(submission)
        return submission

    def _penalise(self, submissions: Iterable[SubmittedAssignment]) -> None:
        step = AssignLatePenalties(config=self.config)
        if not step.enabled:
            return
        step.init_plugin()
        for submission in submissions:
            late = submission.total_seconds_late
            for notebook in submission.notebooks:
                notebook.late_submission_penalty = None
                if late > 0:
                    penalty = step.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
                    if penalty is not None:
                        notebook.late_submission_penalty = step._check_late_penalty(notebook, penalty)


def handed_in_at(text: bytes) -> datetime | None:
    """The time a `timestamp.txt` names, UTC; None if it names none."""
    try:
        return parse_utc(text.decode().strip())
    except (ValueError, OverflowError):
        return None


def _new_notebook(notebook: Notebook) -> SubmittedNotebook:
    graded, commented = [*notebook.grade_cells, *notebook.task_cells], [*notebook.solution_cells, *notebook.task_cells]
    return SubmittedNotebook(
        notebook=notebook,
        flagged=False,
        grades=[Grade(cell_id=cell.id) for cell in graded],
        comments=[Comment(cell_id=cell.id) for cell in commented],
    )


def _cell_names(assignment: Assignment) -> dict[str, str]:
    return {cell.id: cell.name for notebook in assignment.notebooks for cell in notebook._base_cells}


def _store(submission: SubmittedAssignment, mark: Marks, names: dict[str, str]) -> None:
    if mark.timestamp is not None:
        submission.timestamp = mark.timestamp
    for notebook in submission.notebooks:
        if notebook.notebook.name == mark.notebook:
            _store_grades(notebook, mark, names)
            _store_comments(notebook, mark, names)


def _settle(submissions: Iterable[SubmittedAssignment]) -> None:
    """Write out what new rows are by default: rows that name the same columns are stored by one statement."""
    for grade in (each for submission in submissions for notebook in submission.notebooks for each in notebook.grades):
        if grade.needs_manual_grade is None:
            grade.needs_manual_grade = True


def _store_grades(notebook: SubmittedNotebook, mark: Marks, names: dict[str, str]) -> None:
    for grade in notebook.grades:
        if mark.missing or (mark.unreadable and grade.auto_score is None and grade.manual_score is None):
            grade.auto_score, grade.needs_manual_grade = 0.0, False
        elif names[grade.cell_id] in mark.scores:
            _store_score(grade, mark.scores[names[grade.cell_id]], mark.fresh)


def _store_comments(notebook: SubmittedNotebook, mark: Marks, names: dict[str, str]) -> None:
    for comment in notebook.comments:
        if names[comment.cell_id] in mark.comments:
            comment.auto_comment = mark.comments[names[comment.cell_id]]


def _store_score(grade: Grade, score: float | None, fresh: bool) -> None:
    if not fresh and grade.auto_score == score and grade.needs_manual_grade is not None:
        return
    grade.auto_score = score
    grade.needs_manual_grade = grade.manual_score is not None or score is None


def _standing(submission: SubmittedAssignment, most: float, names: dict[str, str]) -> Standing:
    scores = {
        n.notebook.name: {names[grade.cell_id]: _total(grade) for grade in n.grades} for n in submission.notebooks
    }
    comments = {
        n.notebook.name: {names[c.cell_id]: c.manual_comment or c.auto_comment or "" for c in n.comments}
        for n in submission.notebooks
    }
    penalties = {n.notebook.name: n.late_submission_penalty or 0.0 for n in submission.notebooks}
    penalty = sum(penalties.values())
    total = sum(sum(cells.values()) for cells in scores.values())
    waiting = frozenset(
        (n.notebook.name, names[g.cell_id]) for n in submission.notebooks for g in n.grades if g.needs_manual_grade
    )
    score, late = round(max(0.0, total - penalty), 6), submission.total_seconds_late
    return Standing(score, most, penalty, scores, comments, waiting, penalties, late)


def _total(grade: Grade) -> float:
    if grade.manual_score is None and grade.auto_score is None:
        return 0.0
    return (grade.auto_score if grade.manual_score is None else grade.manual_score) + (grade.extra_credit or 0.0)
