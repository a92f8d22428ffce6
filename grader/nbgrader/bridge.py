"""nbgrader's side of the grader: its configuration, and the pieces that stand in for nbgrader's own.

`nbgrader_config.py` calls `configure`. From then on `nbgrader autograde` reads, mends and runs submissions as
`grader grade` does; storing grades, late penalties, formgrader and the exchange are nbgrader's, unchanged.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import api, converters
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor
from nbgrader.utils import find_all_files
from traitlets.config import Config, PyFileConfigLoader

from grader.errors import CourseError
from grader.judging.grading import grade_notebook
from grader.judging.seed import secret_seed
from grader.judging.submission import files_beside, official_cells, parse, read_file, sanitise
from grader.sandbox.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
CONFIG = "nbgrader_config.py"
_HERE = "grader.nbgrader.bridge"


def configure(c: Config, root: Path) -> None:
    """Set nbgrader up for the course whose repository is `root`.

    For three things nbgrader has no setting: where it looks for programs, that it starts one for each new gradebook
    only to ask for a version, and that it copies what a link in a submission points to, even into the feedback.
    """
    find_programs()
    c.CourseDirectory.course_id = "unrolled"
    c.CourseDirectory.root = str(root / "course")
    c.GenerateAssignment.preprocessors = [
        "grader.nbgrader.generate.ClearAnswers" if step is ClearSolutions else step
        for step in GenerateAssignment.preprocessors.default()
    ]
    c.Autograde.exporter_class = f"{_HERE}.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.CheckCellMetadata"]
    c.Autograde.autograde_preprocessors = [
        f"{_HERE}.ConfinedExecute",
        *(f"nbgrader.preprocessors.{name}" for name in ("IgnorePattern", "LimitOutput", "SaveAutoGrades",
                                                         "AssignLatePenalties", "CheckCellMetadata")),
    ]  # fmt: skip
    c.ExchangeFactory.collect = f"{_HERE}.CollectNoLinks"
    c.ZipCollectApp.extractor_plugin = "grader.nbgrader.collect.BoundedExtractor"
    c.ZipCollectApp.collector_plugin = "grader.nbgrader.collect.OwnersCollector"
    c.GenerateFeedback.exporter_class = "grader.nbgrader.feedback.FeedbackExporter"
    c.HTMLExporter.filters = {"markdown2html": "grader.nbgrader.feedback.safe_markdown"}
    converters.base.find_all_files = files_but_no_links
    api.get_alembic_version = newest_schema


def files_but_no_links(path: str, exclude: list[str] | None = None) -> list[str]:
    """Stands in for nbgrader's `find_all_files`: the same, without symbolic links."""
    return [file for file in find_all_files(path, exclude) if not os.path.islink(file)]


def newest_schema() -> str:
    """The version of the gradebook's tables that this nbgrader makes."""
    from alembic.script import ScriptDirectory  # slow to import, and most gradebooks are not new

    return ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic")).get_current_head()


def find_programs() -> None:
    """Let nbgrader find `alembic`, which it looks for on PATH, without an activated environment."""
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", "")])


def load_config(course: Path) -> Config:
    """nbgrader's configuration: ours, the repository's file, then the course folder's own."""
    config = Config()
    configure(config, ROOT)
    for folder in (ROOT, course):
        if (folder / CONFIG).is_file():
            config.merge(PyFileConfigLoader(CONFIG, path=str(folder)).load_config())
    return config


def course_directory(course: Path, config: Config, db: str | None = None) -> CourseDirectory:
    """nbgrader's view of the course folder.

    Parameters
    ----------
    course : Path
    config : Config
    db : str, optional
        SQLAlchemy URL of the gradebook, instead of the configured one.
    """
    urls = {"db_url": db} if db else {}
    return CourseDirectory(config=config, root=str(course.resolve()), **urls)


@contextmanager
def messages_of(log: logging.Logger) -> Iterator[list[str]]:
    """Collect what nbgrader logs as an error."""
    messages: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: messages.append(record.getMessage())
    log.addHandler(handler)
    try:
        yield messages
    finally:
        log.removeHandler(handler)


def released_notebook(coursedir: CourseDirectory, gradebook: Gradebook, lesson: str, name: str) -> NotebookNode:
    """The notebook submissions are held against: the released one, its locked cells as the gradebook keeps them.

    The gradebook's version of a test cell still has the hidden tests that the released one lost.

    Raises
    ------
    CourseError
        If it was never released.
    """
    path = Path(coursedir.format_path(coursedir.release_directory, ".", lesson), f"{name}.ipynb")
    if not path.is_file():
        raise CourseError.not_released(lesson)
    release, stored = nbformat.read(path, as_version=4), gradebook.find_notebook(name, lesson)
    sources = {cell.name: cell for cell in stored.source_cells}
    points = {cell.name: cell.max_score for cell in [*stored.grade_cells, *stored.task_cells]}
    for grade_id, cell in official_cells(release).items():
        if grade_id not in sources:
            raise CourseError.stale(lesson, grade_id)
        marks = cell.metadata.nbgrader
        marks.checksum = sources[grade_id].checksum
        if sources[grade_id].locked:
            cell.source = sources[grade_id].source
        if grade_id in points:
            marks.points = points[grade_id]
    if stored.kernelspec:
        release.metadata.kernelspec = json.loads(stored.kernelspec)
    return release


class SubmissionExporter(NotebookExporter):
    """Reads a submission as the grader does, and everything else as nbgrader does."""

    def from_filename(self, filename: str, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:
        converter = self.parent
        if not getattr(converter, "_sanitizing", False):
            return super().from_filename(filename, resources, **kw)
        names, coursedir = resources["nbgrader"], converter.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            release = released_notebook(coursedir, gradebook, names["assignment"], names["notebook"])
        data = read_file(Path(coursedir.root, filename), Path(coursedir.root, coursedir.submitted_directory))
        return self.from_notebook_node(sanitise(parse(data), release), resources, **kw)


class ConfinedExecute(NbGraderPreprocessor):
    """Stands where nbgrader's Execute does: runs the notebook confined and has its exercises judged."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names, coursedir = resources["nbgrader"], self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.autograded_directory, names["student"], names["assignment"])
        seed = secret_seed(Path(coursedir.root))
        graded = grade_notebook(nb, names["assignment"], _sandbox(), seed, files_beside(Path(folder)))
        return graded.notebook, resources


class CollectNoLinks(ExchangeCollect):
    """Collects a symbolic link as a link, not as a copy of whatever of the instructor's it points to."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        if self.get_size(src) > 1000 * self.coursedir.max_dir_size:
            self.fail(f"Too large to collect: {src}")
        shutil.copytree(src, dest, symlinks=True, ignore=shutil.ignore_patterns(*self.coursedir.ignore))


@lru_cache(maxsize=1)
def _sandbox() -> Sandbox:
    sandbox = Sandbox(secrets=[])
    atexit.register(sandbox.close)
    return sandbox
