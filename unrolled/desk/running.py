"""A whole lesson, checked without a browser: its cells run in a fresh kernel, as when it is graded."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from unrolled.desk.lessons import packaged_keys
from unrolled.exam.exercise import Examination
from unrolled.exam.key import SUFFIX, load_key

CELL_SECONDS = 600


@dataclass(frozen=True)
class Checked:
    """What the check of one exercise said.

    Attributes
    ----------
    earned : float or None
        Points; None if its check did not say anything, because it isn't solved or could not be reached.
    """

    exercise: str
    earned: float | None
    points: float

    @property
    def right(self) -> bool:
        """Whether there is nothing left to do."""
        return self.earned is not None and self.earned >= self.points


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
    best = _scores(notebook)
    return [Checked(each.name, best.get(each.name), each.points) for each in _exercises(notebook)]


def _scores(notebook: Path) -> dict[str, float]:
    import nbformat  # both come with JupyterLab
    from nbclient import NotebookClient

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some editors write cells without ids
            cells = nbformat.reads(notebook.read_bytes().decode("utf-8-sig"), as_version=4)
    except (AttributeError, KeyError, nbformat.reader.NotJSONError) as error:
        raise ValueError(f"{notebook} is no notebook ({error})") from None
    with tempfile.TemporaryDirectory() as folder:
        scores = Path(folder) / "progress.json"
        env = os.environ | {"UNROLLED_PROGRESS": str(scores), "NBGRADER_EXECUTION": "autograde"}
        place = {"metadata": {"path": str(notebook.resolve().parent)}}
        settings = {"timeout": CELL_SECONDS, "interrupt_on_timeout": True, "allow_errors": True}
        client = NotebookClient(cells, kernel_name="python3", resources=place, **settings)
        client.execute(env=env, stderr=subprocess.DEVNULL)
        stored = json.loads(scores.read_text(encoding="utf-8")) if scores.exists() else {}
    return stored.get(notebook.stem, {})


def _exercises(notebook: Path) -> list[Examination]:
    key = notebook.with_name(f"{notebook.stem}{SUFFIX}")
    lone = {path.name: path for path in packaged_keys()}
    return load_key((key if key.is_file() else lone.get(key.name, key)).read_text(encoding="utf-8"))
