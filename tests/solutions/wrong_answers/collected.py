"""How a wrong answer is written down: as the learner's function, under what must be said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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
    beside : dict
        What else of the learner's own the notebook holds, by name: wrong functions this one calls.
    """

    answer: Callable[..., Any]
    where: str
    named: str
    says: tuple[str, ...]
    never: tuple[str, ...]
    beside: dict[str, Callable[..., Any]]


WRONG: list[WrongAnswer] = []


def wrong(
    *says: str, named: str = "", never: tuple[str, ...] | str = (), beside: dict[str, Callable[..., Any]] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Write the decorated function down as a wrong answer to the exercise it is named like."""
    if not (says or named):
        raise ValueError("a wrong answer needs a slug or words that it must get")
    forbidden = (never,) if isinstance(never, str) else never

    def keep(answer: Callable[..., Any]) -> Callable[..., Any]:
        where = f"{answer.__module__.rpartition('.')[2]}:{answer.__code__.co_firstlineno}:{answer.__name__}"
        WRONG.append(WrongAnswer(answer, where, named, says, forbidden, beside or {}))
        return answer

    return keep
