"""Notebooks of our own making as text, and back: nothing in them needs to be validated, or copied first."""

from __future__ import annotations

import json

from nbformat import NotebookNode, v4


class Own(NotebookNode):
    """A notebook that nobody else has: who would copy it first, to leave it as it is, may have it itself."""

    def __deepcopy__(self, memo: dict) -> Own:
        return self


def as_text(notebook: NotebookNode) -> str:
    """The notebook as JSON in one line, which takes a fifth of the time and less room than `nbformat.writes`."""
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> NotebookNode:
    """The notebook that `as_text` wrote."""
    return v4.reads(text)
