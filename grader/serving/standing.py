"""What a learner may see: their own work, where it is on its way, and what came back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import SubmissionError
from grader.judging.files import TIMESTAMP, read_file
from grader.marking.arrivals import DONE, VERDICT, looks_of
from grader.marking.cache import Cache
from grader.marking.told import TOLD
from grader.nbgrader.gradebook import handed_in_at
from grader.nbgrader.places import Places
from grader.serving.taking_in import OURS
from unrolled.desk.handing_in import digest

OPEN, WAITING, GRADED = "open", "waiting", "graded"


@dataclass(frozen=True)
class Standing:
    """How one lesson of a learner's stands.

    Attributes
    ----------
    state : {"open", "waiting", "graded"}
        Whether it was handed in, and whether what was handed in last is graded.
    when : str
        When it was handed in, UTC.
    told : dict
        What the grading said: of this version, or while that is waiting, of the one before.
    pages : tuple of str
        Names of the feedback pages.
    shown : bool
        Whether these are of what was handed in last: a verdict is there sooner.
    """

    lesson: str
    state: str
    when: str
    told: dict[str, Any]
    pages: tuple[str, ...]
    shown: bool = False

    @property
    def title(self) -> str:
        """The lesson's name as people write it."""
        number, _, name = self.lesson.partition("_")
        return f"{number} · {name.replace('_', ' ')}" if number.isdigit() and name else self.lesson


class Standings:
    """Reads how learners stand from what the grading left; asks nothing of the gradebook, so that thousands may look.

    Parameters
    ----------
    places : Places
    cache : Cache
    """

    def __init__(self, places: Places, cache: Cache):
        self.places, self.cache = places, cache
        self._receipts: dict[tuple[str, str], tuple[str, str]] = {}

    def of(self, learner: str, lesson: str) -> Standing:
        """One lesson of a learner's."""
        folder = self.places.submitted(learner, lesson)
        state = self.state(learner, lesson)
        told = self.cache.notes.read(TOLD, (learner, lesson))
        pages = tuple(sorted(path.stem for path in self.places.feedback(learner, lesson).glob("*.html")))
        shown = state == GRADED and self.cache.notes.read(DONE, (learner, lesson)) == looks_of(folder)
        return Standing(lesson, state, self._when(folder), json.loads(told or "{}"), pages if told else (), shown)

    def state(self, learner: str, lesson: str) -> str:
        """Whether it was handed in, and whether what was handed in last is graded."""
        folder = self.places.submitted(learner, lesson)
        if not folder.is_dir():
            return OPEN
        dealt_with = (self.cache.notes.read(what, (learner, lesson)) for what in (VERDICT, DONE))
        return GRADED if looks_of(folder) in dealt_with else WAITING

    def receipt(self, learner: str, lesson: str) -> str:
        """The hash of what was handed in last: the same that `unrolled submit` prints. It is worked out once."""
        folder = self.places.submitted(learner, lesson)
        looks, known = looks_of(folder), self._receipts.get((learner, lesson), ("", ""))
        if known[0] != looks:
            known = self._receipts[learner, lesson] = looks, self._read_receipt(folder)
        return known[1]

    def _read_receipt(self, folder: Path) -> str:
        paths = [path for path in sorted(folder.glob("*")) if path.is_file() and path.name not in OURS]
        try:
            return digest({path.name: read_file(path, self.places.inbox) for path in paths}) if paths else ""
        except SubmissionError:
            return ""

    def page(self, learner: str, lesson: str, notebook: str) -> Path | None:
        """A feedback page's file, if the learner has one of this name."""
        pages = self.places.feedback(learner, lesson)
        return pages / f"{notebook}.html" if notebook in self.of(learner, lesson).pages else None

    def _when(self, folder: Path) -> str:
        try:
            when = handed_in_at(read_file(folder / TIMESTAMP, self.places.inbox, limit=200))
        except SubmissionError:
            return ""
        return when.strftime("%Y-%m-%d %H:%M:%S") if when else ""
