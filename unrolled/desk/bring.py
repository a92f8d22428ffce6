"""Bringing a function you wrote in one lesson into another: `batch_forward = bring("batch_forward")`."""

from __future__ import annotations

import ast
import contextlib
import itertools
import json
import linecache
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from unrolled.desk import lessons
from unrolled.exam import saved

MAX_BYTES = 20 * 2**20
_MADE = itertools.count()
_LESSON = re.compile(r"\d\d_")
_BROUGHT = re.compile(r"<.+\.ipynb \d+>$")


class StandIn:
    """What `bring` returns when there is nothing to bring; says so kindly when it is called.

    Attributes
    ----------
    lesson : str
        Where the function is written, or "" if nothing here tells.
    reason : str
    """

    def __init__(self, name: str, lesson: str, reason: str):
        self.__name__, self.lesson, self.reason = name, lesson, reason

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError(str(self))

    def __str__(self) -> str:
        return why_absent([self])

    __repr__ = __str__


def why_absent(missing: Sequence[StandIn]) -> str:
    """One sentence about functions of one lesson that are missing for one reason."""
    names = [f"`{each.__name__}`" for each in missing]
    lesson, reason = missing[0].lesson, missing[0].reason
    where = f"the lesson {lesson}" if lesson else "an earlier lesson"
    if len(names) == 1:
        return f"{names[0]} is written in {where}, and {reason}."
    reason = f"{reason[:-2]}them" if reason.endswith(" it") else reason
    return f"{', '.join(names[:-1])} and {names[-1]} are written in {where}, and {reason}."


def bring(name: str) -> Callable:
    """A function of your own from another lesson's notebook.

    Looks through the notebooks in the folders beside this one for the cell in which the exercise `name` is solved,
    and runs what it holds, together with the imports and functions of that notebook that it uses. Nothing else of
    that notebook is run.

    Parameters
    ----------
    name : str
        The exercise, which is the function's name.

    Returns
    -------
    callable
        Your function. If there is none, a stand-in that says what is missing when it is called; `ready` counts a
        stand-in as not right yet.
    """
    lesson, reason = "", "no notebook in the folders beside this one holds it"
    for notebook in notebooks(Path.cwd()):
        if notebook.solves(name):
            try:
                return notebook.function(name)
            except (Exception, SystemExit) as error:
                lesson, reason = notebook.lesson, f"the cell there can't be run ({type(error).__name__}: {error})"
    return StandIn(name, lesson or lesson_of(name), reason)


def is_brought(value: Any) -> bool:
    """Whether this is a function that `bring` made, from a cell of another lesson's notebook."""
    return isinstance(value, FunctionType) and bool(_BROUGHT.match(value.__code__.co_filename))


def lesson_of(name: str) -> str:
    """The lesson whose answer key, beside this notebook or in a folder beside its own, has the exercise; or ""."""
    for path in lessons.answer_keys():
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            for examination in json.loads(path.read_text(encoding="utf-8")):
                if examination["name"] == name:
                    return str(examination["lesson"])
    return ""


