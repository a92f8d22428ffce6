"""Saying more about a wrong answer by means of functions that are right: is it the step, or what is done with it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from unrolled.exam.anywhere import KEPT
from unrolled.exam.calling import Outcome, call, quietly
from unrolled.exam.diagnose import CHANGE, STEP, Verdict
from unrolled.exam.exercise import Examination
from unrolled.exam.parts import failure, places_of
from unrolled.exam.steps import first_to_go_wrong
from unrolled.exam.trying import what_zeros_mend


@quietly()
def with_probe(
    examination: Examination, outcomes: Sequence[Outcome], verdict: Verdict, tools: Mapping[str, Callable]
) -> Verdict:
    """The verdict, with what the examination's probe has to add about the first failing case.

    Parameters
    ----------
    outcomes : sequence of Outcome
        One per case.
    verdict : Verdict
        What was made of them, with the case it speaks of.
    tools : dict
        The functions the probe needs, and perhaps more, by name; all of them right.
    """
    place = next((place for place, case in enumerate(examination.cases) if case is verdict.case), None)
    explained = verdict.misconceptions or verdict.cause == CHANGE
    if not (examination.probe or examination.steps) or place is None or verdict.status != "failed" or explained:
        return verdict
    outcome = outcomes[place]
    if outcome.fault or outcome.mutated or verdict.message.startswith(KEPT):
        return verdict
    said = call(lambda *args: _more(examination, outcome.value, args, tools), verdict.case.args).value
    if not (isinstance(said, str) and said):
        return verdict
    return replace(verdict, message=f"{verdict.message}\n{said}", cause=verdict.cause or STEP)


def tried_again(examination: Examination, outcomes: Sequence[Outcome], verdict: Verdict, function: Callable) -> Verdict:
    """The verdict on a function that is wrong and nothing explains, with what simpler cases say of it."""
    first = outcomes[0]
    if not examination.simpler or verdict.status != "failed" or verdict.cause or first.fault or first.mutated:
        return verdict
    wrong = [0 in places_of(examination, p) and bool(failure(examination, p, 0, first)) for p in examination.parts]
    said = ""
    with suppress(Exception):  # a fault of ours in what is said besides would take the verdict away
        said = what_zeros_mend(examination, wrong, first.value, function) if any(wrong) else ""
    return replace(verdict, message=f"{verdict.message}\n{said}", cause=STEP) if said else verdict


def _more(examination: Examination, returned: Any, args: tuple, tools: Mapping[str, Callable]) -> str:
    steps, probe = examination.steps, examination.probe
    if steps and steps.step in tools:
        given = dict(zip(examination.arguments, args))
        return first_to_go_wrong(steps, given, returned, tools[steps.step])
    needed = {name: tools[name] for name in probe.needs if name in tools} if probe else {}
    return probe.run(returned, *args, **needed) if probe else ""
