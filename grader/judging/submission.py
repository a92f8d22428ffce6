"""Reading what a learner handed in, whatever it is, and setting it back onto the released notebook.

Every byte of a submission is hostile. Of a cell only its kind, its source and its `grade_id` are read; points,
locks, tags, checksums, outputs and the kernel come from the released notebook.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Container, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.errors import SubmissionChanging, SubmissionError, SubmissionMissing

MAX_BYTES = 20 * 2**20
MAX_CELLS = 2000
KINDS = ("code", "markdown", "raw")
TIMESTAMP = "timestamp.txt"
PICTURES = ("image/png", "image/jpeg", "image/gif")


@dataclass(frozen=True)
class SubmittedCell:
    """What is believed of a submitted cell.

    Attributes
    ----------
    kind : {"code", "markdown", "raw"}
    source : str
    grade_id : str or None
        The cell of the released notebook it claims to be.
    attachments : dict
        Pictures pasted into Markdown, by name and type.
    """

    kind: str
    source: str
    grade_id: str | None = None
    attachments: dict = field(default_factory=dict)


def read_file(path: Path, within: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a submitted file.

    Parameters
    ----------
    path : Path
    within : Path
        The folder of all submissions; nothing between it and the file may be a symbolic link.
    limit : int
        Largest accepted size, in bytes.

    Raises
    ------
    SubmissionError
        If it isn't there, is a link, a device, too large or unreadable, or changed meanwhile.
    """
    try:
        for folder in path.relative_to(within).parents:
            if (within / folder).is_symlink() and folder != Path("."):
                raise SubmissionError.link(folder)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise SubmissionMissing.named(path.name) from error
    except OSError as error:
        raise SubmissionError.link(path.name) if os.path.islink(path) else SubmissionError.unreadable(error) from error
    try:
        return _whole(descriptor, path.name, limit)
    finally:
        os.close(descriptor)


