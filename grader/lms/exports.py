"""`grader export`: marks as each learning platform takes them in, and feedback under the names it gave."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError
from grader.lms.people import Person
from grader.lms.placing import notes_of, read_notes
from grader.marking.cache import write_atomically
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.gradebook import Book, Standing
from grader.nbgrader.people import NOBODY, people
from grader.nbgrader.places import Places

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Marks:
    """What there is to export.

    Attributes
    ----------
    people : list of Person
    most : dict of float
        By lesson, in order: the most points.
    standings : dict of dict of Standing
        By lesson and learner; who handed in nothing has none.
    """

    people: list[Person]
    most: dict[str, float]
    standings: dict[str, dict[str, Standing]]

    def score(self, learner: str, lesson: str) -> str:
        """Points after what being late cost; empty if nothing was handed in."""
        standing = self.standings[lesson].get(learner)
        return f"{standing.score:.10g}" if standing else ""


def export(
    course: Path, lessons: Sequence[str], kind: str, output: Path | None, feedback: Path | None, db: str | None = None
) -> tuple[str, list[str]]:
    """Export the marks of a course.

    Returns
    -------
    (str, list of str)
        The table as CSV, and what the instructor should know.

    Raises
    ------
    CourseError
        If there is no such course or lesson.
    """
    if not course.is_dir():
        raise CourseError.no_folder(course)
    config = load_config(course)
    coursedir = course_directory(course, config, db)
    with Book(coursedir, config) as book:
        marks = _marks(book, course, lessons)
    table = as_csv(_TABLES[kind](marks))
    if output:
        write_atomically(output.absolute(), table, 0o600)
    said = [*_missing_ids(marks, kind), *_waiting(marks)]
    if feedback:
        said += _write_feedback(feedback, Places(coursedir, config), marks, kind)
    return table, said


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV in which no cell is a formula, whatever a learner is called."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULAS) else cell


def _marks(book: Book, course: Path, lessons: Sequence[str]) -> Marks:
    known, everybody = book.lessons(), people(book)
    for lesson in lessons:
        if lesson not in known:
            raise CourseError.no_lesson(lesson, course, known)
    chosen = sorted({*lessons}) or known
    standings = {lesson: book.standings(lesson, [person.id for person in everybody]) for lesson in chosen}
    return Marks(everybody, {lesson: book.max_score(lesson) for lesson in chosen}, standings)


def _csv(marks: Marks) -> Iterator[list[str]]:
    of_lessons = [f"{lesson}{what}" for lesson in marks.most for what in ("", " of", " taken off for being late")]
    yield ["id", "first_name", "last_name", "email", "lms_user_id", *of_lessons, "total", "total of"]
    for person in marks.people:
        row = [person.id, person.first_name, person.last_name, person.email, person.lms_user_id]
        for lesson, most in marks.most.items():
            standing = marks.standings[lesson].get(person.id)
            row += [marks.score(person.id, lesson), f"{most:g}", f"{standing.late_penalty:g}" if standing else ""]
        total = sum(float(marks.score(person.id, lesson) or 0) for lesson in marks.most)
        yield [*row, f"{total:.10g}", f"{sum(marks.most.values()):g}"]


def _canvas(marks: Marks) -> Iterator[list[str]]:
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *marks.most]
    yield ["    Points Possible", "", "", "", "", *(f"{most:g}" for most in marks.most.values())]
    for person in marks.people:
        name = ", ".join(filter(None, (person.last_name, person.first_name))) or person.id
        yield [name, person.lms_user_id, "", person.id, "", *_scores(marks, person)]


def _moodle(marks: Marks) -> Iterator[list[str]]:
    yield ["First name", "Last name", "ID number", "Email address", *marks.most]
    for person in marks.people:
        row = [person.first_name, person.last_name, person.lms_user_id or person.id, person.email]
        yield [*row, *_scores(marks, person)]


def _gradescope(marks: Marks) -> Iterator[list[str]]:
    each = ("", " - Max Points", " - Lateness (H:M:S)")
    yield ["First Name", "Last Name", "SID", "Email", *(f"{lesson}{what}" for lesson in marks.most for what in each)]
    for person in marks.people:
        row = [person.first_name, person.last_name, person.lms_user_id or person.id, person.email]
        for lesson, most in marks.most.items():
            standing = marks.standings[lesson].get(person.id)
            row += [marks.score(person.id, lesson), f"{most:g}", _clock(standing.seconds_late) if standing else ""]
        yield row


def _brightspace(marks: Marks) -> Iterator[list[str]]:
    items = [f"{lesson} Points Grade <Numeric MaxPoints:{most:g}>" for lesson, most in marks.most.items()]
    yield ["OrgDefinedId", "Username", *items, "End-of-Line Indicator"]
    for person in marks.people:
        yield [person.lms_user_id, person.id, *_scores(marks, person), "#"]


_TABLES: Mapping[str, Callable[[Marks], Iterator[list[str]]]] = {
    "csv": _csv, "canvas": _canvas, "moodle": _moodle, "gradescope": _gradescope, "brightspace": _brightspace,
}  # fmt: skip


def _scores(marks: Marks, person: Person) -> list[str]:
    return [marks.score(person.id, lesson) for lesson in marks.most]


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60 % 60):02}:{int(seconds % 60):02}"


def _missing_ids(marks: Marks, kind: str) -> Iterator[str]:
    lacking = [person.id for person in marks.people if not person.lms_user_id]
    if not marks.people:
        yield NOBODY
    if lacking and kind == "canvas":
        yield f"without an id of the platform's: {', '.join(lacking)}. Read its list first: grader roster FILE"


def _waiting(marks: Marks) -> Iterator[str]:
    for lesson, standings in marks.standings.items():
        if count := sum(bool(standing.waiting) for standing in standings.values()):
            yield f"{lesson}: {count} wait for a person, so their points may still rise"


def _write_feedback(path: Path, places: Places, marks: Marks, kind: str) -> list[str]:
    """Every learner's pages in one zip file; returns whose could not be named as the platform wants it."""
    if kind != "csv" and len(marks.most) != 1:
        raise CourseError.of_arguments(f"feedback for {kind} is of one lesson: grader export LESSON --to {kind} …")
    content, lacking = io.BytesIO(), defaultdict(list)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for lesson, standings in marks.standings.items():
            notes = read_notes(notes_of(places, lesson))
            for learner in sorted(standings):
                folder = _folder(kind, learner, lesson, notes.get(learner))
                pages = sorted(places.feedback(learner, lesson).glob("*.html")) if folder else []
                for page in pages:
                    archive.writestr(f"{folder}{page.name}", page.read_bytes())
                if not pages:
                    lacking[f"{lesson}: {_why_none(folder, kind)}"].append(learner)
    write_atomically(path.absolute(), content.getvalue(), 0o600)
    return [f"no feedback of {', '.join(learners)}, {why}" for why, learners in lacking.items()]


def _folder(kind: str, learner: str, lesson: str, noted: Sequence[str] | None) -> str:
    """What comes before a page's own name; empty if the platform gave none."""
    if kind not in ("canvas", "moodle", "brightspace"):
        return f"{lesson}/{learner}/"
    platform, folder = noted or ("", "")
    if platform.casefold() != kind:
        return ""
    return f"{folder}{'_' if kind == 'canvas' else '/'}"


def _why_none(folder: str, kind: str) -> str:
    return "it has not been graded yet" if folder else f"it was not collected from {kind}, whose name for it is needed"
