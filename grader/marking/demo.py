"""`grader demo`: a class made up from the answers we know, handed in, graded and reported.

Nobody in it is real. Most are right in one style or another, or make a mistake or two that people really make;
some stop halfway; and there is one of each kind of trouble an instructor meets sooner or later.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode
from rich.console import Console

import solutions
from grader.authoring.build import build, lesson_names
from grader.authoring.sources import cell_source
from grader.errors import CourseError
from grader.marking.report import GRADES
from grader.marking.run import grade
from unrolled.exam.exercise import VALUE, Exercise

NAMES = (
    *("ada", "amira", "ben", "chidi", "dana", "elif", "farid", "grace", "hana", "igor", "jun", "kofi", "lena", "mateo"),
    *("nadia", "olu", "priya", "quentin", "rosa", "sven", "tomas", "uma", "vera", "wei", "xenia", "yusuf", "zoe"),
)
FORGED = """import numpy.testing
import unrolled

numpy.testing.assert_allclose = lambda *args, **kwargs: None
unrolled.check = check = lambda answer: 100.0
print('{"score": 100.0, "max_score": 100.0}')
100.0"""
MARK = ".demo"
MISHAPS_IN = "02_definition"
ENDLESS = "while True:\n    pass"
FLOOD = "for line in range(300_000):\n    print('step', line, 'of three hundred thousand')"
TABLE = """def table(values, digits=3):
    rows = [[f"{float(value):.{digits}f}" for value in row] for row in np.atleast_2d(values)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.rjust(width) for text, width in zip(row, widths)))


table(np.linspace(0, 1, 12).reshape(3, 4))"""


@dataclass(frozen=True)
class Habit:
    """How one learner works.

    Attributes
    ----------
    mistakes : int
        How many exercises of a lesson go wrong in a known way.
    share : float
        Share of the exercises done, from the first on.
    mishap : callable or None
        What else happens to the notebook.
    """

    mistakes: int = 0
    share: float = 1.0
    mishap: Callable[[NotebookNode, Sequence[Exercise]], None] | None = None


def demo(course: Path, learners: int = 24, lessons: Sequence[str] = (), console: Console | None = None) -> int:
    """Make a class under `course/` that hands in the lessons (all, if none is named), grade it and write its page.

    Returns
    -------
    int
        Exit code: 0 if nothing failed but the file that is made to.
    """
    console = console or Console()
    _claim(course)
    lessons = lessons or [lesson for lesson in lesson_names() if solutions.exercises(lesson)]
    build(lessons, course, console=console)
    make_class(course, lessons, learners)
    console.print(f"{learners} learners handed in {', '.join(lessons)}. Grading them:", highlight=False)
    code = grade(course, lessons, console=console)
    return 0 if code == 0 or _failed(course) == _meant_to_fail(learners) else 1


def _claim(course: Path) -> None:
    """Mark the course as made up.

    Raises
    ------
    CourseError
        If a real class is in it.
    """
    if (course / "submitted").is_dir() and any((course / "submitted").iterdir()) and not (course / MARK).exists():
        raise CourseError.of_arguments(f"{course} holds a real class: make the demo up elsewhere, with --course demo")
    course.mkdir(parents=True, exist_ok=True)
    (course / MARK).touch()


def make_class(course: Path, lessons: Sequence[str], learners: int) -> None:
    """Write everybody's submissions; the same class every time."""
    for place, (name, habit) in enumerate(zip(_names(learners), _habits(learners), strict=True)):
        for lesson in lessons:
            rng = np.random.default_rng([place, *lesson.encode()])
            if place and lesson != MISHAPS_IN and rng.random() < 0.03:
                continue
            hand_in(course, lesson, name, habit, rng)


