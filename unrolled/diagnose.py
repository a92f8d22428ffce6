"""From outcomes to a verdict: the score, part by part, and which mistake it is. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from unrolled.calling import Fault, Outcome
from unrolled.compare import Difference, compare, describe, wrong_numbers
from unrolled.exercise import VALUE, Case, Examination, Known, Part, Pattern, Raised

_MISSING = object()
_ADVICE = {  # what an exception's text is a sign of
    "converted to Python scalars": "`math.exp` and its like take one number; `np.exp` takes a whole array.",
    "truth value of an array": "An array has many truth values, where `if`, `and`, `or` and `not` need one: "
    "`np.where`, `&`, `|` and `~` work on each number.",
    "'NoneType' object": "Something is None where a value is needed: is a `return` missing in a function it calls?",
    "read-only": "It writes into an array that isn't its own: make a copy first.",
}


@dataclass(frozen=True)
class PartVerdict:
    """Whether one part is right, and what it earned."""

    name: str
    points: float
    passed: bool
    text: str = ""

    @property
    def earned(self) -> float:
        """The part's points, or none."""
        return self.points if self.passed else 0.0


@dataclass(frozen=True)
class Verdict:
    """What a check says about one exercise.

    Attributes
    ----------
    score, max_score : float
    parts : tuple of PartVerdict
    misconceptions : tuple of str
        Slugs of the known mistakes whose outputs these are; empty if right or unknown.
    message : str
        What to tell the learner.
    status : {"passed", "failed", "unsolved"}
    lines : tuple of str
        The learner's own lines on the way to an exception.
    case : Case or None
        The public case a message speaks of; None when inputs are secret.
    """

    exercise: str
    score: float
    max_score: float
    parts: tuple[PartVerdict, ...]
    message: str
    misconceptions: tuple[str, ...] = ()
    status: str = "failed"
    lines: tuple[str, ...] = ()
    case: Case | None = None

    @property
    def passed(self) -> bool:
        """Whether all points were earned."""
        return self.status == "passed"


def diagnose(examination: Examination, outcomes: Sequence[Outcome], reveal: bool = False) -> Verdict:
    """Judge the outcomes of one implementation.

    Parameters
    ----------
    examination : Examination
    outcomes : sequence of Outcome
        One per case.
    reveal : bool
        Whether the message may show inputs and numbers: True for public seeds only.
    """
    if len(outcomes) != len(examination.cases):
        raise ValueError(f"{examination.name}: {len(outcomes)} outcomes for {len(examination.cases)} cases")
    if examination.kind == VALUE:
        outcomes = [_as_choice(outcome) for outcome in outcomes]
    parts = tuple(_judge(examination, part, outcomes) for part in examination.parts)
    score = round(sum(part.earned for part in parts), 4)
    if all(part.passed for part in parts):
        return Verdict(examination.name, score, examination.points, parts, "Everything is right.", status="passed")
    if _unsolved(examination, outcomes):
        message = f"Not solved yet{_still_to_do(examination, outcomes)}."
        return Verdict(examination.name, 0.0, examination.points, parts, message, status="unsolved")
    mistakes = known_mistakes(examination, outcomes)
    pattern = next((p for p in examination.patterns if _fits(examination, p, outcomes)), None)
    among = (_spot(examination, pattern.wrong[0]),) if pattern else examination.parts
    part, place = _first_failure(examination, outcomes, among)
    message = _explain(mistakes) or "\n".join(
        [*([pattern.text] if pattern else []), _describe_failure(examination, outcomes, part, place, reveal)]
    )
    fault = outcomes[place].fault
    return Verdict(
        examination.name, score, examination.points, parts, message, _names(mistakes),
        lines=fault.lines if fault else (), case=examination.cases[place] if reveal else None,
    )  # fmt: skip


def known_mistakes(examination: Examination, outcomes: Sequence[Outcome]) -> dict[str, tuple[Known, ...]]:
    """The misconceptions these outcomes betray: of the whole answer, under "", if one fits; else of each wrong part."""
    if any(known.sign for known in examination.known):
        return {"": _signed(examination, outcomes)}
    whole = tuple(known for known in examination.known if _agrees(examination, known, outcomes, None))
    if whole:
        return {"": whole}
    several = [part for part in examination.parts if (part.pick, part.label) != (None, None)]
    wrong = [part for part in several if not _judge(examination, part, outcomes).passed]
    return {part.name: _mistakes_in(examination, part, outcomes) for part in wrong}


