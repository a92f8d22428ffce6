"""Instant checks: `check(f)` says at once whether `f` is right, and if not, what is wrong with it."""

from __future__ import annotations

import ast
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from executing import Source
from IPython.display import display

from unrolled.desk import lessons, progress
from unrolled.desk.answering import answered
from unrolled.desk.bring import StandIn, is_brought, why_absent
from unrolled.desk.hints import as_details
from unrolled.exam.calling import Outcome, outcomes_of
from unrolled.exam.codec import copy_value
from unrolled.exam.diagnose import Verdict, diagnose
from unrolled.exam.exercise import Case, Examination
from unrolled.exam.key import SUFFIX, load_key
from unrolled.exam.patience import SECONDS
from unrolled.exam.probing import tried_again, with_probe
from unrolled.exam.show import as_html, as_note, as_text
from unrolled.exam.wording import listed


class Report:
    """What `check` returns: shows itself in a notebook with hints below, as text elsewhere.

    Attributes
    ----------
    verdict : Verdict
    inputs : tuple
        The arguments of the first failing call, to try by hand; of the first call if none fails.
    """

    def __init__(self, verdict: Verdict, hints: tuple[str, ...], case: Case | None = None):
        self.verdict = verdict
        self.inputs = copy_value((verdict.case or case or Case()).args)
        self._hints = hints

    def __repr__(self) -> str:
        return as_text(self.verdict)

    def _repr_html_(self) -> str:
        return as_html(self.verdict) + ("" if self.verdict.passed else as_details(self._hints))


class Note(str):
    """A message that shows itself in the frame of a verdict. Like a report, it has `inputs`: none."""

    inputs = ()

    def _repr_html_(self) -> str:
        return as_note(self)


def check(answer: Any) -> Report | Note:
    """Check an exercise's function, or a quiz's variable, against the answer key beside the notebook.

    Parameters
    ----------
    answer : callable or value
        The function you wrote, or the variable you set: `check(rnn_step)`.

    Returns
    -------
    Report
        Shown as the cell's output: the parts that are right, the mistake or the first difference, hints. Where
        nbgrader asks, what it understands.
    """
    report = _checked(answer, sys._getframe(1))
    return answered(report, getattr(report, "verdict", None))


def _checked(answer: Any, frame: Any) -> Report | Note:
    _say_if_of_another_version()
    name = _name(answer, frame)
    examination = _find(name)
    if examination is None:
        return Note(_unknown(name))
    if first := _first_to_do(examination, frame):
        progress.tell(name, "unsolved", needs=[each.strip("`") for each in first])
        return Note(f"`{name}` is judged by running it through your own {listed(first)}: not right yet. Begin there.")
    try:
        with _as_when_graded(answer):
            outcomes = outcomes_of(examination, answer, _tools(examination, frame), SECONDS)
    except KeyboardInterrupt:
        return Note("You interrupted the check. Run the cell again to begin it anew.")
    verdict = diagnose(examination, outcomes, reveal=True)
    progress.record(verdict, examination.lesson)
    progress.tell(name, verdict.status, verdict.score)
    first = _say_first(examination, answer, outcomes, verdict, frame)
    said = _say_more(examination, outcomes, first, frame)
    if callable(answer) and first is verdict:
        said = tried_again(examination, outcomes, said, answer)
    return Report(said, examination.hints, examination.cases[0])


def ready(*functions: Any) -> bool:
    """Whether all these functions of yours are right; if not, says kindly which are missing.

    Use it before an experiment that runs with your own code: `if ready(rnn_forward): ...`. While a notebook is
    graded nobody is there to look, so nothing is ever ready then.
    """
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return False
    frame = sys._getframe(1)
    names = _arguments(frame, "ready") or [getattr(function, "__name__", "?") for function in functions]
    missing = {
        name: function for name, function in zip(names, functions, strict=False) if not _right(name, function, frame)
    }
    if missing:
        named = listed([f"`{name}`{_lesson_if_another(name)}" for name in missing])
        display(Note(f"This runs with your own {named}: {_where_to_look(missing)}"))
    return not missing


@contextlib.contextmanager
def _as_when_graded(answer: Any) -> Iterator[None]:
    """Take functions brought from other lessons away for a moment: where a notebook is graded, they aren't there."""
    names = getattr(answer, "__globals__", {})
    brought = {name: value for name, value in names.items() if is_brought(value) and value is not answer}
    names.update({name: _NotThere(name) for name in brought})
    try:
        yield
    finally:
        names.update(brought)


class _NotThere:
    """Stands in for a brought function during a check."""

    def __init__(self, name: str):
        self.name = name

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(
            f"it calls {self.name}, which you brought from another lesson and which isn't there when this notebook is "
            "graded. Write what it needs of it into this notebook"
        )


def _say_first(examination: Examination, answer: Any, outcomes: list[Outcome], verdict: Verdict, frame: Any) -> Verdict:
    """The verdict, unless what this function calls isn't right itself: anything else might blame the wrong one."""
    if verdict.passed or not callable(answer):
        return verdict
    needed = dict.fromkeys((*examination.builds_on, *examination.helpers))
    called = [name for name in needed if name in _called(answer) and name in frame.f_globals]
    wrong = [f"`{name}`" for name in called if not _right(name, frame.f_globals[name], frame)]
    if verdict.status == "unsolved":
        wrong = [name for name in wrong if _stops_in(name.strip("`"), outcomes)]
    if not wrong:
        return verdict
    it, are = ("it", "isn't") if len(wrong) == 1 else ("them", "aren't")
    said = f"It calls your {listed(wrong)}, which {are} right yet: begin there, and check this again with {it} mended."
    if verdict.misconceptions or _goes_wrong_by_itself(verdict):
        said = f"{said}\n{verdict.message}"
    return replace(verdict, message=said, case=None)