@dataclass(frozen=True)
class Notebook:
    """The code cells of a notebook on disk.

    Attributes
    ----------
    path : Path
    cells : tuple of (str, str)
        Each code cell's exercise, "" if it is none, and its source.
    """

    path: Path
    cells: tuple[tuple[str, str], ...]

    @property
    def lesson(self) -> str:
        """The lesson's name: its folder's, or its own where lessons lie in one folder."""
        return self.path.parent.name if _LESSON.match(self.path.parent.name) else self.path.stem

    @property
    def solutions(self) -> set[str]:
        """Names of the exercises that have a cell here."""
        return {exercise for exercise, _ in self.cells if exercise}

    def solves(self, name: str) -> bool:
        """Whether the exercise's cell is here; any that defines it, where an editor lost a lesson's marks."""
        lost = not self.solutions and _LESSON.match(self.lesson)
        return name in self.solutions or bool(lost and name in self.definitions)

    def function(self, name: str) -> Callable:
        """The function that the cell of the exercise `name` defines.

        Raises
        ------
        Exception
            Whatever running its definition raises; LookupError if the cell doesn't define it.
        """
        if name not in self.definitions:
            raise LookupError(f"it doesn't define `{name}`")
        namespace = {"np": np, "__name__": self.lesson}
        run_source(self.source(name), namespace, f"<{self.path.name} {next(_MADE)}>")
        return namespace[name]

    @cached_property
    def definitions(self) -> dict[str, tuple[int, ast.stmt, str]]:
        """Imports, functions, classes and plain constants, by the name they define: their order, and their text.

        An exercise's own cell has the last word on its name, otherwise the last cell has.
        """
        statements = [(own, node, source) for own, source in self.cells for node in _statements(source)]
        found = {}
        for own_cell in (False, True):
            for place, (own, node, source) in enumerate(statements):
                found |= {name: (place, node, source) for name in _names(node) if not own_cell or name == own}
        return found

    def source(self, *names: str) -> str:
        """Source of these functions and all they use here: imports, functions, constants; with their comments."""
        needed: dict[int, str] = {}
        todo = list(names)
        while todo:
            place, node, source = self.definitions.get(todo.pop(), (-1, None, ""))
            if node is not None and place not in needed:
                needed[place] = _text(node, source)
                todo += [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        return "\n\n\n".join(needed[place] for place in sorted(needed))


def notebooks(folder: Path) -> Iterator[Notebook]:
    """Readable notebooks, those named like their folder first, then the latest.

    They are in the folders beside `folder`, or in `folder` itself, where all lessons lie in one.
    """
    try:
        paths = [path for path in folder.parent.glob("*/*.ipynb") if _usable(path, folder)]
        paths.sort(key=lambda path: (path.parent == folder, path.stem != path.parent.name, -path.stat().st_mtime))
    except OSError:
        return
    for path in paths:
        cells = _read(path)
        if cells:
            yield Notebook(path, cells)


def _usable(path: Path, folder: Path) -> bool:
    if path.is_symlink() or path.parent.is_symlink() or path.parent.name.startswith("."):
        return False
    beside = path.parent != folder or not _LESSON.match(folder.name)
    return beside and path.is_file() and path.stat().st_size <= MAX_BYTES


def _read(path: Path) -> tuple[tuple[str, str], ...]:
    with contextlib.suppress(OSError, ValueError, AttributeError, RecursionError):
        cells = saved.raw_cells(saved.load(path.read_bytes())) or ()
        return tuple(_cell(cell) for cell in cells if cell.get("cell_type") == "code")
    return ()


def _cell(cell: dict) -> tuple[str, str]:
    marks = saved.marks_of(cell)
    return str(marks.get("grade_id", "")) if marks.get("solution") else "", saved.source_of(cell)


def _statements(source: str) -> list[ast.stmt]:
    """Top-level statements of a cell; none if it isn't plain Python, as a cell with magics isn't."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _text(node: ast.stmt, source: str) -> str:
    """A statement as it is written, with its comments and those right above it; alone, if it shares its lines."""
    lines = source.splitlines()
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))]) - 1
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
    text = "\n".join(lines[first : node.end_lineno])
    return text if len(_statements(text)) == 1 else ast.unparse(node)


def _names(node: ast.stmt) -> list[str]:
    """The names a statement defines, if it does nothing but define: no call runs because a name is needed."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign) and (isinstance(node.value, ast.Lambda) or not _calls(node)):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _calls(node: ast.AST) -> bool:
    return any(isinstance(inner, ast.Call) for inner in ast.walk(node))


def run_source(source: str, namespace: dict[str, Any], filename: str) -> None:
    """Execute source so that tracebacks can show its lines."""
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    exec(compile(source, filename, "exec"), namespace)