def component(value: Any, pick: int | str | None) -> Any:
    """The component of a returned value that a part looks at, or a marker that it isn't there."""
    if pick is None:
        return value
    if isinstance(pick, int) and isinstance(value, list | tuple) and pick < len(value):
        return value[pick]
    if isinstance(pick, str) and isinstance(value, dict) and pick in value:
        return value[pick]
    return _MISSING


def _judge(examination: Examination, part: Part, outcomes: Sequence[Outcome]) -> PartVerdict:
    places = _places(examination, part)
    if not places:
        raise ValueError(f"{examination.name}: no case is labelled {part.label!r}, which part {part.name!r} asks for")
    for place in places:
        text = _failure(examination, part, place, outcomes[place])
        if text:
            return PartVerdict(part.name, part.points, False, text)
    return PartVerdict(part.name, part.points, True)


def _places(examination: Examination, part: Part) -> list[int]:
    return [place for place, case in enumerate(examination.cases) if part.label in (None, case.label)]


def _failure(examination: Examination, part: Part, place: int, outcome: Outcome) -> str:
    expected = examination.expected[place]
    if isinstance(expected, Raised):
        raised = outcome.fault is not None and outcome.fault.kind == expected.error
        return "" if raised else f"should raise {expected.error}"
    if outcome.fault:
        return outcome.fault.kind
    if outcome.mutated and not examination.may_mutate:
        return "changes its argument"
    difference = _difference(examination, part, place, outcome.value)
    return difference.text if difference else ""


def _difference(examination: Examination, part: Part, place: int, value: Any) -> Difference | None:
    expected = component(examination.expected[place], part.pick)
    got = component(value, part.pick)
    if value is None and examination.expected[place] is not None:
        return Difference("type", "returned None: is a `return` missing?")
    if got is _MISSING or not _same_size(examination.expected[place], value, part.pick):
        return Difference("type", f"returned {describe(value)}, expected {describe(examination.expected[place])}")
    return compare(expected, got, examination.tolerance, examination.relative)


def _same_size(expected: Any, value: Any, pick: int | str | None) -> bool:
    return not isinstance(pick, int) or len(expected) == len(value)


def _unsolved(examination: Examination, outcomes: Sequence[Outcome]) -> bool:
    if examination.kind == VALUE:
        return all(_is_blank(o.value) if o.fault is None else "ellipsis" in o.fault.text for o in outcomes)
    asked = [o for o, expected in zip(outcomes, examination.expected) if not isinstance(expected, Raised)]
    return all(_not_written(outcome.fault) for outcome in asked)


def _not_written(fault: Fault | None) -> bool:
    """Whether the function itself says that it isn't written; a function it calls may say so, too."""
    return fault is not None and fault.kind == "NotImplementedError" and not fault.text and len(fault.lines) < 2


def _still_to_do(examination: Examination, outcomes: Sequence[Outcome]) -> str:
    if examination.kind == VALUE:
        return ": choose an answer"
    raised = any(outcome.fault and outcome.fault.lines for outcome in outcomes)
    return ": `raise NotImplementedError()` is still there" if raised else ""


def _as_choice(outcome: Outcome) -> Outcome:
    """A quiz's answer as it was meant: "B " is b."""
    return replace(outcome, value=outcome.value.strip().lower()) if isinstance(outcome.value, str) else outcome


def _is_blank(answer: Any) -> bool:
    return answer is None or (isinstance(answer, str) and answer == "")


def _first_failure(examination: Examination, outcomes: Sequence[Outcome], among: Sequence[Part]) -> tuple[Part, int]:
    return next(
        (part, place)
        for part in among
        for place in _places(examination, part)
        if _failure(examination, part, place, outcomes[place])
    )


