"""From what authors write to what learners open: `lessons/` + `solutions/` → `notebooks/`.

lessons/NN.md ── jupytext ──► notebook with slots ── exercises filled in ──► course/source/NN/ (solved)
                                                                                   │ nbgrader's generate step
solutions/  ── examined on the public seed ──► NN.key.json                         ▼
                                                   └───────────────────► notebooks/NN/ (released)
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import json
import re
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell
from rich.console import Console
from rich.progress import track

import solutions
import unrolled
from grader.authoring.between import with_between
from grader.authoring.edits import with_edits
from grader.authoring.pool import for_each_exercise
from grader.authoring.simpler import with_simpler
from grader.errors import AuthoringError
from unrolled.desk.lessons import keep
from unrolled.exam.exercise import Examination, Exercise
from unrolled.exam.key import PUBLIC_SEED, SUFFIX, dump_key, load_key

ROOT = Path(__file__).resolve().parents[2]
LESSONS, NOTEBOOKS = ROOT / "lessons", ROOT / "notebooks"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
SHOWN = re.compile(r"\s*<!-- shown: (.+?) -->", re.DOTALL)  # after a claim, for authors: what shows that it is true


def build(names: Sequence[str], course: Path, check: bool = False, console: Console | None = None) -> int:
    """Build the named lessons (all, if none is named); with `check`, only say what is stale.

    Returns
    -------
    int
        Exit code: 0, or 1 if `check` found something stale.
    """
    console = console or Console()
    names = names or lesson_names()
    stale, others = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for name, built in build_lessons(names, Path(scratch) if check else course, console):
            stale += stale_files(name, built)
            if not check:
                _write(built, NOTEBOOKS / name)
            others += strays(name, built)
    for path in stale:
        console.print(f"{'stale' if check else 'built'}: {path.relative_to(ROOT)}", highlight=False)
    for path in others:
        console.print(f"not built, left as it is: {path.relative_to(ROOT)}", highlight=False)
    if stale and check:
        console.print("Bring them up to date with: grader build", highlight=False)
    elif not stale:
        console.print(f"{len(names)} {'lesson' if len(names) == 1 else 'lessons'}, up to date.", highlight=False)
    return 1 if (stale or others) and check else 0


def lesson_names() -> list[str]:
    """Names of the lessons authored, in order."""
    return sorted(path.stem for path in LESSONS.glob("[0-9][0-9]_*.md"))


def build_lessons(names: Sequence[str], course: Path, console: Console) -> Iterator[tuple[str, dict[str, str]]]:
    """Build lessons in the folder of a course; returns each one's name and the released files' texts by name."""
    from grader.nbgrader.places import make_course

    make_course(course)  # before anything that takes long: it may be no folder one can write to
    keys = for_each_exercise(key_of, [(name,) for name in names], "Examining", console)
    for name, key in zip(names, track(keys, "Building", console=console, transient=True)):
        yield name, build_lesson(name, course, key)


def key_of(name: str) -> str:
    """The text of a lesson's answer key."""
    return dump_key(map(_public, solutions.exercises(name)))


def _public(exercise: Exercise) -> Examination:
    """The examination on public inputs, with all that helps to explain a wrong answer."""
    return with_between(exercise, with_simpler(exercise, with_edits(exercise, exercise.examine(PUBLIC_SEED))))


def published_key(name: str) -> str | None:
    """The text of the answer key in `notebooks/`, if it is of these exercises: making it anew takes seconds."""
    text = _read(NOTEBOOKS / name / f"{name}{SUFFIX}")
    with contextlib.suppress(ValueError):
        asked = [(exercise.name, exercise.points) for exercise in solutions.exercises(name)]
        if [(each.name, each.points) for each in load_key(text)] == asked:
            return text
    return None


def build_lesson(name: str, course: Path, key: str | None = None) -> dict[str, str]:
    """Build one lesson, with the text of its answer key if that is made already."""
    from grader.nbgrader.generate import generate
    from grader.nbgrader.places import make_course

    source = course / "source" / name
    make_course(course)
    source.mkdir(parents=True, exist_ok=True)
    exercises = solutions.exercises(name)
    (source / f"{name}.ipynb").write_text(dump_notebook(solved_notebook(name, exercises)), encoding="utf-8")
    key = key or key_of(name)
    (source / f"{name}{SUFFIX}").write_text(key, encoding="utf-8")
    released = nbformat.read(generate(course, name), as_version=4)
    return {f"{name}.ipynb": dump_notebook(released), f"{name}{SUFFIX}": key}


