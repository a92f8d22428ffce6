"""`grader collect`: what a learning platform gave out, into `submitted/<learner>/<lesson>/`; nothing without a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from rich.console import Console
from rich.progress import track

from grader.lms.archives import Member
from grader.lms.claims import Claim, Claims
from grader.lms.downloads import Download, open_all
from grader.lms.people import Roster
from grader.lms.placing import Placing
from grader.lms.receiving import LEFT, Received, shown
from grader.lms.shapes import Classroom
from grader.lms.unpacking import Work, arrange, unpack
from grader.marking.cache import Cache
from grader.marking.enrolment import Enrolment
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.gradebook import Book
from grader.nbgrader.people import due, lesson_cells, merge, people
from grader.nbgrader.places import Places, make_course
from grader.nbgrader.times import read_time


@dataclass(frozen=True)
class Options:
    """How to collect.

    Attributes
    ----------
    platform : str or None
        Whose names they are; None is found out.
    enrol : bool
        Whether people who are not on the roster are enrolled.
    zone : tzinfo
        Where the platform's clock is.
    db : str or None
        SQLAlchemy URL of the gradebook.
    """

    platform: str | None = None
    enrol: bool = False
    zone: tzinfo = UTC
    db: str | None = None


def collect(course: Path, lesson: str, paths: Sequence[Path], options: Options, console: Console | None = None) -> int:
    """Collect what was handed in to a lesson.

    Returns
    -------
    int
        Exit code: 0 if every file was taken or named, 1 if there may be more in what could not be read.

    Raises
    ------
    CourseError
        If there is no such lesson, or nobody can tell whose names these are.
    """
    console, config = console or Console(), load_config(course)
    make_course(course)
    coursedir = course_directory(course, config, options.db)
    with Book(coursedir, config) as book, ExitStack() as stack:
        intake = Intake(book, Places(coursedir, config), Cache(course), lesson, options, console)
        downloads = open_all(paths, stack, (person.id for person in intake.people))
        rows = [row for download in downloads for row in intake.take(download)]
        intake.placing.places.close()
    troubles = [f"{download.title}: {download.trouble}" for download in downloads if download.trouble]
    shown(console, f"{lesson}, from {' and '.join(_title(download) for download in downloads)}", rows, troubles)
    return 1 if troubles else 0


class Intake:
    """One run of `grader collect`.

    Parameters
    ----------
    book : Book
    places : Places
    cache : Cache
    lesson : str
    options : Options
    console : Console
    """

    def __init__(self, book: Book, places: Places, cache: Cache, lesson: str, options: Options, console: Console):
        self.book, self.options, self.console = book, options, console
        self.cells = lesson_cells(book, places, lesson)
        self.people, self.enrolment = people(book), Enrolment(book, cache, None)
        self.is_open = options.enrol or not self.enrolment.roster()
        self.placing, self.due = Placing(places, lesson), due(book, lesson)

    def take(self, download: Download) -> Iterator[Received]:
        """Take what is somebody's; say what is nobody's."""
        roster = Roster(self.people)
        download.recognise(self.options.platform, roster)
        claims = Claims(roster, self.is_open, {*self.cells, self.placing.lesson})
        for member in download.members:
            if not download.shape.is_own(member.name):
                claims.add(member, download.shape.read(member.name))
        claims.settle()
        self._enrol(claims)
        yield from claims.refused
        for learner, mine in track(
            sorted(claims.by_learner.items()), "Collecting", console=self.console, transient=True
        ):
            yield self.receive(learner, mine, isinstance(download.shape, Classroom))
        self.placing.remember(download.shape.title)

    def receive(self, learner: str, claims: list[Claim], forgeable: bool) -> Received:
        """Take the newest of a learner's attempts that holds a notebook."""
        row = Received(learner, [claim.member.name for claim in claims])
        attempts = self._attempts(claims)
        when, mine, work = self._newest(attempts[:20])
        row.notes += work.notes + work.left_out
        if forgeable and len(_versions(mine)) > 1:
            row.what, row.notes = LEFT, ["files that differ begin with this name, and learners may have written it"]
            return row
        when = self._when(when, mine, row)
        placed = self.placing.place(learner, work, when, mine[0].upload.folder)
        row.what, row.notes = placed.what, [*filter(None, [placed.why]), *row.notes]
        if len(attempts) > 1:
            row.notes.append(f"the newest of {len(attempts)} attempts")
        return row

    def _newest(self, attempts: Iterable[tuple[datetime | None, list[Claim]]]) -> tuple:
        """The first of these with a notebook, or else the first; no more than two of them in memory."""
        first = None
        for when, mine in attempts:
            work = _work(mine, self.cells)
            first = first or (when, mine, work)
            if work.notebooks:
                return when, mine, work
        return first

    def _attempts(self, claims: list[Claim]) -> list[tuple[datetime | None, list[Claim]]]:
        """What was handed in together, the newest first."""
        found = defaultdict(list)
        for claim in claims:
            found[read_time(claim.upload.time, self.options.zone)].append(claim)
        return sorted(found.items(), key=lambda pair: pair[0] or datetime.min, reverse=True)

    def _when(self, when: datetime | None, claims: list[Claim], row: Received) -> datetime | None:
        """When it was handed in, as far as the platform says so: some only say that it was late."""
        if any(claim.upload.time for claim in claims) and when is None:
            row.notes.append("when it was handed in can't be read, so it is not late")
        if not when and any(claim.upload.late for claim in claims):
            known = "counted as a second late" if self.due else "but the gradebook has no due date"
            row.notes.append(f"late, the platform says, and not when: {known}")
            return self.due and self.due + timedelta(seconds=1)
        if when and self.due and when > self.due:
            row.notes.append(f"late by {str(when - self.due).partition('.')[0]}")
        return when

    def _enrol(self, claims: Claims) -> None:
        if claims.newcomers:
            self.enrolment.take_note(person.id for person in claims.newcomers)
            merge(self.book, claims.newcomers)
            self.people = people(self.book)
            names = ", ".join(sorted(person.id for person in claims.newcomers))
            self.console.print(f"Enrolled: {names}", highlight=False, markup=False)


def _work(claims: Iterable[Claim], cells: dict[str, frozenset[str]]) -> Work:
    newest = sorted(claims, key=lambda claim: -claim.upload.number)
    work = unpack((claim.upload.file, claim.member) for claim in newest)
    for claim in reversed(newest):
        if claim.upload.number:
            _unnumber(work.files, claim.upload.file, cells)
    return arrange(work, cells)


def _unnumber(files: dict[str, bytes], name: str, notebooks: Collection[str]) -> None:
    """Have what its platform calls `net-1.npz` there as it was called when handed in, in place of earlier ones."""
    plain = re.sub(r"-\d{1,3}(?=\.\w+$)", "", name)
    if name not in files or plain == name:
        return
    if not name.endswith(".ipynb"):
        files[plain] = files[name]
    elif plain.removesuffix(".ipynb") in notebooks:
        files[plain] = files.pop(name)


def _versions(claims: Iterable[Claim]) -> list[Member]:
    return [claim.member for claim in claims if claim.upload.file.endswith((".ipynb", ".zip"))]


def _title(download: Download) -> str:
    return f"{download.title} ({download.shape.title})"
