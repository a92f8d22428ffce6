"""Mistakes that can be made in every exercise are found in every exercise."""

import warnings

import numpy as np
import pytest

from unrolled.exam.calling import outcomes_of
from unrolled.exam.codec import Rng
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import Case, Exercise, Misconception, Part
from unrolled.exam.key import dump_key, load_key
from unrolled.exam.recognise import Projection

THIRDS = Exercise(
    lambda x: x / 3, lambda rng: (Case((rng.normal(size=4),)) for _ in range(3)), (Part("thirds", 1),), name="thirds"
)


def both(exercise):
    """The examination as it is graded, and as a check has it."""
    examination = exercise.examine(1)
    return [examination, *load_key(dump_key([examination]))]


def verdicts(exercise, answer):
    return [diagnose(e, outcomes_of(e, answer, {}), reveal=True) for e in both(exercise)]


@pytest.mark.parametrize("decimals", [1, 2, 3, 4, 5])
def test_rounded_numbers_are_refused_by_name_on_both_sides(decimals):
    """Four decimals would pass the check, and fail on the seeds where the error shows."""
    for verdict in verdicts(THIRDS, lambda x: (x / 3).round(decimals)):
        assert not verdict.passed
        assert "you round them" in verdict.message


@pytest.mark.parametrize("answer", [lambda x: (x / 3).astype(np.float32), lambda x: list(x / 3), lambda x: x / 3])
def test_numbers_in_full_pass(answer):
    """Single precision would be taken for rounding."""
    assert all(verdict.passed for verdict in verdicts(THIRDS, answer))


def test_numbers_that_are_short_by_themselves_pass():
    """A count, or a half, would be taken for a rounded number."""
    halves = Exercise(lambda x: x / 2, lambda rng: [Case((rng.integers(0, 9, 4),))], (Part("halves", 1),), name="h")
    assert all(verdict.passed for verdict in verdicts(halves, lambda x: x * 0.5))


def test_wrong_numbers_that_happen_to_be_short_are_not_called_rounded():
    """Whoever returns something else would look for a rounding that isn't there."""
    for answer in (lambda x: 0 * x, lambda x: 0 * x + 0.5):
        assert all("you round" not in verdict.message for verdict in verdicts(THIRDS, answer))


def test_what_survives_a_call_is_found_and_said():
    """A state that is kept would pass: every case comes with other numbers."""
    kept = {}

    def thirds(x):
        h = kept.get("h")
        h = x / 3 if h is None or h[0] != x[0] else h + 1
        kept["h"] = np.array(h)
        kept["h"][0] = x[0]
        return h

    for verdict in verdicts(THIRDS, thirds):
        kept.clear()
        assert not verdict.passed
        assert "something survives from call to call" in verdict.message


def test_random_numbers_of_ones_own_are_found_and_said():
    """`np.random` in place of `rng` would be told as a wrong number."""
    draws = Exercise(lambda rng: rng.random(3), lambda rng: [Case((Rng(1),))], (Part("draws", 1),), name="draws")
    assert all(verdict.passed for verdict in verdicts(draws, lambda rng: rng.random(3)))
    for verdict in verdicts(draws, lambda rng: np.random.default_rng().random(3)):
        assert "Every random number has to come from the `rng`" in verdict.message


def test_the_second_call_of_a_case_costs_the_key_nothing():
    """Keys would grow with every exercise."""
    once = dump_key([THIRDS.examine(1)])
    assert once.count('"again": true') == 1
    assert once.count("base64") == 6


def clipped(x, eps):
    return -np.log(np.maximum(x, eps))


CLIPPING = Exercise(
    lambda x: -np.log(x),
    lambda rng: [Case((np.array([0.5, 1e-30, rng.random()]),)), Case((np.array([1e-40, 0.25]),))],
    (Part("loss", 1),),
    misconceptions=(Misconception("clipped", "You clip.", clipped, constants=(1e-16, 1e-8, 1e-2)),),
    name="loss",
)


@pytest.mark.parametrize("eps", [1e-16, 3e-13, 1e-8, 1e-7, 1.2e-5, 1e-2])
def test_a_mistake_with_a_constant_is_recognised_for_any_constant(eps):
    """Whoever clips at 1e-7 would be told nothing, because an author thought of 1e-8."""
    for verdict in verdicts(CLIPPING, lambda x: clipped(x, eps)):
        assert verdict.misconceptions == ("clipped",)


@pytest.mark.parametrize("answer", [lambda x: np.log(x), lambda x: -np.log2(x), lambda x: clipped(x, 1e-10) + 0.1])
def test_another_mistake_is_not_taken_for_the_one_with_a_constant(answer):
    """The wrong reason would be given."""
    assert all(verdict.misconceptions == () for verdict in verdicts(CLIPPING, answer))


def test_floats_are_refused_where_indices_are_asked_for():
    """The next cell would end in somebody else's traceback."""
    shift = Exercise(
        lambda x: x[::-1],
        lambda rng: [Case((rng.integers(0, 9, 4),))],
        (Part("shift", 1, exact="they are used as indices"),),
        name="shift",
    )
    assert all(verdict.passed for verdict in verdicts(shift, lambda x: list(x[::-1])))
    for verdict in verdicts(shift, lambda x: x[::-1] * 1.0):
        assert "holds floats where whole numbers (ints) belong" in verdict.message


def test_numbers_that_overflow_while_they_are_judged_warn_nobody():
    """A learner would search for the line of ours that a warning names."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not any(verdict.passed for verdict in verdicts(THIRDS, lambda x: np.full(np.shape(x), np.inf)))
        assert not any(verdict.passed for verdict in verdicts(THIRDS, lambda x: np.full(np.shape(x), 1e308)))


def test_a_long_text_among_many_takes_no_memory():
    """NumPy would make room for each as if it were the longest: terabytes, and the grader be at fault."""
    texts = ["x" * 2**24, *[""] * 2**17]
    assert not any(verdict.passed for verdict in verdicts(THIRDS, lambda x: texts))
    examination = THIRDS.examine(1)
    assert Projection(examination, examination.parts[0]).of([texts] * len(examination.cases)) is None
