"""`grader grade`: the coordinator. Finds submissions, has them graded, and alone writes what becomes of them."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import nbformat
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import solutions
from grader import executing, worker
from grader.build import build_lesson, lesson_names
from grader.cache import Cache, key, write_atomically
from grader.errors import CourseError, SubmissionError
from grader.nbgrader_bridge import course_directory, load_config
from grader.nbgrader_gradebook import Book, Marks, Standing, handed_in_at
from grader.outcome import all_graded, lesson_outcome
from grader.seed import secret_seed
from grader.submission import files_beside, read_file
from grader.table import print_outcome
from grader.worker import FAILED, GRADED, Result, Task

GRADES = "grades.json"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes
    ----------
    jobs : int
        Worker processes.
    isolation : {"strict", "none"}
    scheduler : str or None
        Address of a Dask cluster.
    db : str or None
        SQLAlchemy URL of the gradebook.
    executor : callable or None
        Opens the executor to use, instead of one of `jobs` processes or the scheduler's.
    """

    jobs: int = field(default_factory=_cores)
    isolation: str = "strict"
    scheduler: str | None = None
    db: str | None = None
    executor: executing.Opener | None = None

    @property
    def opener(self) -> executing.Opener:
        """What opens the executor."""
        if self.executor:
            return self.executor
        return executing.scheduler(self.scheduler) if self.scheduler else executing.local(self.jobs)


@dataclass
class Submission:
    """One learner's notebook of one lesson on its way through grading."""

    learner: str
    lesson: str
    notebook: str
    folder: Path
    result: Result | None = None
    key: str = ""
    cached: bool = False

    @property
    def names(self) -> tuple[str, str, str]:
        """Learner, lesson, notebook."""
        return self.learner, self.lesson, self.notebook


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
        If there is no such course or lesson.
    """
    console, started = console or Console(), time.monotonic()
    if not course.is_dir():
        raise CourseError.no_folder(course)
    with Grading(course.resolve(), options or Options(), console) as grading:
        outcome = grading.run(lessons)
    text = json.dumps({"lessons": outcome}, indent=1, ensure_ascii=False) + "\n"
    for path in filter(None, (course / GRADES, json_file)):
        write_atomically(path, text)
    print_outcome(console, outcome, time.monotonic() - started)
    return 0 if all_graded(outcome) else 1


def find_submissions(course: Path, lesson: str, notebooks: Iterable[str]) -> list[Submission]:
    """Every learner's notebooks of a lesson. A folder without its notebook counts as handed in, too."""
    notebooks, folders = list(notebooks), sorted((course / "submitted").glob(f"*/{lesson}"))
    return [
        Submission(folder.parent.name, lesson, notebook, folder)
        for folder in folders
        if not folder.parent.name.startswith(".")
        for notebook in notebooks
    ]


