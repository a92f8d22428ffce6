"""Something to look at while a computation takes more than a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TypeVar

from IPython import get_ipython
from IPython.display import HTML, display

Item = TypeVar("Item")
_TEXT = "font-family:var(--jp-content-font-family,sans-serif);color:var(--jp-content-font-color1,inherit)"


def track(items: Iterable[Item], what: str) -> Iterator[Item]:
    """Go through `items`, with a bar below the cell that says how far it is and goes when all is done.

    Parameters
    ----------
    items : iterable
    what : str
        What is being done: "training".
    """
    items = list(items)
    shown = display(_bar(0, len(items), what), display_id=True) if get_ipython() else None
    try:
        for place, item in enumerate(items, 1):
            yield item
            if shown:
                shown.update(_bar(place, len(items), what))
    finally:
        if shown:
            shown.update(HTML(""))


def _bar(place: int, count: int, what: str) -> HTML:
    bar = f'<progress max="{count}" value="{place}" style="width:16em"></progress>'
    return HTML(f'<div style="{_TEXT}">{bar} {escape(what)}, {place} of {count}</div>')
