"""JupyterLab for instructors: over the folder that holds the course, so that formgrader opens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.errors import CourseError
from grader.nbgrader.bridge import COURSE, ROOT
from unrolled.desk.cli import quiet_path


def lab_command(course: Path, options: tuple[str, ...] = ()) -> tuple[list[str], dict[str, str], Path]:
    """How JupyterLab is started for a course.

    Formgrader serves a course below the server's own folder only, and reads nbgrader's settings from the folder the
    server is started in.

    Returns
    -------
    (list of str, dict, Path)
        Command line, environment, and the folder to start it in.

    Raises
    ------
    CourseError
        If there is no such course yet.
    """
    course = course.resolve()
    if not course.is_dir():
        raise CourseError.no_folder(course)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={course.parent}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *options,
    ]
    return command, {**os.environ, COURSE: str(course), "JUPYTER_CONFIG_PATH": quiet_path()}, ROOT


def open_lab(course: Path, options: tuple[str, ...]) -> None:
    """Let JupyterLab take this process's place."""
    command, environment, folder = lab_command(course, options)
    os.chdir(folder)
    os.execve(command[0], command, environment)
