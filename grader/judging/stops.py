"""Cells that stopped, and what is missing after them: so that nobody is told of a name who has to look at a line."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.sandbox.sandbox import CellResult
from unrolled.exam.calling import Outcome

_MISSING = re.compile(r"['`](\w+)['`] is not defined")
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_AT = re.compile(r"(?m)^Traceback .*\n\s*Cell In\[\d+\], line \d+.*\n +(.*)$")
_LONGEST = 500
_BROKEN = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Stop:
    """A cell that raised.

    Attributes
    ----------
    source : str
        The cell's.
    error : str
        What it raised, or what became of it.
    line : str
        The cell's own line at which it did; empty where none is known.
    went_on : bool
        Whether the rest of the cell was run all the same.
    """

    source: str
    error: str
    line: str = ""
    went_on: bool = False

    def sets(self, name: str) -> bool:
        """Whether the cell, run to its end, would set a name."""
        return any(name in _set_by(line) for line in self.source.splitlines() if name in line)

    def __str__(self) -> str:
        at = f", at `{self.line}`" if self.line else ""
        return f"An earlier {'line failed' if self.went_on else 'cell stopped'}: {self.error}{at}."


def stop_in(source: str, result: CellResult) -> Iterator[Stop]:
    """The stop in what came of a cell, if there is one."""
    if result.fault:
        yield Stop(source, result.fault.text)
        return
    for output in result.outputs:
        if output["output_type"] == "error":
            at = _AT.search(_COLOURS.sub("", "\n".join(output["traceback"])))
            error = f"{output['ename']}: {output['evalue']}"[:_LONGEST]
            yield Stop(source, error, at[1].strip()[:_LONGEST] if at else "", result.status == "ok")
            return


def why_missing(stops: Sequence[Stop], outcomes: Iterable[Outcome]) -> str:
    """Which stop is why a name wasn't there when these outcomes came about, in a sentence; empty if none is."""
    faults = {outcome.fault.text for outcome in outcomes if outcome.fault}
    for name in sorted({name for text in faults for name in _MISSING.findall(text)}):
        if found := _first(stops, name):
            return str(found)
    return ""


def _first(stops: Sequence[Stop], name: str) -> Stop | None:
    """The stop for which a name is missing, or the earlier one for which that one stopped."""
    found, left = None, len(stops)
    while place := next((at + 1 for at, stop in enumerate(stops[:left]) if stop.sets(name)), 0):
        found, left = stops[place - 1], place - 1
        missing = _MISSING.search(found.error)
        if not missing:
            break
        name = missing[1]
    return found


def _set_by(line: str) -> set[str]:
    """The names that a line of a cell sets, if it is not indented."""
    if started := re.match(r"(?:async )?(?:def|class) (\w+)", line):
        return {started[1]}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = list(ast.walk(ast.parse(line[:_LONGEST])))
    except _BROKEN:
        return set()
    imported = {(node.asname or node.name.partition(".")[0]) for node in nodes if isinstance(node, ast.alias)}
    return imported | {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