class Grading:
    """One run of `grader grade`.

    Parameters
    ----------
    course : Path
    options : Options
    console : Console
    """

    def __init__(self, course: Path, options: Options, console: Console):
        self.course, self.options, self.console = course, options, console
        config = load_config(course)
        self.book = Book(course_directory(course, config, options.db), config)
        self.cache = Cache(course)

    def __enter__(self) -> Grading:
        return self

    def __exit__(self, *exception: object) -> None:
        self.book.close()

    @cached_property
    def seed(self) -> int:
        """The course's secret."""
        return secret_seed(self.course)

    def run(self, lessons: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Grade, store, and write feedback; returns what there is to tell."""
        lessons = self.choose(lessons)
        for lesson in lessons:
            self.prepare(lesson)
        found = [item for name in lessons for item in find_submissions(self.course, name, self.book.notebooks(name))]
        with _progress(self.console) as progress:
            self.judge(found, progress)
            for lesson in lessons:
                mine = [item for item in found if item.lesson == lesson and _counts(item)]
                self.book.record(lesson, [self.marks(item) for item in mine])
            self.write_pages(found, progress)
        return {lesson: lesson_outcome(self.book, lesson, _results(found, lesson)) for lesson in lessons}

    def choose(self, lessons: Sequence[str]) -> list[str]:
        """The lessons asked for, or all that something was handed in to."""
        known = sorted({*lesson_names(), *self.book.lessons()})
        for lesson in lessons:
            if lesson not in known:
                raise CourseError.no_lesson(lesson, self.course, known)
        handed_in = {folder.name for folder in (self.course / "submitted").glob("*/*")}
        return list(dict.fromkeys(lessons)) or [lesson for lesson in known if lesson in handed_in]

    def prepare(self, lesson: str) -> None:
        """See that the course has the lesson as its exercises are now."""
        exercises = solutions.exercises(lesson)
        released = self.course / "release" / lesson / f"{lesson}.ipynb"
        if exercises and not (self.book.notebooks(lesson) and released.is_file()):
            build_lesson(lesson, self.course)
            self.book.refresh()
        points = self.book.max_points(lesson)
        for exercise in exercises:
            if points.get(f"check_{exercise.name}") != exercise.points:
                raise CourseError.stale(lesson, exercise.name)

    def judge(self, submissions: list[Submission], progress: Progress) -> None:
        """Give every submission its result, from the cache or through the executor."""
        bar = progress.add_task("Grading", total=len(submissions))
        tasks = self.tasks(submissions, partial(progress.advance, bar))
        for item, result, error in executing.run_all(self.options.opener, worker.grade, tasks, 2 * self.options.jobs):
            item.result = result or _broken(error)
            self.cache.put(item.key, item.result)
            self.write_autograded(item)
            progress.advance(bar)

    def tasks(self, submissions: list[Submission], advance: Callable) -> Iterator[tuple[Submission, tuple[Task]]]:
        """What is left to grade once unreadable files and known verdicts are dealt with."""
        releases: dict[tuple[str, str], tuple[str, dict[str, bytes]]] = {}
        for item in submissions:
            name = (item.lesson, item.notebook)
            if name not in releases:
                releases[name] = nbformat.writes(self.book.release(*name)), self.files(item.lesson)
            task = self.task(item, *releases[name])
            item.key = key(task) if task else ""
            item.result = item.result or self.cache.get(item.key)
            if item.result is None:
                yield item, (task,)
                continue
            item.cached = task is not None
            self.write_autograded(item)
            advance()

    def files(self, lesson: str) -> dict[str, bytes]:
        """What an ordinary assignment gives its notebooks to work with; exercises of ours need nothing."""
        return {} if solutions.exercises(lesson) else files_beside(self.course / "source" / lesson)

    def task(self, item: Submission, release: str, files: dict[str, bytes]) -> Task | None:
        """The submission as a task, or None with a result that says why it can't be read."""
        path = item.folder / f"{item.notebook}.ipynb"
        try:
            if not path.exists() and not path.is_symlink():
                raise SubmissionError.missing(path.name)
            data = read_file(path, self.course / "submitted")
        except SubmissionError as error:
            item.result = Result(FAILED, str(error), "submission")
            return None
        own = {} if solutions.exercises(item.lesson) else files_beside(item.folder)
        return Task(item.lesson, data, release, self.seed, self.options.isolation, own | files)

    def write_autograded(self, item: Submission) -> None:
        """Keep the graded notebook where formgrader looks for it."""
        path = self.course / "autograded" / item.learner / item.lesson / f"{item.notebook}.ipynb"
        if item.result.status == GRADED and not (item.cached and path.is_file()):
            write_atomically(path, item.result.notebook, 0o444)

    def marks(self, item: Submission) -> Marks:
        """What the gradebook is to know."""
        try:
            timestamp = handed_in_at(read_file(item.folder / "timestamp.txt", self.course / "submitted", limit=200))
        except SubmissionError:
            timestamp = None
        result = item.result
        return Marks(item.learner, item.notebook, timestamp, result.scores, result.comments, not item.cached)

    def write_pages(self, submissions: list[Submission], progress: Progress) -> None:
        """Write the feedback pages that are not there yet as they should be."""
        graded = [item for item in submissions if item.result.status == GRADED]
        bar = progress.add_task("Writing feedback", total=len(graded))
        pages = self.pages(graded, partial(progress.advance, bar))
        for (item, digest), html, error in executing.run_all(
            self.options.opener, worker.page, pages, 2 * self.options.jobs
        ):
            if error:
                raise error
            write_atomically(self.page_path(item), html)
            self.cache.mark_page(item.names, digest)
            progress.advance(bar)

    def pages(self, graded: list[Submission], advance: Callable) -> Iterator[tuple[tuple, tuple]]:
        """Arguments of the feedback pages still to be written."""
        for lesson in dict.fromkeys(item.lesson for item in graded):
            mine = [item for item in graded if item.lesson == lesson]
            points, standings = self.book.max_points(lesson), self.book.standings(lesson, [i.learner for i in mine])
            for item in mine:
                standing = _on_page(standings[item.learner], item.notebook, points)
                digest = _digest(item.result.notebook, standing)
                if self.page_path(item).is_file() and self.cache.page(item.names) == digest:
                    advance()
                else:
                    yield (item, digest), (item.notebook, item.result.notebook, standing)

    def page_path(self, item: Submission) -> Path:
        """Where a learner's feedback is."""
        return self.course / "feedback" / item.learner / item.lesson / f"{item.notebook}.html"


def _counts(item: Submission) -> bool:
    """Whether the gradebook is to know of it: a fault of ours leaves a learner's marks as they were."""
    return item.result.blame != "infrastructure"


def _results(submissions: Iterable[Submission], lesson: str) -> dict[str, dict[str, Result]]:
    found: dict[str, dict[str, Result]] = {}
    for item in submissions:
        if item.lesson == lesson:
            found.setdefault(item.learner, {})[item.notebook] = item.result
    return found


def _broken(error: Exception | None) -> Result:
    reason = f"grading broke off ({type(error).__name__}: {error}). Grade it again: its marks are as before"
    return Result(FAILED, reason, "infrastructure")


def _on_page(standing: Standing, notebook: str, points: dict[str, float]) -> dict[str, Any]:
    scores, comments = standing.scores.get(notebook, {}), standing.comments.get(notebook, {})
    return {"scores": scores, "comments": comments, "points": points, "late_penalty": standing.late_penalty}


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:17}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)
