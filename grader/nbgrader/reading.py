"""What a gradebook says of a class, read as plain rows: objects that could be changed take five times as long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nbgrader.api import Assignment, Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from grader.nbgrader.standing import whose

if TYPE_CHECKING:
    from grader.nbgrader.gradebook import Outline


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
    whose : list of str
        Learner, course, and when it was handed in.
    """

    score: float
    max_score: float
    late_penalty: float
    scores: dict[str, dict[str, float]]
    comments: dict[str, dict[str, str]]
    waiting: frozenset[tuple[str, str]] = frozenset()
    penalties: dict[str, float] = field(default_factory=dict)
    seconds_late: float = 0.0
    whose: list[str] = field(default_factory=list)

    @property
    def earned(self) -> float:
        """The points before anything is taken off."""
        return round(sum(sum(cells.values()) for cells in self.scores.values()), 6)


def standings_of(
    db: Session, outline: Outline, learners: Sequence[str], most: float, course: str
) -> dict[str, Standing]:
    """How these learners stand in a lesson, those without a submission left out."""
    due = db.scalar(select(Assignment.duedate).where(Assignment.id == outline.id))
    works = db.execute(_works(outline, learners)).all()
    notebooks = _by_first(db.execute(_notebooks([work.id for work in works])))
    ids = [notebook.id for mine in notebooks.values() for notebook in mine]
    grades, comments = (_by_first(db.execute(_of_cells(kind, ids))) for kind in (Grade, Comment))
    found = {}
    for work in works:
        mine = {outline.notebooks[each.notebook_id]: each for each in notebooks[work.id]}
        scored = {name: grades[notebook.id] for name, notebook in mine.items()}
        said = {name: comments[notebook.id] for name, notebook in mine.items()}
        penalties = {name: notebook.late_submission_penalty or 0.0 for name, notebook in mine.items()}
        named = whose(work.student_id, work.first_name, work.last_name, work.timestamp, course)
        late = _seconds_late(work.timestamp, due, work.extension)
        found[work.student_id] = _standing(outline.names, scored, said, penalties, most, late, named)
    return found


def _works(outline: Outline, learners: Sequence[str]) -> Any:
    work = SubmittedAssignment
    return (
        select(work.id, work.student_id, work.timestamp, work.extension, Student.first_name, Student.last_name)
        .join(Student, Student.id == work.student_id)
        .where(work.assignment_id == outline.id, work.student_id.in_(learners))
    )


def _notebooks(works: Sequence[str]) -> Any:
    kind = SubmittedNotebook
    columns = kind.assignment_id, kind.id, kind.notebook_id, kind.late_submission_penalty
    return select(*columns).where(kind.assignment_id.in_(works))


def _of_cells(kind: type, notebooks: Sequence[str]) -> Any:
    table = kind.__table__.columns
    others = [column for column in table if column.name not in ("notebook_id", "id")]
    return select(table.notebook_id, *others).where(table.notebook_id.in_(notebooks))


def _by_first(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _seconds_late(timestamp: datetime | None, due: datetime | None, extension: Any) -> float:
    if timestamp is None or due is None:
        return 0.0
    return max(0.0, (timestamp - (due if extension is None else due + extension)).total_seconds())


def _standing(
    names: dict[str, str], grades: dict[str, list[Row]], comments: dict[str, list[Row]],
    penalties: dict[str, float], most: float, late: float, named: list[str],
) -> Standing:  # fmt: skip
    scores = {name: {names[grade.cell_id]: _total(grade) for grade in mine} for name, mine in grades.items()}
    said = {
        name: {names[each.cell_id]: each.manual_comment or each.auto_comment or "" for each in mine}
        for name, mine in comments.items()
    }
    waiting = frozenset(
        (name, names[each.cell_id]) for name in grades for each in grades[name] if each.needs_manual_grade
    )
    total, penalty = sum(sum(cells.values()) for cells in scores.values()), sum(penalties.values())
    return Standing(round(max(0.0, total - penalty), 6), most, penalty, scores, said, waiting, penalties, late, named)


def _total(grade: Row) -> float:
    if grade.manual_score is None and grade.auto_score is None:
        return 0.0
    return (grade.auto_score if grade.manual_score is None else grade.manual_score) + (grade.extra_credit or 0.0)
