"""The course as a chain of lessons, each with what you have solved of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from unrolled.desk import progress
from unrolled.desk.lessons import packaged_keys
from unrolled.exam import saved
from unrolled.exam.exercise import Examination
from unrolled.exam.key import SUFFIX, find_keys, load_key
from unrolled.kit.figures import Picture
from unrolled.kit.style import INPUT, STATE

_TEXT = (
    "font-family:var(--jp-content-font-family,sans-serif);color:var(--jp-content-font-color1,inherit);line-height:1.4"
)
_LINE = "var(--jp-border-color1,#8a8a8a)"


@dataclass(frozen=True)
class Lesson:
    """One lesson as the map shows it.

    Attributes
    ----------
    name, title : str
    solved : dict
        Exercise → how much of it is solved, from 0.0 to 1.0; in the lesson's order.
    points, max_points : float
    """

    name: str
    title: str
    solved: dict[str, float]
    points: float
    max_points: float

    @property
    def done(self) -> int:
        """How many exercises are solved completely."""
        return sum(share >= 1.0 for share in self.solved.values())

    @property
    def finished(self) -> bool:
        """Whether all of them are."""
        return self.done == len(self.solved)


def course_map(folder: Path | str = ".") -> Picture:
    """Draw the map of the course: all lessons beside this one, with your own progress.

    Progress comes from your checks, is kept on this machine and goes nowhere. What you solved on another machine
    appears when you run its check cells here.

    Parameters
    ----------
    folder : path
        Where to look for lessons: the folder of a notebook.
    """
    found = lessons(Path(folder).resolve())
    if not found:
        return Picture(
            f'<p style="{_TEXT}">No lessons here: open this notebook in the folder it came in.</p>', "no lessons found"
        )
    following = next((lesson for lesson in found if not lesson.finished), None)
    boxes = _arrow().join(_box(lesson, lesson is following) for lesson in found)
    row = f'<div style="{_TEXT};display:flex;flex-wrap:wrap;align-items:stretch;gap:.5em 0">{boxes}</div>'
    html = row + _note(found, following)
    return Picture(html, _in_words(found))


def lessons(folder: Path) -> list[Lesson]:
    """The lessons whose answer keys are in or beside `folder`, in order, with what is solved of each."""
    best = progress.read()
    paths = {path.name.removesuffix(SUFFIX): path for path in find_keys(folder) or packaged_keys()}
    return [_lesson(name, paths[name], best.get(name, {})) for name in sorted(paths)]


def _lesson(name: str, path: Path, best: dict[str, float]) -> Lesson:
    try:
        exercises = load_key(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        exercises = []
    solved = {exercise.name: _share(exercise, best) for exercise in exercises}
    points = sum(min(best.get(exercise.name, 0.0), exercise.points) for exercise in exercises)
    return Lesson(name, _title(path, name), solved, points, sum(exercise.points for exercise in exercises))


def _share(exercise: Examination, best: dict[str, float]) -> float:
    if exercise.name not in best:
        return 0.0
    return best[exercise.name] / exercise.points if exercise.points else 1.0


def _title(key: Path, name: str) -> str:
    """The first heading of the lesson's notebook, or its name in words."""
    try:
        cells = saved.load(key.with_name(f"{name}.ipynb").read_bytes())["cells"]
        lines = (line for cell in cells if cell["cell_type"] == "markdown" for line in _lines(cell["source"]))
        return next(line.lstrip("# ").strip() for line in lines if line.startswith("# "))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, StopIteration):
        return name.partition("_")[2].replace("_", " ").capitalize()


def _lines(source: str | list[str]) -> list[str]:
    return "".join(source).splitlines()


def _box(lesson: Lesson, following: bool) -> str:
    number = lesson.name.partition("_")[0]
    border = f"2px solid {STATE}" if following else f"1px solid {_LINE}"
    dots = "".join(_dot(name, share) for name, share in lesson.solved.items())
    points = f"<br>{lesson.points:g} of {lesson.max_points:g} points" if lesson.max_points else ""
    link = f"../{lesson.name}/{lesson.name}.ipynb"
    return (
        f'<div style="border:{border};border-radius:7px;padding:.45em .7em;width:12.5em;box-sizing:border-box">'
        f'<a href="{escape(link)}" style="font-weight:600">{escape(number)} {escape(_short(lesson.title))}</a>'
        f'<div style="margin:.2em 0">{dots}</div>'
        f'<div style="font-size:.85em;opacity:.8">{lesson.done} of {len(lesson.solved)} solved{points}</div></div>'
    )


def _short(title: str) -> str:
    """A title without its number: "02 · Definition" is "Definition"."""
    return title.lstrip("0123456789 ·.:–—-") or title


def _dot(name: str, share: float) -> str:
    fill = f"linear-gradient(to right,{INPUT} {min(share, 1):.0%},transparent {min(share, 1):.0%})"
    return (
        f'<span title="{escape(name)}" style="display:inline-block;width:.7em;height:.7em;border-radius:50%;'
        f'border:1.5px solid {INPUT};background:{fill};margin:0 .15em .1em 0"></span>'
    )


def _arrow() -> str:
    return f'<div style="align-self:center;padding:0 .3em;color:{STATE}" aria-hidden="true">→</div>'


def _note(found: list[Lesson], following: Lesson | None) -> str:
    if following is None:
        text = "Everything is solved."
    elif not any(share for lesson in found for share in lesson.solved.values()):
        text = "Nothing is checked yet: your first right check fills the first dot."
    else:
        text = f"Next: {_short(following.title)}, {len(following.solved) - following.done} to go."
    return f'<p style="{_TEXT};opacity:.8;margin:.6em 0">{escape(text)} Each dot is an exercise or a question.</p>'


def _in_words(found: list[Lesson]) -> str:
    return "the lessons of the course: " + ", ".join(
        f"{lesson.name} ({lesson.done} of {len(lesson.solved)} solved)" for lesson in found
    )
