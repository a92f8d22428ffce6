"""`grader grade`: the coordinator. Finds submissions, has them graded, and alone writes what becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import nbformat
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import solutions
from grader.authoring.build import build_lesson, lesson_names, published_key
from grader.errors import CourseError, IsolationUnavailable, SubmissionChanging, SubmissionError, SubmissionMissing
from grader.judging.files import read_file
from grader.judging.seed import secret_seed
from grader.marking import alike, executing, worker
from grader.marking.arrivals import DONE, looks_of
from grader.marking.beside import Beside
from grader.marking.cache import Cache, digest_of, key, write_atomically
from grader.marking.enrolment import Enrolment
from grader.marking.handed_in import HandedIn, Submission, find_submissions, unusable_ids
from grader.marking.lock import only_run
from grader.marking.options import Options
from grader.marking.outcome import all_graded, lesson_outcome
from grader.marking.pages import Pages
from grader.marking.table import print_outcome, printable
from grader.marking.told import Told, write_json
from grader.marking.unchanged import Unchanged
from grader.marking.worker import FAILED, GRADED, Result, Task
from grader.nbgrader.autograde import isolation, pace
from grader.nbgrader.bridge import course_directory, settled_config
from grader.nbgrader.generate import generate
from grader.nbgrader.gradebook import Book, Marks, handed_in_at
from grader.nbgrader.places import Places
from grader.nbgrader.settings import Tidying, hidden_tests
from grader.nbgrader.through_exchange import Exchange
from grader.sandbox import outer
from grader.sandbox.sandbox import missing_walls

PRINTS = "prints"


def grade(
    course: Path,
    lessons: Sequence[str] = (),
    json_file: Path | None = None,
    options: Options | None = None,
    console: Console | None = None,
) -> int:
    """Grade what was handed in.

    Parameters
    ----------
    course : Path
        nbgrader's course folder.
    lessons : sequence of str
        Which lessons; all that something was handed in to, if none is named.
    json_file : Path, optional
        Where to write the results, besides the course folder's `grades.json`.

    Returns
    -------
    int
        Exit code: 0 if every submission got a verdict, 1 otherwise.

    Raises
    ------
    CourseError
        If there is no such course or lesson, or another run is grading it.
    """
    console, started = console or Console(), time.monotonic()
    with opened(course, options, console) as grading, only_run(course):
        outcome = grading.run(lessons)
        grading.told.keep(outcome)
        grading.take_down()
        page = grading.told.to_class(grading.told.before() | outcome)
    if json_file:
        write_json(json_file, outcome)
    print_outcome(console, outcome, time.monotonic() - started)
    console.print(f"The class page: {page}", highlight=False, soft_wrap=True)
    for trouble in grading.troubles:
        console.print(f"[red]✗[/] {escape(printable(trouble))}", highlight=False)
    return 0 if all_graded(outcome) and not grading.troubles else 1


@contextmanager
def opened(course: Path, options: Options | None, console: Console) -> Iterator[Grading]:
    """A course about to be graded, with what grades it.

    Raises
    ------
    CourseError
        If there is no such course, or it can't be graded as it is set up.
    IsolationUnavailable
        If learners' code can't be confined here.
    """
    if not course.is_dir():
        raise CourseError.no_folder(course)
    config, options = settled_config(course), options or Options()
    options = replace(options, isolation=options.isolation or isolation(config))
    if options.isolation == "strict" and not options.scheduler and (missing := missing_walls()):
        raise IsolationUnavailable.missing(missing)
    if options.isolation == "strict" and not options.scheduler and outer.best()[0] == outer.NONE:
        console.print(
            "[yellow]![/] There is no outer wall on this machine: hidden inputs may leave traces that other "
            "submissions show. `grader doctor` says how to enable one",
            highlight=False,
        )
    tell = partial(console.print, highlight=False, soft_wrap=True)
    with options.opener(tell) as opener, Grading(course.resolve(), config, options, opener, console) as grading:
        yield grading


class Grading:
    """One run of `grader grade`.

    Parameters
    ----------
    course : Path
    config : Config
        nbgrader's.
    options : Options
    opener : callable
        Opens the executor.
    console : Console

    Attributes
    ----------
    troubles : list of str
        What went wrong besides submissions that could not be graded.
    """

    def __init__(self, course: Path, config: Any, options: Options, opener: executing.Opener, console: Console):
        self.course, self.config, self.options = course, config, options
        self.opener, self.console = opener, console
        coursedir = course_directory(course, config, options.db)
        self.places, self.cache = Places(coursedir, config), Cache(course)
        self.beside, self.book = Beside(self.places, self.cache), Book(coursedir, config)
        self.enrolment = Enrolment(self.book, self.cache, options.enrol or self.places.enrols)
        self.tidied, self.told = Tidying(config), Told(course, self.places, self.cache, self.book)
        self.pages = Pages(
            self.book, self.cache, opener, 2 * options.jobs, self.places.page_mode, hidden_tests(self.config)
        )
        self.releases: dict[tuple[str, str], str] = {}
        self.pace = lru_cache(partial(pace, config))
        self.dealt_with: dict[tuple[str, str], str] = {}
        self.troubles: list[str] = []

    def __enter__(self) -> Grading:
        return self

    def __exit__(self, *exception: Any) -> None:
        self.book.__exit__(*exception)

    @cached_property
    def seed(self) -> int:
        """The course's secret."""
        return secret_seed(self.course)

    @cached_property
    def unchanged(self) -> Unchanged:
        """Knows where nothing has changed."""
        settings = f"{self.config!r} {self.options.isolation} {self.options.enrol} {self.seed}"
        return Unchanged(self.places, self.cache, settings)

    def run(self, lessons: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Grade, store, and write feedback; returns what there is to tell."""
        lessons = self.choose(lessons or [*filter(None, [self.places.coursedir.assignment_id])])
        for lesson in lessons:
            self.prepare(lesson)
        self.troubles += unusable_ids(self.places)
        work = {name: [each for each in self.places.handed_in() if each[1] == name] for name in lessons}
        before = {name: self.unchanged.handed_in(name, work[name]) for name in lessons}
        known = {
            name
            for name in lessons
            if not self.options.force and self.unchanged.is_sealed(name, work[name], before[name])
        }
        outcome = self.grade([name for name in lessons if name not in known], work)
        for name, graded in outcome.items():
            if not self.troubles and all_graded({name: graded}):
                self.unchanged.seal(name, work[name], before[name], self.booked)
        outcome |= {name: self.told.of(name, [learner for learner, _, _ in work[name]]) for name in known}
        return {name: outcome[name] for name in lessons}

    def grade(self, lessons: Sequence[str], work: Mapping[str, Sequence[HandedIn]]) -> dict[str, dict[str, Any]]:
        """Grade all that was handed in to these lessons."""
        found = [item for name in lessons for item in self.find(name, work[name])]
        looks = {item.folder: looks_of(item.folder) for item in found}
        with _progress(self.console) as progress:
            self.judge(found, progress)
            for lesson in lessons:
                self.record([item for item in found if item.lesson == lesson and item.counts], lesson)
            self.booked = self.unchanged.booked()  # before what is told is read: who writes later breaks the seal
            bar = progress.add_task("Writing feedback", total=len(found))
            self.troubles += self.pages.write([item for item in found if item.counts], partial(progress.advance, bar))
        for item in found:
            self.beside.share(item)
        for lesson in lessons:
            self.compare(lesson, work[lesson])
        self.dealt_with = {item.names[:2]: looks[item.folder] for item in found if item.counts}
        return {
            lesson: lesson_outcome(self.book, lesson, results_of(found, lesson), known=self.pages.standings.get(lesson))
            for lesson in lessons
        }

    def take_down(self) -> None:
        """Let who watches the course know what is graded; where there is an exchange, it has yet to be given back."""
        if self.options.db or Exchange(self.places.coursedir, self.config).is_there:
            return
        self.cache.notes.write(DONE, self.dealt_with)

    def choose(self, lessons: Sequence[str]) -> list[str]:
        """The lessons asked for, or all that something was handed in to."""
        known = sorted({*lesson_names(), *self.book.lessons()})
        for lesson in lessons:
            if lesson not in known:
                raise CourseError.no_lesson(lesson, self.course, known)
        handed_in = {lesson for learner, lesson, _ in self.places.handed_in() if learner[0] != "." != lesson[0]}
        inbox = self.places.inbox.name
        self.troubles += [f"{inbox}/*/{name} is no lesson, and was not graded" for name in handed_in - {*known}]
        return list(dict.fromkeys(lessons)) or [lesson for lesson in known if lesson in handed_in]

    def find(self, lesson: str, handed_in: Iterable[HandedIn] | None = None) -> list[Submission]:
        """What the learners to be graded handed in: everywhere, or in these folders."""
        found = find_submissions(self.places, lesson, self.book.notebooks(lesson), handed_in)
        refused = self.enrolment.refused(found)
        self.troubles += [f"{learner}, {lesson}: {learner} {why}" for learner, why in sorted(refused.items())]
        return [item for item in found if item.learner not in refused]

    def refresh(self) -> None:
        """Forget what was read of the course: somebody else may have changed it."""
        self.book.refresh()
        self.releases.clear()
        self.troubles.clear()

    def prepare(self, lesson: str) -> None:
        """See that the course has the lesson as its exercises are now."""
        self.beside.of_author(lesson)
        exercises = solutions.exercises(lesson)
        released = self.places.release(lesson) / f"{lesson}.ipynb"
        if exercises and not (self.book.notebooks(lesson) and released.is_file()):
            build_lesson(lesson, self.course, published_key(lesson))
            if self.options.db:
                generate(self.course, lesson, self.options.db)
            self.book.refresh()
        points = self.book.max_points(lesson)
        for exercise in exercises:
            if points.get(f"check_{exercise.name}") != exercise.points:
                raise CourseError.stale(lesson, exercise.name)

    def judge(self, submissions: list[Submission], progress: Progress) -> None:
        """Give every submission its result, from the cache or through the executor."""
        bar = progress.add_task("Grading", total=len(submissions))
        same: dict[str, list[Submission]] = {}
        tasks = _first_of_each(self.tasks(submissions, partial(progress.advance, bar)), same)
        for item, result, error in executing.run_all(self.opener, worker.grade, tasks, 2 * self.options.jobs):
            for each in same.pop(item.key):
                self.settle(each, result or broken(error))
                progress.advance(bar)

    def settle(self, item: Submission, result: Result) -> None:
        """Give a submission the result that came of grading it."""
        item.result = result
        if result.status == GRADED:
            text = self.tidied(result.notebook)
            write_atomically(item.autograded, text, self.places.graded_mode)
            item.result = replace(result, notebook="", kept=digest_of(text))
            self.cache.put(item.key, item.result)

    def tasks(self, submissions: list[Submission], advance: Callable) -> Iterator[tuple[Submission, tuple[Task]]]:
        """What is left to grade once unreadable files and known verdicts are dealt with."""
        for item in submissions:
            name = (item.lesson, item.notebook)
            if name not in self.releases:
                self.releases[name] = nbformat.writes(self.book.release(*name))
            task = self.task(item, self.releases[name])
            item.key = key(task, self.tidied.name) if task else ""
            item.result = item.result or (None if self.options.force else self.cache.get(item.key))
            if item.result is None or not self.has_notebook(item):
                yield item, (task,)
            else:
                advance()

    def task(self, item: Submission, release: str) -> Task | None:
        """The submission as a task, or None with a result that says why it can't be read."""
        path = item.folder / f"{item.notebook}.ipynb"
        try:
            data = read_file(path, self.places.inbox)
        except SubmissionError as error:
            blame = "infrastructure" if isinstance(error, SubmissionChanging) else "submission"
            if isinstance(error, SubmissionMissing):
                item.missing = True
                error = SubmissionMissing.named(path.name, item.strangers(self.book.notebooks(item.lesson)))
            item.result = Result(FAILED, str(error), blame)
            return None
        files, seconds = self.beside.for_notebook(item), self.pace(item.lesson)
        self.troubles += self.beside.left_out(item, files, data)
        return Task(item.lesson, data, release, self.seed, self.options.isolation, files, seconds)

    def has_notebook(self, item: Submission) -> bool:
        """Whether the graded notebook, if there has to be one, is where formgrader looks for it, or can be had."""
        if item.result.status != GRADED or (item.autograded.is_file() and self.is_booked(item)):
            return True
        texts = filter(None, map(_content_of, self.with_the_same_work(item)))
        if text := next((text for text in texts if digest_of(text) == item.result.kept), b""):
            write_atomically(item.autograded, text, self.places.graded_mode)
        return bool(text)

    def with_the_same_work(self, item: Submission) -> Iterator[Path]:
        """Where a graded notebook may be that is this one's, too: its own, and those of who handed in the same."""
        yield item.autograded
        for (learner, lesson, notebook), work in self.cache.notes.of_all("booked").items():
            if work == item.key:
                yield self.places.autograded(learner, lesson) / f"{notebook}.ipynb"

    def is_booked(self, item: Submission) -> bool:
        """Whether this very verdict is the one already in the gradebook."""
        return bool(item.key) and self.cache.notes.read("booked", item.names) == item.key

    def record(self, items: list[Submission], lesson: str) -> None:
        """Bring the gradebook up to date. Who handed in none of the lesson's notebooks handed in nothing."""
        present = {item.learner for item in items if not item.missing}
        before = self.book.learners()
        if (new := self.enrolment.take_note(present)) and before:
            self.console.print(escape(printable(f"Enrolled by handing in {lesson}: {', '.join(new)}")), highlight=False)
        self.book.record(lesson, [self.marks(item) for item in items if item.learner in present])
        for item in items:
            self.beside.bring_along(item)
        self.cache.notes.write("booked", {item.names: item.key for item in items})
        self.cache.notes.write(PRINTS, {item.names: item.result.prints for item in items})

    def compare(self, lesson: str, work: Iterable[HandedIn] | None = None) -> None:
        """Look for near-identical work among all that was graded of a lesson, now or earlier."""
        notebooks, enrolled = self.book.notebooks(lesson), {*self.book.learners()}
        releases = [self.book.release(lesson, notebook) for notebook in notebooks]
        works = [
            alike.Written(item.learner, self.cache.notes.read(PRINTS, item.names), item.autograded)
            for item in find_submissions(self.places, lesson, notebooks, work)
            if item.learner in enrolled
        ]
        alike.compare(self.course, lesson, releases, works)

    def marks(self, item: Submission) -> Marks:
        """What the gradebook is to know."""
        try:
            timestamp = handed_in_at(read_file(item.folder / "timestamp.txt", self.places.inbox, limit=200))
        except SubmissionError:
            timestamp = None
        result, fresh = item.result, not self.is_booked(item)
        unreadable = result.status == FAILED
        return Marks(
            item.learner, item.notebook, timestamp, result.scores, result.comments, fresh, item.missing, unreadable
        )


def _first_of_each(
    tasks: Iterable[tuple[Submission, tuple[Task]]], same: dict[str, list[Submission]]
) -> Iterator[tuple[Submission, tuple[Task]]]:
    """Tasks that differ in what a verdict depends on, which no name is; `same` gets everybody whose verdict it is."""
    for item, arguments in tasks:
        same.setdefault(item.key, []).append(item)
        if len(same[item.key]) == 1:
            yield item, arguments


def results_of(submissions: Iterable[Submission], lesson: str) -> dict[str, dict[str, Result]]:
    """Their results, by learner and notebook."""
    found: dict[str, dict[str, Result]] = {}
    for item in submissions:
        if item.lesson == lesson:
            found.setdefault(item.learner, {})[item.notebook] = item.result
    return found


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def broken(error: Exception | None) -> Result:
    """The result of a grading that did not come to its end."""
    reason = f"grading broke off ({type(error).__name__}: {error}). Grade it again: its marks are as before"
    return Result(FAILED, reason, "infrastructure")


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:17}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)
