"""One learner's upload: unpacked within bounds, and the lesson's notebooks in it recognised."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.judging.files import TIMESTAMP
from grader.lms.archives import BROKEN, DEEPEST, ENDINGS, Budget, Member, TooMuch, is_harmless, members, without_ending

MOST_BYTES, MOST_FILES = 64 * 2**20, 500
_MOST = f"at most {MOST_BYTES // 2**20} MiB, in {MOST_FILES} files"

_IDS = re.compile(rb'"(?:grade_id|id)"\s*:\s*"([^"\\]{1,200})"')
_NO_NOTEBOOKS = (".py", ".html", ".htm", ".pdf", ".docx", ".doc", ".txt", ".rar", ".7z")


@dataclass
class Work:
    """What one learner handed in at one time.

    Attributes
    ----------
    files : dict of bytes
        By path.
    left_out : list of str
        Names of what was not taken, and why.
    notes : list of str
        What else is to be said.
    notebooks : list of str
        Which of the lesson's notebooks are there.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    notebooks: list[str] = field(default_factory=list)


def unpack(uploads: Iterable[tuple[str, Member]]) -> Work:
    """Read a learner's files, those in archives as well, within bounds.

    Parameters
    ----------
    uploads : iterable of (str, Member)
        How the learner called a file, and the file.
    """
    work, budget = Work(), Budget(MOST_BYTES, MOST_FILES)
    for name, member in uploads:
        _keep(work, name, member, budget, 0)
    return work


def _keep(work: Work, name: str, member: Member, budget: Budget, depth: int) -> None:
    shown = ascii(name)[1:-1][:100]
    try:
        if member.read is None or not is_harmless(name):
            work.left_out.append(f"{shown} is no regular file, or its name can't be used")
            return
        content = member.read(budget)
    except TooMuch:
        work.left_out.append(f"{shown}, or the rest of it, is too much: {_MOST}")
        return
    except (*BROKEN, SubmissionError) as error:
        work.left_out.append(f"{shown} can't be read ({ascii(str(error))[1:-1]})")
        return
    if name.endswith(ENDINGS) and not name.endswith((".npz", ".csv.gz")):
        _unpack(work, name, content, budget, depth)
    elif name in work.files and work.files[name] != content:
        work.left_out.append(f"{shown} is there twice; the first one counts")
    elif PurePosixPath(name).name == TIMESTAMP:
        work.left_out.append(f"{shown}: when something was handed in, learners don't say themselves")
    else:
        work.files.setdefault(name, content)


def _unpack(work: Work, name: str, content: bytes, budget: Budget, depth: int) -> None:
    shown = ascii(name)[1:-1][:100]
    if depth == DEEPEST:
        work.left_out.append(f"{shown}: archives are packed too deep in one another")
        return
    try:
        for member in members(io.BytesIO(content), budget):
            _keep(work, f"{without_ending(name)}/{member.name}", member, budget, depth + 1)
    except TooMuch:
        work.left_out.append(f"{shown}, or the rest of it, is too much: {_MOST}")
    except BROKEN as error:
        work.left_out.append(f"{shown}, or the rest of it, can't be read ({ascii(str(error))[1:-1]})")


def arrange(work: Work, lesson: Mapping[str, frozenset[str]]) -> Work:
    """Give the lesson's notebooks their names, and lay beside them what was beside them.

    Parameters
    ----------
    work : Work
    lesson : dict of frozenset of str
        By notebook: the ids of its cells.
    """
    found = {notebook: _best(work.files, notebook, ids) for notebook, ids in lesson.items()}
    chosen = {path: notebook for notebook, path in found.items() if path}
    beside = {str(PurePosixPath(path).parent) + "/" for path in chosen}
    files = {f"{notebook}.ipynb": work.files[path] for path, notebook in chosen.items()}
    for path, content in work.files.items():
        place = next((path.removeprefix(folder) for folder in beside if path.startswith(folder)), path)
        if path not in chosen and place not in files and not any(f.startswith(f"{place}/") for f in files):
            files[place] = content
    work.notes += [f"was called {_shown(path)}" for path, name in chosen.items() if _called(path) != f"{name}.ipynb"]
    work.notes += [_missing(notebook, work.files) for notebook, path in found.items() if not path]
    return Work(files, work.left_out, work.notes, [*chosen.values()])


def _best(files: Mapping[str, bytes], notebook: str, ids: frozenset[str]) -> str:
    """The notebook with most of the lesson's cells; of equal ones, the one with the right name; or none."""
    scored = [
        (len(ids & cell_ids(content)), _called(path) == f"{notebook}.ipynb", -place, path)
        for place, (path, content) in enumerate(files.items())
        if path.endswith(".ipynb")
    ]
    known, named, _, path = max(scored, default=(0, False, 0, ""))
    return path if known or named else ""


def cell_ids(content: bytes) -> set[str]:
    """What cells of a notebook file call themselves, however broken the file is otherwise."""
    return {found.decode(errors="replace") for found in _IDS.findall(content)}


def _missing(notebook: str, files: Mapping[str, bytes]) -> str:
    there = [_shown(path) for path in files]
    if not there:
        return f"{notebook}.ipynb is missing"
    wrong = [name for name in there if name.endswith(_NO_NOTEBOOKS)]
    what = f"{', '.join((wrong or there)[:3])} {'is' if len((wrong or there)[:3]) == 1 else 'are'}"
    return f"{notebook}.ipynb is missing: {what} not it. Ask for the .ipynb file"


def _called(path: str) -> str:
    return PurePosixPath(path).name


def _shown(path: str) -> str:
    return ascii(_called(path))[1:-1][:60]
