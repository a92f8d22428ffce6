"""What is newly handed in: seen in the folder of submissions, and waited for until it is there in full."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.judging.files import DEEPEST, MAX_FILES
from grader.marking.cache import Cache, write_atomically
from grader.marking.handed_in import Submission, is_id
from grader.nbgrader.places import Places

DONE, CAME, VERDICT = "done", "came", "verdict"
PATIENCE = 30.0
LONGEST = 1800.0
"""Seconds until what could not be graded is tried again, at most."""


@dataclass
class Arrival:
    """One learner's work on one lesson, to be graded.

    Attributes
    ----------
    looks : str
        Another one whenever something in the folder has changed.
    items : list of Submission
        Its notebooks, once it is being graded.
    left : int
        How many things are still to be done before the next step.
    told : dict
        What its learner is told, once it is graded.
    """

    learner: str
    lesson: str
    folder: Path
    looks: str
    items: list[Submission] = field(default_factory=list)
    left: int = 0
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, str]:
        """Learner and lesson."""
        return self.learner, self.lesson


class Arrivals:
    """Tells what has come since it was last asked.

    Parameters
    ----------
    places : Places
    cache : Cache
        Knows what has been dealt with, also by an earlier process.
    clock : callable
        Seconds.
    """

    def __init__(self, places: Places, cache: Cache, clock: Callable[[], float] = time.monotonic):
        self.places, self.cache, self.clock = places, cache, clock
        self.known: dict[tuple[str, str], str] = {}
        self.coming: dict[tuple[str, str], tuple[str, float]] = {}
        self.later: dict[tuple[str, str], tuple[str, float, float]] = {}

    def look(self) -> list[Arrival]:
        """What is there in full, and neither dealt with nor told before."""
        return [*self._look()]

    def known_to_be_there(self, names: Iterable[tuple[str, str]] = ()) -> list[Arrival]:
        """What these, and whoever used the bell, say is there in full: nobody has to look through the class for it."""
        return [*filter(None, (self._there(*each) for each in dict.fromkeys([*names, *heard(self.cache)])))]

    def _there(self, learner: str, lesson: str) -> Arrival | None:
        folder = self.places.submitted(learner, lesson)
        if not is_id(learner) or lesson[:1] in (".", "") or learner in self.places.left_out or not folder.is_dir():
            return None
        arrival = Arrival(learner, lesson, folder, looks_of(folder))
        if self.known.get(arrival.names) == arrival.looks or self.is_done(arrival):
            return None
        self.known[arrival.names] = arrival.looks
        self.coming.pop(arrival.names, None)
        return arrival

    def is_done(self, arrival: Arrival) -> bool:
        """Whether it has been dealt with as it is."""
        return self.cache.notes.read(DONE, arrival.names) == arrival.looks

    def is_outdated(self, arrival: Arrival) -> bool:
        """Whether a newer version has been told of since: only that counts, however often somebody hands in."""
        return self.known.get(arrival.names, arrival.looks) != arrival.looks

    def done(self, arrival: Arrival) -> None:
        """Take down that it has been dealt with."""
        self.later.pop(arrival.names, None)
        self.cache.notes.write(DONE, {arrival.names: arrival.looks})

    def has_verdict(self, arrival: Arrival) -> None:
        """Take down that its learner can be told, though not all is done."""
        self.cache.notes.write(VERDICT, {arrival.names: arrival.looks})

    def once_more(self, arrival: Arrival, seconds: float) -> None:
        """Tell it again after so many seconds, each time after twice as many, and at once when it has changed."""
        self.known.pop(arrival.names, None)
        looks, _, waited = self.later.get(arrival.names, ("", 0.0, 0.0))
        wait = min(2 * waited, LONGEST) if waited and looks == arrival.looks else seconds
        self.later[arrival.names] = arrival.looks, self.clock() + wait, wait

    def _look(self) -> Iterator[Arrival]:
        for learner, lesson, folder in self.places.handed_in():
            names, looks = (learner, lesson), looks_of(folder)
            if not is_id(learner) or lesson[0] == "." or self.known.get(names) == looks:
                continue
            later = self.later.get(names, ("", 0.0, 0.0))
            if later[0] == looks and later[1] > self.clock():
                continue
            arrival = Arrival(learner, lesson, folder, looks)
            if self.is_done(arrival):
                self.known[names] = looks
            elif self._is_settled(arrival):
                self.known[names] = looks
                self.coming.pop(names, None)
                yield arrival

    def _is_settled(self, arrival: Arrival) -> bool:
        """Whether it looks as it did last time; what looks half-written must have done so for longer."""
        looks, since = self.coming.get(arrival.names, ("", 0.0))
        if looks != arrival.looks:
            self.coming[arrival.names] = arrival.looks, self.clock()
            return False
        return is_whole(arrival.folder) or self.clock() - since >= PATIENCE


def ring(cache: Cache, learner: str, lesson: str) -> None:
    """Tell whoever watches this course that something is there in full."""
    said = json.dumps([learner, lesson])
    write_atomically(cache.folder / CAME / hashlib.sha256(said.encode()).hexdigest(), said, 0o600)


def heard(cache: Cache) -> Iterator[tuple[str, str]]:
    """Of whom the bell told since it was last listened to, first come first."""
    for path in sorted(cache.folder.joinpath(CAME).glob("[!.]*"), key=_came_at):
        with contextlib.suppress(OSError, ValueError):
            learner, lesson = json.loads(path.read_text(encoding="utf-8"))
            path.unlink()
            yield learner, lesson


def _came_at(path: Path) -> tuple[int, str]:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime_ns, path.name
    return 0, path.name


def looks_of(folder: Path) -> str:
    """A hash of names, sizes and times of what is in a folder, of the first `MAX_FILES` entries."""
    top = str(folder)
    entries = sorted((path.removeprefix(top), s.st_size, s.st_mtime_ns) for path, s in statuses_below(top))
    return hashlib.sha256(repr(entries).encode("utf-8", "surrogateescape")).hexdigest()


def statuses_below(top: str, left: int = MAX_FILES) -> Iterator[tuple[str, os.stat_result]]:
    """What is in a folder and below, with what the system says of it: the first so many entries."""
    folders = [(top, 0)]
    while folders:
        here, depth = folders.pop()
        with contextlib.suppress(OSError), os.scandir(here) as entries:
            for entry in entries:
                left -= 1
                if left < 0:
                    return
                yield entry.path, entry.stat(follow_symlinks=False)
                if depth < DEEPEST and entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, depth + 1))


def is_whole(folder: Path) -> bool:
    """Whether there is a notebook in the folder, and each ends as a notebook does."""
    notebooks = [path for path in folder.glob("*.ipynb") if path.is_file() and not path.is_symlink()]
    return bool(notebooks) and all(map(_ends, notebooks))


def _ends(notebook: Path) -> bool:
    try:
        with notebook.open("rb") as file:
            file.seek(max(notebook.stat().st_size - 100, 0))
            return file.read().rstrip().endswith(b"}")
    except OSError:
        return False
