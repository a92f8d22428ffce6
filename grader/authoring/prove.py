"""`grader verify --full`: the grader put to the proof with answers made by program, right and wrong."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import FunctionType
from typing import Any

from rich.console import Console

import solutions
from grader.authoring.build import NOTEBOOKS, lesson_names
from grader.authoring.mutants import Mutant, mutants
from grader.authoring.pool import for_each_exercise
from grader.authoring.rewrites import rewrites
from unrolled.exam.calling import Outcome, outcomes_of
from unrolled.exam.diagnose import Verdict, diagnose
from unrolled.exam.exercise import BEHAVIOUR, Examination, Exercise
from unrolled.exam.key import SUFFIX, load_key
from unrolled.exam.recognise import changes_in

SEED = 3
SECONDS = 1
PATIENCE = 60


@dataclass
class Proof:
    """What was tried on the exercises, and what came out wrong."""

    right: int = 0
    refused: list[str] = field(default_factory=list)
    mistaken: list[str] = field(default_factory=list)
    wrong: int = 0
    equivalent: int = 0
    survived: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether every right answer passed and would be told no mistake, and every wrong one didn't pass."""
        return not (self.refused or self.mistaken or self.survived or self.stale)

    def add(self, other: Proof) -> None:
        """Count what another one has found, too."""
        for name, found in vars(other).items():
            setattr(self, name, getattr(self, name) + found)


def prove(names: Sequence[str], every: int = 1, console: Console | None = None) -> Proof:
    """Try right rewrites and wrong mutants on the named lessons (all, if none is named) and print both figures.

    Parameters
    ----------
    names : sequence of str
    every : int
        Try only each `every`-th rewrite and mutant: for a quick sample.
    """
    console = console or Console()
    todo = [(e.name, every) for name in names or lesson_names() for e in solutions.exercises(name)]
    proof = Proof()
    for found in for_each_exercise(_prove_named, todo, "Proving", console):
        proof.add(found)
    for line in proof.refused + proof.mistaken + proof.survived + proof.stale:
        console.print(f"[bold red]✗[/] {line}", highlight=False, soft_wrap=True)
    console.print(
        f"{proof.right} right answers, {len(proof.refused)} refused, {len(proof.mistaken)} like a small change of the "
        f"right one; {proof.wrong} wrong answers made by program, "
        f"{proof.equivalent} of them equivalent for a listed reason, {len(proof.survived)} passed.",
        highlight=False,
    )
    return proof


def _prove_named(name: str, every: int) -> Proof:
    proof = Proof()
    prove_exercise(solutions.find(name), proof, every)
    return proof


def prove_exercise(exercise: Exercise, proof: Proof, every: int = 1) -> None:
    """Try one exercise, adding to `proof`."""
    if not isinstance(exercise.reference, FunctionType):
        return
    examination = exercise.examine(SEED)
    for what, function in list(right_answers(exercise))[::every]:
        proof.right += 1
        verdict = judge(exercise, examination, function, PATIENCE)
        if not verdict.passed:
            proof.refused.append(f"{exercise.name}: right answer refused ({what}): {verdict.message}")
        if said := mistaken_for(exercise, function):
            proof.mistaken.append(f"{exercise.name}: right answer ({what}) would be told: {said}")
    if exercise.kind == BEHAVIOUR:
        return  # other numbers may well be right too: there is nothing to mutate
    reasons = dict(exercise.equivalent)
    seen = set()
    for mutant in list(mutants(exercise.reference))[::every]:
        seen.add(mutant.change)
        if mutant.change in reasons:
            proof.equivalent += 1
            continue
        proof.wrong += 1
        if judge(exercise, examination, mutant.function, explain=False).passed:
            proof.survived.append(_survivor(mutant))
    if every == 1:
        stale = sorted(set(reasons) - seen)
        proof.stale += [f"{exercise.name}: listed as equivalent, but no such mutant: {change}" for change in stale]


def mistaken_for(exercise: Exercise, answer: Any) -> str:
    """Which small changes of the reference an answer looks like, if nobody asks whether it is wrong."""
    examination = published(exercise.lesson).get(exercise.name)
    if examination is None or examination.edits is None:
        return ""
    values = [outcome.value for outcome in bounded(examination, answer, exercise.tools, PATIENCE)]
    return " ".join(dict.fromkeys(changes_in(examination, examination.parts, values).values()))


@lru_cache(maxsize=2)
def published(lesson: str) -> dict[str, Examination]:
    """A lesson's examinations on public inputs, as its answer key has them; none before the first build."""
    path = NOTEBOOKS / lesson / f"{lesson}{SUFFIX}"
    examinations = load_key(path.read_text(encoding="utf-8")) if path.is_file() else []
    return {examination.name: examination for examination in examinations}


def judge(
    exercise: Exercise, examination: Examination, answer: Any, seconds: float = SECONDS, explain: bool = True
) -> Verdict:
    """The verdict on an answer, which is stopped if it doesn't come to an end."""
    return diagnose(examination, bounded(examination, answer, exercise.tools, seconds), explain=explain)


def bounded(
    examination: Examination, answer: Any, tools: dict[str, Any], seconds: float = SECONDS
) -> Iterable[Outcome]:
    """What an answer gives on every case, stopped if it doesn't come to an end."""

    over = False

    def stop(*_: Any) -> None:
        if not over:
            raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        try:
            return outcomes_of(examination, answer, tools)
        finally:
            over = True
    except TimeoutError:
        return outcomes_of(examination, _endless, tools)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _endless(*args: Any) -> None:
    raise RuntimeError("did not end")


def right_answers(exercise: Exercise) -> Iterable[tuple[str, Any]]:
    """Everything that is known to be right: the reference, what people wrote, and rewrites of both by program."""
    yield "the reference", exercise.reference
    for answer in (exercise.reference, *exercise.variants):
        if answer is not exercise.reference:
            yield f"{getattr(answer, '__name__', answer)}, by hand", answer
        if isinstance(answer, FunctionType) and answer.__name__ != "<lambda>" and not answer.__closure__:
            yield from ((f"{answer.__name__}: {what}", function) for what, function in rewrites(answer))


def _survivor(mutant: Mutant) -> str:
    return f"{mutant.exercise}: wrong answer passes: {mutant.change}"
