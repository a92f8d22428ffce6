"""Calling a learner's function on the cases of an examination, and keeping what came of it."""

from __future__ import annotations

import contextlib
import io
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CoroutineType, TracebackType
from typing import Any

import numpy as np

from unrolled.exam.codec import CodecError, copy_value, decode, encode
from unrolled.exam.exercise import BEHAVIOUR, VALUE, Case, Examination
from unrolled.exam.patience import PLAYING_SECONDS, Stopped, patience
from unrolled.exam.shapes import is_bare, misfit

STOPPED = ("timeout", "interrupted")
_GENERATED = ("<frozen", "<__array_function__")
_OURS = (str(Path(__file__).parents[1]), sys.prefix, sys.base_prefix)


@dataclass(frozen=True)
class Fault:
    """Why there is no value.

    Attributes
    ----------
    kind : str
        The exception's name, or what became of the process: "timeout", "memory", "crash", "undefined", ….
    text : str
        What to tell the learner.
    lines : tuple of str
        The learner's own lines on the way to the exception, innermost last.
    """

    kind: str
    text: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What calling the learner's function on one case gave: a value, or a fault; and which arguments it changed.

    Attributes
    ----------
    value : object
        Plain data, as `unrolled.exam.codec` carries it.
    fault : Fault or None
    mutated : tuple of int
        Positions of the arguments that are no longer what they were.
    """

    value: Any = None
    fault: Fault | None = None
    mutated: tuple[int, ...] = ()


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Without warnings: those that come up where an answer is judged are of our code, and no learner's business."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def call_on_cases(function: Callable, cases: Iterable[Case], seconds: float | None = None) -> list[Outcome]:
    """Call `function` on fresh copies of every case's arguments; never raises for what the function does.

    Once it had to be stopped after `seconds`, or by the learner, it isn't called again.
    """
    outcomes: list[Outcome] = []
    for case in cases:
        stopped = outcomes and outcomes[-1].fault and outcomes[-1].fault.kind in STOPPED
        outcomes.append(outcomes[-1] if stopped else call(function, case.args, seconds))
    return outcomes


def call(
    function: Callable, args: tuple, seconds: float | None = None, keep: Callable[[Any], Any] | None = None
) -> Outcome:
    """Call `function` once, and keep what it returned as plain data. What it prints or warns is not shown."""
    own = copy_value(args)
    try:
        with _quietly(), patience(seconds, call.__code__):
            result = function(*own)
            if isinstance(result, CoroutineType):
                result.close()  # or Python warns that nobody waited for it
        return Outcome((keep or _as_carried)(result), mutated=_changed(args, own))
    except CodecError as error:
        return Outcome(fault=Fault("unsupported", f"it returned {error}"))
    except Stopped as stopped:
        return Outcome(fault=_fault_of_stopped(stopped, seconds))
    except (Exception, SystemExit) as error:
        return Outcome(fault=fault_of(error), mutated=_changed(args, own))


def _as_carried(result: Any) -> Any:
    return decode(encode(result))


def _fault_of_stopped(stopped: Stopped, seconds: float | None) -> Fault:
    lines = _own_lines(stopped.frames)
    if not stopped.late:
        return Fault("interrupted", "you interrupted it; it was at the line below", lines)
    return Fault("timeout", f"it did not come to an end within {seconds:g} s: look for a loop that never ends", lines)


def take_value(value: Any) -> Outcome:
    """The outcome of showing a variable instead of calling a function."""
    try:
        return Outcome(decode(encode(value)))
    except CodecError as error:
        return Outcome(fault=Fault("unsupported", f"{_culprit(value)} is {error}"))


def _culprit(value: Any) -> str:
    """What of a value can't be shown: "it", or the first such item of a dict."""
    for name, item in value.items() if isinstance(value, dict) else ():
        try:
            encode(item)
        except CodecError:
            return f"its '{str(name)[:40]}'"
    return "it"


