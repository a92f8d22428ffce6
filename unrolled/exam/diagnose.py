"""From outcomes to a verdict: the score, part by part, and which mistake it is. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from unrolled.exam.agreeing import agrees, best, explaining, shows
from unrolled.exam.anywhere import kept_from_call_to_call, rounded
from unrolled.exam.calling import Fault, Outcome, is_explained, quietly
from unrolled.exam.exercise import VALUE, Case, Examination, Known, Part, Pattern, Raised
from unrolled.exam.mostly import beyond, mostly, only_there, wrong_places
from unrolled.exam.on_the_way import wrong_on_the_way
from unrolled.exam.parts import difference, failure, places_of, spot
from unrolled.exam.recognise import changes_in
from unrolled.exam.relations import TOO_SHORT, related, too_short
from unrolled.exam.wording import describe_failure, is_of_another_length, listed, wrong_times

CAUSES = NAME, CHANGE, STEP, ERROR, FORM = "name", "change", "step", "error", "form"


@dataclass(frozen=True)
class PartVerdict:
    """Whether one part is right, and what it earned."""

    name: str
    points: float
    passed: bool

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
    arguments : tuple of str
        The names of the case's arguments, where they have any.
    cause : {"", "name", "change", "step", "error", "form"}
        What the message tells: a mistake that has words of its own, a small change of the right function, the step or
        the part that goes wrong, an exception in words, or a shape or a type. If nothing, only where numbers first
        differ, or an exception that its text doesn't explain.
    cluster : str
        When a class is graded: what wrong answers without a cause share that give the same numbers.
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
    arguments: tuple[str, ...] = ()
    cause: str = ""
    cluster: str = ""

    @property
    def passed(self) -> bool:
        """Whether all points were earned."""
        return self.status == "passed"


@quietly()
def diagnose(
    examination: Examination, outcomes: Sequence[Outcome], reveal: bool = False, explain: bool = True
) -> Verdict:
    """Judge the outcomes of one implementation.

    Parameters
    ----------
    examination : Examination
    outcomes : sequence of Outcome
        One per case.
    reveal : bool
        Whether the message may show inputs and numbers: True for public seeds only.
    explain : bool
        Whether to find out which mistake it is, which takes longer than to judge.
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
    if not explain:
        return Verdict(examination.name, score, examination.points, parts, "Not right yet.")
    mistakes = known_mistakes(examination, outcomes)
    kept, place = ("", 0) if mistakes.get("") else kept_from_call_to_call(examination, outcomes)
    if kept:
        mistakes, message, cause = {}, kept, NAME
    else:
        mistakes = _with_changes(examination, outcomes, mistakes, parts)
        message, place, cause = _words(examination, outcomes, mistakes, reveal)
    if not any(mistakes.values()) and cause != FORM and (found := mostly(examination, outcomes)):
        mistakes, cause = {"": found}, NAME
        message, place = _mostly(examination, outcomes, found, reveal)
    fault = outcomes[place].fault
    return Verdict(
        examination.name, score, examination.points, parts, message, _names(mistakes),
        lines=fault.lines if fault else (), case=examination.cases[place] if reveal else None,
        arguments=examination.arguments, cause=cause,
    )  # fmt: skip


def _words(
    examination: Examination, outcomes: Sequence[Outcome], mistakes: Mapping[str, Sequence[Known]], reveal: bool
) -> tuple[str, int, str]:
    """What to tell, from what says most to what says least, the place of the case it speaks of, and what it tells."""
    pattern = next((p for p in examination.patterns if _fits(examination, p, outcomes)), None)
    way, sure = ("", False) if any(mistakes.values()) else wrong_on_the_way(examination, outcomes)
    if pattern and way and sure and not pattern.sure:
        pattern = None
    among = (spot(examination, pattern.wrong[0]),) if pattern else examination.parts
    part, place = _first_failure(examination, outcomes, among)
    said, cause = _explain(mistakes), NAME if _names(mistakes) else CHANGE
    if mistakes and all(mistakes.values()):
        soft = _too_soft(examination, outcomes, mistakes, reveal)
        return "\n".join(filter(None, (said, soft))), place, cause
    unexplained = [p for p in examination.parts if mistakes.get(p.name) == ()]
    relation, of_all = _relations(examination, outcomes, unexplained or [part])
    hint = pattern.text if pattern and _is_news(pattern, mistakes) else "" if pattern else way
    hint = "" if of_all and (unexplained or part in examination.parts or relation == TOO_SHORT) else hint
    told = [said, hint]
    if not said:
        first = describe_failure(examination, outcomes, part, place, reveal)
        told += [first, only := only_there(examination, outcomes, place)]
        cause = STEP if hint else _cause_of(examination, outcomes, part, place) or (STEP if only else "")
    elif unexplained and not hint:
        told.append(_too(examination, outcomes, unexplained, reveal))
    return "\n".join(filter(None, (*told, relation))), place, cause or (CHANGE if relation else "")


