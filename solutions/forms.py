"""The forms in which authors write wrong answers and quizzes. They know no lesson."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from inspect import isfunction

from unrolled.exam.exercise import VALUE, Exercise, Misconception, Part

RIGHT = None


def mistakes_of(package: str, exercise: str) -> tuple[Misconception, ...]:
    """The wrong answers in `misconceptions/<exercise>.py` of a lesson's package; none if there is no such file.

    Every public function of the file is one, in the order of the file. Its name, with dashes, is the misconception's;
    its docstring is what its maker will read. `mistake` says what differs from that.
    """
    name = f"{package}.misconceptions.{exercise}"
    if find_spec(name) is None:
        return ()
    own = [(key, value) for key, value in vars(import_module(name)).items() if getattr(value, "__module__", "") == name]
    return tuple(_misconception(key, value) for key, value in own if isfunction(value) and not key.startswith("_"))


def mistake(*, name: str = "", text: str = "", constants: tuple[float, ...] = (), everywhere: bool = False) -> Callable:
    """Say of a wrong answer what its name and docstring don't.

    Parameters
    ----------
    name : str
        The misconception's name, where it can't be the function's.
    text : str
        What its maker will read, where another mistake is told in the same words.
    constants : tuple of float
        In rising order, for a mistake with any constant in it: the function takes it as one more argument, and what
        lies between what two neighbouring constants give is the same mistake.
    everywhere : bool
        Whether other mistakes give the same in most cases, so that it is told only to whoever makes it in all.
    """

    def mark(answer: Callable) -> Callable:
        answer.differs = {"name": name, "explanation": text, "constants": constants, "everywhere": everywhere}
        return answer

    return mark


def quiz(name: str, *, hints: tuple[str, ...] = (), **choices: tuple[str, ...]) -> Exercise:
    """A question worth no points, of which every wrong choice is answered.

    Parameters
    ----------
    name : str
    hints : tuple of str
    choices : tuple of str
        By letter: the choice's text, as the lesson has it, and why it is wrong, or RIGHT. A third entry names the
        misconception; without it, it is the quiz's name and the letter.
    """
    (right,) = (letter for letter, choice in choices.items() if choice[1] is RIGHT)
    return Exercise(
        right,
        parts=(Part(name, 0),),
        hints=hints,
        misconceptions=tuple(_wrong_choice(name, *choice) for choice in choices.items() if choice[0] != right),
        name=name,
        kind=VALUE,
        choices={letter: choice[0] for letter, choice in choices.items()},
    )


def _misconception(key: str, answer: Callable) -> Misconception:
    differs: dict = getattr(answer, "differs", {})
    explanation = " ".join((differs.get("explanation") or answer.__doc__ or "").split())
    name = differs.get("name") or key.replace("_", "-")
    return Misconception(name, explanation, answer, differs.get("constants", ()), differs.get("everywhere", False))


def _wrong_choice(quiz: str, letter: str, choice: tuple[str, ...]) -> Misconception:
    _, why_not, *names = choice
    return Misconception(*names or [f"{quiz}-{letter}"], why_not, letter)
