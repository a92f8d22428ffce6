"""Wrong numbers that are made of the right ones are told as what they are made by."""

import numpy as np
import pytest

from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import Case, Exercise, Part, Pattern
from unrolled.exam.relations import TOO_SHORT


def cubes(xs):
    return xs**3 / 5


def _inputs(rng):
    for shape in ((4, 3), (6, 2), (5, 7)):
        yield Case((rng.normal(size=shape) + 0.1,))


CUBES = Exercise(cubes, _inputs, (Part("cubes", 1, axes="B T"),))

WAYS = {
    "the right ones with the other sign": lambda xs: -cubes(xs),
    "the right ones times 0.5": lambda xs: cubes(xs) / 2,
    "the right ones divided by the length of axis 0 of `xs`": lambda xs: cubes(xs) / len(xs),
    "the right ones multiplied by the length of axis 1 of `xs`": lambda xs: cubes(xs) * xs.shape[1],
    "by the length of axis 0 of `xs` and by the length of axis 1 of `xs`": lambda xs: cubes(xs) / xs.size,
    "the right ones in reversed order along axis 1": lambda xs: cubes(xs)[:, ::-1],
    "the right ones moved on by one place along axis 0": lambda xs: np.roll(cubes(xs), 1, 0),
    "the right ones with axes 0 and 1 exchanged": lambda xs: cubes(xs).T,
    "the right ones, but the first is missing along axis 1": lambda xs: cubes(xs)[:, 1:],
    "the right ones and one too many, the last along axis 0": lambda xs: np.vstack([cubes(xs), 0 * xs[:1]]),
    "the right ones averaged along axis 0": lambda xs: cubes(xs).mean(0),
    "the right ones (only the last) along axis 1": lambda xs: cubes(xs)[:, -1],
    "right once they are added up along axis 2": lambda xs: cubes(xs)[..., None] * np.array([0.25, 0.75]),
    "the right ones in the right order, in another shape": lambda xs: cubes(xs).ravel(),
    "the tanh of the right ones": lambda xs: np.tanh(cubes(xs)),
    "another from case to case: a factor is wrong": lambda xs: cubes(xs) * xs.max(),
    "the squares of the right ones": lambda xs: cubes(xs) ** 2,
    "all 0, whatever is computed on the way": lambda xs: 0 * xs,
    "by the length of axis 0 of `xs` and by the length of axis 0": lambda xs: cubes(xs) * len(xs) ** 2,
    "as if what 1 is divided by were 0.5 larger": lambda xs: 1 / (1 / cubes(xs) + 0.5),
}


def told(answer, exercise=CUBES):
    examination = exercise.examine(2)
    return diagnose(examination, outcomes_of(examination, answer, {}), reveal=True).message


@pytest.mark.parametrize("words", WAYS)
def test_how_all_numbers_went_wrong_is_said(words):
    """One wrong number beside one right number says little about where to look."""
    assert words in told(WAYS[words])


def test_what_is_missing_is_said():
    """Whoever forgets the last function would look for a mistake in all that comes before."""
    squashed = Exercise(lambda xs: np.tanh(xs), _inputs, (Part("squashed", 1),), name="squashed")
    assert "such that the right ones are the tanh of them" in told(lambda xs: xs, squashed)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda xs: np.tanh(2 * xs), "as if what tanh is taken of were 2 times as large"),
        (lambda xs: np.tanh(xs - 1), "as if what tanh is taken of were 1 smaller"),
    ],
)
def test_what_goes_wrong_within_the_last_function_is_said(answer, words):
    """Whoever forgets a factor in the brackets would be told of one number only."""
    squashed = Exercise(lambda xs: np.tanh(xs), _inputs, (Part("squashed", 1),), name="squashed")
    assert words in told(answer, squashed)


@pytest.mark.parametrize(
    "answer",
    [
        lambda xs: cubes(xs) + (xs > 0.5),
        lambda xs: np.where(xs == xs.max(), -1, 1) * cubes(xs),
        lambda xs: cubes(xs) if len(xs) > 4 else -cubes(xs),
        lambda xs: np.zeros((2, 2, 2)),
        lambda xs: "words",
        lambda xs: np.full_like(xs, np.nan),
        lambda xs: cubes(xs) * (1 + 3e-4 * xs.max()),
    ],
)
def test_nothing_is_said_that_does_not_hold_everywhere(answer):
    """A relation that holds here and there would send the learner after something else."""
    assert "The numbers" not in told(answer)


def test_what_holds_for_one_kind_of_case_only_is_said_of_that():
    """ "The numbers are all 0" would be read two lines below a number that isn't."""
    cases = lambda rng: [Case((rng.normal(size=(3, 2)),), label) for label in ("short", "long")]  # noqa: E731
    labelled = Exercise(cubes, cases, tuple(Part(label, 1, label=label) for label in ("short", "long")))
    first = cubes(labelled.examine(2).cases[0].args[0])
    mixed = told(lambda xs: 0 * xs if np.allclose(cubes(xs), first) else xs.round(1), labelled)
    assert "are all 0, whatever is computed on the way (short)." in mixed
    assert "on the way." in told(lambda xs: 0 * xs, labelled)


def test_two_numbers_are_no_proportion():
    """Of a loss of 1001 for 1000 beside a 0, it would be said that a factor is wrong."""
    cases = lambda rng: [Case((np.array([0.0, size, size]),)) for size in (2.0, 3.0)]  # noqa: E731
    steps = Exercise(lambda xs: xs**2, cases, (Part("squares", 1),), name="squares")
    assert "factor" not in told(lambda xs: np.where(xs > 0, xs**2 + 1, 0), steps)


def test_of_a_text_that_ends_too_early_nothing_else_is_blamed():
    """Of a loop that ends after one round, step, draw and temperature would be blamed, which are right."""
    cases = lambda rng: [Case((n,)) for n in (4, 6)]  # noqa: E731
    blame = Pattern("Look at the step.", ("counting",))
    counting = Exercise(lambda n: "123456"[:n], cases, (Part("counting", 1),), name="counting", patterns=(blame,))
    assert "Look at" not in (short := told(lambda n: "123456"[: n - 1], counting)) and TOO_SHORT in short
    assert "Look at" in (other := told(lambda n: "234567"[: n - 1], counting)) and TOO_SHORT not in other


def test_a_right_array_with_a_refusal_missing_is_no_relation():
    """ "The right ones times 1" says nothing."""

    def refusing(xs):
        if len(xs) == 5:
            raise ValueError("five")
        return cubes(xs)

    exercise = Exercise(refusing, _inputs, (Part("cubes", 1),))
    assert "The numbers" not in told(cubes, exercise)