def _mostly(
    examination: Examination, outcomes: Sequence[Outcome], found: Sequence[Known], reveal: bool
) -> tuple[str, int]:
    """What to tell of a mistake that explains most of the wrong cases, and the place of the case it speaks of."""
    wrong = wrong_places(examination, outcomes)
    place = beyond(examination, found, outcomes, wrong)
    if place is None:
        return _either(found), wrong[0]
    parts = (part for part in examination.parts if failure(examination, part, place, outcomes[place]))
    return f"{_either(found)}\n{describe_failure(examination, outcomes, next(parts), place, reveal)}", place


def _cause_of(examination: Examination, outcomes: Sequence[Outcome], part: Part, place: int) -> str:
    """What the first failure tells by itself."""
    outcome = outcomes[place]
    if outcome.mutated or isinstance(examination.expected[place], Raised):
        return FORM
    if outcome.fault:
        return ERROR if is_explained(outcome.fault) else ""
    found = difference(examination, part, place, outcome.value)
    if found is None or rounded(examination, part, outcomes):
        return NAME
    if found.kind != "value" or is_of_another_length(found):
        return FORM
    first, last, end = wrong_times(examination, part, place, outcome.value) or (0, 0, 0)
    return STEP if first or last < end else ""


def _with_changes(
    examination: Examination, outcomes: Sequence[Outcome], mistakes: Mapping[str, tuple[Known, ...]],
    judged: Sequence[PartVerdict],
) -> Mapping[str, tuple[Known, ...]]:  # fmt: skip
    """The mistakes and, where none is known, the small changes of the right function that give these numbers."""
    if (mistakes and all(mistakes.values())) or any(outcome.mutated for outcome in outcomes):
        return mistakes
    wrong = [part for part, verdict in zip(examination.parts, judged) if not verdict.passed]
    told = changes_in(examination, wrong, [outcome.value for outcome in outcomes])
    if not _names(mistakes) and len(told) == len(wrong) and len(set(told.values())) == 1:
        return {"": (Known("", told[wrong[0].name], ()),)}
    return {name: found or _unnamed(told.get(name, "")) for name, found in mistakes.items()}


def _unnamed(text: str) -> tuple[Known, ...]:
    return (Known("", text, ()),) if text else ()


def _too_soft(
    examination: Examination, outcomes: Sequence[Outcome], mistakes: Mapping[str, Sequence[Known]], reveal: bool
) -> str:
    """That an error is missing, too, if what has been explained doesn't include it."""
    names = _names(mistakes)
    for place in _unrefused(examination, outcomes):
        found = (known for known in examination.known if known.name in names)
        if all(isinstance(known.outputs[place], Raised) for known in found):
            return describe_failure(examination, outcomes, examination.parts[0], place, reveal)
    return ""


def _relations(examination: Examination, outcomes: Sequence[Outcome], parts: Sequence[Part]) -> tuple[str, bool]:
    """How the numbers of parts that nothing explains are related to the right ones, and whether those of all are."""
    if short := too_short(examination, outcomes, parts[0]):
        return short, True
    said: dict[str, list[Part]] = {}
    for part in parts:
        said.setdefault(related(examination, outcomes, part), []).append(part)
    everywhere, of_all = len(said) == 1, "" not in said
    said.pop("", None)
    return "\n".join(_related(relation, whose, everywhere) for relation, whose in said.items()), of_all


def _related(relation: str, parts: Sequence[Part], everywhere: bool) -> str:
    """One relation in a sentence, with the parts whose numbers are so related, if others aren't."""
    names = [part.name for part in parts if part.pick is not None]
    labels = [part.label for part in parts if part.pick is None and part.label]
    where = f" ({listed(labels)})" if labels and not everywhere else ""
    return f"The numbers{f' of {listed(names)}' if names else ''} are {relation}{where}."


def _too(examination: Examination, outcomes: Sequence[Outcome], parts: Sequence[Part], reveal: bool) -> str:
    """That more is wrong than what has been explained, so that no list of wrong parts is short of one."""
    part, place = _first_failure(examination, outcomes, parts)
    first = describe_failure(examination, outcomes, part, place, reveal)
    others = [other.name for other in parts if other is not part]
    return f"{first} Wrong, too: {', '.join(others)}." if others else first


def known_mistakes(examination: Examination, outcomes: Sequence[Outcome]) -> dict[str, tuple[Known, ...]]:
    """The misconceptions these outcomes betray: of the whole answer, under "", if one fits; else of each wrong part."""
    if examination.play and examination.play.mistake:
        return {"": _betrayed(examination, outcomes)}
    changes = any(outcome.mutated for outcome in outcomes)
    whole = tuple(
        known
        for known in examination.known
        if agrees(examination, known, outcomes, None) and (changes or shows(examination, known))
    )
    if whole:
        return {"": best(examination, whole, outcomes, None)}
    several = examination.parts if len(examination.parts) > 1 else ()
    wrong = [part for part in several if not _judge(examination, part, outcomes).passed]
    found: dict[str, tuple[Known, ...]] = {}
    for part in wrong:
        numbers = _off_by_numbers(examination, part, outcomes)
        found[part.name] = explaining(examination, part, outcomes, wrong, found, numbers)
    if not _unrefused(examination, outcomes) or all(found.values()):
        return found
    asked = known_mistakes(*_where_asked(examination, outcomes))
    return asked if any(asked.values()) else found


