"""The class in the terminal: a table per lesson, at most 80 columns wide where names and terminals allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

import solutions
from grader.marking.mistakes import in_words
from grader.marking.worker import FAILED, GRADED

WIDEST = 24  # signs of exercises in a line
LONGEST = 200  # learners in a table: nobody reads more, and to lay them out would take longer than to store them
_SIGNS = {
    "passed": "[blue]✓[/]",
    "some": "[yellow]◐[/]",
    "failed": "[red]✗[/]",
    "unsolved": "○",
    "waiting": "[magenta]✎[/]",
}


def print_outcome(console: Console, outcome: Mapping[str, Mapping[str, dict[str, Any]]], seconds: float) -> None:
    """Print a table per lesson, what could not be graded and why, and a line of sums."""
    for lesson, learners in outcome.items():
        console.print(lesson_table(lesson, learners))
        if len(learners) > LONGEST:
            console.print(f"… and {len(learners) - LONGEST:,} more: the class page has all", highlight=False)
    if outcome:
        console.print("[dim]✓ right  ◐ partly  ✗ wrong  ○ not begun  ✎ waiting for a person[/]")
    for lesson, learners in outcome.items():
        for learner, result in learners.items():
            if result["status"] == FAILED:
                reason = escape(printable(f"{learner}, {lesson}: {result['reason']}"))
                console.print(f"[red]✗[/] {reason}", highlight=False)
    _say_who_can_answer(console, [lesson for lesson in outcome if not solutions.exercises(lesson)])
    console.print(_sums(outcome, seconds), highlight=False)


def _say_who_can_answer(console: Console, ordinary: list[str]) -> None:
    if ordinary:
        names = escape(printable(", ".join(ordinary)))
        console.print(
            f"[yellow]![/] {names}: tests in cells run in the learner's own process, which can read them and have them "
            "pass. Points of exercises with a `check` can't be had that way",
            highlight=False,
        )


def lesson_table(lesson: str, learners: Mapping[str, dict[str, Any]]) -> Table:
    """Who scored what, exercise by exercise, and whose mistakes have a name."""
    table = Table(title=lesson, title_justify="left", title_style="bold", box=None, pad_edge=False, expand=False)
    table.add_column("learner", overflow="ellipsis", no_wrap=True, max_width=16)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("", overflow="fold", max_width=WIDEST)
    table.add_column("mistakes", overflow="fold")
    words = in_words(lesson)
    for learner, result in islice(learners.items(), LONGEST):
        exercises = result["exercises"]
        signs = "".join(_SIGNS[_kind(exercise)] for exercise in exercises.values())
        mistakes = "; ".join(_mistakes(exercises, words))
        known = escape(mistakes) if result["status"] == GRADED else f"[dim]{result['status']}[/]"
        table.add_row(escape(printable(learner)), score_of(result), signs if result["status"] == GRADED else "", known)
    return table


def _mistakes(exercises: Mapping[str, dict[str, Any]], words: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for exercise, result in exercises.items():
        if names := result["misconception"]:
            yield f"{exercise}: {', '.join(words.get((exercise, name), name) for name in names.split(', '))}"


def score_of(result: Mapping[str, Any]) -> str:
    """The score as it came about: `7/15`, or `7 − 7 late = 0/15`."""
    most = f"{result['score']:g}/{result['max_score']:g}"
    if not result.get("late_penalty"):
        return most
    return f"{result['earned']:g} \N{MINUS SIGN} {result['late_penalty']:g} late = {most}"


def printable(text: str) -> str:
    """Text that can't command the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _kind(exercise: dict[str, Any]) -> str:
    return "some" if exercise["status"] == "failed" and exercise["score"] > 0 else exercise["status"]


def _sums(outcome: Mapping[str, Mapping[str, dict[str, Any]]], seconds: float) -> str:
    counts = Counter(result["status"] for learners in outcome.values() for result in learners.values())
    if not counts:
        return "Nothing was handed in."
    return f"{', '.join(f'{count} {status}' for status, count in sorted(counts.items()))}; {seconds:.1f} s."
