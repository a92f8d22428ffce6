"""Reading what a learner handed in, whatever it is, and setting it back onto the released notebook.

Every byte of a submission is hostile. Of a cell only its kind, its source and its `grade_id` are read; points,
locks, tags, checksums, outputs and the kernel come from the released notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.errors import SubmissionError
from grader.judging.mistaken import lesson_of
from grader.judging.unmarked import defines, recognised
from unrolled.exam import saved

MAX_CELLS = 2000
KINDS = ("code", "markdown", "raw")
MISSING = "This cell is missing in what was handed in: the answer may be in another one."
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
    id : str or None
        The cell's own, which editors keep when they lose other marks.
    """

    kind: str
    source: str
    grade_id: str | None = None
    attachments: dict = field(default_factory=dict)
    id: str | None = None


def notebook_of(data: bytes, release: NotebookNode) -> NotebookNode:
    """What was handed in, as a notebook that can be trusted in everything but the learner's code and prose.

    Raises
    ------
    SubmissionError
        If it is no notebook, or one in another language: a kernel of another name is forgiven as long as some cell
        is the release's. Or if it is another assignment's.
    """
    cells, official = parse(data), official_cells(release)
    alien = foreign_language(_dict(saved.load(data).get("metadata")))
    ours = not official or any(cell.grade_id in official for cell in cells)
    if alien and not (release.metadata.get("kernelspec") and ours):
        raise SubmissionError.other_language(alien)
    if marks := _marks_of_another(cells, release):
        raise SubmissionError.of_another(sorted(marks), lesson_of(marks))
    return sanitise(cells, release)


def _marks_of_another(cells: list[SubmittedCell], release: NotebookNode) -> set[str]:
    """The marks of a notebook in which no cell is this release's; none, if one is."""
    official = official_cells(release)
    found = _recovered(recognised(list(cells), official), official)
    known = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in release.cells}
    if any(cell.grade_id in official for cell in found):
        return set()
    return {cell.grade_id for cell in cells} - known - {None}


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
        raw = saved.load(data)
    except UnicodeDecodeError as error:
        raise SubmissionError.not_utf8(error) from error
    except RecursionError as error:
        raise SubmissionError.not_a_notebook("it is nested too deeply") from error
    except ValueError as error:
        raise SubmissionError.not_json(error) from error
    cells = [_clean(cell) for cell in _raw_cells(raw)]
    if len(cells) > MAX_CELLS:
        raise SubmissionError.too_many_cells(len(cells), MAX_CELLS)
    return cells


