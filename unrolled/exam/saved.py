"""Reading a notebook file, whatever wrote it: the one reader of the learner's side and of the grader's."""

from __future__ import annotations

import json
from typing import Any


def load(data: bytes) -> Any:
    """What a file says, with or without a byte order mark.

    Raises
    ------
    ValueError, RecursionError
        If it is no JSON, or nested too deeply.
    """
    return json.loads(data.decode("utf-8-sig"))


def raw_cells(notebook: dict) -> list[dict] | None:
    """The cells of a notebook of format 4 or 3, as they are; None if it has no list of them."""
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else None


def source_of(cell: dict) -> str:
    """A cell's text: a string, or the list of lines that it is on disk; under another name in format 3."""
    value = cell.get("source", cell.get("input"))
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode().replace("\r\n", "\n")


def marks_of(cell: dict) -> dict:
    """What nbgrader noted on a cell; empty if nothing."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return marks if isinstance(marks, dict) else {}
