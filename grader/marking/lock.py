"""One grading of a course at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from grader.errors import CourseError
from grader.marking.cache import remove_drafts

NAME = ".grading-lock"


@contextmanager
def only_run(course: Path) -> Iterator[None]:
    """Keep every other grading off the course until this one has ended, or its process is gone.

    What a run that was cut off has left half-written is removed first.

    Raises
    ------
    CourseError
        If another run is at work.
    """
    if sys.platform == "win32":  # has no such locks; grading refuses to run there, and says why
        yield
        return
    with FileIO(str(course / NAME), "a+") as file:
        if _is_taken(file):
            raise CourseError.being_graded(course, _holder(file))
        if _holder(file):
            remove_drafts(course)
        _write(file, f"{os.getpid()}\n")
        yield
        _write(file, "")


def _is_taken(file: FileIO) -> bool:
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _holder(file: FileIO) -> str:
    """The process that has it, or had it and did not come to an end."""
    file.seek(0)
    return file.read(100).decode("ascii", "replace").strip()


def _write(file: FileIO, text: str) -> None:
    try:
        file.truncate(0)
        file.write(text.encode("ascii"))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file.name)) from error
