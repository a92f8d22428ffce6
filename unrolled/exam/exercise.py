"""The model of an exercise: what is asked, how it is examined, and which mistakes are known.

    Exercise --examine(seed)--> Examination --diagnose(outcomes)--> Verdict

An `Exercise` is what an author writes and holds functions, right and wrong. An `Examination` is what remains
once those functions have been run on the inputs of one seed: numbers and texts only. The answer key beside a
notebook is an examination on public inputs; grading makes a fresh one from a secret seed.
"""

from __future__ import annotations

import inspect
import warnings
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from unrolled.exam.between import Between
from unrolled.exam.codec import copy_value
from unrolled.exam.edits import Edits
from unrolled.exam.later import Later
from unrolled.exam.shapes import about
from unrolled.exam.simpler import Simpler
from unrolled.exam.steps import Steps

FUNCTION, VALUE, BEHAVIOUR = KINDS = ("function", "value", "behaviour")


@dataclass(frozen=True)
class Case:
    """One call of the learner's function.

    Attributes
    ----------
    args : tuple
        Positional arguments, each of a type `unrolled.exam.codec` can carry. Give numbers few decimals
        (`rng.normal(size=n).round(3)`), so that keys are the same on every machine.
    label : str
        What is special about it, in the learner's words: "one timestep", "padding". May be empty.
    again : bool
        Whether it is the very call before it, made a second time. `Exercise.examine` adds such a case.
    """

    args: tuple = ()
    label: str = ""
    again: bool = False


@dataclass(frozen=True)
class Part:
    """A piece of an exercise that earns points of its own.

    Attributes
    ----------
    name : str
        Shown to the learner: the name of the returned array, or of the property asked for.
    points : float
    pick : int, str or None
        Which component of the returned tuple (int) or dict (str) this part looks at; None is all of it.
    label : str or None
        Only cases with this label count; None is every case.
    axes : str
        Letters of the array's axes, such as "T H", so that a diagnosis can speak of timesteps.
    blocks : str
        Names of the blocks of equal size that the array's first axis consists of, such as "i f g o", so that a
        diagnosis can say which are wrong.
    block : str
        The one block that counts; empty for all of them.
    extras : bool
        Whether a dict may hold more than is asked for, as a cache may.
    exact : str
        Why floats and arrays are refused where ints and lists are asked for; empty where they may stand for them.
    """

    name: str
    points: float
    pick: int | str | None = None
    label: str | None = None
    axes: str = ""
    blocks: str = ""
    block: str = ""
    extras: bool = False
    exact: str = ""


@dataclass(frozen=True)
class Misconception:
    """A wrong answer people really give, and what to tell whoever gives it.

    Attributes
    ----------
    name : str
        A short slug, stable over time: reports count by it.
    explanation : str
        Two or three sentences: what the code does, why that is not it, where to look. Never the solution.
    answer : callable or value
        The wrong function (or quiz choice). Recognised by its outputs on the examined inputs.
    constants : tuple
        For a mistake with a constant in it, in rising order: `answer(*args, constant)` is wrong for each of them, and
        whatever lies between what two neighbours give is the same mistake with a constant between theirs.
    everywhere : bool
        Whether it is told only to whoever makes it in every case, since other mistakes give the same in most.
    """

    name: str
    explanation: str
    answer: Any
    constants: tuple[float, ...] = ()
    everywhere: bool = False

    @property
    def answers(self) -> list[Any]:
        """What is given: one answer, or one for each constant."""
        return [lambda *args, last=last: self.answer(*args, last) for last in self.constants] or [self.answer]


@dataclass(frozen=True)
class Pattern:
    """What it means if some checks fail while others pass: for mistakes that are no known misconception.

    A spot is a part's name, "du_h", or one of its blocks, "du_h[r]", or one array of a part that is a whole dict,
    "several chunks[w_x]"; or any of these on cases of one label, "du_h @ two timesteps".

    Attributes
    ----------
    text : str
        What to tell the learner, followed by the first difference at the first wrong spot.
    wrong : tuple of str
        Spots where numbers differ, and nothing else is the matter.
    right : tuple of str
        Spots where everything is right.
    sure : bool
        Whether it goes before what is seen of the values on the way.
    """

    text: str
    wrong: tuple[str, ...]
    right: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True)
