"""Who is graded: the roster's learners, and nobody by accident."""

from __future__ import annotations

from collections.abc import Iterable

from grader.marking.arrivals import Arrival
from grader.marking.cache import Cache
from grader.marking.handed_in import Submission
from grader.nbgrader.gradebook import Book

LEFT = "is no longer in the gradebook, and was not graded: --enrol takes them back"
STRANGER = "is not enrolled, and was not graded: grader roster, nbgrader db student add, or --enrol"
_NOTE = "enrolled"


class Enrolment:
    """Whether learners whom the gradebook doesn't know are enrolled by handing in.

    They are where there is no roster: where the gradebook knows nobody but those who were enrolled by handing in,
    or fewer than there are strangers, so that it can't be this class's.

    Parameters
    ----------
    book : Book
    cache : Cache
        It remembers who was enrolled by handing in, and who was graded.
    wanted : bool or None
        What was asked for; None if nothing was.
    """

    def __init__(self, book: Book, cache: Cache, wanted: bool | None):
        self.book, self.cache, self.wanted = book, cache, wanted

    def refused(self, items: Iterable[Submission | Arrival]) -> dict[str, str]:
        """Who is not to be graded, and why."""
        known = {*self.book.learners()}
        strangers = {item.learner: item for item in items if item.learner not in known}
        if not strangers or self.wanted:
            return {}
        left = {name for name, item in strangers.items() if known and self.cache.notes.read("booked", item.names)}
        if self.wanted is None and len(self.roster()) < len(strangers):
            strangers = {name: strangers[name] for name in left}
        return {name: LEFT if name in left else STRANGER for name in strangers}

    def roster(self) -> set[str]:
        """Those in the gradebook whom handing in did not bring there."""
        return {learner for learner in self.book.learners() if not self.cache.notes.read(_NOTE, (learner,))}

    def take_note(self, learners: Iterable[str]) -> list[str]:
        """Remember, and return, whom handing in is about to enrol."""
        new = sorted({*learners} - {*self.book.learners()})
        self.cache.notes.write(_NOTE, {(learner,): "by handing in" for learner in new})
        return new