def _unrefused(examination: Examination, outcomes: Sequence[Outcome]) -> list[int]:
    """The places where an error is asked for and something was returned, if errors are not all that is asked for."""
    refusals = [place for place, expected in enumerate(examination.expected) if isinstance(expected, Raised)]
    return [p for p in refusals if not outcomes[p].fault] if len(refusals) < len(outcomes) else []


def _where_asked(examination: Examination, outcomes: Sequence[Outcome]) -> tuple[Examination, Sequence[Outcome]]:
    """The same without the cases that are to be refused: forgetting that doesn't change what is wrong elsewhere."""
    kept = [place for place, expected in enumerate(examination.expected) if not isinstance(expected, Raised)]

    def only(values: Sequence) -> tuple:
        return tuple(values[place] for place in kept)

    labels = {examination.cases[place].label for place in kept}
    parts = tuple(part for part in examination.parts if part.label is None or part.label in labels)
    known = tuple(
        replace(each, outputs=only(each.outputs), others=tuple(map(only, each.others))) for each in examination.known
    )
    less = replace(
        examination, parts=parts, cases=only(examination.cases), expected=only(examination.expected), known=known
    )
    return less, only(outcomes)


def _judge(examination: Examination, part: Part, outcomes: Sequence[Outcome]) -> PartVerdict:
    places = places_of(examination, part)
    if not places:
        raise ValueError(f"{examination.name}: no case is labelled {part.label!r}, which part {part.name!r} asks for")
    refuses = all(isinstance(examination.expected[place], Raised) for place in places)
    raises_whatever_it_gets = refuses and _raises_elsewhere(examination, places[0], outcomes)
    failed = any(failure(examination, part, place, outcomes[place]) for place in places)
    failed = failed or bool(rounded(examination, part, outcomes))
    return PartVerdict(part.name, part.points, not (failed or raises_whatever_it_gets))


def _raises_elsewhere(examination: Examination, place: int, outcomes: Sequence[Outcome]) -> bool:
    """Whether what should be raised on one case is raised on another that asks for a value."""
    return any(
        outcome.fault and outcome.fault.kind == examination.expected[place].error and not isinstance(expected, Raised)
        for outcome, expected in zip(outcomes, examination.expected)
    )


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
    wrong = (
        (part, place)
        for part in among
        for place in places_of(examination, part)
        if failure(examination, part, place, outcomes[place])
    )
    return next(wrong, None) or next(
        (part, places_of(examination, part)[0]) for part in among if rounded(examination, part, outcomes)
    )


def _fits(examination: Examination, pattern: Pattern, outcomes: Sequence[Outcome]) -> bool:
    return all(_off_by_numbers(examination, spot(examination, name), outcomes) for name in pattern.wrong) and all(
        _judge(examination, spot(examination, name), outcomes).passed for name in pattern.right
    )


def _is_news(pattern: Pattern, mistakes: Mapping[str, Sequence[Known]]) -> bool:
    """Whether a pattern speaks of a part that no known mistake explains."""
    return any(not mistakes.get(re.split(r" @ |\[", name)[0]) for name in pattern.wrong)


def _off_by_numbers(examination: Examination, part: Part, outcomes: Sequence[Outcome]) -> bool:
    places = [p for p in places_of(examination, part) if failure(examination, part, p, outcomes[p])]
    if any(outcomes[place].mutated for place in places) and not examination.may_mutate:
        return False
    if any(isinstance(examination.expected[place], Raised) for place in places):
        return False
    differences = [difference(examination, part, place, outcomes[place].value) for place in places]
    return bool(places) and all(difference and difference.kind in ("value", "nan") for difference in differences)


def _betrayed(examination: Examination, outcomes: Sequence[Outcome]) -> tuple[Known, ...]:
    if any(outcome.fault for outcome in outcomes):
        return ()
    got = tuple(outcome.value for outcome in outcomes)
    name = examination.play.mistake(examination.expected, got)
    return tuple(known for known in examination.known if known.name == name)


def _names(mistakes: Mapping[str, Sequence[Known]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known.name for found in mistakes.values() for known in found if known.name))


def _explain(mistakes: Mapping[str, Sequence[Known]]) -> str:
    """One explanation under the names of all the parts it explains; two that fit equally well are both said."""
    said: dict[str, list[str]] = {}
    for part, found in mistakes.items():
        said.setdefault(_either(found), []).append(part)
    unexplained = said.pop("", [])
    if len(said) == 1 and not unexplained:
        return next(iter(said))
    return "\n".join(f"{', '.join(parts)}: {text}" for text, parts in said.items())


def _either(found: Sequence[Known]) -> str:
    texts = tuple(dict.fromkeys(known.explanation for known in found))
    if len(texts) < 2:
        return "".join(texts)
    return "This is what you get from either of these:\n" + "\n".join(f"• {text}" for text in texts)