def sanitise(cells: Iterable[SubmittedCell], release: NotebookNode) -> NotebookNode:
    """The submission as a notebook that can be trusted in everything but the learner's code and prose.

    Every cell with a `grade_id` of the release is there exactly once. Locked cells have the release's content,
    and come where the learner has them, if that is after the answer they check; otherwise, or if they are missing,
    just before the next cell of the release. Of several cells with the same id the first one of the right
    kind that was worked on is the answer; the others stay, as cells of the learner's own, and so does everything
    the learner added. A missing answer is empty: whatever defines the function elsewhere counts. Cells that lost
    their mark are known by their own id, a retyped text by where it stands, and if all marks are lost an answer by what
    it defines; in doubt a person grades.
    """
    official = official_cells(release)
    cells = _retyped(_recovered(recognised(list(cells), official), official), release)
    claims = _claims(cells, official)
    order = [claims.get(place, place) for place, cell in enumerate(cells) if place in claims or _is_own(cell, official)]
    _insert_missing(order, list(official))
    answers = {grade_id: cells[place] for place, grade_id in claims.items()}
    answers |= {grade_id: _left_alone(grade_id) for grade_id in _answered_above(cells, claims, official)}
    lesson = {(cell.cell_type, cell.source.strip()) for cell in release.cells}
    nodes = [
        _own_cell(cells[item], item, lesson)
        if isinstance(item, int)
        else _official_cell(official[item], answers.get(item))
        for item in order
    ]
    metadata = {key: release.metadata[key] for key in ("kernelspec", "language_info") if key in release.metadata}
    return nbformat.from_dict({"cells": nodes, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _answered_above(
    cells: Sequence[SubmittedCell], claims: Mapping[int, str], official: Mapping[str, NotebookNode]
) -> Iterator[str]:
    """The answers that are as they were given out, below a cell of the learner's that defines what they ask for."""
    for place, grade_id in claims.items():
        released = official[grade_id]
        if is_answer(released) and released.cell_type == "code" and not _is_worked_on(cells[place], released):
            above = (cells[i] for i in range(place) if claims.get(i) != grade_id)
            if cells[place].source.strip() and any(defines(cell, grade_id) for cell in above):
                yield grade_id


def _left_alone(grade_id: str) -> SubmittedCell:
    note = f"# Left as it was given out, and not run: it would undo `{grade_id}`, which is defined in a cell above."
    return SubmittedCell("code", note, grade_id)


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


def is_by_hand(cell: NotebookNode) -> bool:
    """Whether a person grades what the learner writes in this cell of the release."""
    return is_answer(cell) and bool(cell.metadata.nbgrader.get("grade"))


def _raw_cells(raw: Any) -> list:
    if not isinstance(raw, dict):
        raise SubmissionError.not_a_notebook("it is JSON, but not an object")
    version = raw.get("nbformat", 4)
    if isinstance(version, int) and version > 4:
        raise SubmissionError.too_new(version)
    cells = saved.raw_cells(raw)
    if cells is None:
        raise SubmissionError.not_a_notebook("it has no list of cells")
    return cells


def _clean(raw: dict) -> SubmittedCell:
    kind = raw.get("cell_type")
    source = saved.source_of(raw)
    if kind == "heading":
        level = raw.get("level") if isinstance(raw.get("level"), int) else 1
        kind, source = "markdown", "#" * min(max(level, 1), 6) + " " + source
    name, own = saved.marks_of(raw).get("grade_id"), raw.get("id")
    return SubmittedCell(kind if kind in KINDS else "raw", source, _name(name), _pictures(raw), _name(own))


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) else None


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


def _is_own(cell: SubmittedCell, official: Mapping[str, NotebookNode]) -> bool:
    return cell.grade_id not in official or is_answer(official[cell.grade_id])


def _recovered(cells: list[SubmittedCell], official: Mapping[str, NotebookNode]) -> list[SubmittedCell]:
    """The cells, with the mark of those that have lost it and kept their id."""
    lost = {cell.get("id"): name for name, cell in official.items()}
    for cell in cells:
        lost = {own: name for own, name in lost.items() if name != cell.grade_id}
    return [
        replace(cell, grade_id=lost.pop(cell.id)) if cell.grade_id not in official and cell.id in lost else cell
        for cell in cells
    ]


def _retyped(cells: list[SubmittedCell], release: NotebookNode) -> list[SubmittedCell]:
    """The cells, with the mark of a hand-graded answer on the one text that stands where it is missing."""
    official, cells = official_cells(release), list(cells)
    prose = {cell.source.strip() for cell in release.cells}
    known = {cell.grade_id: place for place, cell in reversed([*enumerate(cells)])}
    names, found = list(official), dict(known)
    for number, name in enumerate(names):
        if name in known or not is_by_hand(official[name]):
            continue
        before = max((found[each] + 1 for each in names[:number] if each in found), default=0)
        after = min((known[each] for each in names[number + 1 :] if each in known), default=len(cells))
        texts = [
            place
            for place in range(before, after)
            if cells[place].kind == official[name].cell_type and cells[place].grade_id not in official
            if cells[place].source.strip() not in prose | {""}
        ]
        if len(texts) == 1:
            found[name] = texts[0]
            cells[texts[0]] = replace(cells[texts[0]], grade_id=name)
    return cells


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


def _own_cell(cell: SubmittedCell, place: int, lesson: Set[tuple[str, str]]) -> dict:
    # Without a type of its own, a raw cell would become part of every HTML page made of the notebook.
    metadata = {"raw_mimetype": "text/plain"} if cell.kind == "raw" else {}
    if (cell.kind, cell.source.strip()) in lesson and not cell.attachments:
        metadata["lesson"] = True  # word for word the release's: nothing of the learner's is in it
    node = {"cell_type": cell.kind, "id": f"own-{place}", "metadata": metadata, "source": cell.source}
    return node | _belongings(cell.kind, cell)


def _official_cell(released: NotebookNode, submitted: SubmittedCell | None) -> dict:
    node = dict(released)  # in which nothing is changed, only replaced; it is copied when the notebook is made
    node["metadata"] = {key: released.metadata[key] for key in ("nbgrader", "deletable", "editable")
                        if key in released.metadata}  # fmt: skip
    if is_answer(released):
        node["source"] = submitted.source if submitted else _missing(released)
        node |= _belongings(released.cell_type, submitted)
    if released.cell_type == "code":
        node |= {"outputs": [], "execution_count": None}
    return node


def _missing(released: NotebookNode) -> str:
    """What stands in place of an answer that isn't there: never what was given out, which would earn a zero."""
    if released.cell_type != "code":
        return MISSING
    return f"# {MISSING}" if is_by_hand(released) else ""


def _belongings(kind: str, cell: SubmittedCell | None) -> dict:
    if kind == "code":
        return {"outputs": [], "execution_count": None}
    return {"attachments": cell.attachments} if kind == "markdown" and cell and cell.attachments else {}
