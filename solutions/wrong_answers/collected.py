"""How a wrong answer is written down: as the learner's function, under what must be said about it."""

from __future__ import annotations

import linecache
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer that people really give, and what its verdict must and must not hold.

    Attributes
    ----------
    answer : callable
        Named like the exercise.
    where : str
        Its file and line: the name of its test.
    named : str
        The slug of the misconception it must be told; "" if it has no name of its own.
    says : tuple of str
        What the message must hold, as it stands there.
    never : tuple of str
        What the message must not hold, because it would be false here.
    or_named : bool
        Whether an author's own words, whichever, or the change it comes down to may stand in place of those.
    """

    answer: Callable[..., Any]
    where: str
    named: str
    says: tuple[str, ...]
    never: tuple[str, ...]
    or_named: bool = False


WRONG: list[WrongAnswer] = []


def all_wrong() -> list[WrongAnswer]:
    """Every wrong answer written down in this folder."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        import_module(f"solutions.wrong_answers.{path.stem}")
    return WRONG


def wrong(
    *says: str, named: str = "", never: tuple[str, ...] | str = (), or_named: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Write the decorated function down as a wrong answer to the exercise it is named like."""
    if not (says or named):
        raise ValueError("a wrong answer needs a slug or words that it must get")
    forbidden = (never,) if isinstance(never, str) else never

    def keep(answer: Callable[..., Any]) -> Callable[..., Any]:
        where = f"{answer.__module__.rpartition('.')[2]}:{answer.__code__.co_firstlineno}:{answer.__name__}"
        WRONG.append(WrongAnswer(answer, where, named, says, forbidden, or_named))
        return answer

    return keep


def changed(source: str, old: str, new: str, *says: str, named: str = "", never: tuple[str, ...] | str = ()) -> None:
    """Write a right answer down as a wrong one, with one piece of it changed; the words yield to a name it may get."""
    if source.count(old) != 1:
        raise ValueError(f"{old!r} isn't there once")
    namespace: dict[str, Any] = {"np": np, "__name__": f"wrong.{new}"}
    text, filename = source.replace(old, new), f"<wrong answer {len(WRONG)}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    exec(compile(text, filename, "exec"), namespace)
    name = re.findall(r"^def (\w+)", source, re.MULTILINE)[-1]
    wrong(*says, named=named, never=never, or_named=not named)(namespace[name])
