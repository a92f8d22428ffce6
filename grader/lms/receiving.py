"""What became of each learner's files, in a table of at most 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.marking.table import printable

TAKEN, EMPTY, LEFT = "taken", "without a notebook", "not taken"
_SIGNS = {TAKEN: "[blue]✓[/]", EMPTY: "[yellow]![/]", LEFT: "[red]✗[/]"}


@dataclass
class Received:
    """What became of what one learner handed in, or of a file that is nobody's.

    Attributes
    ----------
    whose : str
        A learner's id, or what the platform says of somebody; empty if nobody knows.
    files : list of str
        As the platform named them.
    what : {"taken", "without a notebook", "not taken"}
    notes : list of str
        Why not, or what else is to be said.
    """

    whose: str
    files: list[str]
    what: str = TAKEN
    notes: list[str] = field(default_factory=list)


def shown(console: Console, title: str, rows: Sequence[Received], troubles: Iterable[str]) -> None:
    """Print what was taken, what not, and why."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("learner", overflow="ellipsis", no_wrap=True, max_width=18)
    table.add_column("", no_wrap=True)
    table.add_column("what is to be said", overflow="fold")
    for row in sorted(rows, key=lambda row: ([*_SIGNS][::-1].index(row.what), row.whose)):
        table.add_row(_safe(row.whose or "?"), _SIGNS[row.what], _safe(_said(row)))
    console.print(table)
    for trouble in troubles:
        console.print(f"[red]✗[/] {_safe(trouble)}", highlight=False)
    counts = Counter(row.what for row in rows)
    console.print(
        ", ".join(f"{counts[what]} {what}" for what in _SIGNS if counts[what] or what != EMPTY) + ".", highlight=False
    )


def _said(row: Received) -> str:
    names = [name for name in row.files if row.what == LEFT]
    files = f"{names[0]}{f' and {len(names) - 1} more' if len(names) > 1 else ''}: " if names else ""
    return files + "; ".join(row.notes)


def _safe(text: str) -> str:
    return escape(printable(text))
