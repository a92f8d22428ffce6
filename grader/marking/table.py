"""The class in the terminal: a table per lesson, at most 80 columns wide where names and terminals allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from textwrap import wrap
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions
from rich.markup import escape
from rich.segment import Segment
from rich.style import Style

import solutions
from grader.marking.mistakes import in_words
from grader.marking.worker import FAILED, GRADED

WIDEST = 24  # signs of exercises in a line
LONGEST = 200  # learners in a table: nobody reads more, and to lay them out would take longer than to store them
LONGEST_NAME, NARROWEST = 16, 12
_SIGNS = {"passed": "✓", "some": "◐", "failed": "✗", "unsolved": "○", "waiting": "✎"}
_COLOURS = {"✓": "blue", "◐": "yellow", "✗": "red", "○": None, "✎": "magenta"}
_STYLES = {sign: Style(color=colour) for sign, colour in _COLOURS.items()}


def print_outcome(console: Console, outcome: Mapping[str, Mapping[str, dict[str, Any]]], seconds: float) -> None:
    """Print a table per lesson, what could not be graded and why, and a line of sums."""
    for lesson, learners in outcome.items():
        console.print(LessonTable(lesson, learners))
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


@dataclass(frozen=True)
class LessonTable:
    """Who scored what, exercise by exercise, and whose mistakes have a name.

    Its columns are laid out here: rich measures every cell of a table several times, which takes as long for a learner
    as to store the marks.
    """

    lesson: str
    learners: Mapping[str, dict[str, Any]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        words = in_words(self.lesson)
        rows = [_row(learner, result, words) for learner, result in islice(self.learners.items(), LONGEST)]
        names = min(max(cell_len(name) for name in ["learner", *(row[0] for row in rows)]), LONGEST_NAME)
        scores = max(len(score) for score in ["score", *(row[1] for row in rows)])
        left = max(options.max_width - names - scores - 6, 2 * NARROWEST)
        signs = min(max((len(row[2]) for row in rows), default=0), WIDEST, left - NARROWEST)
        yield Segment(f"{self.lesson}\n", Style(bold=True))
        yield Segment(f"{'learner':{names}}  {'score':>{scores}}  {'':{signs}}  mistakes\n", Style(bold=True))
        for row in rows:
            yield from _lines(row, names, scores, signs, left - signs)


Row = tuple[str, str, str, str, str]


def _lines(row: Row, names: int, scores: int, signs: int, left: int) -> Iterator[Segment]:
    name, score, shown, said, status = row
    words = wrap(said, left, break_on_hyphens=False) or [status]
    for at in range(max(len(words), -(-len(shown) // max(signs, 1)))):
        piece = shown[at * signs : (at + 1) * signs]
        yield Segment(" " * (names + scores + 4) if at else f"{_fitting(name, names)}  {score:>{scores}}  ")
        yield from (Segment(sign, _STYLES[sign]) for sign in piece)
        yield Segment(" " * (signs - len(piece) + 2))
        yield Segment(words[at] if at < len(words) else "", Style(dim=bool(status)))
        yield Segment.line()


def _row(learner: str, result: Mapping[str, Any], words: Mapping[tuple[str, str], str]) -> Row:
    """Learner, score, signs, mistakes, and instead of signs and mistakes why there are none."""
    if result["status"] != GRADED:
        return printable(learner), score_of(result), "", "", result["status"]
    signs = "".join(_SIGNS[_kind(exercise)] for exercise in result["exercises"].values())
    return printable(learner), score_of(result), signs, "; ".join(_mistakes(result["exercises"], words)), ""


def _fitting(name: str, width: int) -> str:
    return set_cell_size(name, width) if cell_len(name) <= width else set_cell_size(name, width - 1) + "…"


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
