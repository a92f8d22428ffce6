"""`grader verify --full`: the share of wrong answers that are told their cause, and which fitted by accident.

Tried are answers that people gave, and such as nobody foresaw, made by program from a fixed seed: two changes of the
reference at once, and the slips of `mutants`, which knows nothing of the words, made in answers of other people.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import FunctionType
from typing import Any

from rich.console import Console
from rich.table import Table

import solutions
from grader.authoring.edits import changes_of
from grader.authoring.mutants import mutants
from grader.authoring.pool import for_each_exercise
from grader.authoring.prove import PATIENCE, bounded, published
from solutions.wrong_answers.collected import WrongAnswer, all_wrong
from unrolled.exam.compare import compare
from unrolled.exam.diagnose import CAUSES, CHANGE, NAME, Verdict, diagnose
from unrolled.exam.exercise import FUNCTION, Examination, Exercise, Raised
from unrolled.exam.mostly import mostly
from unrolled.exam.parts import component, places_of
from unrolled.exam.probing import tried_again, with_probe

SEED, ELSEWHERE = 20, 9
EACH = 6  # answers made by program for an exercise, of each kind
TRIES = 50
PEOPLE, PAIRS, SLIPS = "people's answers", "two changes at once", "slips in other answers"


@dataclass
class Told:
    """How many wrong answers of each kind were told what, and which were told something false."""

    counts: dict[str, Counter] = field(default_factory=dict)
    false: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)

    def add(self, other: Told) -> None:
        """Count what another one has found, too."""
        for kind, found in other.counts.items():
            self.counts.setdefault(kind, Counter()).update(found)
        self.false += other.false
        self.untold += other.untold

    def share(self, *kinds: str) -> float:
        """Of all answers of these kinds, or of every kind, how many were told a cause."""
        found = sum((self.counts[kind] for kind in kinds or self.counts), Counter())
        return 1 - found[""] / max(found.total(), 1)


def tell(names: Sequence[str], every: int = 1, console: Console | None = None) -> Told:
    """Look for the cause of many wrong answers and print the share that were told one.

    Parameters
    ----------
    names : sequence of str
        Lessons; all, if none is named.
    every : int
        Try only every so manyth answer: for a quick sample.
    """
    console, told = console or Console(), Told()
    exercises = [e for name in names or solutions.lessons() for e in solutions.exercises(name) if e.kind == FUNCTION]
    for found in for_each_exercise(told_of, [(e.name, every) for e in exercises], "Telling causes", console):
        told.add(found)
    for line in told.false:
        console.print(f"[bold red]✗[/] {line}", highlight=False, soft_wrap=True)
    console.print(_table(told))
    return told


def told_of(name: str, every: int) -> Told:
    """What wrong answers to one exercise are told."""
    told, exercise = Told(), solutions.find(name)
    for wrong in [wrong for wrong in all_wrong() if wrong.answer.__name__ == name][::every]:
        _of_people(told, exercise, wrong)
    for kind, make in ((PAIRS, _pairs), (SLIPS, _slips)):  # each by its own chance: a sample is part of the whole
        made = make(exercise, random.Random(f"{SEED} {kind} {name}"))
        _made(told, kind, exercise, made, -(-EACH // every))
    return told


def _of_people(told: Told, exercise: Exercise, wrong: WrongAnswer) -> None:
    verdict = _verdict(exercise, wrong.answer)
    _count(told, PEOPLE, wrong.where, verdict)
    lies = [words for words in wrong.never if words in verdict.message]
    if lies or is_false(exercise, wrong.answer, verdict):
        told.false.append(f"{wrong.where}: {verdict.message}")


def _made(told: Told, kind: str, exercise: Exercise, made: Iterator[tuple[str, Callable]], each: int) -> None:
    """Count the first so many of the answers made that are wrong."""
    for what, answer in made:
        verdict = _verdict(exercise, answer)
        if verdict.status != "failed":
            continue
        _count(told, kind, f"{exercise.name}: {what}", verdict)
        if is_false(exercise, answer, verdict):
            told.false.append(f"{exercise.name} ({what}): {verdict.message}")
        each -= 1
        if not each:
            return


def _count(told: Told, kind: str, what: str, verdict: Verdict) -> None:
    told.counts.setdefault(kind, Counter())[verdict.cause] += 1
    if not verdict.cause:
        told.untold.append(f"{what}: {verdict.message}")


def _pairs(exercise: Exercise, chance: random.Random) -> Iterator[tuple[str, Callable]]:
    """The reference with two changes at once that the key doesn't know together."""
    if exercise.terms is None:
        return
    changes, known = changes_of(exercise), _known_pairs(exercise)
    for _ in range(TRIES if len(changes.all) > 1 else 0):
        for one, other in changes.pairs(chance.sample(changes.all, 2)):
            if {one.text, other.text} not in known:
                yield f"{one.text} + {other.text}", changes.as_written(one, other)


