"""What a verdict says where no known mistake explains it: the first failure, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from unrolled.exam.anywhere import rounded
from unrolled.exam.calling import Outcome
from unrolled.exam.compare import Difference, as_numbers, describe, wrong_numbers
from unrolled.exam.exercise import VALUE, Case, Examination, Part, Raised
from unrolled.exam.parts import component, difference

LONGEST = 200
_BITS = 200  # of an integer that can be read
_ADVICE = (  # what an exception's text, and the learner's line where it was raised, are a sign of
    ("converted to Python scalars", "math.", "`math.exp` and its like take one number; `np.exp` takes a whole array."),
    ("converted to Python scalars", "", "One number is asked for, and an array is given: `float` and `int` take one "
     "number, `np.asarray` a whole array."),
    ("truth value of an array", "", "An array has many truth values, where `if`, `and`, `or` and `not` need one: "
     "`np.where`, `&`, `|` and `~` work on each number."),
    ("'float' object cannot be interpreted as an integer", "np.max(", "A size, an axis and what `range` takes are "
     "ints. (The second argument of `np.max` is an axis; `np.maximum` compares two things number by number.)"),
    ("'float' object cannot be interpreted as an integer", "", "A size, an axis and what `range` takes are ints."),
    ("inhomogeneous shape", "linalg.eig(", "It makes one array of things of different shapes: `np.linalg.eig` returns "
     "eigenvalues and eigenvectors; `np.linalg.eigvals` returns the first alone."),
    ("inhomogeneous shape", "", "It makes one array of things of different lengths or shapes, and all rows of an array "
     "are of one length."),
    ("a must be a sequence or an integer", "", "`rng.choice` draws from a number, a list or an array: of a string, "
     "make a list first."),
    ("'NoneType' object", "", "Something is None where a value is needed: is a `return` missing in a function it "
     "calls?"),
    ("read-only", "", "It writes into an array that isn't its own: make a copy first."),
)  # fmt: skip


def describe_failure(
    examination: Examination, outcomes: Sequence[Outcome], part: Part, place: int, reveal: bool
) -> str:
    """Why a part is wrong on one case, in a sentence or two; with the numbers there if they may be shown."""
    outcome, case = outcomes[place], examination.cases[place]
    alike = outcome.fault and len({o.fault and (o.fault.kind, o.fault.text) for o in outcomes}) == 1
    where = f" ({case.label})" if case.label and not alike else ""
    if examination.kind == VALUE and isinstance(examination.expected[place], str):
        return f"Choose one of {_choices(examination)}, in quotes."
    if isinstance(examination.expected[place], Raised):
        return f"It {_did(outcome)} where it should raise {examination.expected[place].error}{where}."
    if outcome.fault:
        return _describe_fault(outcome, where, reveal)
    if outcome.mutated and not examination.may_mutate:
        return (
            f"It changes {_argument(examination, case, outcome.mutated[0])}{where}: whoever passed it in finds "
            "other numbers in it afterwards. Make a new one instead of writing into this one."
        )
    found = difference(examination, part, place, outcome.value)
    if found is None or found.kind == "value":
        few = rounded(examination, part, outcomes)
        if few:
            return few
    name = f"{'The result' if part.pick is None else part.name}{found.path}"
    sentence = _sentence(name, found, part, reveal)
    if sentence.endswith("?"):
        return sentence
    more = ""
    if found.kind == "value":
        more = _blocks(examination, part, place, outcome.value) + _timed(examination, part, place, outcome.value)
    return f"{sentence}{where}.{more}{_cut_off(found)}{_lengths(found)}"


def _did(outcome: Outcome) -> str:
    """What happened where an error was asked for; a fault with a small letter is one that we found, not one raised."""
    if outcome.fault is None:
        return f"returns {describe(outcome.value)}"
    kind, text = outcome.fault.kind, outcome.fault.text
    return f"raises {kind}" if kind[:1].isupper() else text.removeprefix("it ")


def _cut_off(difference: Difference) -> str:
    """Whether numbers were stored in an array of ints."""
    if not (difference.index and type(difference.got) is int and type(difference.expected) is float):
        return ""
    return (
        " Your array holds ints, which cut off what stands behind the point: was it made with `dtype=int`, or like an "
        "array of ints?"
    )


def _lengths(difference: Difference) -> str:
    """How long two texts are that aren't equally long."""
    if not is_of_another_length(difference):
        return ""
    return f" It has {len(difference.got)} characters, not {len(difference.expected)}."


def is_of_another_length(difference: Difference) -> bool:
    """Whether a text is longer or shorter than it should be."""
    got, expected = difference.got, difference.expected
    return isinstance(got, str) and isinstance(expected, str) and len(got) != len(expected)


def _argument(examination: Examination, case: Case, place: int) -> str:
    """Which argument, by the name it has in the exercise: "its argument `h_0`, an array of shape (2, 3)"."""
    names = examination.arguments
    name = f"its argument `{names[place]}`" if place < len(names) else f"argument {place + 1}"
    return f"{name}, {describe(case.args[place])}"


