"""`grader verify`: one command proves the course consistent.

For every exercise: the reference scores all, the stub none, each misconception is rejected and gets its own
explanation, other right answers score all, the hint ladder stands, and no notebook is stale.
"""

from __future__ import annotations

import inspect
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from rich.console import Console
from rich.table import Table

import solutions
from grader.authoring.build import LESSONS, NOTEBOOKS, ROOT, build_lessons, lesson_names, stale_files
from grader.authoring.pool import for_each_exercise
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import Verdict, diagnose
from unrolled.exam.exercise import VALUE, Examination, Exercise
from unrolled.exam.key import PUBLIC_SEED, SUFFIX, load_key

SEEDS = (1, 2)
LEAST_MISCONCEPTIONS, LEAST_VARIANTS, LEAST_HINTS = 3, 2, 3


@dataclass
class Findings:
    """What verifying one exercise gave: counts for the table, and what is off."""

    lesson: str
    exercise: str
    points: float
    mistakes: int
    right: int
    hints: int
    recognised: int = 0
    accepted: int = 0
    problems: list[str] = field(default_factory=list)


def verify(names: Sequence[str], console: Console | None = None) -> int:
    """Verify the named lessons (all, if none is named) and print a table.

    Returns
    -------
    int
        Exit code: 0 if all is well, 1 if anything is off.
    """
    console = console or Console()
    names = names or lesson_names()
    todo = [(name, exercise.name) for name in names for exercise in solutions.exercises(name)]
    found = for_each_exercise(_verify_named, todo, "Verifying", console)
    stale = list(_stale(names, console))
    console.print(_table(found))
    problems = [f"{f.lesson}, {f.exercise}: {problem}" for f in found for problem in f.problems] + stale
    problems += [problem for name in names for problem in _to_do(name)]
    for problem in problems:
        console.print(f"[bold red]✗[/] {problem}", highlight=False)
    console.print(_summary(names, found, problems), highlight=False)
    return 1 if problems else 0


def _verify_named(lesson: str, name: str) -> Findings:
    return verify_exercise(lesson, solutions.find(name))


def verify_exercise(lesson: str, exercise: Exercise) -> Findings:
    """Run every answer we know, right and wrong, through the check and see that it gets the verdict it deserves."""
    findings = Findings(
        lesson,
        exercise.name,
        exercise.points,
        len(exercise.misconceptions),
        len(exercise.variants) + 1,
        len(exercise.hints),
    )
    right = [("the reference", exercise.reference), *((f"right variant {_name(v)}", v) for v in exercise.variants)]
    wrong = [(misconception.name, misconception.answer) for misconception in exercise.misconceptions]
    answers = right + [(f"misconception {name}", answer) for name, answer in wrong]
    findings.problems += [f"{who} isn't written yet" for who, answer in answers if not _written(answer)]
    if _written(exercise.reference):
        _judge_all(findings, exercise, right, wrong)
    _count(findings, exercise)
    return findings


def _written(answer: Any) -> bool:
    """Whether a function does more than to say that it isn't written."""
    return not inspect.isfunction(answer) or inspect.getsource(answer).split()[-2:] != ["raise", "NotImplementedError"]


def _judge_all(
    findings: Findings, exercise: Exercise, right: list[tuple[str, Any]], wrong: list[tuple[str, Any]]
) -> None:
    lesson = findings.lesson
    public = _keys(lesson, exercise.name) or [exercise.examine(PUBLIC_SEED)]
    examinations = [exercise.examine(seed) for seed in SEEDS] + public
    judge = _judge(exercise, examinations)
    findings.accepted = sum(_expect_full(findings, who, judge(a)) for who, a in right if _written(a))
    findings.recognised = sum(_expect_named(findings, name, judge(a)) for name, a in wrong if _written(a))
    _expect_none(findings, judge(_stub(lesson, exercise)))


def _judge(exercise: Exercise, examinations: list[Examination]) -> Callable[[Any], list[Verdict]]:
    return lambda answer: [diagnose(e, outcomes_of(e, answer, exercise.tools)) for e in examinations]


def _keys(lesson: str, name: str) -> list[Examination]:
    path = NOTEBOOKS / lesson / f"{lesson}{SUFFIX}"
    examinations = load_key(path.read_text(encoding="utf-8")) if path.is_file() else []
    return [examination for examination in examinations if examination.name == name]


def _expect_full(findings: Findings, who: str, verdicts: list[Verdict]) -> bool:
    bad = next((verdict for verdict in verdicts if not verdict.passed), None)
    if bad:
        findings.problems.append(f"{who} scores {bad.score:g} of {bad.max_score:g}: {bad.message}")
    return bad is None


