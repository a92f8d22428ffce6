"""The learner's command: `unrolled lab` opens the notebooks in JupyterLab."""

import subprocess
import sys
from pathlib import Path

import click


def notebooks_folder(start: Path) -> Path | None:
    """The nearest folder of lessons at or above `start`, or in a `notebooks` folder there."""
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "notebooks"):
            if any(candidate.glob("[0-9][0-9]_*/[0-9][0-9]_*.ipynb")):
                return candidate
    return None


def find_lesson(notebooks: Path, name: str) -> Path | None:
    """The notebook of the one lesson whose name contains `name`, as a path inside `notebooks`."""
    found = [path for path in sorted(notebooks.glob("[0-9][0-9]_*")) if name in path.name]
    return Path(found[0].name, f"{found[0].name}.ipynb") if len(found) == 1 else None


def lesson_names(notebooks: Path) -> str:
    return ", ".join(sorted(path.parent.name for path in notebooks.glob("[0-9][0-9]_*/[0-9][0-9]_*.ipynb")))


@click.group()
def main() -> None:
    """Unrolled: recurrent neural networks from scratch."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("lesson", required=False)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(lesson: str | None, options: tuple[str, ...]) -> None:
    """Open the notebooks in JupyterLab, at LESSON if one is named.

    Part of a name will do: `unrolled lab 02`. Everything after the lesson goes to JupyterLab: `--no-browser`.
    """
    if lesson and lesson.startswith("-"):
        lesson, options = None, (lesson, *options)
    notebooks = notebooks_folder(Path.cwd())
    if notebooks is None:
        raise click.ClickException("No lessons here. Go to the folder that holds `notebooks` and try again.")
    page = find_lesson(notebooks, lesson or "00_")
    if lesson and page is None:
        raise click.ClickException(f"Which lesson is {lesson!r}? There are {lesson_names(notebooks)}.")
    sys.exit(subprocess.call(jupyterlab(notebooks, page, options)))


def jupyterlab(notebooks: Path, page: Path | None, options: tuple[str, ...]) -> list[str]:
    """The command line that serves `notebooks` and shows `page` first, if there is one."""
    return [
        sys.executable, "-m", "jupyterlab",
        f"--ServerApp.root_dir={notebooks}",
        f"--LabApp.default_url=/lab/tree/{page.as_posix()}" if page else "--LabApp.default_url=/lab",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *options,
    ]  # fmt: skip
