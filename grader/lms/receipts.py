"""`grader receipt`: whether what a learner has a receipt of is what is here."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.errors import CourseError, SubmissionError
from grader.judging.files import TIMESTAMP, read_file
from grader.lms.archives import BROKEN, Budget, TooMuch, members
from grader.lms.unpacking import MOST_BYTES, MOST_FILES
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.places import Places
from unrolled.desk.handing_in import RECEIPT, digest, handed_in

_LONGEST = 2**12  # bytes of a receipt
_HASH = re.compile(r"\b[0-9a-f]{8,64}\b")


def confirm(course: Path, words: str) -> tuple[bool, str]:
    """Whether a receipt is of something here, and of what.

    Parameters
    ----------
    course : Path
    words : str
        The receipt as printed, its hash or the beginning of it, or the path of a file that `unrolled submit` wrote.

    Raises
    ------
    CourseError
        If there is no course, or no hash in it.
    """
    if not course.is_dir():
        raise CourseError.no_folder(course)
    path = Path(words)
    if path.suffix == ".zip" and path.is_file():
        promised, found = _of_file(path)
        if promised != found:
            return False, f"{path} is not what its receipt says: it was changed since"
    elif hashes := _HASH.findall(words.casefold()):
        promised = hashes[-1]
    else:
        raise CourseError.of_arguments(f"there is no hash in {words!a}: give the receipt's line, or the file")
    said = [f"{learner} handed it in to {lesson}, {when}" for learner, lesson, when in _matching(course, promised)]
    return bool(said), "; ".join(said) or f"nothing that was handed in here has the receipt {promised}"


def _of_file(path: Path) -> tuple[str, str]:
    """The hash that a hand-in file promises, and the one that it has."""
    budget = Budget(MOST_BYTES, MOST_FILES)
    try:
        data = io.BytesIO(read_file(path.resolve(), path.resolve().parent, MOST_BYTES))
        found = {member.name: member.read(budget) for member in members(data, budget) if member.read}
        promised = json.loads(found.pop(RECEIPT)[:_LONGEST])["sha256"]
    except (*BROKEN, TooMuch, SubmissionError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise CourseError.of_arguments(f"{path} is no file that `unrolled submit` wrote ({error})") from None
    return str(promised), digest({PurePosixPath(name).name: content for name, content in found.items()})


def _matching(course: Path, promised: str) -> Iterator[tuple[str, str, str]]:
    places = Places(course_directory(course, config := load_config(course)), config)
    for learner, lesson, folder in places.handed_in():
        try:
            read_file(folder / f"{lesson}.ipynb", places.inbox)
            found = digest(handed_in(folder / f"{lesson}.ipynb"))
        except (SubmissionError, OSError):
            continue
        if found.startswith(promised):
            yield learner, lesson, _when(folder, places)


def _when(folder: Path, places: Places) -> str:
    try:
        return read_file(folder / TIMESTAMP, places.inbox, 200).decode("ascii", "replace").strip()
    except SubmissionError:
        return "when is not known"
