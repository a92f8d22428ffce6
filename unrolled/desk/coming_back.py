"""What came back: the newest feedback page of a lesson, wherever it was put."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def feedback_pages(lesson: str, notebooks: Path, given: Path | None = None) -> list[Path]:
    """The pages about a lesson, the newest first.

    Parameters
    ----------
    lesson : str
    notebooks : Path
        The folder of lessons: nbgrader puts feedback into `<lesson>/feedback/`.
    given : Path, optional
        A page, or a folder to look in instead.
    """
    if given and given.is_file():
        return [given]
    found = [path for path in _candidates(lesson, notebooks, given) if path.is_file()]
    return sorted({*found}, key=lambda path: path.stat().st_mtime, reverse=True)


def _candidates(lesson: str, notebooks: Path, given: Path | None) -> Iterator[Path]:
    if given:
        yield from given.rglob(f"*{lesson}*.html")
        return
    for above in (notebooks, notebooks.parent, Path.cwd()):
        yield from (above / lesson / "feedback").rglob("*.html")
        yield from (above / "feedback").rglob(f"{lesson}*.html")
