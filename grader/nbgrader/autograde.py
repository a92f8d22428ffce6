"""The two places of `nbgrader autograde` where ours stands in: how a submission is read, and how it is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute
from traitlets import Enum
from traitlets.config import Config

import solutions
from grader.confined.limits import Limits
from grader.errors import CourseError
from grader.judging.files import all_files, given_files, own_files, paths_beside, read_file
from grader.judging.seed import secret_seed
from grader.marking import worker
from grader.nbgrader import settings
from grader.nbgrader.bridge import our_config, released_notebook
from grader.nbgrader.places import Places

UNLIMITED = 600.0
"""Seconds for a cell that may take for ever: grading always ends."""


class SubmissionExporter(NotebookExporter):
    """Reads a submission as the grader does, and everything else as nbgrader does."""

    def __init__(self, *args: Any, **kw: Any):
        super().__init__(*args, **kw)
        if names := settings.refused(self.parent.config, our_config(), settings.RUNNING):
            self.log.error(str(error := CourseError.settings(names)))
            raise NbGraderException(str(error))

    def from_filename(self, filename: str, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:
        converter = self.parent
        if not getattr(converter, "_sanitizing", False):
            return super().from_filename(filename, resources, **kw)
        names, coursedir = resources["nbgrader"], converter.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            release = released_notebook(coursedir, gradebook, names["assignment"], names["notebook"])
        data = read_file(Path(coursedir.root, filename), Places(coursedir, self.config).inbox)
        return self.from_notebook_node(worker.read(data, release), resources, **kw)


class ConfinedExecute(Execute):
    """Stands where nbgrader's Execute does: runs the notebook confined and has its exercises judged."""

    isolation = Enum(
        ("strict", "none"), "strict", help="`none` runs learners' code without walls, for machines that have none."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names, coursedir = resources["nbgrader"], self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.autograded_directory, names["student"], names["assignment"])
        seed = secret_seed(Path(coursedir.root))
        files = self._files(Path(folder), names["assignment"])
        seconds = pace(self.config, names["assignment"])
        return worker.run(nb, names["assignment"], seed, files, self.isolation, seconds), resources

    def _files(self, folder: Path, lesson: str) -> dict[str, bytes]:
        """What the notebook works with: to exercises of ours, what nbgrader brought from the source is nothing."""
        places, beside = Places(self.parent.parent.coursedir, self.config), paths_beside(folder)
        names = paths_beside(places.source(lesson)).keys() - places.learners_own(lesson)
        given = {name: path for name, path in beside.items() if name in names}
        return own_files(beside, given) if solutions.exercises(lesson) else all_files(beside, given_files(given))


def isolation(config: Config) -> str:
    """Whether learners' code is to be confined, as set."""
    return ConfinedExecute(config=config).isolation


def pace(config: Config, lesson: str) -> float:
    """Seconds a cell may take: as set; else as usual, nbgrader's for tests in cells and ours for exercises of ours."""
    usual = Config({"NotebookClient": {"timeout": int(Limits.cell_seconds)}} if solutions.exercises(lesson) else {})
    usual.merge(config)
    seconds = Execute(config=usual).timeout
    return seconds if seconds and seconds > 0 else UNLIMITED
