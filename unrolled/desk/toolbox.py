"""Your functions of earlier lessons in a file of their own, so that they can be handed in with a notebook.

`toolbox.py` has a section for each lesson, which begins with a line `# From 06_gated_cells`. Each is run by itself, so
that helpers of the same name don't get into each other's way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from unrolled.desk.bring import StandIn, lesson_of, notebooks, run_source

FILE = "toolbox.py"
_SECTION = re.compile(r"^# From (\S+)$", re.MULTILINE)


class Missing(StandIn):
    """Stands in for a function that is neither in a neighbouring notebook nor in the toolbox."""

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(str(self))


def toolbox(*names: str) -> list[Callable]:
    """Functions you wrote in other lessons, from their notebooks or else from `toolbox.py` beside this one.

    What is found in the notebooks beside this one's folder is written into `toolbox.py`, and what is there already
    and isn't found any more is kept. Hand the file in with the notebook: where it is graded, there are no neighbours.

    Parameters
    ----------
    *names : str
        The exercises, which are the functions' names.

    Returns
    -------
    list of callable
        In the order asked for. In place of what is missing, something that says so when called.
    """
    sections = _read() | _gather(names)
    if sections:
        _write(sections)
    found: dict[str, Any] = {}
    for lesson, source in sections.items():
        try:
            namespace = _run(source, f"<{FILE}, {lesson}>")
        except (Exception, SystemExit) as error:
            reason = f"its section in {FILE} can't be run ({type(error).__name__}: {error})"
            namespace = {name: Missing(name, lesson, reason) for name in names if f"def {name}(" in source}
        found |= {name: namespace[name] for name in names if name in namespace}
    return [found.get(name) or _missing(name) for name in names]


def _gather(names: tuple[str, ...]) -> dict[str, str]:
    """Sections of what the notebooks beside this one hold, by lesson."""
    left, sections = list(names), {}
    for notebook in notebooks(Path.cwd()):
        here = [name for name in left if notebook.solves(name) and name in notebook.definitions]
        if here:
            sections[notebook.lesson] = notebook.source(*here)
            left = [name for name in left if name not in here]
    return sections


def _read() -> dict[str, str]:
    try:
        pieces = _SECTION.split(Path(FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
    return dict(zip(pieces[1::2], (piece.strip("\n") for piece in pieces[2::2]), strict=True))


def _write(sections: dict[str, str]) -> None:
    text = "\n\n\n".join(f"# From {lesson}\n{source}" for lesson, source in sorted(sections.items())) + "\n"
    try:
        Path(FILE).write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        return


def _run(source: str, filename: str) -> dict[str, Any]:
    """What a section defines. Tracebacks can show its lines."""
    namespace: dict[str, Any] = {"np": np, "__name__": "toolbox"}
    run_source(source, namespace, filename)
    return namespace


def _missing(name: str) -> Missing:
    for notebook in notebooks(Path.cwd()):
        for exercise, source in notebook.cells:
            if exercise == name:
                return Missing(name, notebook.lesson, f"the cell there {_flaw(name, source)}")
    return Missing(name, lesson_of(name), f"neither a notebook beside this one's folder nor {FILE} holds it")


def _flaw(name: str, source: str) -> str:
    """Why a cell doesn't give the function it is for."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return f"isn't Python yet ({type(error).__name__}: {error})"
    return f"doesn't define `{name}`"
