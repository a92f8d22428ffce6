"""The gradebook's learners, as people whom a learning platform knows, too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import Assignment, Student
from sqlalchemy import select

from grader.authoring.build import NOTEBOOKS, lesson_names
from grader.errors import CourseError
from grader.judging.submission import official_cells
from grader.lms.people import Person
from grader.nbgrader.gradebook import Book
from grader.nbgrader.places import Places

_KNOWN = [each.name for each in fields(Person) if each.name != "id"]

NOBODY = "the gradebook knows no learner yet: grader roster FILE, or nbgrader db student add ID"


@dataclass
class Merged:
    """What became of a list of people.

    Attributes
    ----------
    added, changed, absent : list of str
        Ids: new ones, those of whom more is known now, and those in the gradebook whom the list doesn't have.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def people(book: Book) -> list[Person]:
    """Everybody in the gradebook."""
    students = book.gradebook.db.scalars(select(Student).order_by(Student.id))
    return [Person(student.id, *(getattr(student, name) or "" for name in _KNOWN)) for student in students]


def merge(book: Book, listed: Iterable[Person]) -> Merged:
    """Bring the gradebook up to date. Nobody is removed, and nothing is forgotten.

    Who is listed under another id, but with the platform's id or the address of somebody who is there, is that one,
    unless the list has that one, too: people may have an address in common.
    """
    db, merged, listed = book.gradebook.db, Merged(), [*listed]
    students = {student.id: student for student in db.scalars(select(Student))}
    before, met = set(students), {person.id for person in listed}
    for person in listed:
        others = (student for student in students.values() if student.id not in met and _same(student, person))
        student = students.get(person.id) or next(others, None)
        if student is None:
            student = students[person.id] = Student(id=person.id)
            db.add(student)
            merged.added.append(person.id)
        if _learn(student, person) and student.id in before:
            merged.changed.append(student.id)
        met.add(student.id)
    db.commit()
    merged.absent = sorted(before - met)
    return merged


def _same(student: Student, person: Person) -> bool:
    known = ((student.lms_user_id, person.lms_user_id), ((student.email or "").casefold(), person.email.casefold()))
    return any(mine and mine == theirs for mine, theirs in known)


def _learn(student: Student, person: Person) -> bool:
    news = {name: value for name in _KNOWN if (value := getattr(person, name)) and value != getattr(student, name)}
    for name, value in news.items():
        setattr(student, name, value)
    return bool(news)


def due(book: Book, lesson: str) -> datetime | None:
    """When a lesson is due, UTC; None if the gradebook doesn't say."""
    assignment = book.gradebook.db.scalars(select(Assignment).where(Assignment.name == lesson)).first()
    return assignment.duedate if assignment else None


def lesson_cells(book: Book, places: Places, lesson: str) -> dict[str, frozenset[str]]:
    """By notebook of a lesson: what its cells are called that nbgrader knows.

    Raises
    ------
    CourseError
        If there is no such lesson.
    """
    known = sorted({*lesson_names(), *book.lessons()})
    if lesson not in known:
        raise CourseError.no_lesson(lesson, places.coursedir.root, known)
    notebooks = book.notebooks(lesson) or [lesson]
    return {name: _cells(places.release(lesson) / f"{name}.ipynb", NOTEBOOKS / lesson) for name in notebooks}


def _cells(released: Path, ours: Path) -> frozenset[str]:
    path = next((path for path in (released, ours / released.name) if path.is_file()), None)
    cells = official_cells(nbformat.read(path, as_version=4)) if path else {}
    own = {cell.get("id", "") for cell in cells.values()}
    return frozenset({*cells, *(name for name in own if not re.fullmatch(r"cell-\d+|", name))})
