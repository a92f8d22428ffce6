"""nbgrader's settings: read where nbgrader reads them, and refused by name where grading here can't heed them.

Nobody's setting is passed over in silence: `docs/nbgrader.md` has a table of all of them, which a test holds to this.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.paths import jupyter_config_path
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as steps
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Application, Config, Configurable

NAME = "nbgrader_config"
RUNNING = (
    steps.Execute,
    steps.ClearOutput,
    steps.DeduplicateIds,
    steps.OverwriteKernelspec,
    steps.OverwriteCells,
    steps.SaveAutoGrades,
)
"""What `nbgrader autograde` does itself elsewhere and, under our configuration, has done here."""
TIDYING = (steps.IgnorePattern, ClearMetadataPreprocessor, steps.LimitOutput)
"""What becomes of outputs and metadata once a notebook has run."""
STANDS_FOR = (
    CourseDirectory,
    Autograde,
    *RUNNING,
    *TIDYING,
    steps.AssignLatePenalties,
    steps.CheckCellMetadata,
    GenerateFeedback,
    steps.GetGrades,
    CSSHTMLHeaderPreprocessor,
    HTMLExporter,
)
"""What `grader grade` does in nbgrader's place."""
HEEDED: Mapping[type, frozenset[str]] = {
    CourseDirectory: frozenset(CourseDirectory.class_trait_names(config=True)) - {"root"},
    Autograde: frozenset({"create_student", "exclude_overwriting", "force", "permissions"}),
    steps.Execute: frozenset({"timeout"}),
    steps.OverwriteCells: frozenset({"add_missing_cells"}),
    steps.IgnorePattern: frozenset({"enabled", "pattern"}),
    ClearMetadataPreprocessor: frozenset(ClearMetadataPreprocessor.class_own_traits(config=True)) | {"enabled"},
    steps.LimitOutput: frozenset({"enabled", "max_lines", "max_traceback"}),
    steps.AssignLatePenalties: frozenset({"enabled", "plugin_class"}),
    GenerateFeedback: frozenset({"force", "permissions"}),
}
"""Of those, what counts. `force` is heeded by grading anew whatever changed, `add_missing_cells` by always doing so."""


def load_config(ours: Config, folders: Iterable[Path]) -> Config:
    """nbgrader's settings as it would find them itself, on top of `ours`; the last folder has the last word.

    Raises
    ------
    Exception
        Whatever running a configuration file raises.
    """
    reader = AutogradeApp()  # knows the names that settings had in earlier versions
    reader.raise_config_file_errors = True
    reader.update_config(ours)
    places = [*reversed(jupyter_config_path()), *map(str, folders)]
    Application.load_config_file(reader, NAME, path=list(dict.fromkeys(reversed(places))))
    return reader.config


def why_unreadable(error: Exception) -> str:
    """Where running a configuration file went wrong, and how."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    frames += [(error.filename or "", error.lineno)] if isinstance(error, SyntaxError) else []
    places = [f"{name}, line {line}" for name, line in frames if Path(name).stem == NAME]
    return f"{(places or [NAME])[-1]}: {type(error).__name__}: {error}. Mend these settings"


def hidden_tests(config: Config) -> tuple[str, str]:
    """What begins and ends hidden tests, each somewhere in a line."""
    step = steps.ClearHiddenTests(config=config)
    return step.begin_test_delimeter, step.end_test_delimeter


def refused(config: Config, ours: Config, kinds: Iterable[type] = STANDS_FOR) -> list[str]:
    """Names of settings that differ from nbgrader's defaults and from ours, and that nothing here heeds."""
    return [
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name, value in _set_for(kind, config)
        if name not in HEEDED.get(kind, ()) and value != dict(_set_for(kind, ours)).get(name, _default(kind, name))
    ]


class Tidying:
    """What becomes of a graded notebook's outputs and metadata, as set.

    Parameters
    ----------
    config : Config

    Attributes
    ----------
    name : str
        Another one for every other way of tidying.
    """

    def __init__(self, config: Config):
        made = [(kind(config=config), kind()) for kind in TIDYING]
        self._steps = [step for step, usual in made if step.enabled and _values(step) != _values(usual)]
        self.name = repr([_values(step) for step in self._steps])

    def __call__(self, notebook: str) -> str:
        """The notebook as it is to be kept; the same, if nothing is set."""
        if not self._steps:
            return notebook
        node = nbformat.reads(notebook, as_version=4)
        for step in self._steps:
            node, _ = step.preprocess(node, {})
        return nbformat.writes(node)


def _values(step: Configurable) -> list[tuple[str, Any]]:
    values = step.trait_values(config=True).items()
    return [(name, sorted(value, key=repr) if isinstance(value, set) else value) for name, value in values]


def documented(kinds: Iterable[type] = STANDS_FOR) -> list[tuple[str, bool]]:
    """Every documented setting of these, and whether it is heeded."""
    return [
        (f"{kind.__name__}.{name}", name in HEEDED.get(kind, ()))
        for kind in kinds
        for name in sorted(kind.class_trait_names(config=True))
    ]


def _set_for(kind: type, config: Config) -> Iterator[tuple[str, Any]]:
    """The settings that `kind` would take from a configuration: those of its own section and of its bases'."""
    known = kind.class_trait_names(config=True)
    for section in kind.section_names():
        if section in config:
            yield from ((name, value) for name, value in config[section].items() if name in known)


def _default(kind: type, name: str) -> Any:
    with contextlib.suppress(Exception):
        return getattr(kind(), name)
    return kind.class_traits()[name].default()