def _fits(examination: Examination, pattern: Pattern, outcomes: Sequence[Outcome]) -> bool:
    return all(_off_by_numbers(examination, _spot(examination, name), outcomes) for name in pattern.wrong) and all(
        _judge(examination, _spot(examination, name), outcomes).passed for name in pattern.right
    )


def _spot(examination: Examination, name: str) -> Part:
    """The part a pattern speaks of, narrowed to the cases of one label if it says so: "du_h @ two timesteps"."""
    part_name, _, label = name.partition(" @ ")
    part = next((part for part in examination.parts if part.name == part_name), None)
    if part is None:
        raise ValueError(f"{examination.name}: a pattern speaks of {part_name!r}, which is no part")
    return replace(part, label=label or part.label)


def _off_by_numbers(examination: Examination, part: Part, outcomes: Sequence[Outcome]) -> bool:
    places = [p for p in _places(examination, part) if _failure(examination, part, p, outcomes[p])]
    if any(outcomes[place].mutated for place in places) and not examination.may_mutate:
        return False
    differences = [_difference(examination, part, place, outcomes[place].value) for place in places]
    return bool(places) and all(difference and difference.kind in ("value", "nan") for difference in differences)


def _agrees(examination: Examination, known: Known, outcomes: Sequence[Outcome], part: Part | None) -> bool:
    pick, places = (part.pick, _places(examination, part)) if part else (None, range(len(outcomes)))
    returned = False
    for place in places:
        expected, outcome = known.outputs[place], outcomes[place]
        if isinstance(expected, Raised) or outcome.fault:
            if not (isinstance(expected, Raised) and outcome.fault and outcome.fault.kind == expected.error):
                return False
            continue
        returned = True
        if compare(
            component(expected, pick), component(outcome.value, pick), examination.tolerance, examination.relative
        ):
            return False
    return returned or all(isinstance(known.outputs[place], Raised) for place in places)


def _differs(examination: Examination, known: Known, part: Part) -> bool:
    return any(
        _failure(examination, part, place, _as_outcome(known.outputs[place])) for place in _places(examination, part)
    )


def _as_outcome(output: Any) -> Outcome:
    return Outcome(fault=Fault(output.error)) if isinstance(output, Raised) else Outcome(output)


def _signed(examination: Examination, outcomes: Sequence[Outcome]) -> tuple[Known, ...]:
    if any(outcome.fault for outcome in outcomes):
        return ()
    got = tuple(outcome.value for outcome in outcomes)
    return tuple(known for known in examination.known if known.sign and known.sign(examination.expected, got))


def _mistakes_in(examination: Examination, part: Part, outcomes: Sequence[Outcome]) -> tuple[Known, ...]:
    return tuple(
        known
        for known in examination.known
        if _differs(examination, known, part) and _agrees(examination, known, outcomes, part)
    )


def _names(mistakes: Mapping[str, Sequence[Known]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known.name for found in mistakes.values() for known in found))


def _explain(mistakes: Mapping[str, Sequence[Known]]) -> str:
    """One explanation under the names of all the parts it explains; two that fit equally well are both said."""
    said: dict[str, list[str]] = {}
    for part, found in mistakes.items():
        said.setdefault(_either(found), []).append(part)
    said.pop("", None)
    if len(said) == 1:
        return next(iter(said))
    return "\n".join(f"{', '.join(parts)}: {text}" for text, parts in said.items())


def _either(found: Sequence[Known]) -> str:
    if len(found) < 2:
        return "".join(known.explanation for known in found)
    return "This is what you get from either of these:\n" + "\n".join(f"• {known.explanation}" for known in found)


