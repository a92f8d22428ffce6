"""Lessons in which nothing has changed since they were graded: seen without opening anything that was handed in."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from grader.marking import cache as kept
from grader.marking.alike import where_kept
from grader.marking.arrivals import statuses_below
from grader.marking.cache import Cache
from grader.marking.handed_in import HandedIn
from grader.nbgrader.places import Places

SEAL = "seal"
_ANY_NAME = "utf-8", "surrogateescape"
JUST_NOW = 0.05
"""Seconds within which a file can change twice and look the same."""


class Unchanged:
    """Seals lessons, and tells whether a seal is whole.

    A file counts as changed when its size, its place on the disk, or its time of change is another. That time is the
    kernel's (`st_ctime_ns`): who sets a file's date back changes it, too.

    Parameters
    ----------
    places : Places
    cache : Cache
    settings : str
        All that is set and has a say in marks or pages.
    """

    def __init__(self, places: Places, cache: Cache, settings: str):
        self.places, self.cache, self.settings = places, cache, settings

    def handed_in(self, lesson: str, work: Iterable[HandedIn]) -> str:
        """What a lesson's grading begins with: another one whenever there may be something to do; empty if unsure."""
        course = self.places.source(lesson), self.places.release(lesson)
        digest, newest = _looks((*course, *(folder for _, _, folder in work)))
        if time.time() - newest < JUST_NOW:
            return ""
        return _digest(kept.fingerprint(lesson), self.settings, digest)

    def booked(self) -> str:
        """What state the gradebook is in, by SQLite's own count of changes; empty where it has none."""
        url = make_url(self.places.coursedir.db_url)
        with suppress(OSError):
            if url.get_backend_name() == "sqlite" and url.database:
                with open(url.database, "rb") as file:
                    head = file.read(100)
                return f"{os.stat(url.database).st_ino} {head[24:28].hex()}" if head[18:20] == b"\1\1" else ""
        return ""

    def seal(self, lesson: str, work: Iterable[HandedIn], handed_in: str, booked: str) -> None:
        """Take down that a lesson is graded: what was there before, and what the gradebook was brought to."""
        if handed_in and booked:
            self.cache.notes.write(SEAL, {(lesson,): self._state(lesson, work, handed_in, booked)})

    def is_sealed(self, lesson: str, work: Iterable[HandedIn], handed_in: str) -> bool:
        """Whether all is as it was when the lesson was sealed: what was handed in, gradebook, notebooks, pages."""
        return self.cache.notes.read(SEAL, (lesson,)) == self._state(lesson, work, handed_in, self.booked())

    def _state(self, lesson: str, work: Iterable[HandedIn], handed_in: str, booked: str) -> str:
        steps = self.places.autograded, self.places.feedback
        folders = (step(learner, lesson) for learner, _, _ in work for step in steps)
        return _digest(handed_in, booked, _looks([where_kept(self.cache.folder.parent, lesson), *folders])[0])


def _looks(paths: Iterable[Path]) -> tuple[str, float]:
    """A hash of how files, and all in folders, look, and when the newest of them changed: seconds since 1970."""
    digest, newest = hashlib.sha256(), 0
    for path in paths:
        for name, status in _statuses(str(path)):
            digest.update(f"{name}\0{status.st_size} {status.st_ino} {status.st_ctime_ns}\0".encode(*_ANY_NAME))
            newest = max(newest, status.st_ctime_ns)
    return digest.hexdigest(), newest / 1e9


def _statuses(path: str) -> Iterator[tuple[str, os.stat_result]]:
    with suppress(OSError):
        yield path, os.lstat(path)
    yield from sorted(statuses_below(path))


def _digest(*parts: str) -> str:
    return hashlib.sha256(repr(parts).encode(*_ANY_NAME)).hexdigest()