class Play:
    """How a behaviour exercise is judged: what is done with the object the learner hands in.

    Attributes
    ----------
    run : callable
        `run(artefact, *case.args, **tools) -> value`, a function of the `unrolled` package. It raises ValueError
        with a clear text when the artefact is malformed or too large.
    needs : tuple of str
        Names of the exercises whose functions `run` gets as keyword arguments: the references when grading,
        the learner's own in the notebook.
    mistake : callable or None
        `mistake(expected, got) -> str` over the tuples of all cases' values: the name of the misconception that these
        betray, or "". For objects that differ from learner to learner, though their mistake is the same: trained
        weights, say. A function of the `unrolled` package; without it a misconception is known by its own outputs.
    """

    run: Callable
    needs: tuple[str, ...] = ()
    mistake: Callable[[tuple, tuple], str] | None = None


@dataclass(frozen=True)
class Raised:
    """Stands for the output of an implementation that raised: what, and what its text speaks of if that tells more."""

    error: str
    about: str = ""


@dataclass(frozen=True)
class Known:
    """A misconception as an examination holds it: texts and outputs, no code of the wrong answer.

    Attributes
    ----------
    outputs : tuple
        Case by case; empty where the exercise's play says which mistake it is.
    others : tuple of tuple
        For a mistake with a constant in it: outputs for the other constants, in their order.
    everywhere : bool
        Whether most cases are not enough to tell it by.
    """

    name: str
    explanation: str
    outputs: tuple
    others: tuple[tuple, ...] = ()
    everywhere: bool = False


@dataclass(frozen=True)
class Examination:
    """One exercise on the inputs of one seed: all a check needs to judge outcomes. Numbers, no answers in code.

    Attributes
    ----------
    cases : tuple of Case
    expected : tuple
        What the reference returns, case by case.
    known : tuple of Known
        What each misconception returns, case by case.
    arguments : tuple of str
        The names of a function's parameters.
    builds_on : tuple of str
        The names of the exercises whose functions this one calls.
    edits : Edits or None
        What small changes of the reference give, in numbers: for wrong answers that are no known misconception.
    simpler : Simpler or None
        What the reference gives for the first case with less in it: for wrong answers that nothing else explains.
    between : Between or None
        How the first case's result moves with the values on the way to it.
    """

    name: str
    lesson: str
    kind: str
    parts: tuple[Part, ...]
    hints: tuple[str, ...]
    tolerance: float
    relative: bool
    cases: tuple[Case, ...]
    expected: tuple
    known: Sequence[Known]
    play: Play | None = None
    may_mutate: bool = False
    patterns: tuple[Pattern, ...] = ()
    probe: Play | None = None
    steps: Steps | None = None
    arguments: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    edits: Edits | None = None
    simpler: Simpler | None = None
    between: Between | None = None

    @property
    def points(self) -> float:
        """The most this exercise can earn."""
        return float(sum(part.points for part in self.parts))

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gives, made once: what depends on nothing but the examination is the same for every answer."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    @property
    def helpers(self) -> tuple[str, ...]:
        """The names of the exercises whose functions can say more about a wrong answer."""
        return (*(self.probe.needs if self.probe else ()), *((self.steps.step,) if self.steps else ()))


