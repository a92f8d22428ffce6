"""What comes over the desk: looked at, and put where what is handed in lies. Everything in it is hostile."""

from __future__ import annotations

import io
import json
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import SubmissionError
from grader.judging.files import MAX_BYTES, TIMESTAMP
from grader.lms.archives import BROKEN, Budget, TooMuch, is_junk, members
from grader.marking.arrivals import ring
from grader.marking.cache import Cache, write_atomically
from grader.nbgrader.places import Places
from unrolled.desk.handing_in import RECEIPT, digest

MOST = 32 * 2**20
MOST_FILES = 50
OURS = (TIMESTAMP, "submission_secret.txt", RECEIPT)
_PIECES = {b"[": 200_000, b"{": 200_000, b",": 3_000_000, b'"': 3_000_000}
"""How often these may be in a notebook: a page of nothing but brackets would take the desk half a minute to read."""


class Refused(SubmissionError):
    """It is not taken in. The text says why, and what to do."""


class TakingIn:
    """Puts uploads into the folder of submissions.

    Parameters
    ----------
    places : Places
    cache : Cache
        Where whoever grades is told of it.
    is_enrolled : callable
        Whether what a learner hands in to a lesson will be graded: else it would wait for ever.
    """

    def __init__(self, places: Places, cache: Cache, is_enrolled: Callable[[str, str], bool]):
        self.places, self.cache, self.one_at_a_time = places, cache, threading.Lock()
        self.is_enrolled = is_enrolled

    @property
    def is_there(self) -> bool:
        """Whether the course still is where it was: else work would be put where nobody looks for it."""
        return Path(self.places.coursedir.root).is_dir()

    def lessons(self) -> list[str]:
        """What can be handed in: what was released."""
        steady = self.places.release("\0").parent
        return sorted(path.name for path in steady.glob("*") if path.name[0] != "." and any(path.glob("*.ipynb")))

    def take(self, learner: str, lesson: str, uploads: Iterable[tuple[str, bytes]], now: datetime) -> dict[str, str]:
        """Keep what was handed in, in place of what was there; returns its receipt.

        Raises
        ------
        Refused
            If it is not what was asked for.
        """
        if not self.is_enrolled(learner, lesson):
            raise Refused(f"{_shown(learner)} is not on this course's list: ask your instructor")
        files = checked(lesson, unpacked(uploads), self._notebooks(lesson))
        receipt = {
            "lesson": lesson,
            "time": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "sha256": digest(files),
        }
        stamp = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC").encode()
        with self.one_at_a_time:
            self._keep(self.places.submitted(learner, lesson), {**files, TIMESTAMP: stamp})
            ring(self.cache, learner, lesson)
        return receipt

    def _notebooks(self, lesson: str) -> list[str]:
        return sorted(path.name for path in self.places.release(lesson).glob("*.ipynb"))

    def _keep(self, folder: Path, files: Mapping[str, bytes]) -> None:
        inbox = self.places.inbox
        if any((inbox / part).is_symlink() for part in folder.relative_to(inbox).parents) or folder.is_symlink():
            raise Refused("There is a link where your work belongs: ask your instructor")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, data in files.items():
            write_atomically(folder / name, data, 0o600)
        for path in folder.iterdir():
            if path.name not in files and (path.is_symlink() or path.is_file()):
                path.unlink()
        _settle([*(folder / name for name in files), folder])
        self.places.share(folder)


def unpacked(uploads: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Files by their names, without folders, with what is in zip files but not what a system left there."""
    files: dict[str, bytes] = {}
    budget = Budget(MOST, 2 * MOST_FILES)
    for name, data in uploads:
        name = name.replace("\\", "/").rpartition("/")[2]
        files |= _members(data, budget) if name.lower().endswith(".zip") else {name: data}
    return {name: data for name, data in files.items() if name not in OURS}


def checked(lesson: str, files: Mapping[str, bytes], notebooks: list[str]) -> dict[str, bytes]:
    """The files under the names they are kept by.

    Raises
    ------
    Refused
        If they are not what the lesson asks for.
    """
    handed_in = [name for name in files if name.endswith(".ipynb")]
    if not handed_in:
        raise Refused(f"There is no notebook in it. Hand in the file {' and '.join(notebooks)}")
    if len(handed_in) == len(notebooks) == 1 and not _is_anothers(handed_in[0], lesson):
        files = {notebooks[0] if name == handed_in[0] else name: data for name, data in files.items()}
    for name, data in files.items():
        _check(name, data)
        if name.endswith(".ipynb") and name not in notebooks:
            raise Refused(f"{_shown(name)} does not belong to {lesson}: that is {' and '.join(notebooks)}")
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST:
        raise Refused(f"That is too much: at most {MOST_FILES} files, of {MOST // 2**20} MiB together")
    return dict(files)


def _is_anothers(name: str, lesson: str) -> bool:
    """Whether a notebook's name begins with another lesson's number."""
    return name[:2].isdigit() and lesson[:2].isdigit() and name[:2] != lesson[:2]


def _check(name: str, data: bytes) -> None:
    if not name.isprintable() or name[:1] in (".", "") or "/" in name or len(os.fsencode(name)) > 150:
        raise Refused(f"The name {_shown(name)} can't be used: rename that file")
    if len(data) > MAX_BYTES:
        raise Refused(f"{_shown(name)} is larger than {MAX_BYTES // 2**20} MiB: clear its outputs, save, hand in again")
    if name.endswith(".ipynb"):
        _see_that_it_is_a_notebook(name, data)


def _see_that_it_is_a_notebook(name: str, data: bytes) -> None:
    try:
        found = None if any(data.count(sign) > most for sign, most in _PIECES.items()) else json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not ("cells" in found or "worksheets" in found):
        raise Refused(f"{_shown(name)} is no notebook, or was cut off: save it in Jupyter, and hand in that file")


def _members(data: bytes, budget: Budget) -> dict[str, bytes]:
    """The regular files of a zip, by their names without folders; all zips of an upload share the budget."""
    files: dict[str, bytes] = {}
    try:
        for member in members(io.BytesIO(data), budget):
            if is_junk(member.name):
                continue
            if member.read is None:
                raise Refused(f"{_shown(member.name)} in that zip file is no regular file, or its name can't be used")
            files[member.name.rpartition("/")[2]] = member.read(budget)
    except TooMuch:
        raise Refused(f"That unpacks to more than {MOST_FILES} files, or {MOST // 2**20} MiB") from None
    except BROKEN as e:
        raise Refused(f"That zip file can't be read ({_shown(str(e))}): make it anew") from e
    return files


def _shown(text: str) -> str:
    return ascii(text)[1:-1][:80]


def _settle(paths: Iterable[Path]) -> None:
    """See that it is still there when the power has failed."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


class Rate:
    """At most so many in so many seconds, for each name by itself."""

    def __init__(self, most: int, seconds: float):
        self.most, self.seconds = most, seconds
        self.times: dict[str, deque[float]] = {}

    def wait(self, name: str, now: float) -> float:
        """Seconds until the next is welcome; 0 if it is now, which then counts."""
        times = self.times.setdefault(name, deque())
        while times and times[0] <= now - self.seconds:
            times.popleft()
        if len(times) >= self.most:
            return times[0] + self.seconds - now
        times.append(now)
        return 0.0
