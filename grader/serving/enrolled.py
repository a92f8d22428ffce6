"""Who may hand in, asked of a gradebook that stays open: to open it takes longer than to take a notebook in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from grader.marking.arrivals import Arrival
from grader.marking.cache import Cache
from grader.marking.enrolment import Enrolment
from grader.nbgrader.gradebook import Book
from grader.nbgrader.places import Places

KEPT = 60.0
"""Seconds until it is opened anew: it may have been put in another's place, or its server have hung up."""


class Enrolled:
    """Tells whether what a learner hands in will be graded.

    Parameters
    ----------
    places : Places
    cache : Cache
    open_book : callable
    clock : callable
        Seconds.
    """

    def __init__(
        self, places: Places, cache: Cache, open_book: Callable[[], Book], clock: Callable[[], float] = time.monotonic
    ):
        self.places, self.cache, self.open_book, self.clock = places, cache, open_book, clock
        self.one_at_a_time, self.book, self.until = threading.Lock(), None, 0.0

    def __call__(self, learner: str, lesson: str) -> bool:
        named = Arrival(learner, lesson, self.places.submitted(learner, lesson), "")
        with self.one_at_a_time:
            try:
                return not self._refused(named)
            except SQLAlchemyError:
                self.until = 0.0
                return not self._refused(named)

    def _refused(self, named: Arrival) -> dict[str, str]:
        book = self._opened()
        try:
            return Enrolment(book, self.cache, self.places.enrols).refused([named])
        finally:
            book.let_go()

    def _opened(self) -> Book:
        if self.book is None or self.clock() >= self.until:
            self.close()
            self.book, self.until = self.open_book(), self.clock() + KEPT
        return self.book

    def close(self) -> None:
        """Close the gradebook."""
        if self.book is not None:
            with suppress(SQLAlchemyError):
                self.book.close()
        self.book = None