@dataclass(frozen=True)
class Exercise:
    """An exercise as its author writes it; found everywhere by its name, the function the learner writes.

    Attributes
    ----------
    reference : callable or value
        The right answer; its name is the exercise's name. For a quiz: the right choice.
    inputs : callable
        `inputs(rng) -> iterable of Case`. Many random cases with all sizes different, biases and initial states
        non-zero, and the edges. The number and order of cases must not depend on the seed.
    parts : tuple of Part
    hints : tuple of str
        A ladder of three or more, from nudge to near-answer.
    misconceptions : tuple of Misconception
    variants : tuple
        Other, genuinely different right answers: at least two. They must score all points.
    tolerance : float
        Largest accepted error. By default relative to the largest expected number of the array; with
        `relative=True` relative to each number, for values that span many decades.
    name : str
        Only needed for quizzes; otherwise the reference's name.
    kind : {"function", "value", "behaviour"}
    play : Play or None
        For behaviour exercises.
    choices : dict
        For quizzes: each choice's letter and text.
    may_mutate : bool
        Whether the function is meant to change its arguments (an optimiser's state, say).
    patterns : tuple of Pattern
        Tried in order where no misconception is recognised; the first that fits is told.
    probe : Play or None
        Where no misconception is recognised, `run(returned, *case.args, **tools) -> str` says more about the first
        failing case, by means of other exercises' functions. It adds to the message, never to the score.
    steps : Steps or None
        How the result comes about step by step: where nothing else explains it, which step is the first that isn't
        right, given the learner's own results before it.
    builds_on : tuple of str
        The names of the exercises whose functions this one calls. A check that finds one of them wrong says so first.
    terms : dict or None
        What the learner calls the reference's variables for which its docstring has no name. If it is given, even
        empty, a wrong answer that is no known misconception may be told as a small change of the reference.
    formula : callable or None
        The reference as the lesson's formulas have it, for such changes to be made in, where the reference itself is
        written otherwise: for speed, for large numbers, or by calling others.
    source : str
        For behaviour exercises that ask for a variable instead of a function: the line that sets it.
    files : tuple of str
        Names of files that are handed in with the notebook because this exercise reads them.
    """

    reference: Any
    inputs: Callable[[np.random.Generator], Iterable[Case]] = lambda rng: (Case(),)
    parts: tuple[Part, ...] = ()
    hints: tuple[str, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    variants: tuple = ()
    tolerance: float = 1e-4
    relative: bool = False
    name: str = ""
    lesson: str = ""
    kind: str = FUNCTION
    play: Play | None = None
    tools: dict[str, Callable] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    may_mutate: bool = False
    equivalent: tuple[tuple[str, str], ...] = ()
    patterns: tuple[Pattern, ...] = ()
    probe: Play | None = None
    steps: Steps | None = None
    builds_on: tuple[str, ...] = ()
    terms: dict[str, str] | None = None
    formula: Callable | None = None
    source: str = ""
    files: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.reference.__name__)
        if self.kind not in KINDS:
            raise ValueError(f"exercise {self.name}: kind must be one of {KINDS}, not {self.kind!r}")
        if (self.kind == BEHAVIOUR) != (self.play is not None):
            raise ValueError(f"exercise {self.name}: a behaviour exercise, and no other, has a play")

    @property
    def points(self) -> float:
        """The most this exercise can earn."""
        return float(sum(part.points for part in self.parts))

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the parameters of the function asked for; none for other kinds."""
        return tuple(inspect.signature(self.reference).parameters) if self.kind == FUNCTION else ()

    def examine(self, seed: int) -> Examination:
        """Run the reference on the inputs of `seed`; every misconception, too, as soon as somebody wants to know."""
        cases = tuple(self._cases(np.random.default_rng([seed, zlib.crc32(self.name.encode())])))
        made = {
            "cases": cases,
            "expected": self.outputs(self.reference, cases),
            "edits": None,
            "simpler": None,
            "between": None,
            "known": Later(lambda: tuple(self._known(mistake, cases) for mistake in self.misconceptions)),
        }
        same = {each.name: getattr(self, each.name) for each in fields(Examination) if each.name not in made}
        return Examination(**made, **same)

    def _cases(self, rng: np.random.Generator) -> Iterator[Case]:
        """The cases, of which a function's first is called once more: what survives a call shows in the next."""
        for place, case in enumerate(self.inputs(rng)):
            yield case
            if place == 0 and self.kind == FUNCTION:
                yield replace(case, again=True)

    def _known(self, mistake: Misconception, cases: tuple[Case, ...]) -> Known:
        if self.play and self.play.mistake:
            return Known(mistake.name, mistake.explanation, ())
        outputs, *others = (self.outputs(answer, cases) for answer in mistake.answers)
        return Known(mistake.name, mistake.explanation, outputs, tuple(others), mistake.everywhere)

    def outputs(self, answer: Any, cases: Iterable[Case]) -> tuple:
        """What `answer` (the reference or any other) gives on each case; `Raised` where it raises."""
        return tuple(_output(self, answer, case) for case in cases)


def _output(exercise: Exercise, answer: Any, case: Case) -> Any:
    args = copy_value(case.args)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            if exercise.kind == BEHAVIOUR:
                artefact = answer() if callable(answer) else answer
                return copy_value(exercise.play.run(artefact, *args, **exercise.tools))
            return copy_value(answer(*args) if callable(answer) else answer)
    except Exception as error:
        return Raised(type(error).__name__, about(str(error)))