def play(
    examination: Examination, handed_in: Outcome, tools: dict[str, Callable], seconds: float | None = None
) -> list[Outcome]:
    """Outcomes of a behaviour exercise: run what the learner handed in on every case."""
    if handed_in.fault:
        return [_still_open(handed_in)] * len(examination.cases)
    run = examination.play.run
    played = call_on_cases(lambda *args: run(copy_value(handed_in.value), *args, **tools), examination.cases, seconds)
    return [_refused(outcome) for outcome in played]


def _still_open(outcome: Outcome) -> Outcome:
    """A variable that is still `...` is as good as a function that isn't written."""
    return Outcome(fault=Fault("NotImplementedError")) if outcome.fault.text == "it is an ellipsis" else outcome


def _refused(outcome: Outcome) -> Outcome:
    """What is handed in may be unusable: that is the play's word about it, not an exception of the learner's code."""
    fault = outcome.fault
    if fault and fault.kind == "ValueError" and not fault.lines:
        return Outcome(fault=Fault("unusable", f"It can't be used: {fault.text}"))
    return outcome


def outcomes_of(
    examination: Examination, answer: Any, tools: dict[str, Callable], seconds: float | None = None
) -> list[Outcome]:
    """Outcomes of `answer`, an object of this process, whatever the exercise's kind; no call takes over `seconds`."""
    if examination.kind == VALUE:
        return [take_value(answer)] * len(examination.cases)
    if examination.kind == BEHAVIOUR:
        seconds = seconds and max(seconds, PLAYING_SECONDS)
        handed_in = call(answer, (), seconds) if callable(answer) else take_value(answer)
        return play(examination, handed_in, tools, seconds)
    return call_on_cases(answer, examination.cases, seconds)


def fault_of(error: BaseException) -> Fault:
    """Describe an exception by its name, its text and the learner's own lines.

    An exception of a class that the notebook defines goes by the name of the class it is made from.
    """
    lines = _own_lines(traceback.extract_tb(error.__traceback__))
    own = [place for place in _places(error) if _is_own(place.tb_frame.f_code.co_filename)]
    said = misfit(error, own[-1] if own else None)
    kind = next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ != "__main__")
    return Fault(kind, said or _short(error), lines)


def is_explained(fault: Fault) -> bool:
    """Whether a fault's text says in words what is wrong, and not in shapes alone; if it was raised, at which line."""
    raised = fault.kind[:1].isupper()
    return bool(fault.text) and not (raised and (is_bare(fault.text) or not fault.lines))


def _places(error: BaseException) -> Iterator[TracebackType]:
    place = error.__traceback__
    while place is not None:
        yield place
        place = place.tb_next


def _own_lines(frames: Iterable[traceback.FrameSummary]) -> tuple[str, ...]:
    own = [frame for frame in frames if _is_own(frame.filename)]
    return tuple(f"line {frame.lineno}, in {frame.name}: {frame.line or '?'}" for frame in own[-3:])


def _is_own(filename: str) -> bool:
    """Whether a file is the learner's: not ours, not Python's, not a library's, wherever it is installed."""
    library = "site-packages" in filename or filename.endswith((".pyx", ".pxd")) or filename.startswith(_GENERATED)
    return not library and not filename.startswith(_OURS)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    out, err = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with warnings.catch_warnings(), out, err, np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _short(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:
        return "(its text can't be shown)"
    return text if len(text) <= 500 else text[:500] + "…"


def _changed(before: tuple, after: tuple) -> tuple[int, ...]:
    return tuple(place for place, (old, new) in enumerate(zip(before, after, strict=True)) if not _same(old, new))


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, np.ndarray):
        return (
            isinstance(new, np.ndarray)
            and old.shape == new.shape
            and old.dtype == new.dtype
            and (old.tobytes() == new.tobytes() or np.array_equal(old, new, equal_nan=old.dtype.kind in "fc"))
        )
    if isinstance(old, dict):
        return isinstance(new, dict) and old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list | tuple):
        return isinstance(new, list | tuple) and len(old) == len(new) and all(map(_same, old, new))
    if not isinstance(old, bool | int | float | str):
        return True
    return old == new or (old != old and new != new)
