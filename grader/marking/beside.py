"""The files beside a notebook: what it works with, and what goes along with it to formgrader and into feedback."""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import solutions
from grader.errors import SubmissionError
from grader.judging.files import (
    LARGEST_BESIDE,
    TIMESTAMP,
    all_files,
    given_files,
    own_files,
    paths_beside,
    read_file,
)
from grader.marking.cache import Cache, write_atomically
from grader.marking.handed_in import Submission
from grader.nbgrader.places import Places

SECRET = "submission_secret.txt"


class Beside:
    """Finds the files that go with notebooks, and puts them where nbgrader's next step looks for them.

    Parameters
    ----------
    places : Places
    cache : Cache
        Remembers what was put where, so that it goes when the learner takes it away.
    """

    def __init__(self, places: Places, cache: Cache):
        self.places, self.cache = places, cache
        self.given, self.of_author = lru_cache(self._given), lru_cache(self._of_author)

    def for_notebook(self, item: Submission) -> dict[str, bytes]:
        """What a learner's notebook works with: to exercises of ours, nothing but the learner's own."""
        if solutions.exercises(item.lesson):
            return own_files(self._own(item), self.given(item.lesson))
        return all_files(self._own(item), self.of_author(item.lesson))

    def _of_author(self, lesson: str) -> dict[str, bytes]:
        """What an ordinary assignment gives its notebooks to work with; exercises of ours need nothing."""
        return {} if solutions.exercises(lesson) else given_files(self.given(lesson))

    def left_out(self, item: Submission, taken: Container[str], notebook: bytes) -> list[str]:
        """In words, the learner's own files that the notebook names, and that it can't be given."""
        missing = self._own(item).keys() - {TIMESTAMP, *self.given(item.lesson), *taken}
        return [
            f"{item.learner}, {item.lesson}: {name} was left out, which is too large or can't be read"
            for name in sorted(missing)
            if os.fsencode(os.path.basename(name)) in notebook
        ]

    def bring_along(self, item: Submission) -> None:
        """Put the files where the graded notebook and its page are, and take away what is no longer among them.

        Of a lesson of ours only the learner's own: its key is everybody's. A page in HTML is left out of the feedback:
        `release_feedback` would publish it as the grader's.
        """
        own, given, ours = self._own(item), self.given(item.lesson), bool(solutions.exercises(item.lesson))
        files = {name: path for name, path in (own | given).items() if not (ours and name in given)}
        pages = {name for name in files if name.endswith((".html", ".htm"))}
        for folder, left_out, mode in (
            (item.autograded.parent, set(), self.places.graded_mode),
            (item.feedback.parent, pages, self.places.page_mode),
        ):
            self._mirror({name: path for name, path in files.items() if name not in left_out}, folder, mode)

    def share(self, item: Submission) -> None:
        """Let all instructors write where the graded notebook and its page are, if that is what is set."""
        for folder in (item.autograded.parent, item.feedback.parent):
            self.places.share(folder)

    def _own(self, item: Submission) -> dict[str, Path]:
        return paths_beside(item.folder, self.places.ignored)

    def _given(self, lesson: str) -> dict[str, Path]:
        files = paths_beside(self.places.source(lesson), self.places.ignored)
        return {name: path for name, path in files.items() if name not in self.places.learners_own(lesson)}

    def _mirror(self, files: Mapping[str, Path], folder: Path, mode: int) -> None:
        names = (str(folder),)
        before = self.cache.notes.read("beside", names) or "[]"
        for name in set(json.loads(before)) - files.keys():
            (folder / name).unlink(missing_ok=True)
        put = [name for name, path in files.items() if _put(path, folder / name, mode)]
        if (now := json.dumps(sorted(put))) != before:
            self.cache.notes.write("beside", {names: now})


def _put(path: Path, target: Path, mode: int) -> bool:
    """Copy a file unless it is there already; whether it is there now."""
    try:
        status = path.stat()
        if target.is_file() and _looks(target.stat()) == _looks(status):
            return True
        write_atomically(target, read_file(path, path.parent, LARGEST_BESIDE), mode)
        os.utime(target, ns=(status.st_mtime_ns, status.st_mtime_ns))
    except (SubmissionError, OSError):
        return False
    return True


def _looks(status: os.stat_result) -> Iterable[int]:
    return status.st_size, status.st_mtime_ns
