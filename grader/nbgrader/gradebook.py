"""nbgrader's gradebook, written by one process, in bulk.

The rows are those `nbgrader autograde` would write: formgrader, feedback and exports find what they know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace, TracebackType
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import selectinload
from traitlets.config import Config

from grader.errors import CourseError
from grader.nbgrader.bridge import released_notebook
from grader.nbgrader.penalties import penalise
from grader.nbgrader.reading import Standing, standings_of

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
class Outline:
    """A lesson as the gradebook has it, whoever hands it in: kept, because to read it takes a dozen queries.

    Attributes
    ----------
    id : str
    notebooks : dict of str
        Names, by id.
    names : dict of str
        Cells' names, by id.
    points : dict
        By notebook's name, then by grade cell's: the most there is.
    graded, commented : dict of list
        By notebook's id: ids of the cells that have points, and of those that have comments.
    """

    id: str
    notebooks: dict[str, str]
    names: dict[str, str]
    points: dict[str, dict[str, float]]
    graded: dict[str, list[str]]
    commented: dict[str, list[str]]


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
        self._outlines: dict[str, Outline] = {}
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

    def let_go(self) -> None:
        """Give back this thread's connection, and what was read: the next question is answered as it is then."""
        self.gradebook.db.remove()

    def lessons(self) -> list[str]:
        """The names of all assignments."""
        return list(self.gradebook.db.scalars(select(Assignment.name).order_by(Assignment.name)))

    def learners(self) -> list[str]:
        """The ids of everyone enrolled."""
        return list(self.gradebook.db.scalars(select(Student.id).order_by(Student.id)))

    def notebooks(self, lesson: str) -> list[str]:
        """The names of an assignment's notebooks; none if there is no such assignment."""
        try:
            return [*self._outline(lesson).notebooks.values()]
        except MissingEntry:
            return []

    def forget(self) -> None:
        """Give up what was begun and not ended, after something went wrong."""
        self._outlines.clear()
        with suppress(SQLAlchemyError):
            self.gradebook.db.rollback()

    def release(self, lesson: str, notebook: str) -> NotebookNode:
        """The notebook that submissions are held against."""
        return released_notebook(self.coursedir, self.gradebook, lesson, notebook)

    def refresh(self) -> None:
        """Forget what was read: someone else has written."""
        self._outlines.clear()
        self.gradebook.db.expire_all()

    def max_points(self, lesson: str, notebook: str | None = None) -> dict[str, float]:
        """The most points of each grade cell: of one notebook, or of all, in which case names can hide each other."""
        found = self._outline(lesson).points if self.notebooks(lesson) else {}
        return {cell: most for name, cells in found.items() if notebook in (None, name) for cell, most in cells.items()}

    def max_score(self, lesson: str) -> float:
        """The most points of an assignment."""
        return sum(sum(cells.values()) for cells in self._outline(lesson).points.values())

    def record(self, lesson: str, marks: Sequence[Marks]) -> None:
        """Store marks, a transaction per 200 submissions. What people graded by hand is kept."""
        for start in range(0, len(marks), BATCH):
            self._record(lesson, marks[start : start + BATCH])

    def standings(self, lesson: str, learners: Iterable[str]) -> dict[str, Standing]:
        """How learners stand, those without a submission left out."""
        outline, wanted = self._outline(lesson), list(learners)
        most, course = self.max_score(lesson), self.coursedir.course_id
        batches = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
        found = (standings_of(self.gradebook.db, outline, learners, most, course) for learners in batches)
        return {learner: standing for batch in found for learner, standing in batch.items()}

    def _outline(self, lesson: str) -> Outline:
        if lesson not in self._outlines:
            self._outlines[lesson] = _outline(self.gradebook.find_assignment(lesson))
        return self._outlines[lesson]

    def _record(self, lesson: str, marks: Sequence[Marks]) -> None:
        db = self.gradebook.db
        try:
            outline = self._outline(lesson)
            learners = list(dict.fromkeys(mark.learner for mark in marks))
            self._enrol(learners)
            known = self._submissions(outline, learners)
            new = {learner: _new_submission(outline, learner) for learner in learners if learner not in known}
            submissions = known | new
            for mark in marks:
                _store(submissions[mark.learner], mark, outline)
            _settle(submissions.values())
            db.flush()
            self._insert([*new.values()])
            penalise(self.config, [*known.values(), *self._perhaps_late(outline, new)])
            db.commit()
        except BaseException:
            db.rollback()
            raise

    def _enrol(self, learners: Sequence[str]) -> None:
        known = set(self.gradebook.db.scalars(select(Student.id).where(Student.id.in_(learners))))
        self.gradebook.db.add_all(Student(id=learner) for learner in learners if learner not in known)
        self.gradebook.db.flush()

    def _submissions(self, outline: Outline, learners: Sequence[str]) -> dict[str, SubmittedAssignment]:
        notebooks = selectinload(SubmittedAssignment.notebooks)
        query = (
            select(SubmittedAssignment)
            .where(SubmittedAssignment.assignment_id == outline.id, SubmittedAssignment.student_id.in_(learners))
            .options(
                notebooks.selectinload(SubmittedNotebook.grades),
                notebooks.selectinload(SubmittedNotebook.comments),
            )
        )
        return {submission.student_id: submission for submission in self.gradebook.db.scalars(query)}

    def _insert(self, submissions: Sequence[SimpleNamespace]) -> None:
        """Store new rows, all of a table by one statement: the session would have a history of each."""
        notebooks = [notebook for submission in submissions for notebook in submission.notebooks]
        grades, comments = ([each for n in notebooks for each in getattr(n, what)] for what in ("grades", "comments"))
        for rows in filter(None, (submissions, notebooks, grades, comments)):
            table = rows[0].kind.__table__
            values = [{column.name: getattr(row, column.name) for column in table.columns} for row in rows]
            self.gradebook.db.execute(insert(table), values)

    def _perhaps_late(self, outline: Outline, new: dict[str, SimpleNamespace]) -> Iterable[SubmittedAssignment]:
        """Of new submissions, if the lesson is due some day, those that say when they were handed in."""
        due = self.gradebook.db.scalar(select(Assignment.duedate).where(Assignment.id == outline.id))
        timed = [learner for learner, submission in new.items() if submission.timestamp]
        return self._submissions(outline, timed).values() if due and timed else ()


