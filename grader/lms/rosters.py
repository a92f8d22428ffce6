"""A class's list as each learning platform gives it out, read without a question."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from grader.errors import CourseError, SubmissionError
from grader.judging.files import read_file
from grader.lms.people import Person
from grader.marking.handed_in import is_id
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.gradebook import Book
from grader.nbgrader.people import merge
from grader.nbgrader.places import Places, make_course

LARGEST = 2**25
_WORKBOOKS = (b"PK\x03\x04", bytes.fromhex("d0cf11e0"))
_STAFF = {"instructor", "ta", "reader", "teacher", "staff", "designer", "observer"}
_NOBODY = ("points possible", "student, test", "date", "points", "class average")


@dataclass(frozen=True)
class Columns:
    """What a platform calls what we want to know, the best name first.

    Attributes
    ----------
    marks : tuple of str
        Columns by which its lists are known.
    """

    title: str
    marks: tuple[str, ...]
    id: tuple[str, ...]
    lms_user_id: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    first_name: tuple[str, ...] = ("First Name", "First name")
    last_name: tuple[str, ...] = ("Last Name", "Last name", "Surname")
    name: tuple[str, ...] = ()


LISTS = (
    Columns("nbgrader", ("id",), ("id",), ("lms_user_id",), ("email",), ("first_name",), ("last_name",)),
    Columns("Canvas", ("Student", "ID"), ("SIS Login ID", "SIS User ID", "ID"), ("ID",), ("Email", "SIS Login ID"),
            name=("Student",)),
    Columns("Brightspace", ("OrgDefinedId",), ("Username", "OrgDefinedId"), ("OrgDefinedId",), ("Email",)),
    Columns("Gradescope", ("SID", "Email"), ("SID", "Email"), ("SID",), ("Email",), name=("Name",)),
    Columns("Moodle", ("Email address",), ("Username", "ID number", "Email address"), ("ID number",),
            ("Email address",), name=("Full name", "First name / Last name", "User full name")),
    Columns("Blackboard", ("Username", "Last Name"), ("Username",), ("Username",), ("Email",)),
    Columns("Google Classroom", ("Email Address",), ("Email Address",), ("Email Address",), ("Email Address",),
            name=("Name",)),
)  # fmt: skip


def read_roster(path: Path) -> tuple[str, list[Person], list[str]]:
    """Whose list it is, the people on it, and what is wrong with single rows.

    Raises
    ------
    CourseError
        If it is no list that is known.
    """
    try:
        text = _decoded(read_file(path.resolve(), path.resolve().parent, LARGEST))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (SubmissionError, csv.Error, UnicodeError, OSError) as error:
        raise CourseError.no_roster(path, str(error)) from None
    for number, row in enumerate(rows[:10]):
        header = [cell.strip() for cell in row]
        known = next((each for each in LISTS if {*each.marks} <= {*header}), None)
        if known:
            return known.title, *_people(known, header, rows[number + 1 :])
    raise CourseError.no_roster(path, f"its columns are {', '.join(map(ascii, rows[0][:8])) if rows else 'none'}")


def take_roster(course: Path, path: Path, db: str | None, console: Console) -> int:
    """Bring the gradebook up to date with a list, and say what changed."""
    title, listed, troubles = read_roster(path)
    make_course(course)
    config = load_config(course)
    coursedir = course_directory(course, config, db)
    with Book(coursedir, config) as book:
        merged = merge(book, listed)
    Places(coursedir, config).close()
    same = len(listed) - len(merged.added) - len(merged.changed)
    said = [f"{path.name} ({title}): learners: {len(listed)}, {len(merged.added)} new, "
            f"{len(merged.changed)} changed, {same} as before."]  # fmt: skip
    said += [f"✗ {trouble}" for trouble in troubles] + [*_shared(listed)]
    if merged.absent:
        said.append(f"In the gradebook, and not on this list: {', '.join(merged.absent)}.")
        said.append(f"Who has left: nbgrader db student remove {merged.absent[0]}")
    for line in said:
        console.print(line, highlight=False, markup=False)
    return 1 if troubles else 0


def _shared(people: Iterable[Person]) -> Iterator[str]:
    """Who can't be told apart by an address or a platform's id."""
    for what, name in (("e-mail address", "email"), ("id on the platform", "lms_user_id")):
        having: dict[str, list[str]] = {}
        for person in people:
            having.setdefault(getattr(person, name).casefold(), []).append(person.id)
        for value, ids in having.items():
            if value and len(ids) > 1:
                yield f"! {', '.join(ids)} have one {what}, {value}: an upload that says no more is refused."


def _decoded(data: bytes) -> str:
    if data.startswith(_WORKBOOKS):
        raise UnicodeError("it is a spreadsheet's own file")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _delimiter(text: str) -> str:
    head = "\n".join(text.splitlines()[:3])
    return max(",;\t", key=head.count)


def _people(known: Columns, header: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[list[Person], list[str]]:
    people: dict[str, Person] = {}
    troubles = []
    for row in rows:
        cells = {name: _clean(cell) for name, cell in zip(header, row, strict=False)}
        if not _is_learner(cells, known):
            continue
        person = _person(cells, known)
        if not is_id(person.id) or "/" in person.id:
            troubles.append(f"no id that can be used for {person.name or person.email or person.id!a}")
        elif person.id in people:
            troubles.append(f"{person.id} is on it more than once: the first row counts")
        else:
            people[person.id] = person
    return [*people.values()], troubles


def _clean(cell: str) -> str:
    """A cell without what Brightspace and spreadsheets put before a number to keep it text."""
    cell = cell.strip()
    return cell[1:] if cell.startswith(("#", "'")) else cell


def _is_learner(cells: Mapping[str, str], known: Columns) -> bool:
    first = next(iter(cells.values()), "").casefold()
    said = [*_filled(cells, (*known.id, *known.name, *known.first_name, *known.last_name, *known.email))]
    return bool(said) and not first.startswith(_NOBODY) and cells.get("Role", "").casefold() not in _STAFF


def _person(cells: Mapping[str, str], known: Columns) -> Person:
    first, last = _first(cells, known.first_name), _first(cells, known.last_name)
    if not (first or last):
        first, last = _parted(_first(cells, known.name))
    email = next((cells[name] for name in known.email if "@" in cells.get(name, "")), "")
    return Person(_first(cells, known.id), first, last, email, _first(cells, known.lms_user_id))


def _first(cells: Mapping[str, str], names: Iterable[str]) -> str:
    return next(_filled(cells, names), "")


def _filled(cells: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    return (cells[name] for name in names if cells.get(name))


def _parted(name: str) -> tuple[str, str]:
    """First and last name of `Last, First` or `First Last`."""
    if "," in name:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return first or last, last if first else ""