def _stops_in(name: str, outcomes: list[Outcome]) -> bool:
    return any(f", in {name}:" in line for outcome in outcomes if outcome.fault for line in outcome.fault.lines)


def _goes_wrong_by_itself(verdict: Verdict) -> bool:
    """Whether its own lines stopped, whatever the functions it calls return."""
    return len(verdict.lines) == 1


def _called(function: Callable) -> set[str]:
    """Names a function looks up, and those that the notebook's functions look up which it calls."""
    found, todo = set(), [getattr(function, "__code__", None)]
    names = getattr(function, "__globals__", {})
    while todo:
        code = todo.pop()
        new = set(code.co_names) - found if code else set()
        found |= new
        todo += [getattr(names.get(name), "__code__", None) for name in new]
        todo += [inner for inner in (code.co_consts if code else ()) if isinstance(inner, CodeType)]
    return found


def _say_more(examination: Examination, outcomes: list[Outcome], verdict: Verdict, frame: Any) -> Verdict:
    """The verdict with what the functions can tell that its probe needs, where all of them are right."""
    if not (examination.probe or examination.steps) or verdict.passed or verdict.case is None:
        return verdict
    tools = {name: frame.f_globals[name] for name in examination.helpers if name in frame.f_globals}
    wrong = any(not _right(name, function, frame) for name, function in tools.items())
    return verdict if wrong else with_probe(examination, outcomes, verdict, tools)


def _right(name: str, function: Any, frame: Any) -> bool:
    examination = _find(getattr(function, "__name__", name) if callable(function) else name)
    return (
        examination is not None
        and not _first_to_do(examination, frame)
        and diagnose(
            examination, outcomes_of(examination, function, _tools(examination, frame), SECONDS), explain=False
        ).passed
    )


def _lesson_if_another(name: str) -> str:
    examination = _find(name)
    here = examination is None or (Path.cwd() / f"{examination.lesson}{SUFFIX}").is_file()
    return "" if here else f" of lesson {examination.lesson}"


def _where_to_look(missing: dict[str, Any]) -> str:
    """What is the matter with functions, by name: they couldn't be brought, can't be checked here, or are wrong."""
    absent = [function for function in missing.values() if isinstance(function, StandIn)]
    present = [name for name, function in missing.items() if not isinstance(function, StandIn)]
    unknown = [f"`{name}`" for name in present if not _find(name)]
    said = ["not right yet." if len(unknown) < len(missing) else "that can't be checked here."]
    reasons = dict.fromkeys((function.lesson, function.reason) for function in absent)
    said += [why_absent([each for each in absent if (each.lesson, each.reason) == reason]) for reason in reasons]
    if unknown:
        they = "it is" if len(unknown) == 1 else "they are"
        said.append(
            f"There is no answer key for {listed(unknown)}: put the folder of the lesson in which {they} written "
            "beside this one's."
        )
    if len(unknown) < len(present):
        said.append(f"{'Its check cell says' if len(present) == 1 else 'Their check cells say'} what is missing.")
    return " ".join(said)


def _tools(examination: Examination, frame: Any) -> dict[str, Any]:
    return {name: frame.f_globals[name] for name in examination.play.needs} if examination.play else {}


def _first_to_do(examination: Examination, frame: Any) -> list[str]:
    """Functions that what the learner hands in is run through, and that aren't there or aren't right."""
    needs = examination.play.needs if examination.play else ()
    return [f"`{name}`" for name in needs if not _usable(name, frame.f_globals.get(name), frame)]


def _usable(name: str, function: Any, frame: Any) -> bool:
    return (
        callable(function) and not isinstance(function, StandIn) and (not _find(name) or _right(name, function, frame))
    )


def _name(answer: Any, frame: Any) -> str:
    names = _arguments(frame, "check")
    if len(names) == 1 and _find(names[0]):
        return names[0]
    return getattr(answer, "__name__", names[0] if names else type(answer).__name__)


def _arguments(frame: Any, caller: str) -> list[str]:
    """The names of the variables that `caller` was called with; none where they can't be known."""
    found = Source.executing(frame)
    nodes = [found.node] if found.node else list(_calls(found.source, caller, frame.f_lineno))
    arguments = [getattr(argument, "id", "") for argument in getattr(nodes[0], "args", [])] if len(nodes) == 1 else []
    return arguments if all(arguments) else []


def _calls(source: Source, name: str, line: int) -> Iterator[ast.Call]:
    """Calls of a function on one line, where several statements share it."""
    for node in ast.walk(source.tree) if source.tree else ():
        here = isinstance(node, ast.Call) and node.lineno <= line <= node.end_lineno
        if here and getattr(node.func, "id", "") == name:
            yield node


def _find(name: str) -> Examination | None:
    return next((each for path in lessons.answer_keys() for each in _exercises(path) if each.name == name), None)


@lru_cache(maxsize=1)
def _say_if_of_another_version() -> None:
    """Once is enough."""
    if said := lessons.other_version():
        display(Note(said))


def _exercises(path: Path) -> list[Examination]:
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, modified: int) -> list[Examination]:
    """None of a damaged key: whoever works in another lesson needn't hear of it."""
    try:
        return load_key(path.read_text(encoding="utf-8"))
    except ValueError:
        return []


def _unknown(name: str) -> str:
    keys = lessons.answer_keys()
    if damaged := [path.name for path in keys if not _exercises(path)]:
        return f"{listed(damaged)} can't be used: get a fresh copy of the lesson's folder, and check again."
    if keys:
        return f"`{name}` is no exercise of this lesson: pass the function (or variable) asked for, by its name."
    return (
        "There is no answer key here: open the notebook in the folder it came in, with its `.key.json` file beside "
        "it, and check again."
    )
