"""Where lessons and their keys are: beside the notebook, in the folders around it, or in the package itself."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import unrolled
from unrolled.exam import saved
from unrolled.exam.key import SUFFIX, find_keys

_PACKAGE = Path(__file__).resolve().parents[1]


def packaged() -> Path:
    """The folder of all lessons as they were handed out: in the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "notebooks"
    return inside if inside.is_dir() else _PACKAGE.parent / "notebooks"


def answer_keys() -> list[Path]:
    """Answer keys for the notebook that is open: those beside and around it first, then the package's own."""
    around = [path for folder in _folders() for path in find_keys(folder)]
    names = {path.name for path in around}
    return list(dict.fromkeys(around)) + [path for path in packaged_keys() if path.name not in names]


def packaged_keys() -> list[Path]:
    """The answer keys that come with the package."""
    return sorted(packaged().glob(f"*/*{SUFFIX}"))


def start(folder: Path, force: bool = False) -> Iterator[tuple[Path, str]]:
    """Write the lessons into a folder; never over a learner's work.

    Parameters
    ----------
    folder : Path
        Made if it isn't there.
    force : bool
        Whether to write a notebook anew that was worked in; the old one is kept beside it.

    Yields
    ------
    (Path, str)
        Each notebook, and what became of it: "new", "as it was", "kept" or "new; the old one is …".
    """
    for lesson in sorted(packaged().glob("[0-9][0-9]_*")):
        key, notebook = f"{lesson.name}{SUFFIX}", f"{lesson.name}.ipynb"
        goal = folder / lesson.name
        goal.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(lesson / key, goal / key)
        yield goal / notebook, _place(lesson / notebook, goal / notebook, force)


def reset(notebook: Path, exercise: str = "") -> Path:
    """Put a lesson, or one exercise of it, back to what was handed out; the notebook as it was is kept beside it.

    Returns
    -------
    Path
        Where the old one is.

    Raises
    ------
    LookupError
        If the package has no such lesson, or the lesson no such exercise.
    """
    new = packaged() / notebook.stem / notebook.name
    if not new.is_file():
        raise LookupError(f"the package has no lesson {notebook.stem}")
    text = _with_stub(notebook, new, exercise) if exercise else new.read_text(encoding="utf-8")
    kept = keep(notebook)
    notebook.write_text(text, encoding="utf-8", newline="\n")
    return kept


def keep(notebook: Path) -> Path:
    """Copy a notebook beside itself, under a name that is free; returns where."""
    kept = next(path for path in _spare_names(notebook) if not path.exists())
    shutil.copyfile(notebook, kept)
    return kept


def other_version() -> str:
    """A line about a notebook of another version than the package's; empty if they agree, or if nobody knows."""
    notebook = _of_notebook(notebook_path())
    package = unrolled.__version__
    if notebook in ("", package):
        return ""
    return f"This notebook is of version {notebook}, the package of {package}: `pip install unrolled=={notebook}`."


def notebook_path() -> Path | None:
    """The notebook that is open, where the editor tells: Jupyter by its session's name, VS Code by a variable."""
    names = [os.environ.get("JPY_SESSION_NAME"), _user_variable("__vsc_ipynb_file__")]
    places = [Path(name) for name in names if isinstance(name, str) and name.endswith(".ipynb")]
    return next((path for place in places for path in (place, Path.cwd() / place.name) if path.is_file()), None)


def _folders() -> list[Path]:
    """Where to look: the kernel's folder, and the notebook's, which in some editors is another one."""
    path = notebook_path()
    return [Path.cwd(), *([path.resolve().parent] if path else [])]


def _place(new: Path, goal: Path, force: bool) -> str:
    if not goal.exists():
        shutil.copyfile(new, goal)
        return "new"
    if goal.read_bytes() == new.read_bytes():
        return "as it was"
    if not force:
        return "kept: you worked in it"
    kept = keep(goal)
    shutil.copyfile(new, goal)
    return f"new; the old one is {kept.name}"


def _with_stub(notebook: Path, new: Path, exercise: str) -> str:
    mine, theirs = (saved.load(path.read_bytes()) for path in (notebook, new))
    stubs = {_exercise_of(cell): cell for cell in theirs["cells"] if _exercise_of(cell)}
    if exercise not in stubs:
        raise LookupError(f"{notebook.name} has no cell for {exercise!r}: there are {', '.join(stubs)}")
    _put_back(mine["cells"], stubs[exercise], exercise)
    return json.dumps(mine, indent=1, ensure_ascii=False) + "\n"


def _put_back(cells: list[dict], stub: dict, exercise: str) -> None:
    """Put the stub in place of the answer, or, where that was deleted, before its check."""
    answers = [cell for cell in cells if _exercise_of(cell) == exercise]
    if not any(map(_exercise_of, cells)):  # an editor lost the marks
        answers = [cell for cell in cells if _defines(cell, exercise)]
    if answers:
        answers[-1]["source"] = stub["source"]
    else:
        checks = (n for n, cell in enumerate(cells) if saved.source_of(cell).strip() == f"check({exercise})")
        cells.insert(next(checks, len(cells)), stub)


def _exercise_of(cell: dict) -> str:
    """The exercise whose answer stands in this cell; empty if it is no such cell."""
    marks = cell.get("metadata", {}).get("nbgrader", {})
    return marks.get("grade_id", "") if marks.get("solution") else ""


def _defines(cell: dict, exercise: str) -> bool:
    setting = rf"(?m)^def {re.escape(exercise)}\b|^{re.escape(exercise)} ?=(?!=)"
    return cell.get("cell_type") == "code" and re.search(setting, saved.source_of(cell)) is not None


def _spare_names(path: Path) -> Iterator[Path]:
    number = 1
    while True:
        yield path.with_name(f"{path.stem} (kept {number}){path.suffix}")
        number += 1


@lru_cache(maxsize=4)
def _of_notebook(path: Path | None) -> str:
    try:
        stated = saved.load(path.read_bytes())["metadata"]["unrolled"]["version"] if path else ""
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return stated if isinstance(stated, str) else ""


def _user_variable(name: str) -> object:
    from IPython import get_ipython

    shell = get_ipython()
    return shell.user_ns.get(name) if shell else None
