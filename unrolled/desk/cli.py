"""The learner's command: `unrolled lab` opens the notebooks, `unrolled progress` counts the points."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import click

from unrolled.desk import lessons
from unrolled.desk import progress as scores
from unrolled.exam.key import SUFFIX, load_key


class NoLessons(click.ClickException):
    """There is nothing to open from here."""

    def __init__(self, folder: Path):
        super().__init__(f"No lessons in {folder}. Go to the folder that holds `notebooks` and try again.")


@click.group()
def main() -> None:
    """Unrolled: recurrent neural networks from scratch."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("lesson", required=False)
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTIONS]")
def lab(lesson: str | None, options: tuple[str, ...]) -> None:
    """Open the notebooks in JupyterLab, at LESSON if one is named.

    A part of the name will do: `unrolled lab 02`. What follows goes to JupyterLab: `unrolled lab --no-browser`.
    """
    if lesson and lesson.startswith("-"):
        lesson, options = None, (lesson, *options)
    become(jupyterlab(notebooks_folder(Path.cwd()), lesson, options))


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="notebooks")
@click.option("--force", is_flag=True, help="Write worked-in notebooks anew; the old ones are kept beside them.")
def start(folder: Path, force: bool) -> None:
    """Write the lessons into FOLDER, never over your work."""
    try:
        for notebook, what in lessons.start(folder, force):
            click.echo(f"{notebook}  {what}")
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Name a folder you may write to.") from error
    click.echo(f"Open the first one, or say: unrolled lab (in {folder.resolve()})")


@main.command()
def progress() -> None:
    """Show the points of the checks passed so far, lesson by lesson."""
    best = scores.read()
    for name in lesson_names(notebooks := notebooks_folder(Path.cwd())):
        exercises = load_key((notebooks / name / f"{name}{SUFFIX}").read_text(encoding="utf-8"))
        earned = sum(best.get(name, {}).get(exercise.name, 0.0) for exercise in exercises)
        click.echo(f"{name:<24}{earned:>6g} of {sum(exercise.points for exercise in exercises):g} points")


def become(command: list[str]) -> NoReturn:
    """Let a command take this process's place; where there is no such thing, run it and end as it does."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    sys.exit(subprocess.call(command))


def jupyterlab(notebooks: Path, lesson: str | None, options: tuple[str, ...]) -> list[str]:
    """The command line that serves `notebooks` and opens the lesson, or else the first one there is."""
    name = find_lesson(notebooks, lesson or "")
    return [
        sys.executable, "-m", "jupyterlab",
        f"--ServerApp.root_dir={notebooks}",
        f"--LabApp.default_url=/lab/tree/{name}/{name}.ipynb",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *options,
    ]  # fmt: skip


def notebooks_folder(start: Path) -> Path:
    """The nearest folder of lessons: `start`, one above it, or a `notebooks` folder in one of these."""
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "notebooks"):
            if lesson_names(candidate):
                return candidate
    raise NoLessons(start)


def find_lesson(notebooks: Path, part: str) -> str:
    """The name of the one lesson that `part` names, or of the first if `part` is empty."""
    names = lesson_names(notebooks)
    found = [name for name in names if part in name]
    if not found or (part and len(found) > 1):
        raise click.ClickException(f"Which lesson is {part!r}? There are {', '.join(names)}.")
    return found[0]


def lesson_names(notebooks: Path) -> list[str]:
    """Names of the lessons in a folder, in order."""
    return sorted(path.stem for path in notebooks.glob("[0-9][0-9]_*/*.ipynb") if path.stem == path.parent.name)
