"""An answer's source as a cell could hold it: the function under the exercise's name, with the helpers it uses."""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import textwrap
from collections.abc import Collection
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any


class _Uncopyable(Exception):
    """Something an answer uses can't be written into a cell."""


def cell_source(answer: Any, name: str, given: Collection[str] = ()) -> str | None:
    """Source that defines `answer` under `name`.

    Parameters
    ----------
    answer : callable or value
    name : str
        The exercise's name.
    given : collection of str
        Names the notebook defines elsewhere (its other exercises): used, not copied.

    Returns
    -------
    str or None
        None if the answer has no source of its own that could stand in a cell (a lambda, a partial).
    """
    if not callable(answer):
        return f"{name} = {answer!r}"
    if not isinstance(answer, FunctionType) or answer.__name__ == "<lambda>" or answer.__closure__:
        return None
    cell = _Cell(name, set(given) - {name})
    try:
        cell.add(answer, name)
    except _Uncopyable:
        return None
    return "\n\n\n".join(filter(None, ["\n".join(sorted(cell.lines)), *cell.functions.values()]))


class _Cell:
    """A cell being written: lines of imports and constants, then functions, those that are needed first."""

    def __init__(self, name: str, given: set[str]):
        self.name, self.given = name, given
        self.lines: set[str] = set()
        self.functions: dict[str, str] = {}
        self.begun: set[str] = set()

    def add(self, function: FunctionType, name: str) -> None:
        """Add `function` under `name`, after all it uses."""
        source, renamed = _source(function), {function.__name__: name}
        for used in sorted(_names(source) - {function.__name__}):
            if used in function.__globals__ and not hasattr(builtins, used):
                renamed[used] = self.provide(used, function.__globals__[used])
        self.functions[name] = _rename(source, renamed)

    def provide(self, used: str, value: Any) -> str:
        """Make `value` known in the cell; returns the name it has there."""
        module = getattr(value, "__module__", None)
        if used in self.given and getattr(value, "__name__", used) == used:
            return used
        if isinstance(value, FunctionType) and str(module).startswith(("solutions", "tests")):
            name = f"_my_{used}" if used == self.name else used
            if name not in self.functions and name not in self.begun:
                self.begun.add(name)
                self.add(value, name)
            return name
        self.lines.add(_line(used, value, module))
        return used


def _line(name: str, value: Any, module: str | None) -> str:
    """The one line that brings a module, a foreign function or a constant into the cell."""
    if isinstance(value, ModuleType) and not value.__name__.startswith("solutions"):
        return f"import {value.__name__}" + (f" as {name}" if name != value.__name__ else "")
    if callable(value) and not str(module).startswith("solutions"):
        return f"from {module} import {value.__name__}" + (f" as {name}" if name != value.__name__ else "")
    if isinstance(value, bool | int | float | str | tuple):
        return f"{name} = {value!r}"
    raise _Uncopyable(name)


def _rename(source: str, names: dict[str, str]) -> str:
    """Give names in code (not attributes, not parts of words) others, all at once."""
    changed = {old: new for old, new in names.items() if old != new}
    if not changed:
        return source
    words = "|".join(re.escape(old) for old in changed)
    return re.sub(rf"(?<![\w.])({words})(?!\w)", lambda match: changed[match[1]], source)


@lru_cache(maxsize=2000)
def _names(source: str) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))


@lru_cache(maxsize=2000)
def _source(function: FunctionType) -> str:
    """The function's source without its docstring and decorators, which explain the answer to authors."""
    source = textwrap.dedent(inspect.getsource(function)).rstrip("\n")
    node, lines = ast.parse(source).body[0], source.split("\n")
    if len(node.body) > 1 and ast.get_docstring(node) is not None:
        del lines[node.body[0].lineno - 1 : node.body[0].end_lineno]
    return "\n".join(lines[node.lineno - 1 :])
