"""The learners' feedback pages: which are to be written, and writing them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from grader.marking import executing, worker
from grader.marking.cache import Cache, digest_of, fingerprint, write_atomically
from grader.marking.handed_in import Submission
from grader.marking.worker import GRADED
from grader.nbgrader.gradebook import Book, Standing

NOTHING = Standing(0.0, 0.0, 0.0, {}, {})


class Pages:
    """Writes feedback through an executor, and only what is not there yet as it should be.

    Parameters
    ----------
    book : Book
        Already up to date.
    cache : Cache
    opener : callable
        Opens the executor.
    window : int
        How many pages are in the making at once.
    mode : int
        Permissions of a page.
    hidden_tests : (str, str)
        What begins and ends hidden tests.

    Attributes
    ----------
    standings : dict
        How those stand whose pages were looked at last, by lesson and learner.
    """

    def __init__(
        self, book: Book, cache: Cache, opener: executing.Opener, window: int, mode: int, hidden_tests: tuple[str, str]
    ):
        self.book, self.cache = book, cache
        self.opener, self.window, self.mode, self.hidden_tests = opener, window, mode, hidden_tests
        self.standings: dict[str, dict[str, Standing]] = {}

    def write(self, items: list[Submission], advance: Callable) -> list[str]:
        """Write the pages of these submissions; returns what went wrong."""
        troubles = []
        todo = self.todo(items, advance)
        for (item, digest), html, error in executing.run_all(self.opener, worker.page, todo, self.window):
            if error:
                reason = f"{type(error).__name__}: {error}"
                troubles.append(f"{item.learner}, {item.lesson}: the feedback page could not be made: {reason}")
            else:
                self.keep(item, digest, html)
            advance()
        return troubles

    def keep(self, item: Submission, digest: str, html: str) -> None:
        """Put a page where its learner's feedback is."""
        write_atomically(item.feedback, html, self.mode)
        self.cache.notes.write("pages", {item.names: digest})

    def todo(self, items: list[Submission], advance: Callable) -> Iterator[tuple[tuple[Submission, str], tuple]]:
        """Which pages are to be made: submission and digest, and the arguments of `worker.page`."""
        for lesson in dict.fromkeys(item.lesson for item in items):
            mine = [item for item in items if item.lesson == lesson]
            standings = self.standings[lesson] = self.book.standings(lesson, [item.learner for item in mine])
            points = {name: self.book.max_points(lesson, name) for name in {item.notebook for item in mine}}
            for item in mine:
                standing = _on_page(standings.get(item.learner, NOTHING), item.notebook, points[item.notebook])
                standing["hidden_tests"] = self.hidden_tests
                notebook = self._shown(item)
                digest = _digest(fingerprint(lesson), digest_of(notebook), standing)
                if item.feedback.is_file() and self.cache.notes.read("pages", item.names) == digest:
                    advance()
                else:
                    yield (item, digest), (item.notebook, notebook.decode(), standing)

    def _shown(self, item: Submission) -> bytes:
        """The notebook a page is made of; for a file that can't be read, a line that says so."""
        if item.result.status == GRADED:
            return item.autograded.read_bytes()
        cell = new_markdown_cell(f"This could not be graded: {item.result.reason}.", id="reason")
        return nbformat.writes(new_notebook(cells=[cell])).encode()


def _on_page(standing: Standing, notebook: str, points: dict[str, float]) -> dict[str, Any]:
    scores, comments = standing.scores.get(notebook, {}), standing.comments.get(notebook, {})
    waiting = sorted(name for where, name in standing.waiting if where == notebook)
    penalty = standing.penalties.get(notebook, 0.0)
    told = {"scores": scores, "comments": comments, "points": points, "late_penalty": penalty, "waiting": waiting}
    return told | {"whose": standing.whose}


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
