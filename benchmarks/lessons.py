"""How long each solved notebook takes from top to bottom, in a kernel of its own, with its experiments."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from rich.table import Table

import solutions
from grader.authoring.build import NOTEBOOKS, dump_notebook, lesson_names, solved_notebook

ALLOWED = {"07_capstone": 360}
USUALLY_ALLOWED = 60


def run() -> Table:
    """Measure all lessons, one after the other: later ones bring functions from the earlier ones' folders."""
    table = Table("lesson, solved", "seconds", "at most", title="Run all cells, kernel start included")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UNROLLED_PROGRESS"] = str(Path(scratch) / "progress.json")
        for name in lesson_names():
            seconds = measure(name, Path(scratch))
            table.add_row(name, f"{seconds:.1f}", str(ALLOWED.get(name, USUALLY_ALLOWED)))
    return table


def measure(name: str, folder: Path) -> float:
    """Seconds the solved lesson takes; a cell that raises is an error."""
    exercises = solutions.exercises(name)
    place = folder / name
    place.mkdir()
    for path in (NOTEBOOKS / name).glob("*.key.json"):
        (place / path.name).write_bytes(path.read_bytes())
    notebook = solved_notebook(name, exercises)
    (place / f"{name}.ipynb").write_text(dump_notebook(notebook), encoding="utf-8")
    client = NotebookClient(nbformat.from_dict(notebook), timeout=600, resources={"metadata": {"path": str(place)}})
    start = time.perf_counter()
    client.execute()
    return time.perf_counter() - start