def _blocks(examination: Examination, part: Part, place: int, value: Any) -> str:
    """Which of an array's blocks are wrong, if others are right."""
    names = part.blocks.split()
    if not names or part.block:
        return ""
    expected, got = component(examination.expected[place], part), np.asarray(component(value, part))
    wrong = wrong_numbers(expected, got, examination.tolerance, examination.relative)
    bad = [name for name, rows in zip(names, np.split(wrong, len(names))) if rows.any()]
    good = [name for name in names if name not in bad]
    return f" Of its blocks, {listed(bad)} {_is(bad)} wrong and {listed(good)} right." if good else ""


def _timed(examination: Examination, part: Part, place: int, value: Any) -> str:
    """At which timesteps, seen from the beginning or from the end, all sequences are right, if that isn't said."""
    first, last, end = wrong_times(examination, part, place, value) or (0, 0, 0)
    again = " again" if first else ""
    if last + 1 == end:
        return f" The last, t={end}, is right{again}."
    if last < end:
        return f" From t={last + 1} to the last, t={end}, all is right{again}."
    if first and part.axes.split()[0] != "T":
        return f" Up to t={first - 1} all sequences are right."
    return ""


def wrong_times(examination: Examination, part: Part, place: int, value: Any) -> tuple[int, int, int] | None:
    """The first and the last timestep at which a part has a wrong number, and the last there is; None without time."""
    letters = part.axes.split()
    expected, got = component(examination.expected[place], part), as_numbers(component(value, part))
    if "T" not in letters or got is None or np.shape(expected) != got.shape or len(letters) != got.ndim:
        return None
    wrong = wrong_numbers(expected, got, examination.tolerance, examination.relative)
    axis = letters.index("T")
    (times,) = np.nonzero(wrong.any(axis=tuple(other for other in range(got.ndim) if other != axis)))
    return (int(times[0]), int(times[-1]), got.shape[axis] - 1) if times.size else None


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _choices(examination: Examination) -> str:
    answers = {examination.expected[0], *(known.outputs[0] for known in examination.known)}
    return ", ".join(sorted(answer for answer in answers if isinstance(answer, str)))


def _describe_fault(outcome: Outcome, where: str, reveal: bool) -> str:
    fault = outcome.fault
    if fault.kind == "NotImplementedError" and not fault.text:
        return f"It calls a function that isn't written yet{where}."
    if fault.kind[:1].islower():
        text = fault.text or fault.kind
        return f"{text[:1].upper()}{text[1:]}{where}."
    line = fault.lines[-1] if fault.lines else ""
    advice = next((f" {advice}" for sign, word, advice in _ADVICE if sign in fault.text and word in line), "")
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
        return f"{name} holds {difference.got}{place}{_whence(difference)}"
    if t:
        return f"{name} is right until t={t - 1} and wrong at t={t}{numbers}"
    return f"{name} is wrong{place}{numbers}"


def _whence(difference: Difference) -> str:
    """Where a number that is none, or is infinite, may come from; infinity beside a 0 may have been written there."""
    nothing = bool(np.isnan(difference.got))
    if difference.expected == 0 and not nothing:
        return ", where 0 is right"
    return f": look for an overflow, a division by zero, or a {'mean of nothing' if nothing else 'logarithm of 0'}"


def _place(index: tuple[int, ...], letters: list[str]) -> tuple[str, int]:
    """Where the first wrong number is, in words; and its timestep if everything before that is known to be right."""
    if not index:
        return "", 0
    if len(letters) != len(index) or "T" not in letters:
        return f" at [{', '.join(map(str, index))}]", 0
    t = index[letters.index("T")]
    sequence = f" of sequence {index[0]}" if letters[0] == "B" else ""
    return f" at t={t}{sequence}", t if letters[0] == "T" else 0


def _short(value: Any) -> str:
    if type(value) is int and value.bit_length() > _BITS:
        return f"an integer of {len(str(abs(value)))} digits"  # of 1,000 at most: no more are carried
    text = f"{value:.7g}" if isinstance(value, float) else repr(_seven_digits(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _numbers(difference: Difference) -> tuple[str, str]:
    """What is there and what should be, to as many digits as it takes to tell them apart."""
    got, expected = difference.got, difference.expected
    if not (isinstance(got, float) and isinstance(expected, float)):
        return _short(got), _short(expected)
    pairs = [(f"{got:.4g}", f"{expected:.4g}"), _equally_long(f"{got:.7g}", f"{expected:.7g}")]
    off = (pairs[-1][0], f"{abs(expected - got):.1g} {'more' if expected > got else 'less'}")
    return next((pair for pair in pairs if pair[0] != pair[1]), off)


def _equally_long(*numbers: str) -> tuple[str, ...]:
    """Numbers that agree in their first digits, with as many decimals each."""
    if not all("." in number and "e" not in number for number in numbers):
        return numbers
    return tuple(number.ljust(max(map(len, numbers)), "0") for number in numbers)


def _seven_digits(value: Any) -> Any:
    """A value whose floats, wherever they are in it, have no more digits than a person can compare."""
    if isinstance(value, list | tuple):
        return type(value)(map(_seven_digits, value))
    if isinstance(value, dict):
        return {key: _seven_digits(item) for key, item in value.items()}
    return float(f"{value:.7g}") if isinstance(value, float) else value
