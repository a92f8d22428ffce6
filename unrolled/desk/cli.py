"""The learner's command: open the lessons, check them, hand them in, begin anew."""

import os
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import click

from unrolled.desk import handing_over, lessons
from unrolled.desk import progress as scores
from unrolled.desk.coming_back import feedback_pages
from unrolled.desk.outputs import writable
from unrolled.exam.key import SUFFIX, load_key

QUIET = Path(__file__).with_name("jupyter")  # settings: no question about news on top of the first lesson


class NoLessons(click.ClickException):
    """There is nothing to open from here."""

    def __init__(self, folder: Path):
        super().__init__(f"No lessons in {folder}. Go to the folder that holds `notebooks` and try again.")


@click.group()
def main() -> None:
    """Unrolled: recurrent neural networks from scratch."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # not every terminal knows ✓


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("lesson", required=False)
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTIONS]")
def lab(lesson: str | None, options: tuple[str, ...]) -> None:
    """Open the notebooks in JupyterLab, at LESSON if one is named.

    A part of the name will do: `unrolled lab 02`. What follows goes to JupyterLab: `unrolled lab --no-browser`.
    """
    if find_spec("jupyterlab") is None:
        raise click.ClickException("JupyterLab isn't installed here: pip install 'unrolled[lab]'")
    if lesson and lesson.startswith("-"):
        lesson, options = None, (lesson, *options)
    os.environ["JUPYTER_CONFIG_PATH"] = quiet_path()
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
@click.argument("lesson", required=False)
def check(lesson: str | None) -> None:
    """Run all checks of LESSON (or of every lesson) in a fresh kernel, as when it is graded.

    LESSON may be a notebook's file, wherever it is: `unrolled check 02_definition.ipynb`.
    """
    for notebook in [Path(lesson)] if lesson and lesson.endswith(".ipynb") else _notebooks(lesson):
        with _or_why_not():
            for line in handing_over.lines_of(notebook.stem, handing_over.checks(_running(notebook))):
                click.echo(line)


def _notebooks(lesson: str | None) -> list[Path]:
    notebooks = notebooks_folder(Path.cwd())
    names = [find_lesson(notebooks, lesson)] if lesson else lesson_names(notebooks)
    return [notebooks / name / f"{name}.ipynb" for name in names]


@main.command()
@click.argument("lesson")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), callback=writable,
    help="Write this file to hand in.",
)  # fmt: skip
@click.option("--unchecked", is_flag=True, help="Don't run the checks first.")
@click.option("--to", "link", metavar="LINK", help="Your personal link to the course's desk. It is remembered.")
def submit(lesson: str, output: Path | None, unchecked: bool, link: str | None) -> None:
    """Check LESSON and hand it in.

    To the desk of your personal link, or to nbgrader's exchange where the course has one; else it becomes one file, to
    upload anywhere. Handing in again is the same command.
    """
    notebooks = notebooks_folder(Path.cwd())
    name = find_lesson(notebooks, lesson)
    with _or_why_not():
        if link:
            handing_over.remember(notebooks, link)
        notebook = notebooks / name / f"{name}.ipynb"
        handing_over.hand_over(notebook if unchecked else _running(notebook), click.echo, output, not unchecked)


@main.command()
@click.argument("lesson", required=False)
@click.option("--from", "given", type=click.Path(exists=True, path_type=Path), help="A page, or a folder to look in.")
def feedback(lesson: str | None, given: Path | None) -> None:
    """Open the newest feedback page of LESSON (or of any lesson)."""
    notebooks = notebooks_folder(Path.cwd())
    names = [find_lesson(notebooks, lesson)] if lesson else lesson_names(notebooks)
    pages = [page for name in names for page in feedback_pages(name, notebooks, given)]
    if not pages:
        fetch = f"nbgrader fetch_feedback {names[0] if lesson else 'LESSON'}"
        raise click.ClickException(
            "Nothing has come back here. What you handed in at a desk is told where your personal link leads. From an "
            f"exchange: {fetch}. A page you were sent: unrolled feedback --from FILE"
        )
    page = max(pages, key=lambda path: path.stat().st_mtime).resolve()
    click.echo(page)
    webbrowser.open(page.as_uri())


@main.command()
@click.argument("lesson")
@click.argument("exercise", required=False, default="")
def reset(lesson: str, exercise: str) -> None:
    """Put LESSON, or one EXERCISE of it, back to what was handed out. Your notebook is kept under another name."""
    notebooks = notebooks_folder(Path.cwd())
    name = find_lesson(notebooks, lesson)
    try:
        kept = lessons.reset(notebooks / name / f"{name}.ipynb", exercise)
    except (LookupError, ValueError) as error:
        raise click.ClickException(f"{error}. Nothing was changed.") from error
    click.echo(f"{exercise or name} is as it was handed out. Your work is in {kept.name}.")


def _running(notebook: Path) -> Path:
    click.echo(f"Running {notebook.name} …", err=True)
    return notebook


@contextmanager
def _or_why_not() -> Iterator[None]:
    try:
        yield
    except handing_over.NotHandedIn as error:
        raise click.ClickException(str(error)) from error


@main.command()
def progress() -> None:
    """Show the points of the checks passed so far, lesson by lesson."""
    best = scores.read()
    for name in lesson_names(notebooks := notebooks_folder(Path.cwd())):
        exercises = load_key((notebooks / name / f"{name}{SUFFIX}").read_text(encoding="utf-8"))
        earned = sum(best.get(name, {}).get(exercise.name, 0.0) for exercise in exercises)
        click.echo(f"{name:<24}{earned:>6g} of {sum(exercise.points for exercise in exercises):g} points")


def quiet_path() -> str:
    """Where Jupyter looks for settings: where it would, after ours."""
    own = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join([str(QUIET), *([own] if own else [])])


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
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={notebooks}",
        f"--LabApp.default_url=/lab/tree/{name}/{name}.ipynb",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *options,
    ]


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
