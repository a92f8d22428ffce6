"""Whose an upload is: what the LMS wrote into its name says so, and what the learner added can't change it.

Every LMS writes its own part first and appends the name the learner's file had. A pattern with something greedy in it
may find a name in the second part as well. So a reading counts only if none ends its learner's id earlier, even where
the id might be anything: otherwise it is not clear whose the upload is, and it is refused.
"""

from __future__ import annotations

import re

from grader.judging.deadline import TooLong, deadline

LONGEST = 1_000
SECONDS = 2.0


class Unclear(Exception):
    """It is not clear whose an upload is. The text says why."""


def read(pattern: str, path: str, ours: int) -> dict[str, str | None]:
    """What the name of an upload says.

    Parameters
    ----------
    pattern : str
        nbgrader's `named_regexp`, matched from the beginning of the path.
    path : str
    ours : int
        How many characters at the beginning are the instructor's own folders.

    Raises
    ------
    Unclear
        If it says nothing, or more than one thing.
    """
    if len(path) - ours > LONGEST:
        raise Unclear("its name is too long")
    try:
        with deadline(SECONDS):
            return _read(pattern, path, ours)
    except TooLong as error:
        raise Unclear("the pattern takes too long to read its name") from error


def _read(pattern: str, path: str, ours: int) -> dict[str, str | None]:
    match = re.match(pattern, path)
    if not match or not match.groupdict().get("student_id"):
        raise Unclear("its name does not say whose it is")
    if re.match(_earlier(pattern, len(path) - ours, len(path) - match.end("student_id")), path):
        raise Unclear("its name can be read as more than one learner's")
    return match.groupdict()


def _earlier(pattern: str, most: int, rest: int) -> str:
    """The pattern for a learner's id, whatever it is, that begins in the upload's name and ends before this one.

    The file's name, the learner's own part, may be anything as well.
    """
    pattern = _loosened(pattern, "student_id", f"(?!(?s:.{{{most + 1}}}))", f"(?=(?s:.{{{rest + 1}}}))")
    return _loosened(pattern, "file_id") if "(?P<file_id>" in pattern else pattern


def _loosened(pattern: str, group: str, before: str = "", after: str = "") -> str:
    opening = f"(?P<{group}>"
    begin = pattern.index(opening)
    end = _closing(pattern, begin)
    inside = pattern[begin + len(opening) : end]
    return f"{pattern[:begin]}{opening}{before}(?:{inside}|(?s:.+?))){after}{pattern[end + 1 :]}"


def _closing(pattern: str, begin: int) -> int:
    """Where the group that begins here ends."""
    depth, place, in_set = 0, begin, False
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\":
            place += 1
        elif in_set:
            in_set = sign != "]" or pattern[place - 1] == "[" or pattern[place - 2 : place] == "[^"
        elif sign == "[":
            in_set = True
        else:
            depth += (sign == "(") - (sign == ")")
            if not depth:
                return place
        place += 1
    raise Unclear("the pattern can't be understood")
