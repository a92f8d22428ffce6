"""nbgrader's side of the grader: its configuration, and the pieces that stand in for nbgrader's own.

`nbgrader_config.py` calls `configure`. From then on `nbgrader autograde` reads, mends and runs submissions as
`grader grade` does; storing grades, late penalties, formgrader and the exchange are nbgrader's, unchanged.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import nbformat
import nbgrader
from nbformat import NotebookNode
from nbgrader import api, converters
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import find_all_files
from traitlets.config import Config

from grader.errors import CourseError, SubmissionError, SubmissionMissing
from grader.judging.files import TIMESTAMP, read_file
from grader.judging.submission import foreign_language, official_cells
from grader.nbgrader import formgrader, settings

ROOT = Path(__file__).resolve().parents[2]
COURSE = "UNROLLED_COURSE"  # says, to what `grader lab` starts, which course it is started for
_PARTS = "grader.nbgrader"
_time_of_regular = CourseDirectory.get_existing_timestamp


def configure(c: Config, root: Path) -> None:
    """Set nbgrader up for the course whose repository is `root`.

    For five things nbgrader has no setting: where it looks for programs, that it starts one for each new gradebook
    only to ask for a version, that it copies what a link in a submission points to, even into the feedback, that it
    reads when something was handed in from whatever bears the file's name, without an end from a link to a device,
    and that formgrader answers nobody while it makes a page.
    """
    find_programs()
    c.CourseDirectory.course_id = "unrolled"
    c.CourseDirectory.root = os.environ.get(COURSE) or str(root / "course")
    c.GenerateAssignment.preprocessors = [
        f"{_PARTS}.generate.ClearAnswers" if step is ClearSolutions else step
        for step in GenerateAssignment.preprocessors.default()
    ]
    c.Autograde.exporter_class = f"{_PARTS}.autograde.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.CheckCellMetadata"]
    c.Autograde.autograde_preprocessors = [
        f"{_PARTS}.autograde.ConfinedExecute",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        *(
            f"nbgrader.preprocessors.{name}"
            for name in ("LimitOutput", "SaveAutoGrades", "AssignLatePenalties", "CheckCellMetadata")
        ),
    ]
    c.ExchangeFactory.collect = f"{_PARTS}.exchange.CollectAll"
    c.ExchangeFactory.release_feedback = f"{_PARTS}.exchange.ReleaseAll"
    c.ZipCollectApp.extractor_plugin = f"{_PARTS}.collect.BoundedExtractor"
    c.ZipCollectApp.collector_plugin = f"{_PARTS}.collect.OwnersCollector"
    c.GenerateFeedback.exporter_class = f"{_PARTS}.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = [f"{_PARTS}.standing.GetStanding"]
    converters.base.find_all_files = files_but_no_links
    CourseDirectory.get_existing_timestamp = time_of
    api.get_alembic_version = newest_schema
    formgrader.install()


def files_but_no_links(path: str, exclude: list[str] | None = None) -> list[str]:
    """Stands in for nbgrader's `find_all_files`: the same, without symbolic links."""
    return [file for file in find_all_files(path, exclude) if not os.path.islink(file)]


def time_of(coursedir: CourseDirectory, folder: str) -> datetime | None:
    """Stands in for nbgrader's `get_existing_timestamp`: the same, of a regular file as long as a time may be."""
    path = Path(folder, TIMESTAMP)
    try:
        read_file(path, path.parent, limit=200)
    except SubmissionError as error:
        if not isinstance(error, SubmissionMissing):
            coursedir.log.warning("When %s was handed in can't be read: %s", ascii(folder)[1:-1], error)
        return None
    return _time_of_regular(coursedir, folder)


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
    """The settings of a course: ours, then what nbgrader would read, the course folder's own last.

    Raises
    ------
    CourseError
        If they can't be read: a configuration file is a program.
    """
    try:
        return settings.load_config(our_config(), (ROOT, Path.cwd(), course))
    except Exception as error:
        raise CourseError.of_arguments(settings.why_unreadable(error)) from error


def settled_config(course: Path) -> Config:
    """The settings of a course that is to be graded.

    Raises
    ------
    CourseError
        If one of them can't be heeded.
    """
    config = load_config(course)
    if names := settings.refused(config, our_config()):
        raise CourseError.settings(names)
    return config


def our_config() -> Config:
    """What `configure` sets."""
    config = Config()
    configure(config, ROOT)
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
        If it was never released, or is not in Python.
    """
    path = Path(coursedir.format_path(coursedir.release_directory, ".", lesson), f"{name}.ipynb")
    if not path.is_file():
        raise CourseError.not_released(lesson)
    release, stored = _read(path), gradebook.find_notebook(name, lesson)
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
    release.metadata.kernelspec = json.loads(stored.kernelspec or "{}")
    if not release.metadata.kernelspec:
        del release.metadata["kernelspec"]
    if language := foreign_language(release.metadata):
        raise CourseError.not_python(lesson, name, language)
    return release


def _read(path: Path) -> NotebookNode:
    """A notebook whose cells have ids; where the file has none, because its format had none yet, always the same."""
    notebook = nbformat.read(path, as_version=4)
    for place, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{place:03d}")
    return notebook