def _whole(descriptor: int, name: str, limit: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise SubmissionError.not_a_file(name)
    if before.st_size > limit:
        raise SubmissionError.too_large(before.st_size, limit)
    with open(descriptor, "rb", closefd=False) as file:
        data = file.read(limit + 1)
    after = os.fstat(descriptor)
    if (before.st_mtime_ns, before.st_size, len(data)) != (after.st_mtime_ns, after.st_size, after.st_size):
        raise SubmissionChanging.while_read(name)
    return data


def paths_beside(folder: Path, ignored: Iterable[str] = ()) -> dict[str, Path]:
    """Regular files in a folder and below, by relative path; no notebooks, no links, nothing whose name is ignored."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*"))}
    return {
        name.as_posix(): path
        for name, path in found.items()
        if path.suffix != ".ipynb" and path.is_file() and not path.is_symlink()
        if not any(fnmatch(part, pattern) for part in name.parts for pattern in ignored)
    }


def files_beside(paths: Mapping[str, Path], limit: int = MAX_BYTES) -> dict[str, bytes]:
    """What is in these files, up to `limit` bytes together."""
    found, left = {}, limit
    for name, path in paths.items():
        with contextlib.suppress(SubmissionError):
            data = found[name] = read_file(path, path.parent, left)
            left -= len(data)
    return found


def own_files(paths: Mapping[str, Path], given: Container[str]) -> dict[str, bytes]:
    """What a learner's notebook works with of their own: what lies beside it, but for the time it was handed in at.

    Parameters
    ----------
    paths : dict of Path
    given : container of str
        The names of files that everybody got with the assignment: not the learner's own, whatever is in them.
    """
    return files_beside({name: path for name, path in paths.items() if name != TIMESTAMP and name not in given})


def notebook_of(data: bytes, release: NotebookNode) -> NotebookNode:
    """What was handed in, as a notebook that can be trusted in everything but the learner's code and prose.

    Raises
    ------
    SubmissionError
        If it is no notebook, or one in another language: a kernel of another name is forgiven as long as some cell
        is the release's.
    """
    cells, official = parse(data), official_cells(release)
    alien = foreign_language(_dict(json.loads(data.decode("utf-8-sig")).get("metadata")))
    ours = not official or any(cell.grade_id in official for cell in cells)
    if alien and not (release.metadata.get("kernelspec") and ours):
        raise SubmissionError.other_language(alien)
    return sanitise(cells, release)


def foreign_language(metadata: Mapping[str, Any]) -> str:
    """The language a notebook is written in, from its metadata, if it isn't Python."""
    kernel, language = _dict(metadata.get("kernelspec")), _dict(metadata.get("language_info"))
    for name in (kernel.get("language"), language.get("name"), kernel.get("name")):
        if isinstance(name, str) and name:
            return "" if re.match(r"i?python", name.lower()) else name
    return ""


def parse(data: bytes) -> list[SubmittedCell]:
    """The cells of a notebook file, of any format version.

    Raises
    ------
    SubmissionError
        If it is no notebook.
    """
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SubmissionError.not_utf8(error) from error
    except RecursionError as error:
        raise SubmissionError.not_a_notebook("it is nested too deeply") from error
    except ValueError as error:
        raise SubmissionError.not_json(error) from error
    cells = [_clean(cell) for cell in _raw_cells(raw) if isinstance(cell, dict)]
    if len(cells) > MAX_CELLS:
        raise SubmissionError.too_many_cells(len(cells), MAX_CELLS)
    return cells


def sanitise(cells: Iterable[SubmittedCell], release: NotebookNode) -> NotebookNode:
    """The submission as a notebook that can be trusted in everything but the learner's code and prose.

    Every cell with a `grade_id` of the release is there exactly once. Locked cells have the release's content,
    and come where the learner has them, if that is after the answer they check; otherwise, or if they are missing,
    just before the next cell of the release. Of several cells with the same id the first one of the right
    kind that was worked on is the answer; the others stay, as cells of the learner's own, and so does everything
    the learner added. A missing answer is empty: whatever defines the function elsewhere counts.
    """
    cells, official = list(cells), official_cells(release)
    claims = _claims(cells, official)
    order = [claims.get(place, place) for place, cell in enumerate(cells) if place in claims or _is_own(cell, official)]
    _insert_missing(order, list(official))
    answers = {grade_id: cells[place] for place, grade_id in claims.items()}
    nodes = [
        _own_cell(cells[item], item) if isinstance(item, int) else _official_cell(official[item], answers.get(item))
        for item in order
    ]
    metadata = {key: release.metadata[key] for key in ("kernelspec", "language_info") if key in release.metadata}
    return nbformat.from_dict({"cells": nodes, "metadata": deepcopy(metadata), "nbformat": 4, "nbformat_minor": 5})


def official_cells(release: NotebookNode) -> dict[str, NotebookNode]:
    """The released notebook's cells that nbgrader knows, by `grade_id`, in order."""
    marked = ((cell.metadata.get("nbgrader", {}), cell) for cell in release.cells)
    return {
        meta["grade_id"]: cell
        for meta, cell in marked
        if meta.get("grade_id") and any(meta.get(role) for role in ("grade", "solution", "locked", "task"))
    }


def is_answer(cell: NotebookNode) -> bool:
    """Whether the learner writes in this cell of the release."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _raw_cells(raw: Any) -> list:
    if not isinstance(raw, dict):
        raise SubmissionError.not_a_notebook("it is JSON, but not an object")
    version = raw.get("nbformat", 4)
    if isinstance(version, int) and version > 4:
        raise SubmissionError.too_new(version)
    cells = raw.get("cells")
    if cells is None and isinstance(raw.get("worksheets"), list):
        cells = [cell for sheet in raw["worksheets"] if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
    if not isinstance(cells, list):
        raise SubmissionError.not_a_notebook("it has no list of cells")
    return cells


def _clean(raw: dict) -> SubmittedCell:
    kind = raw.get("cell_type")
    source = _text(raw.get("source", raw.get("input")))
    if kind == "heading":
        level = raw.get("level") if isinstance(raw.get("level"), int) else 1
        kind, source = "markdown", "#" * min(max(level, 1), 6) + " " + source
    return SubmittedCell(kind if kind in KINDS else "raw", source, _grade_id(raw), _pictures(raw))


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _grade_id(raw: dict) -> str | None:
    marks = _dict(_dict(raw.get("metadata")).get("nbgrader"))
    grade_id = marks.get("grade_id")
    return grade_id if isinstance(grade_id, str) else None


def _pictures(raw: dict) -> dict:
    return {
        name: {kind: data for kind, data in bundle.items() if kind in PICTURES and _is_base64(data)}
        for name, bundle in _dict(raw.get("attachments")).items()
        if isinstance(bundle, dict) and re.fullmatch(r"[\w. -]{1,100}", name)
    }


def _is_base64(data: Any) -> bool:
    return isinstance(data, str) and re.fullmatch(r"[A-Za-z0-9+/=\s]*", data) is not None


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _is_own(cell: SubmittedCell, official: Mapping[str, NotebookNode]) -> bool:
    return cell.grade_id not in official or is_answer(official[cell.grade_id])


def _claims(cells: list[SubmittedCell], official: Mapping[str, NotebookNode]) -> dict[int, str]:
    """Which submitted cell, by its place, stands for which cell of the release."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        places.setdefault(cell.grade_id, []).append(place)
    claims, answer_at = {}, -1
    for grade_id, cell in official.items():
        found = places.get(grade_id, [])
        if is_answer(cell):
            found = sorted(found, key=lambda place: not _is_worked_on(cells[place], cell))
            answer_at = found[0] if found else -1
        else:
            found = [place for place in found if place > answer_at]
        if found:
            claims[found[0]] = grade_id
    return claims


def _is_worked_on(cell: SubmittedCell, released: NotebookNode) -> bool:
    return cell.kind == released.cell_type and cell.source.strip() not in ("", released.source.strip())


def _insert_missing(order: list, official: list[str]) -> None:
    for number, grade_id in enumerate(official):
        if grade_id in order:
            continue
        start = max((order.index(earlier) + 1 for earlier in official[:number]), default=0)
        later = [order.index(item) for item in official[number + 1 :] if item in order and order.index(item) >= start]
        order.insert(min(later, default=len(order)), grade_id)


def _own_cell(cell: SubmittedCell, place: int) -> dict:
    # Without a type of its own, a raw cell would become part of every HTML page made of the notebook.
    metadata = {"raw_mimetype": "text/plain"} if cell.kind == "raw" else {}
    node = {"cell_type": cell.kind, "id": f"own-{place}", "metadata": metadata, "source": cell.source}
    return node | _belongings(cell.kind, cell)


def _official_cell(released: NotebookNode, submitted: SubmittedCell | None) -> dict:
    node, marks = deepcopy(dict(released)), released.metadata.nbgrader
    node["metadata"] = {key: released.metadata[key] for key in ("nbgrader", "deletable", "editable")
                        if key in released.metadata}  # fmt: skip
    if is_answer(released):
        missing = released.source if marks.get("grade") or released.cell_type != "code" else ""
        node["source"] = submitted.source if submitted else missing
        node |= _belongings(released.cell_type, submitted)
    if released.cell_type == "code":
        node |= {"outputs": [], "execution_count": None}
    return node


def _belongings(kind: str, cell: SubmittedCell | None) -> dict:
    if kind == "code":
        return {"outputs": [], "execution_count": None}
    return {"attachments": cell.attachments} if kind == "markdown" and cell and cell.attachments else {}
