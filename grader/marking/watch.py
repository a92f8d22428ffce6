"""`grader watch`: what is handed in is graded as it comes, and its learner told.

There is no list of what is to be done that could be lost: submissions are where they were put, and what has been dealt
with is taken down last. Killed at any moment, the next watch does what is left, with the verdicts there are.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from grader.authoring.build import lesson_names
from grader.errors import CourseError, GraderError, InfrastructureError
from grader.marking import executing, worker
from grader.marking.arrivals import Arrival, Arrivals
from grader.marking.handed_in import Submission
from grader.marking.line import Line
from grader.marking.lock import only_run
from grader.marking.outcome import lesson_outcome
from grader.marking.run import Grading, Options, broken, opened, results_of
from grader.marking.table import printable
from grader.marking.worker import FAILED, Result
from grader.nbgrader.through_exchange import Exchange

PAUSE, AGAIN = 0.25, 30.0
LOOKING, AT_WORK, RENEWING = 0.2, 0.03, 0.05
"""Shares of the time, to look through folders when there is nothing else to do and while there is, and to tell of all:
a class of thousands takes long to look through, and to tell of."""


def watch(course: Path, once: bool = False, options: Options | None = None, console: Console | None = None) -> int:
    """Grade what is handed in, as it comes, until somebody ends it.

    Parameters
    ----------
    course : Path
        nbgrader's course folder.
    once : bool
        Whether to end when there is nothing left to grade.

    Returns
    -------
    int
        Exit code: 0, or 1 if something was not graded and will be tried again.

    Raises
    ------
    CourseError
        If there is no such course, or it can't be graded as it is set up.
    """
    console = console or Console()
    try:
        with _ended_by_sigterm(), opened(course, options, console) as grading:
            return Watch(grading, console).run(once)
    except KeyboardInterrupt:
        console.print("Stopped. What was handed in meanwhile is graded when you say `grader watch` again.")
        return 0


class Watch:
    """Takes each submission from its arrival to its feedback.

    Parameters
    ----------
    grading : Grading
    console : Console
    """

    def __init__(self, grading: Grading, console: Console):
        self.grading, self.console = grading, console
        self.exchange = Exchange(grading.places.coursedir, grading.config)
        self.arrivals = Arrivals(grading.places, grading.cache)
        self.queue = Line()
        self.failed: set[tuple[str, str]] = set()
        self.next_look, self.next_page, self.said = 0.0, 0.0, ""
        self.stale, self.graded_now = True, set[str]()

    def run(self, once: bool) -> int:
        """Look, and work when there is work."""
        places = [str(self.grading.places.inbox), *[str(self.exchange.inbound)] * self.exchange.is_there]
        self.say(f"Watching {' and '.join(places)}")
        with self.grading.opener() as executor:
            self.stream = executing.Stream(executor)
            while True:
                looked = self.look()
                if self.queue or self.is_time_to_renew(once):
                    self.work_alone(once)
                elif once and looked and not self.arrivals.coming:
                    return 1 if self.failed else 0
                time.sleep(PAUSE)

    def look(self) -> bool:
        """See what is said to have come, and look for yourself, if it is time to; whether it was.

        Raises
        ------
        CourseError
            If the course is no longer there: what was moved would be watched for in vain.
        """
        if not self.grading.course.is_dir():
            raise CourseError.no_folder(self.grading.course)
        for trouble in self.exchange.take_in(self.lessons):
            self.say(f"[red]✗[/] {escape(printable(trouble))}")
        self.queue.extend(self.arrivals.known_to_be_there(self.exchange.taken()))
        started = time.monotonic()
        if started < self.next_look:
            return False
        self.queue.extend(self.arrivals.look())
        ended = time.monotonic()
        share = AT_WORK if self.queue or self.stream else LOOKING
        self.next_look = ended + max(PAUSE, (ended - started) / share)
        return True

    def lessons(self) -> set[str]:
        """All there are."""
        return {*lesson_names(), *self.grading.book.lessons()}

    def is_time_to_renew(self, at_once: bool) -> bool:
        """Whether the class page is to be made anew: when nobody is waiting, and not all the time."""
        return self.stale and not self.arrivals.coming and (at_once or time.monotonic() >= self.next_page)

    def work_alone(self, once: bool = False) -> None:
        """Do what there is to do, while nobody else grades the course."""
        try:
            with ExitStack() as stack:
                try:
                    stack.enter_context(only_run(self.grading.course))
                except CourseError as error:
                    return self.say_once(str(error))
                self.work_through(once)
        except OSError as error:
            if once:
                raise
            self.next_page = time.monotonic() + AGAIN
            self.say_once(f"{error}. It is tried again")

    def work_through(self, once: bool) -> None:
        """Grade what there is, and make the class page anew."""
        self.grading.refresh()
        self.work()
        if self.is_time_to_renew(once):
            self.renew()
        self.said = ""

    def renew(self) -> None:
        """Make what tells of the class anew."""
        started = time.monotonic()
        for lesson in sorted(self.graded_now):
            self.grading.compare(lesson)
        self.grading.told.to_class(self.grading.told.by_now())
        self.stale, self.graded_now = False, set()
        ended = time.monotonic()
        self.next_page = ended + (ended - started) / RENEWING

    def work(self) -> None:
        """Grade until the queue is empty, with what comes meanwhile."""
        while self.queue or self.stream:
            while self.queue and len(self.stream) <= self.grading.options.jobs:  # a page waits behind one at most
                self.begin(self.queue.next())
            for (step, arrival, *more), value, error in self.stream.finished(PAUSE):
                with self.postponing(arrival):
                    step(arrival, *more, value, error)
            self.look()

    def begin(self, arrival: Arrival) -> None:
        """Have its notebooks graded, unless that has been done, or there is something newer to grade."""
        if self.arrivals.is_done(arrival) or self.arrivals.is_outdated(arrival):
            return
        with self.postponing(arrival):
            if not self.is_ours(arrival):
                return
            self.stale = True
            for item, arguments in self.grading.tasks(arrival.items, lambda: None):
                arrival.left += 1
                self.stream.submit((self.graded, arrival, item), worker.timed, *arguments)
            self.record_when_graded(arrival)

    def is_ours(self, arrival: Arrival) -> bool:
        """Whether it is a known learner's work on a known lesson; if not, it is said."""
        lesson = arrival.lesson
        if lesson not in self.lessons():
            self.say(f"[red]✗[/] {escape(printable(f'{arrival.folder} is no lesson, and was not graded'))}")
            return False
        self.grading.prepare(lesson)
        arrival.items = self.grading.find(lesson, [(arrival.learner, lesson, arrival.folder)])
        self.say_troubles()
        return bool(arrival.items)

    def graded(
        self, arrival: Arrival, item: Submission, result: tuple[Result, float] | None, error: Exception | None
    ) -> None:
        """One of its notebooks has its verdict."""
        verdict, seconds = result or (broken(error), 0.0)
        self.queue.took(arrival, seconds)
        self.grading.settle(item, verdict)
        arrival.left -= 1
        self.record_when_graded(arrival)

    def record_when_graded(self, arrival: Arrival) -> None:
        """Bring the gradebook up to date once all notebooks have their verdicts; tell, and have the pages made."""
        if arrival.left:
            return
        for item in arrival.items:
            if not item.counts:
                raise InfrastructureError(item.result.reason)
        self.grading.record(arrival.items, arrival.lesson)
        self.graded_now.add(arrival.lesson)
        pages = [*self.grading.pages.todo(arrival.items, lambda: None)]
        self.tell(arrival)
        for (item, digest), arguments in pages:
            arrival.left += 1
            self.stream.submit((self.shown, arrival, item, digest), worker.page, *arguments)
        self.give_back_when_shown(arrival)

    def tell(self, arrival: Arrival) -> None:
        """Let its learner know how it went: whoever waits at the desk need not wait for the page."""
        learner, lesson = arrival.names
        results, known = results_of(arrival.items, lesson), self.grading.pages.standings[lesson]
        told = lesson_outcome(self.grading.book, lesson, results, [learner], known)
        self.grading.told.keep({lesson: told})
        self.arrivals.has_verdict(arrival)
        arrival.told = told[learner]

    def shown(self, arrival: Arrival, item: Submission, digest: str, html: str, error: Exception | None) -> None:
        """One of its pages is made."""
        if error:
            raise error
        self.grading.pages.keep(item, digest, html)
        arrival.left -= 1
        self.give_back_when_shown(arrival)

    def give_back_when_shown(self, arrival: Arrival) -> None:
        """Give the feedback back, once all of it is there."""
        if arrival.left:
            return
        for item in arrival.items:
            self.grading.beside.share(item)
        learner, lesson = arrival.names
        for trouble in self.exchange.give_back(learner, lesson, arrival.items[0].feedback.parent):
            self.say(f"[red]✗[/] {escape(printable(trouble))}")
        self.arrivals.done(arrival)
        self.failed.discard(arrival.names)
        self.say_told(arrival)

    @contextmanager
    def postponing(self, arrival: Arrival) -> Iterator[None]:
        """Let what goes wrong with one submission wait for a better time, and the others go on."""
        try:
            yield
        except Exception as error:
            reason = str(error) if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
            self.failed.add(arrival.names)
            self.grading.book.forget()
            self.arrivals.once_more(arrival, AGAIN)
            self.say(f"[red]✗[/] {escape(printable(f'{arrival.learner}, {arrival.lesson}: {reason}'))}")

    def say_told(self, arrival: Arrival) -> None:
        """A line for each submission that is dealt with."""
        told = arrival.told
        score = f"{told['score']:g}/{told['max_score']:g}"
        late = f", {told['late_penalty']:g} off for being late" if told.get("late_penalty") else ""
        what = told["reason"] if told["status"] == FAILED else f"{score}{late}"
        self.say(escape(printable(f"{arrival.learner}, {arrival.lesson}: {what}")))

    def say_troubles(self) -> None:
        """What went wrong besides."""
        for trouble in self.grading.troubles:
            self.say(f"[red]✗[/] {escape(printable(trouble))}")
        self.grading.troubles.clear()

    def say_once(self, text: str) -> None:
        """Say something, unless it was the last thing said of its kind."""
        if text != self.said:
            self.said = text
            self.say(escape(printable(text)))

    def say(self, text: str) -> None:
        """A line with the time."""
        self.console.print(f"[dim]{time.strftime('%H:%M:%S')}[/]  {text}", highlight=False, soft_wrap=True)


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end it as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
