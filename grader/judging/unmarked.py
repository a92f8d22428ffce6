"""Cells of a notebook whose editor lost all of nbgrader's marks: known again by what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from nbformat import NotebookNode

if TYPE_CHECKING:
    from grader.judging.submission import SubmittedCell


def recognised(cells: list[SubmittedCell], official: Mapping[str, NotebookNode]) -> list[SubmittedCell]:
    """The cells with the marks they have lost; as they are, if a single one has kept its own.

    An answer is the one cell that defines what is asked for; what learners can't change is there word for word.
    """
    if any(cell.grade_id in official for cell in cells):
        return cells
    marks = {}
    for grade_id, cell in official.items():
        locked = not cell.metadata.nbgrader.get("solution")
        places = [place for place, each in enumerate(cells) if _is(each, grade_id, cell if locked else None)]
        if len(places) == 1:
            marks.setdefault(places[0], grade_id)
    return [replace(cell, grade_id=marks.get(place, cell.grade_id)) for place, cell in enumerate(cells)]


def defines(cell: SubmittedCell, name: str) -> bool:
    """Whether a line of a code cell, not indented, sets a name."""
    setting = rf"(?m)^(?:def|class|async def) {re.escape(name)}\b|^{re.escape(name)} ?=(?!=)"
    return cell.kind == "code" and re.search(setting, cell.source) is not None


def _is(cell: SubmittedCell, grade_id: str, locked: NotebookNode | None) -> bool:
    if locked is None:
        return defines(cell, grade_id)
    return (cell.kind, cell.source.strip()) == (locked.cell_type, locked.source.strip())
