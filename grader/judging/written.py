"""Notebooks of our own making as text, and back: nothing in them needs to be validated, or copied first."""

from __future__ import annotations

from nbformat import NotebookNode, v4


class Own(NotebookNode):
    """A notebook that nobody else has: who would copy it first, to leave it as it is, may have it itself."""

    def __deepcopy__(self, memo: dict) -> Own:
        return self


def as_text(notebook: NotebookNode) -> str:
    """The notebook as `nbformat.writes` has it. It is used up: its texts are in lines afterwards."""
    return v4.writes(Own(notebook))


def from_text(text: str) -> NotebookNode:
    """The notebook that `as_text` wrote."""
    return v4.reads(text)
