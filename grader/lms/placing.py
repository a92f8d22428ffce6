"""Into the course: a submission's folder, there in full or not at all, and for its owner's eyes only."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.judging.files import TIMESTAMP, below, kind, read_file
from grader.lms.receiving import EMPTY, LEFT, TAKEN
from grader.lms.unpacking import Work
from grader.marking.cache import write_atomically
from grader.nbgrader.gradebook import handed_in_at
from grader.nbgrader.places import Places, share

NOTES = ".lms"


@dataclass(frozen=True)
class Placed:
    """What became of a submission, and why, if there is anything to say."""

    what: str
    why: str = ""


class Placing:
    """Writes what was handed in to one lesson.

    Parameters
    ----------
    places : Places
    lesson : str
    """

    def __init__(self, places: Places, lesson: str):
        self.places, self.lesson = places, lesson
        self._folders: dict[str, str] = {}

    def place(self, learner: str, work: Work, when: datetime | None, folder: str) -> Placed:
        """Write a submission, unless what is there already is newer, or more.

        Parameters
        ----------
        learner : str
        work : Work
        when : datetime or None
            UTC.
        folder : str
            The platform's part of the name.
        """
        there, before = self.places.submitted(learner, self.lesson), ""
        files = {name: data for name, data in work.files.items() if not self._is_ignored(name)}
        if not files:
            return Placed(LEFT)
        self._folders[learner] = folder
        if when:
            files[TIMESTAMP] = f"{when:%Y-%m-%d %H:%M:%S} UTC\n".encode()
        if there.is_dir():
            before = self._against(there, files, when, bool(work.notebooks))
        if before and before != _REPLACED:
            return Placed(TAKEN if before == _SAME else LEFT, before)
        try:
            self._write(there, files)
        except OSError as error:
            return Placed(LEFT, f"it can't be written: {error.strerror}")
        return Placed(TAKEN if work.notebooks else EMPTY, before)

    def remember(self, platform: str) -> None:
        """Keep what the platform called each submission, which it expects back with feedback."""
        if not self._folders:
            return
        path = notes_of(self.places, self.lesson)
        known = read_notes(path) | {learner: [platform, folder] for learner, folder in self._folders.items()}
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_atomically(path, json.dumps(known, indent=1, ensure_ascii=False) + "\n", 0o600)
        self._folders.clear()

    def _against(self, there: Path, files: dict[str, bytes], when: datetime | None, complete: bool) -> str:
        """What is to be said of what is there already."""
        paths = [path for path in below(there) if stat.S_ISREG(kind(path))]
        old = {path.relative_to(there).as_posix(): self._read(path) for path in paths}
        earlier = handed_in_at(old.get(TIMESTAMP) or b"")
        if {**old, TIMESTAMP: b""} == {**files, TIMESTAMP: b""} and when in (earlier, None):
            return _SAME
        if when and earlier and when < earlier:
            return "what is there already is newer, and stays"
        if not complete and any(name.endswith(".ipynb") for name in old):
            return "what is there already has a notebook, and stays"
        return _REPLACED

    def _read(self, path: Path) -> bytes | None:
        try:
            return read_file(path, self.places.inbox, 2**27)
        except SubmissionError:
            return None

    def _write(self, there: Path, files: dict[str, bytes]) -> None:
        inbox = self.places.inbox
        inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in reversed([above for above in there.parents if inbox in above.parents]):
            folder.mkdir(mode=0o700, exist_ok=True)
        draft = there.with_name(f".{there.name}.{secrets.token_hex(4)}")
        old = draft.with_name(f"{draft.name}.old")
        try:
            for name, data in files.items():
                _write(draft / name, data)
            if there.exists():
                there.rename(old)
            draft.rename(there)
        finally:
            for folder in (draft, old):
                shutil.rmtree(folder, ignore_errors=True)
        if self.places.coursedir.groupshared:
            share(there, there.parent, files=True)

    def _is_ignored(self, name: str) -> bool:
        return any(fnmatch(part, pattern) for part in PurePosixPath(name).parts for pattern in self.places.ignored)


_SAME, _REPLACED = "as it was already", "replaces what was there"


def notes_of(places: Places, lesson: str) -> Path:
    """Where it is kept what a platform called each submission."""
    return Path(places.coursedir.root) / NOTES / f"{lesson}.json"


def read_notes(path: Path) -> dict[str, list[str]]:
    """By learner: platform, and its part of the name."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
