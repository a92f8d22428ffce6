"""Handing over: to the course's desk, to nbgrader's exchange, or into a file that can be uploaded anywhere."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from unrolled.desk import handing_in
from unrolled.desk.running import Checked, check_notebook

ENVIRONMENT, REMEMBERED = "UNROLLED_DESK", ".unrolled-desk"
_ENTER = "/enter/"


class NotHandedIn(Exception):
    """Nothing was handed in. The text says why, and what to do."""


def hand_over(
    notebook: Path, say: Callable[[str], Any] = print, output: Path | None = None, checked: bool = True
) -> dict[str, str]:
    """Check a lesson as it is when it is graded, and hand it in as it is on disk.

    It goes to the desk whose link the learner was given, else to nbgrader's exchange, else into a file.

    Parameters
    ----------
    notebook : Path
    say : callable
        Takes the lines there are to tell.
    output : Path, optional
        The file to write, whatever else is configured.
    checked : bool
        Whether to run the checks first.

    Returns
    -------
    dict
        The receipt: "lesson", "time" (UTC, ISO 8601) and "sha256".

    Raises
    ------
    NotHandedIn
        With the reason.
    """
    for line in lines_of(notebook.stem, checks(notebook)) if checked else ():
        say(line)
    folder, lesson = notebook.resolve().parent.parent, notebook.stem
    files = handing_in.handed_in(notebook)
    data, receipt = handing_in.packed(lesson, files)
    if output is None and (link := desk(folder)):
        receipt = to_desk(link, lesson, data, receipt)
        where = f"Handed in at {link.partition(_ENTER)[0]}: {', '.join(files)}. There you see how it is graded."
    elif output is None and (course := exchange(folder, lesson)):
        to_exchange(folder, lesson, course)
        where = f"Handed in to {course}, through nbgrader's exchange."
    else:
        output = output or Path(f"{lesson}-{receipt['sha256'][:8]}.zip")
        to_file(output, data)
        where = f"In {output}: {', '.join(files)}. Hand this file in."
    say(where)
    say(f"Receipt: {receipt['lesson']}, {receipt['time']}, sha256 {receipt['sha256']}")
    return receipt


def checks(notebook: Path) -> list[Checked]:
    """What the checks say in a fresh kernel.

    Raises
    ------
    NotHandedIn
        If they can't be run.
    """
    try:
        return check_notebook(notebook)
    except ModuleNotFoundError as error:
        raise NotHandedIn(f"{error}: pip install 'unrolled[lab]'") from error
    except (OSError, ValueError) as error:
        raise NotHandedIn(f"{error}. Is this the lesson's own folder?") from error
    except RuntimeError as error:
        raise NotHandedIn(f"The kernel that ran {notebook.name} died: {error}") from error


def lines_of(name: str, rows: Sequence[Checked]) -> Iterator[str]:
    """A lesson's checks as a table, and what is left to do."""
    yield name
    for row in rows:
        worth = f"{row.earned or 0:g} of {row.points:g}" if row.points else ""
        yield f"  {row.sign} {row.exercise:<28}{worth:>10}   {row.said}".rstrip()
    todo = sum(not row.right for row in rows)
    earned, points = sum(row.earned or 0 for row in rows), sum(row.points for row in rows)
    left = f"{todo} of {len(rows)} left to do" if todo else "all right"
    yield f"  {earned:g} of {points:g} points; {left}"


def desk(folder: Path) -> str:
    """The learner's personal link to the desk: of the environment, or remembered in the folder of the lessons."""
    with contextlib.suppress(OSError):
        return os.environ.get(ENVIRONMENT) or (folder / REMEMBERED).read_text(encoding="utf-8").strip()
    return ""


def remember(folder: Path, link: str) -> None:
    """Keep a personal link for the next time, for its owner's eyes.

    Raises
    ------
    NotHandedIn
        If it is none.
    """
    if not link.startswith(("https://", "http://")) or _ENTER not in link:
        raise NotHandedIn(f"{link!r} is no personal link: it looks like https://…{_ENTER}…, and your instructor has it")
    path = folder / REMEMBERED
    path.touch(mode=0o600)
    path.write_text(link + "\n", encoding="utf-8", newline="\n")


def to_desk(link: str, lesson: str, data: bytes, receipt: dict[str, str]) -> dict[str, str]:
    """Hand a packed lesson in at the desk; returns the desk's receipt.

    Raises
    ------
    NotHandedIn
        If the desk can't be reached, or doesn't take it.
    """
    address, _, token = link.partition(_ENTER)
    head = f'--unrolled\r\nContent-Disposition: form-data; name="files"; filename="{lesson}.zip"\r\n\r\n'
    body = head.encode() + data + b"\r\n--unrolled--\r\n"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json",
               "Content-Type": "multipart/form-data; boundary=unrolled"}  # fmt: skip
    request = urllib.request.Request(f"{address}/lesson/{lesson}/hand-in", body, headers)
    try:
        with urllib.request.build_opener(_Straight).open(request, timeout=60) as answer:
            theirs = json.loads(answer.read(10_000))
    except urllib.error.HTTPError as error:
        raise NotHandedIn(f"Not handed in. {_reason(error)}") from error
    except (OSError, ValueError) as error:
        raise NotHandedIn(f"Not handed in: {address} can't be reached ({error}). Try again, or use -o FILE") from error
    if theirs.get("sha256") != receipt["sha256"]:
        raise NotHandedIn("What arrived is not what was sent: hand in once more")
    return {name: str(theirs.get(name)) for name in receipt}


class _Straight(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: the link's secret is for the desk alone."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _reason(error: urllib.error.HTTPError) -> str:
    with contextlib.suppress(Exception):
        return str(json.loads(error.read(10_000))["error"])
    return f"The desk said {error.code} {error.reason}: is {ENVIRONMENT} your link?"


def exchange(folder: Path, lesson: str) -> str:
    """The course whose exchange takes the lesson, as nbgrader is configured here; empty if there is none."""
    if find_spec("nbgrader") is None:
        return ""
    listed = _nbgrader(folder, "list")  # its --json is not heeded
    found = re.search(rf"^\[ListApp \| INFO\] (\S+) {re.escape(lesson)}(?: |$)", listed.stderr, re.MULTILINE)
    return found[1] if found else ""


def to_exchange(folder: Path, lesson: str, course: str) -> None:
    """Hand in as Assignment List does.

    Raises
    ------
    NotHandedIn
        With what nbgrader says.
    """
    done = _nbgrader(folder, "submit", lesson, f"--course={course}")
    if done.returncode:
        raise NotHandedIn(f"Not handed in: nbgrader says {(done.stderr.strip().splitlines() or ['nothing'])[-1]}")


def to_file(output: Path, data: bytes) -> None:
    """Write the packed lesson.

    Raises
    ------
    NotHandedIn
        If it can't be written.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as error:
        raise NotHandedIn(f"{output}: {error.strerror}. Name another file with -o.") from error


def _nbgrader(folder: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=folder, capture_output=True, encoding="utf-8", errors="replace"
    )