def _describe_failure(
    examination: Examination, outcomes: Sequence[Outcome], part: Part, place: int, reveal: bool
) -> str:
    outcome, case = outcomes[place], examination.cases[place]
    alike = outcome.fault and len({o.fault and (o.fault.kind, o.fault.text) for o in outcomes}) == 1
    where = f" ({case.label})" if case.label and not alike else ""
    if examination.kind == VALUE and isinstance(examination.expected[place], str):
        return f"Choose one of {_choices(examination)}, in quotes."
    if isinstance(examination.expected[place], Raised):
        did = f"raises {outcome.fault.kind}" if outcome.fault else f"returns {describe(outcome.value)}"
        return f"It {did} where it should raise {examination.expected[place].error}{where}."
    if outcome.fault:
        return _describe_fault(outcome, where, reveal)
    if outcome.mutated and not examination.may_mutate:
        return (
            f"It changes {_argument(examination, case, outcome.mutated[0])}{where}: whoever passed it in finds "
            "other numbers in it afterwards. Make a new one instead of writing into this one."
        )
    difference = _difference(examination, part, place, outcome.value)
    name = f"{'The result' if part.pick is None else part.name}{difference.path}"
    sentence = _sentence(name, difference, part, reveal)
    blocks = _blocks(examination, part, place, outcome.value) if difference.kind == "value" else ""
    return sentence if sentence.endswith("?") else f"{sentence}{where}.{blocks}"


def _argument(examination: Examination, case: Case, place: int) -> str:
    """Which argument, by the name it has in the exercise: "its argument `h_0`, an array of shape (2, 3)"."""
    names = examination.arguments
    name = f"its argument `{names[place]}`" if place < len(names) else f"argument {place + 1}"
    return f"{name}, {describe(case.args[place])}"


def _blocks(examination: Examination, part: Part, place: int, value: Any) -> str:
    """Which of an array's blocks are wrong, if others are right."""
    names = part.blocks.split()
    if not names:
        return ""
    expected, got = component(examination.expected[place], part.pick), np.asarray(component(value, part.pick))
    wrong = wrong_numbers(expected, got, examination.tolerance, examination.relative)
    bad = [name for name, rows in zip(names, np.split(wrong, len(names))) if rows.any()]
    good = [name for name in names if name not in bad]
    return f" Of its blocks, {_listed(bad)} {_is(bad)} wrong and {_listed(good)} right." if good else ""


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _choices(examination: Examination) -> str:
    answers = {examination.expected[0], *(known.outputs[0] for known in examination.known)}
    return ", ".join(sorted(answer for answer in answers if isinstance(answer, str)))


def _describe_fault(outcome: Outcome, where: str, reveal: bool) -> str:
    fault = outcome.fault
    if fault.kind[:1].islower():
        text = fault.text or fault.kind
        return f"{text[:1].upper()}{text[1:]}{where}."
    advice = next((f" {advice}" for sign, advice in _ADVICE.items() if sign in fault.text), "")
    if not (reveal and fault.text):
        return f"It raises {fault.kind}{where}.{advice}"
    return f"It raises {fault.kind}{where}: {fault.text}" + (f"\n{advice.strip()}" if advice else "")


def _sentence(name: str, difference: Difference, part: Part, reveal: bool) -> str:
    if difference.text.startswith("returned"):
        return f"It {difference.text}"
    if difference.kind not in ("value", "nan"):
        return f"{name} {difference.text}"
    numbers = ": you have {}, right is {}".format(*_numbers(difference)) if reveal else ""
    place, t = _place(difference.index, part.axes.split())
    if difference.kind == "nan":
        return f"{name} holds {difference.got}{place}: look for an overflow, or a division by zero"
    if t:
        return f"{name} is right until t={t - 1} and wrong at t={t}{numbers}"
    return f"{name} is wrong{place}{numbers}"


def _place(index: tuple[int, ...], letters: list[str]) -> tuple[str, int]:
    """Where the first wrong number is, in words; and its timestep if everything before that is known to be right."""
    if not index:
        return "", 0
    if len(letters) != len(index) or "T" not in letters:
        return f" at [{', '.join(map(str, index))}]", 0
    t = index[letters.index("T")]
    sequence = f" of sequence {index[0]}" if letters[0] == "B" else ""
    return f" at t={t}{sequence}", t if letters[0] == "T" else 0


def _numbers(difference: Difference) -> tuple[str, str]:
    """What is there and what should be, to as many digits as it takes to tell them apart."""
    got, expected = difference.got, difference.expected
    if not (isinstance(got, float) and isinstance(expected, float)):
        return repr(got), repr(expected)
    pairs = [(f"{got:.{digits}g}", f"{expected:.{digits}g}") for digits in (4, 7, 10, 17)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])