def _known_pairs(exercise: Exercise) -> list[set[str]]:
    edits = published(exercise.lesson)[exercise.name].edits
    return [{edits.texts[one], edits.texts[other]} for one, other, _ in edits.pairs] if edits else []


def _slips(exercise: Exercise, chance: random.Random) -> Iterator[tuple[str, Callable]]:
    """An answer written otherwise than the reference, with one slip or another."""
    plain = [answer for answer in exercise.variants if isinstance(answer, FunctionType) and not answer.__closure__]
    named = [answer for answer in plain if answer.__name__ != "<lambda>"]
    made = list(mutants(chance.choice(named))) if named else []
    for mutant in chance.sample(made, len(made)):
        yield f"{mutant.exercise}: {mutant.change}", mutant.as_written()


def _verdict(exercise: Exercise, answer: Callable) -> Verdict:
    """What a learner reads whose other functions are right."""
    examination = published(exercise.lesson)[exercise.name]
    outcomes = bounded(examination, answer, exercise.tools)
    verdict = with_probe(examination, outcomes, diagnose(examination, outcomes, reveal=True), exercise.tools)
    return tried_again(examination, outcomes, verdict, answer)


def is_false(exercise: Exercise, answer: Callable, verdict: Verdict) -> bool:
    """Whether what was told doesn't give the answer's numbers on other inputs, so that it fitted by accident."""
    if verdict.cause == NAME and verdict.misconceptions:
        wrong = [mistake.answer for mistake in exercise.misconceptions if mistake.name in verdict.misconceptions]
        constant = any(mistake.constants for mistake in exercise.misconceptions if mistake.answer in wrong)
        return not (constant or _agree(exercise, answer, wrong) or _mostly(exercise, answer, verdict.misconceptions))
    told = "These are the numbers" in verdict.message  # a relation is seen on all cases
    return verdict.cause == CHANGE and told and not _agree(exercise, answer, list(_told_in(exercise, verdict.message)))


def _mostly(exercise: Exercise, answer: Callable, names: Sequence[str]) -> bool:
    """Whether on other inputs, too, the answer is one of these mistakes but for the edges."""
    examination = _elsewhere(exercise.name)
    found = mostly(examination, bounded(examination, answer, exercise.tools, PATIENCE))
    return any(known.name in names for known in found)


def _told_in(exercise: Exercise, message: str) -> Iterator[Callable]:
    changes = changes_of(exercise)
    told = [change for change in changes.all if change.text in message]
    yield from (changes.made(change) for change in told)
    yield from (changes.made(*pair) for pair in changes.pairs(told))


def _agree(exercise: Exercise, answer: Callable, others: Sequence[Callable]) -> bool:
    """Whether in some part that is wrong the answer gives what one of the others does, on other inputs."""
    examination = _elsewhere(exercise.name)
    mine, *theirs = (bounded(examination, each, exercise.tools, PATIENCE) for each in (answer, *others))
    return any(_alike(examination, part, mine, other) for other in theirs for part in examination.parts)


@lru_cache(maxsize=8)
def _elsewhere(name: str) -> Examination:
    return solutions.find(name).examine(ELSEWHERE)


def _alike(examination: Examination, part: Any, mine: Sequence[Any], other: Sequence[Any]) -> bool:
    places = places_of(examination, part)
    asked = [place for place in places if not isinstance(examination.expected[place], Raised)] or places
    pairs = [(mine[place], other[place], examination.expected[place]) for place in asked]
    same = all(_same(examination, component(one.value, part), component(two.value, part), one, two)
               for one, two, _ in pairs)  # fmt: skip
    wrong = any(one.fault or one.mutated
                or not _same(examination, component(right, part), component(one.value, part), one, one)
                for one, _, right in pairs)  # fmt: skip
    return same and wrong


def _same(examination: Examination, one: Any, two: Any, mine: Any, other: Any) -> bool:
    if mine.fault or other.fault:
        return bool(mine.fault and other.fault and mine.fault.kind == other.fault.kind)
    return compare(one, two, 10 * examination.tolerance, examination.relative) is None


def _table(told: Told) -> Table:
    kinds = {**told.counts, "all": sum(told.counts.values(), Counter())}
    table = Table("", *kinds, title="Wrong answers told their cause")
    table.add_row("tried", *(str(found.total()) for found in kinds.values()))
    for cause in (*CAUSES, ""):
        table.add_row(
            cause or "numbers only", *(f"{found[cause] / max(1, found.total()):.0%}" for found in kinds.values())
        )
    table.add_row("told", *(f"{told.share(kind):.1%}" for kind in told.counts), f"{told.share():.1%}")
    table.add_row("falsely", *[""] * len(told.counts), str(len(told.false)))
    return table
