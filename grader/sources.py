"""An answer's source as a cell could hold it: the function under the exercise's name, with the helpers it uses."""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import textwrap
from collections.abc import Collection
from types import FunctionType, ModuleType
from typing import Any


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
    pieces: dict[str, str] = {}
    if not _collect(answer, set(given) | {name}, pieces):
        return None
    source = "\n\n\n".join([*pieces.values(), _source(answer)])
    return re.sub(rf"(?<![\w.]){re.escape(answer.__name__)}(?!\w)", name, source)


def _collect(function: FunctionType, given: set[str], pieces: dict[str, str]) -> bool:
    """Add what `function` needs to `pieces`, needed first; False if something can't be copied."""
    for used in sorted(_names(function)):
        if used in given or used in pieces or used == function.__name__ or hasattr(builtins, used):
            continue
        if used not in function.__globals__:
            continue
        value = function.__globals__[used]
        if isinstance(value, FunctionType) and value.__module__ == function.__module__:
            pieces[used] = ""
            if not _collect(value, given, pieces):
                return False
            pieces[used] = pieces.pop(used) or _source(value)
            continue
        line = _line(used, value, given)
        if line is None:
            return False
        pieces[used] = line
    return True


def _line(name: str, value: Any, given: set[str]) -> str | None:
    """The one line that brings a module, a foreign function or a constant into the cell."""
    if isinstance(value, ModuleType):
        return None if value.__name__.startswith("solutions") else f"import {value.__name__} as {name}"
    module = getattr(value, "__module__", "")
    if callable(value) and isinstance(module, str) and module.startswith("solutions"):
        return "" if value.__name__ in given and value.__name__ == name else None
    if callable(value):
        return f"from {module} import {value.__name__} as {name}"
    return f"{name} = {value!r}" if isinstance(value, bool | int | float | str | tuple) else None


def _names(function: FunctionType) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(_source(function))) if isinstance(node, ast.Name)}


def _source(function: FunctionType) -> str:
    return textwrap.dedent(inspect.getsource(function)).rstrip("\n")