def handed_in_at(text: bytes) -> datetime | None:
    """The time a `timestamp.txt` names, UTC; None if it names none."""
    try:
        return parse_utc(text.decode().strip())
    except (ValueError, OverflowError):
        return None


def _outline(assignment: Assignment) -> Outline:
    notebooks = list(assignment.notebooks)
    graded = {notebook.id: [*notebook.grade_cells, *notebook.task_cells] for notebook in notebooks}
    commented = {notebook.id: [*notebook.solution_cells, *notebook.task_cells] for notebook in notebooks}
    return Outline(
        assignment.id,
        {notebook.id: notebook.name for notebook in notebooks},
        {cell.id: cell.name for notebook in notebooks for cell in notebook._base_cells},
        {each.name: {cell.name: cell.max_score for cell in graded[each.id]} for each in notebooks},
        {notebook: [cell.id for cell in cells] for notebook, cells in graded.items()},
        {notebook: [cell.id for cell in cells] for notebook, cells in commented.items()},
    )


def _row(table: type, **values: Any) -> SimpleNamespace:
    """A new row of a table, plain: the session's own objects take longer to make than to store."""
    return SimpleNamespace(**(dict.fromkeys(table.__table__.columns.keys()) | {"id": new_uuid()} | values), kind=table)


def _new_submission(outline: Outline, learner: str) -> SimpleNamespace:
    submission = _row(SubmittedAssignment, assignment_id=outline.id, student_id=learner)
    submission.notebooks = [_new_notebook(notebook, submission.id, outline) for notebook in outline.notebooks]
    return submission


def _new_notebook(notebook: str, submission: str, outline: Outline) -> SimpleNamespace:
    new = _row(SubmittedNotebook, assignment_id=submission, notebook_id=notebook, flagged=False)
    new.grades = [_row(Grade, notebook_id=new.id, cell_id=cell) for cell in outline.graded[notebook]]
    new.comments = [_row(Comment, notebook_id=new.id, cell_id=cell) for cell in outline.commented[notebook]]
    return new


def _store(submission: SubmittedAssignment, mark: Marks, outline: Outline) -> None:
    if mark.timestamp is not None:
        submission.timestamp = mark.timestamp
    for notebook in submission.notebooks:
        if outline.notebooks[notebook.notebook_id] == mark.notebook:
            _store_grades(notebook, mark, outline.names)
            _store_comments(notebook, mark, outline.names)


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