def stale_files(name: str, built: dict[str, str]) -> list[Path]:
    """Files of `notebooks/` that differ from what was built."""
    return [path for file, text in built.items() if _read(path := NOTEBOOKS / name / file) != text]


def strays(name: str, built: dict[str, str]) -> list[Path]:
    """What else is there. It is somebody's: a notebook that was kept, a network that was trained."""
    return [path for path in sorted((NOTEBOOKS / name).glob("*")) if path.name not in built and path.is_file()]


def solved_notebook(name: str, exercises: Iterable[Exercise]) -> nbformat.NotebookNode:
    """The lesson with every exercise slot filled with its reference and its check cell.

    Raises
    ------
    AuthoringError
        If a slot names no exercise of this lesson, or an exercise has no slot or two.
    """
    path = LESSONS / f"{name}.md"
    if not path.is_file():
        raise AuthoringError.no_lesson(name, lesson_names())
    notebook = _read_myst(path)
    by_name = {exercise.name: exercise for exercise in exercises}
    slots = [cell.metadata["exercise"] for cell in notebook.cells if "exercise" in cell.metadata]
    if sorted(slots) != sorted(by_name):
        raise AuthoringError.slots(path, slots, list(by_name))
    cells = []
    for cell in notebook.cells:
        cells += _fill(by_name[cell.metadata["exercise"]]) if "exercise" in cell.metadata else [cell]
    cells += _end(name) if by_name else []
    for place, cell in enumerate(cells):
        cell["id"] = cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell-{place:03d}"
    notebook.cells = cells
    notebook.metadata = {
        "kernelspec": notebook.metadata["kernelspec"],
        "language_info": {"name": "python"},
        "unrolled": {"version": unrolled.__version__},
    }
    return notebook


def solution_source(exercise: Exercise) -> str:
    """Source of the solved cell: the reference, what is to be cleared between nbgrader's solution markers."""
    if exercise.source:
        return exercise.source
    if not callable(exercise.reference):
        return f"{exercise.name} = {exercise.reference!r}"
    source = textwrap.dedent(inspect.getsource(exercise.reference))
    if BEGIN in source:
        return source.rstrip("\n")
    lines = source.rstrip("\n").split("\n")
    function = ast.parse(source).body[0]
    body = function.body
    begin = body[0].end_lineno if ast.get_docstring(function) is not None else body[0].lineno - 1
    indent = " " * body[0].col_offset
    return "\n".join([*lines[:begin], indent + BEGIN, *lines[begin:], indent + END])


def dump_notebook(notebook: nbformat.NotebookNode) -> str:
    """A notebook as text that depends on nothing but its content."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _read_myst(path: Path) -> nbformat.NotebookNode:
    import jupytext  # takes a quarter of a second, and grading needs none of it

    return jupytext.reads(SHOWN.sub("", path.read_text(encoding="utf-8")), fmt="md:myst")


def _end(name: str) -> list[nbformat.NotebookNode]:
    """What every lesson ends with that is handed in."""
    cells = _read_myst(LESSONS / "end.md").cells
    for cell in cells:
        cell.source = cell.source.replace("LESSON", name)
    return cells


def _fill(exercise: Exercise) -> list[nbformat.NotebookNode]:
    graded = {"schema_version": 3, "task": False}
    solution = {"grade": False, "grade_id": exercise.name, "locked": False, "solution": True} | graded
    check = {"grade": True, "grade_id": f"check_{exercise.name}", "locked": True, "points": exercise.points,
             "solution": False} | graded  # fmt: skip
    return [
        new_code_cell(solution_source(exercise), metadata={"nbgrader": solution}),
        new_code_cell(f"check({exercise.name})", metadata={"nbgrader": check}),
    ]


def _write(built: dict[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in built.items():
        if _read(path := folder / file) != text:  # the course may belong to somebody else
            if _was_run(path):
                keep(path)
            path.write_text(text, encoding="utf-8")


def _was_run(path: Path) -> bool:
    """Whether somebody has worked in it: what is built was never run."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        return any(cell.get("execution_count") for cell in json.loads(path.read_bytes())["cells"])
    return False


def _read(path: Path) -> Any:
    return path.read_text(encoding="utf-8") if path.is_file() else None