def _expect_named(findings: Findings, name: str, verdicts: list[Verdict]) -> bool:
    passed = any(verdict.passed for verdict in verdicts)
    unnamed = next((verdict for verdict in verdicts if name not in verdict.misconceptions), None)
    if passed:
        findings.problems.append(f"misconception {name} passes")
    elif unnamed:
        said = ", ".join(unnamed.misconceptions) or unnamed.message
        findings.problems.append(f"misconception {name} isn't recognised, but told: {said}")
    return not passed and unnamed is None


def _expect_none(findings: Findings, verdicts: list[Verdict]) -> None:
    if any(verdict.score for verdict in verdicts) or any(verdict.status != "unsolved" for verdict in verdicts):
        findings.problems.append(f"the stub isn't seen as unsolved: {verdicts[0].status}, {verdicts[0].message}")


def _stub(lesson: str, exercise: Exercise) -> Any:
    """The unsolved answer as the released notebook has it; before the first build, a function that isn't written."""
    path = NOTEBOOKS / lesson / f"{lesson}.ipynb"
    cells = nbformat.read(path, as_version=4).cells if path.is_file() else []
    for cell in cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise.name:
            namespace = dict(vars(_module(exercise)))
            exec(compile(cell.source, exercise.name, "exec"), namespace)
            return namespace[exercise.name]
    return ... if exercise.kind == VALUE else _not_written


def _not_written(*args: Any) -> None:
    raise NotImplementedError


def _module(exercise: Exercise) -> Any:
    from importlib import import_module

    return import_module(exercise.reference.__module__) if callable(exercise.reference) else import_module("builtins")


def _count(findings: Findings, exercise: Exercise) -> None:
    names = [misconception.name for misconception in exercise.misconceptions]
    if len(set(names)) < len(names):
        findings.problems.append("two misconceptions have one name")
    findings.problems += [
        f"misconception {m.name} tells its maker nothing" for m in exercise.misconceptions if not m.explanation
    ]
    if exercise.kind == VALUE:
        unexplained = set(exercise.choices) - {exercise.reference} - {m.answer for m in exercise.misconceptions}
        findings.problems += [f"the wrong choice {choice!r} isn't explained" for choice in sorted(unexplained)]
        return
    for things, least, what in (
        (exercise.misconceptions, LEAST_MISCONCEPTIONS, "misconceptions"),
        (exercise.variants, LEAST_VARIANTS, "other right answers"),
        (exercise.hints, LEAST_HINTS, "hints"),
    ):
        if len(things) < least:
            findings.problems.append(f"has {len(things)} {what}, needs {least}")
    if any(not hint.strip() for hint in exercise.hints):
        findings.problems.append("has an empty hint")


def _stale(names: Sequence[str], console: Console) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as scratch:
        for name, built in build_lessons(names, Path(scratch), console):
            yield from (f"{path.name} is stale: grader build" for path in stale_files(name, built))


def _to_do(lesson: str) -> Iterator[str]:
    """Lines of the lesson's text and answers that an author has still to fill in."""
    folder = ROOT / "solutions" / lesson.partition("_")[2]
    for path in [LESSONS / f"{lesson}.md", *sorted(folder.rglob("*.py"))]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if missing := re.search(r"\bTODO\b[^\"*]*", line):
                yield f"{path.relative_to(ROOT)}, line {number}: {missing[0]}"


def _name(answer: Any) -> str:
    return getattr(answer, "__name__", repr(answer))


def _table(found: list[Findings]) -> Table:
    table = Table("exercise", box=None, pad_edge=False)
    for column in ("points", "mistakes named", "right accepted", "hints"):
        table.add_column(column, justify="right")
    table.add_column("")
    lesson = None
    for findings in found:
        if findings.lesson != lesson:
            lesson = findings.lesson
            table.add_row(f"[bold]{lesson}[/]")
        table.add_row(
            f"  {findings.exercise}",
            f"{findings.points:g}",
            f"{findings.recognised}/{findings.mistakes}",
            f"{findings.accepted}/{findings.right}",
            str(findings.hints),
            "[red]✗[/]" if findings.problems else "[blue]✓[/]",
        )
    return table


def _summary(names: Sequence[str], found: list[Findings], problems: list[str]) -> str:
    mistakes = sum(findings.recognised for findings in found)
    right = sum(findings.accepted for findings in found)
    state = f"{len(problems)} problems" if problems else "all is well"
    return (
        f"{len(names)} lessons, {len(found)} exercises: {mistakes} known mistakes rejected and named, "
        f"{right} right answers accepted; {state}."
    )