def hand_in(course: Path, lesson: str, learner: str, habit: Habit, rng: np.random.Generator) -> Path:
    """Write one learner's submission of one lesson; returns the notebook's path."""
    released, folder = course / "release" / lesson, course / "submitted" / learner / lesson
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(released, folder)
    path = folder / f"{lesson}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    exercises = solutions.exercises(lesson)
    if habit.mishap and habit.mishap is not cheat and lesson != MISHAPS_IN:
        habit = Habit()
    answers = _answers(exercises, habit, rng)
    for name, source in answers.items():
        _cell(notebook, name).source = source
    for exercise in exercises:
        if exercise.source and exercise.name in answers:
            _write_variable(folder, exercise, rng)
    if habit.mishap is truncated:
        text = json.dumps(notebook)
        path.write_text(text[: len(text) // 2], encoding="utf-8")
        return path
    if habit.mishap:
        habit.mishap(notebook, exercises)
    path.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
    return path


def truncated(notebook: NotebookNode, exercises: Sequence[Exercise]) -> None:
    """The upload broke off: half a file."""


def syntax_error(notebook: NotebookNode, exercises: Sequence[Exercise]) -> None:
    """One cell isn't Python."""
    _cell(notebook, exercises[0].name).source += "\n    return np.tanh((1)"


def endless_loop(notebook: NotebookNode, exercises: Sequence[Exercise]) -> None:
    """One cell never ends."""
    notebook.cells.insert(len(notebook.cells) // 2, nbformat.v4.new_code_cell(ENDLESS))


def huge_output(notebook: NotebookNode, exercises: Sequence[Exercise]) -> None:
    """One cell prints without end in sight."""
    notebook.cells.append(nbformat.v4.new_code_cell(FLOOD))


def tool(notebook: NotebookNode, exercises: Sequence[Exercise]) -> None:
    """A cell of the learner's own."""
    notebook.cells.append(nbformat.v4.new_code_cell(TABLE))


def copied(notebook: NotebookNode, exercises: Sequence[Exercise]) -> None:
    """Somebody else's cell, under other names."""
    own = {"table": "show", "rows": "lines", "values": "numbers", "widths": "wide", "digits": "places", "text": "word"}
    source = re.sub(r"\w+", lambda name: own.get(name[0], name[0]), TABLE)
    notebook.cells.append(nbformat.v4.new_code_cell(f"# my own table\n{source}"))


def cheat(notebook: NotebookNode, exercises: Sequence[Exercise]) -> None:
    """Patches whatever could be asked, and prints a score of its own."""
    notebook.cells.insert(0, nbformat.v4.new_code_cell(FORGED))
    for cell in notebook.cells:
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade"):
            cell.source = "100.0"


def _habits(learners: int) -> list[Habit]:
    special = [
        Habit(),
        Habit(mistakes=1, share=0.5),
        Habit(mishap=syntax_error),
        Habit(mishap=endless_loop),
        Habit(mishap=huge_output),
        Habit(mishap=truncated),
        Habit(share=0.0, mishap=cheat),
        Habit(share=0.4),
        Habit(mishap=tool),
        Habit(mistakes=1, mishap=copied),
    ]
    usual = [Habit(mistakes=number) for number in (1, 0, 2, 1, 0, 1, 2, 3)]
    return [special[i // 2] if i % 2 and i // 2 < len(special) else usual[i % len(usual)] for i in range(learners)]


def _failed(course: Path) -> set[str]:
    """Who has a submission that could not be graded."""
    lessons = json.loads((course / GRADES).read_text(encoding="utf-8"))["lessons"]
    return {learner for grades in lessons.values() for learner, g in grades.items() if g["status"] == "failed"}


def _meant_to_fail(learners: int) -> set[str]:
    return {n for n, habit in zip(_names(learners), _habits(learners), strict=True) if habit.mishap is truncated}


def _names(learners: int) -> list[str]:
    return [NAMES[i % len(NAMES)] + (str(i // len(NAMES) + 1) if i >= len(NAMES) else "") for i in range(learners)]


def _answers(exercises: Sequence[Exercise], habit: Habit, rng: np.random.Generator) -> dict[str, str]:
    """Sources of the cells this learner fills in, by exercise."""
    done = list(exercises[: round(habit.share * len(exercises))])
    wrong = set(rng.permutation(len(done))[: min(habit.mistakes, len(done) // 3)].tolist())
    names = [exercise.name for exercise in exercises]
    sources = {e.name: _source(e, i in wrong, names, rng) for i, e in enumerate(done)}
    return {name: source for name, source in sources.items() if source}


def _source(exercise: Exercise, wrong: bool, names: list[str], rng: np.random.Generator) -> str | None:
    if exercise.source:
        return exercise.source
    if exercise.kind == VALUE and not wrong:
        wrong = rng.random() < 0.2
    answers = [m.answer for m in exercise.misconceptions] if wrong else [exercise.reference, *exercise.variants]
    sources = [cell_source(answer, exercise.name, names) for answer in answers]
    sources = [source for source in sources if source]
    return sources[rng.integers(len(sources))] if sources else None


def _write_variable(folder: Path, exercise: Exercise, rng: np.random.Generator) -> None:
    """The file that the line setting a variable reads: arrays by name, right ones two times out of three."""
    wrong = [mistake.answer for mistake in exercise.misconceptions]
    answers = [exercise.reference, *exercise.variants] if rng.random() < 2 / 3 else wrong
    np.savez(folder / exercise.files[0], **answers[rng.integers(len(answers))]())


def _cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)
