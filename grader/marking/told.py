"""What there is to tell once something is graded: to each learner by itself, and about the class."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.marking.cache import Cache, write_atomically
from grader.marking.outcome import MISSING, lesson_outcome
from grader.marking.report import GRADES, write_report
from grader.nbgrader.gradebook import Book
from grader.nbgrader.places import Places

TOLD = "told"
Outcome = Mapping[str, Mapping[str, dict[str, Any]]]
"""By lesson and learner."""


class Told:
    """Keeps the results of a course.

    Parameters
    ----------
    course : Path
    places : Places
    cache : Cache
    book : Book
    """

    def __init__(self, course: Path, places: Places, cache: Cache, book: Book):
        self.course, self.places, self.cache, self.book = course, places, cache, book

    def keep(self, outcome: Outcome) -> None:
        """Keep what each learner is told."""
        for lesson, learners in outcome.items():
            told = {name: result for name, result in learners.items() if result["status"] != MISSING}
            self.cache.notes.write(TOLD, {(name, lesson): json.dumps(result) for name, result in told.items()})

    def of(self, lesson: str, learners: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What everybody was told last of one lesson, with those who are not among these `learners`."""
        told = {name: json.loads(self.cache.notes.read(TOLD, (name, lesson))) for name in learners}
        others = [name for name in self.book.learners() if name not in told]
        return dict(sorted((told | lesson_outcome(self.book, lesson, {}, others)).items()))

    def by_now(self) -> Outcome:
        """What everybody was told last, with those who handed nothing in."""
        found: dict[str, dict[str, Any]] = {}
        present, enrolled = {(learner, lesson) for learner, lesson, _ in self.places.handed_in()}, self.book.learners()
        for learner, lesson in sorted(present):
            if text := self.cache.notes.read(TOLD, (learner, lesson)):
                found.setdefault(lesson, {})[learner] = json.loads(text)
        for lesson, told in found.items():
            told |= lesson_outcome(self.book, lesson, {}, [name for name in enrolled if (name, lesson) not in present])
        return {lesson: dict(sorted(told.items())) for lesson, told in sorted(found.items())}

    def before(self) -> Outcome:
        """What earlier runs found out about lessons that are still there."""
        try:
            found = json.loads((self.course / GRADES).read_text(encoding="utf-8"))["lessons"]
        except (OSError, ValueError, KeyError):
            return {}
        lessons = self.book.lessons()
        return {lesson: learners for lesson, learners in found.items() if lesson in lessons}

    def to_class(self, outcome: Outcome) -> Path:
        """Write the results down, and the page about the class; returns the page's path."""
        write_json(self.course / GRADES, outcome, 0o660 if self.places.coursedir.groupshared else 0o600)
        page = write_report(self.course)
        self.places.close()
        return page


def write_json(path: Path, outcome: Outcome, mode: int = 0o600) -> None:
    """Write results as JSON, a line for each learner; also to a terminal or a pipe."""
    shown = {lesson: {name: _json(result) for name, result in told.items()} for lesson, told in outcome.items()}
    text = f'{{"lessons": {_braced({name: _braced(told) for name, told in shown.items()})}}}\n'
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
    else:
        write_atomically(path, text, mode)


def _braced(items: Mapping[str, str]) -> str:
    return "{" + ",".join(f"\n{_json(name)}: {text}" for name, text in items.items()) + "}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
