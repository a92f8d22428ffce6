"""What a lesson shows when all its exercises are solved: run once, and kept until something changes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from nbformat import NotebookNode

import solutions
from grader.authoring.build import NOTEBOOKS, ROOT, dump_notebook, lesson_names, solved_notebook
from grader.authoring.taint import cells_without, telling_cells
from grader.errors import AuthoringError
from unrolled.exam.exercise import Exercise
from unrolled.exam.key import SUFFIX

CELL_SECONDS = 600
LONG = "long"  # the tag of a cell that would train for minutes: what it trains is there already
_DRAWS = ("ipython", "matplotlib", "numpy")

Outputs = dict[str, list[dict[str, Any]]]


def outputs(lesson: str, kept: Path) -> Outputs:
    """What the lesson's cells show, by cell id; nothing of answers, of checks, and of what would give one away.

    Parameters
    ----------
    lesson : str
    kept : Path
        A folder where what was shown is kept between calls.

    Raises
    ------
    AuthoringError
        If a cell of the solved lesson ends in an error.
    """
    exercises = solutions.exercises(lesson)
    notebook = solved_notebook(lesson, exercises)
    path = kept / f"{lesson}.{_digest(notebook)}.json"
    if not path.is_file():
        telling = telling_cells(notebook.cells, exercises)
        shown = _run(lesson, notebook, exercises)
        mine = {
            cell.id: cell.outputs for place, cell in enumerate(shown.cells) if _is_shown(cell) and place not in telling
        }
        for old in kept.glob(f"{lesson}.*.json"):
            old.unlink()
        kept.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(mine), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def _is_shown(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and "nbgrader" not in cell.metadata and bool(cell.outputs)


def _run(lesson: str, notebook: NotebookNode, exercises: Iterable[Exercise]) -> NotebookNode:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    long = [place for place, cell in enumerate(notebook.cells) if LONG in cell.metadata.get("tags", ())]
    for place in cells_without(notebook.cells, long):
        notebook.cells[place].metadata["tags"] = [LONG]
    with tempfile.TemporaryDirectory() as scratch:
        folder = _laid_out(Path(scratch), lesson, exercises)
        place = {"metadata": {"path": str(folder)}}
        client = NotebookClient(notebook, kernel_name="python3", timeout=CELL_SECONDS, skip_cells_with_tag=LONG,
                                resources=place)  # fmt: skip
        try:
            progress = {"UNROLLED_PROGRESS": str(Path(scratch, "progress.json"))}
            return client.execute(env=os.environ | progress, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            raise AuthoringError.solved_lesson_fails(lesson, str(error)) from error


def _laid_out(scratch: Path, lesson: str, exercises: Iterable[Exercise]) -> Path:
    """A lesson's folder as a learner has it who has solved those before, whose functions it brings."""
    for later in (name for name in lesson_names() if name > lesson):  # they are on the map of the course
        shutil.copytree(NOTEBOOKS / later, scratch / later)
    for earlier in (name for name in lesson_names() if name <= lesson):
        (scratch / earlier).mkdir()
        solved = dump_notebook(solved_notebook(earlier, solutions.exercises(earlier)))
        (scratch / earlier / f"{earlier}.ipynb").write_text(solved, encoding="utf-8")
        key = f"{earlier}{SUFFIX}"
        (scratch / earlier / key).write_bytes((NOTEBOOKS / earlier / key).read_bytes())
    for exercise in exercises:
        for file in exercise.files[:1] if exercise.source else ():
            np.savez(scratch / lesson / file, **exercise.reference())
    return scratch / lesson


def _digest(notebook: NotebookNode) -> str:
    """A hash of all that decides what is shown."""
    digest = hashlib.sha256(repr((dump_notebook(notebook), *map(version, _DRAWS))).encode())
    for path in sorted((ROOT / "unrolled").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
