"""A whole lesson, checked without a browser: its cells run in a fresh kernel, as when it is graded."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unrolled.desk.lessons import packaged_keys
from unrolled.desk.progress import ASKED
from unrolled.exam.exercise import Examination
from unrolled.exam.key import SUFFIX, load_key

CELL_SECONDS = 600


@dataclass(frozen=True)
class Checked:
    """What the check of one exercise said.

    Attributes
    ----------
    earned : float or None
        Points; None if there is no verdict: its check was not reached.
    status : {"passed", "failed", "unsolved", ""}
    needs : tuple of str
        Functions it is judged through, which are not right yet.
    stops : str
        The error that the cell of its answer stopped with.
    """

    exercise: str
    earned: float | None
    points: float
    status: str = ""
    needs: tuple[str, ...] = ()
    stops: str = ""

    @property
    def right(self) -> bool:
        """Whether there is nothing left to do."""
        return self.status == "passed"

    @property
    def sign(self) -> str:
        """The same that feedback has."""
        if self.earned and not self.right:
            return "◐"
        return {"passed": "✓", "unsolved": "○"}.get(self.status, "✗")

    @property
    def said(self) -> str:
        """What there is to say besides the sign and the points."""
        if self.needs:
            return f"needs {', '.join(self.needs)}"
        if self.earned is None:
            return f"its cell stops: {self.stops}" if self.stops else "its check was not reached"
        return {"passed": "", "unsolved": "not begun"}.get(self.status, "not right yet")


def check_notebook(notebook: Path) -> list[Checked]:
    """Run all cells of a lesson's notebook, from the top, and see what its checks say. The file isn't changed.

    Raises
    ------
    ModuleNotFoundError
        If there is nothing to run a notebook with.
    ValueError
        If the file is no notebook.
    RuntimeError
        If the kernel died, by running out of memory, say.
    """
    best, stopped = _run(notebook)
    return [_checked(each, best.get(each.name), stopped.get(each.name, "")) for each in _exercises(notebook)]


def _checked(exercise: Examination, said: dict[str, Any] | None, stops: str) -> Checked:
    if said is None:
        return Checked(exercise.name, None, exercise.points, stops=stops)
    return Checked(exercise.name, said["score"], exercise.points, said["status"], tuple(said["needs"]))


def _run(notebook: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """What the checks said at best, and the errors that cells of answers stopped with, by exercise."""
    from nbclient import NotebookClient  # comes with JupyterLab

    cells = _read(notebook)
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "verdicts"
        progress = {"UNROLLED_PROGRESS": str(Path(folder) / "progress.json"), ASKED: str(told)}
        place = {"metadata": {"path": str(notebook.resolve().parent)}}
        settings = {"timeout": CELL_SECONDS, "interrupt_on_timeout": True, "allow_errors": True}
        client = NotebookClient(cells, kernel_name="python3", resources=place, **settings)
        client.execute(env=os.environ | progress | {"NBGRADER_EXECUTION": "autograde"}, stderr=subprocess.DEVNULL)
        lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return _best(map(json.loads, lines)), dict(_stopped(cells))


def _read(notebook: Path) -> Any:
    import nbformat  # comes with JupyterLab

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some editors write cells without ids
            return nbformat.reads(notebook.read_bytes().decode("utf-8-sig"), as_version=4)
    except (AttributeError, KeyError, nbformat.reader.NotJSONError) as error:
        raise ValueError(f"{notebook} is no notebook ({error})") from None


def _best(said: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    best: dict[str, dict[str, Any]] = {}
    for each in said:
        before = best.get(each["exercise"])
        if before is None or (before["status"] != "passed" and each["score"] >= before["score"]):
            best[each["exercise"]] = each
    return best


def _stopped(notebook: Any) -> Iterator[tuple[str, str]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                yield cell.metadata.get("nbgrader", {}).get("grade_id", ""), output.ename


def _exercises(notebook: Path) -> list[Examination]:
    key = notebook.with_name(f"{notebook.stem}{SUFFIX}")
    lone = {path.name: path for path in packaged_keys()}
    return load_key((key if key.is_file() else lone.get(key.name, key)).read_text(encoding="utf-8"))
