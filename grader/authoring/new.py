"""Stubs of a new exercise or lesson, each written where it belongs; `grader verify` says what is still missing."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from pathlib import Path

import solutions
from grader.authoring.build import ROOT, lesson_names
from grader.errors import AuthoringError

_REFERENCE = '''

def {name}(x):
    """TODO: what it computes, in one line.

    Parameters
    ----------
    x : (N,) array

    Returns
    -------
    (N,) array
    """
    raise NotImplementedError
'''
_MISTAKES = '''"""Wrong answers to `{name}`."""


def first_mistake(x):
    """TODO: what its maker will read: what the code does, why that is not it, where to look. Never the solution."""
    raise NotImplementedError


def second_mistake(x):
    """TODO"""
    raise NotImplementedError


def third_mistake(x):
    """TODO"""
    raise NotImplementedError
'''
_VARIANTS = """

def {name}_otherwise(x):
    raise NotImplementedError


def {name}_in_float32(x):
    raise NotImplementedError
"""
_EXAMINATION = '''"""How `{name}` is examined."""

from solutions.{package} import reference as right
from solutions.{package} import variants
from unrolled.exam.exercise import Case, Exercise, Part


def _cases(rng):
    """All sizes different, no bias zero, and the edges: one step, one unit, saturated values."""
    for N, label in ((3, ""), (5, ""), (1, "TODO: what is special about it")):
        yield Case((rng.normal(size=N).round(3),), label)


{constant} = Exercise(
    right.{name},
    _cases,
    (Part("{name}", 1),),
    (
        "TODO: a nudge",
        "TODO: where to look",
        "TODO: nearly the answer",
    ),
    variants=(variants.{name}_otherwise, variants.{name}_in_float32),
)
'''
_SLOT = """
## TODO: {name}

TODO: what is to be written, and why.

```{{code-cell}}
:exercise: {name}
```
"""
_LESSON = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

# {number} · TODO: {title}

**TODO: the question it answers?**

After this lesson you can

- TODO: do something you couldn't.

Time: TODO. It builds on TODO.

+++

```{{code-cell}}
import numpy as np

from unrolled import check, ready
from unrolled.{package} import use_style

use_style()
ready()
```
"""
_PACKAGE = {
    "solutions/{package}/__init__.py": '"""Answers of lesson {number}."""\n',
    "solutions/{package}/reference.py": '"""Right answers of lesson {number}."""\n',
    "solutions/{package}/variants.py": '"""Other right answers of lesson {number}."""\n',
    "solutions/{package}/misconceptions/__init__.py": (
        '"""Wrong answers of lesson {number} that people really give, a file for each exercise."""\n'
    ),
    "solutions/{package}/exercises.py": (
        '"""How lesson {number} is examined."""\n\nLESSON = "{lesson}"\n\nEXERCISES = []\n'
    ),
    "unrolled/{package}/__init__.py": (
        '"""What lesson {number}\'s notebook imports."""\n\nfrom unrolled.kit.lazily import giving\n\n'
        '__getattr__, __all__ = giving({{"unrolled.kit.style": "use_style"}})\n'
    ),
    "lessons/{lesson}.md": _LESSON,
}


def new_lesson(lesson: str) -> list[Path]:
    """Write the stubs of a lesson without exercises.

    Parameters
    ----------
    lesson : str
        Its number and name, such as "08_attention".

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    AuthoringError
        If it can't have this name.
    """
    number, _, package = lesson.partition("_")
    if not re.fullmatch(r"[0-9]{2}_[a-z][a-z0-9_]*", lesson) or keyword.iskeyword(package):
        raise AuthoringError.not_a_lesson_name(lesson)
    if any(name.partition("_")[2] == package or name.startswith(f"{number}_") for name in lesson_names()):
        raise AuthoringError.taken(lesson)
    words = {"lesson": lesson, "number": number, "package": package, "title": package.replace("_", " ")}
    return [_write(ROOT / place.format(**words), text.format(**words)) for place, text in _PACKAGE.items()]


def new_exercise(name: str, lesson: str) -> list[Path]:
    """Write the stubs of an exercise, last in its lesson.

    Returns
    -------
    list of Path
        The files written or added to.

    Raises
    ------
    AuthoringError
        If there is no such lesson, or the exercise can't have this name.
    """
    if lesson not in lesson_names():
        raise AuthoringError.no_lesson(lesson, lesson_names())
    if not name.isidentifier() or keyword.iskeyword(name) or name != name.lower():
        raise AuthoringError.not_an_exercise_name(name)
    if any(name == exercise.name for other in solutions.lessons() for exercise in solutions.exercises(other)):
        raise AuthoringError.taken(name)
    package = lesson.partition("_")[2]
    words = {"name": name, "constant": name.upper(), "package": package}
    folder = ROOT / "solutions" / package
    return [
        _add(folder / "reference.py", _REFERENCE.format(**words)),
        _write(folder / "misconceptions" / f"{name}.py", _MISTAKES.format(**words)),
        _add(folder / "variants.py", _VARIANTS.format(**words)),
        _write(folder / f"exercises_{name}.py", _EXAMINATION.format(**words)),
        _enlist(folder / "exercises.py", words),
        _add(ROOT / "lessons" / f"{lesson}.md", _SLOT.format(**words)),
    ]


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _add(path: Path, text: str) -> Path:
    return _write(path, path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text)


def _enlist(path: Path, words: Mapping[str, str]) -> Path:
    """Import the exercise and put it last in `EXERCISES`."""
    text = path.read_text(encoding="utf-8").replace("EXERCISES = []", "EXERCISES = [\n]")
    items, end, after = text.rpartition("\n]")
    lines = f"{items}\n    {words['constant']},{end}{after}".split("\n")
    module = "solutions.{package}.exercises_{name}".format(**words)
    return _write(path, "\n".join(_with_import(lines, module, words["constant"])))


def _with_import(lines: list[str], module: str, name: str) -> list[str]:
    """The lines of a file with one import more, among those that are sorted after Python's own and NumPy."""
    ours = [line.startswith(("from solutions", "from unrolled")) for line in lines]
    later = [place for place, line in enumerate(lines) if ours[place] and line.split()[1] > module]
    last = max((place + 1 for place in range(len(lines)) if ours[place]), default=0)
    place = later[0] if later else last or lines.index("") + 1
    return [*lines[:place], f"from {module} import {name}", *([] if any(ours) else [""]), *lines[place:]]
