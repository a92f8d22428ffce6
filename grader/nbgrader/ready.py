"""Whether a course is ready to be taught: settings, gradebook, roster, exchange, formgrader, permissions.

For `grader doctor`. Nothing is changed, and nothing that is missing stops anybody from grading what is there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from jupyter_server.extension.config import ExtensionConfigManager
from nbgrader.exchange.default import Exchange
from traitlets.config import Config

from grader.errors import CourseError, GraderError
from grader.nbgrader import settings
from grader.nbgrader.autograde import isolation
from grader.nbgrader.bridge import course_directory, load_config, our_config
from grader.nbgrader.gradebook import Book

FORMGRADER = "nbgrader.server_extensions.formgrader"


@dataclass(frozen=True)
class Part:
    """One part of a course.

    Attributes
    ----------
    name : str
    ready : bool
    detail : str
        What there is, or what is missing.
    mend : str
        The command that makes it ready; empty where it is, or where nothing has to be done.
    """

    name: str
    ready: bool
    detail: str
    mend: str = ""


def parts(course: Path) -> list[Part]:
    """Every part of a course, ready or not."""
    if not course.is_dir():
        build = f"grader build --course {course}"
        return [Part("course", False, f"there is no folder {course}", build)]
    try:
        config = load_config(course)
    except CourseError as error:
        return [Part("settings", False, str(error))]
    return [
        _settings(course, config),
        *_gradebook(course, config),
        _exchange(config),
        _formgrader(),
        _permissions(course),
    ]


def _settings(course: Path, config: Config) -> Part:
    own = course / "nbgrader_config.py"
    if names := settings.refused(config, our_config()):
        return Part("settings", False, f"grading can't keep {', '.join(names)}", f"take them out of {own}")
    walls = "" if isolation(config) == "strict" else "; submitted code is run without walls"
    if own.is_file():
        return Part("settings", True, f"{own}{walls}")
    return Part("settings", True, f"none of this course's own: they would be in {own}{walls}")


def _gradebook(course: Path, config: Config) -> Iterator[Part]:
    coursedir = course_directory(course, config)
    local = coursedir.db_url.partition("sqlite:///")[2]
    if local and not Path(local).is_file():
        yield Part("database", False, "there is none yet", f"grader build --course {course}")
        return
    try:
        with Book(coursedir, config) as book:
            lessons, learners = book.lessons(), book.learners()
    except GraderError as error:
        yield Part("database", False, str(error), "nbgrader db upgrade" if local else "")
        return
    writable = not local or (os.access(local, os.W_OK) and os.access(Path(local).parent, os.W_OK))
    what = f"{len(lessons)} released" if writable else f"{local} may not be written by you"
    yield Part("database", writable, what, "" if writable else f"chmod u+w {local}")
    if learners:
        yield Part("roster", True, f"{len(learners)} learners")
    else:
        why = "nobody yet: whoever hands in is enrolled by that"
        yield Part("roster", False, why, f"grader roster FILE.csv --course {course}")


def _exchange(config: Config) -> Part:
    root = Path(Exchange(config=config).root)
    make = f"sudo install -d -m 1777 {root}"
    if not root.is_dir():
        return Part("exchange", False, f"there is no {root}; what an LMS collects needs none", make)
    mode = stat.S_IMODE(root.stat().st_mode)
    if mode & 0o003 != 0o003:
        return Part("exchange", False, f"learners may not write to {root}: mode {mode:o}", f"sudo chmod 1777 {root}")
    if not mode & stat.S_ISVTX:
        why = f"everybody may remove the course from {root}: mode {mode:o}"
        return Part("exchange", False, why, f"sudo chmod 1777 {root}")
    return Part("exchange", True, f"{root}, course {config.CourseDirectory.course_id}")


def _formgrader() -> Part:
    found = ExtensionConfigManager(read_config_path=jupyter_config_path()).get_jpserver_extensions()
    if found.get(FORMGRADER):
        return Part("formgrader", True, "`grader lab` opens it")
    return Part("formgrader", False, "Jupyter does not load it", f"jupyter server extension enable {FORMGRADER}")


def _permissions(course: Path) -> Part:
    mode = stat.S_IMODE(course.stat().st_mode)
    if not os.access(course, os.W_OK | os.X_OK):
        return Part("permissions", False, f"you may not write to {course}", f"sudo chown -R $USER {course}")
    if mode & 0o007:
        why = f"everybody on this machine may read submissions and grades: mode {mode:o}"
        return Part("permissions", False, why, f"chmod o-rwx {course}")
    return Part("permissions", True, "submissions and grades are closed to other accounts")
