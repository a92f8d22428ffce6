"""A wrong answer that nothing explains is tried with less, until it is right or nothing is left."""

import time

import numpy as np
import pytest

from grader.authoring.simpler import with_simpler
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import STEP, diagnose
from unrolled.exam.exercise import Case, Exercise, Part
from unrolled.exam.key import dump_key, load_key
from unrolled.exam.probing import tried_again


def gate(x, params, on):
    return 1 / (1 + np.exp(-(params["w"] @ x + params["b"] + 2 * on)))


def _inputs(rng):
    for size in (4, 3):
        yield Case((rng.normal(size=size), {"w": rng.normal(size=(5, size)), "b": rng.normal(size=5)}, 1 / size))


EXERCISE = Exercise(gate, _inputs, (Part("gate", 1),))
EXAMINATION = load_key(dump_key([with_simpler(EXERCISE, EXERCISE.examine(2))]))[0]


def told(answer):
    outcomes = outcomes_of(EXAMINATION, answer, {})
    return tried_again(EXAMINATION, outcomes, diagnose(EXAMINATION, outcomes, reveal=True), answer)


def changed(sum_of):
    return lambda x, params, on: 1 / (1 + np.exp(-sum_of(x, params["w"], params["b"], on)))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (changed(lambda x, w, b, on: w @ x + b[::-1] + 2 * on), "Once `b` is zero, your result is right"),
        (changed(lambda x, w, b, on: w @ x**3 + b + 2 * on), "Once `x` or `w` is zero, your result is right"),
        (changed(lambda x, w, b, on: w @ x + b), "Your result doesn't change once `on` is zero: it should."),
        (changed(lambda x, w, b, on: w @ x + b**2 + on), "Once `b` and `on` are zero, your result is right, and"),
        (lambda *args: gate(*args) ** 2 + 0.1, "are zero, it isn't right: the first number is 0.35 then"),
    ],
)  # fmt: skip
def test_what_has_to_go_for_it_to_be_right_is_told(answer, words):
    """A mistake nobody foresaw would be told as one number beside another."""
    verdict = told(answer)
    assert words in verdict.message and verdict.cause == STEP


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, params, on: gate(x, params, on) + x[0] * params["b"] if params["w"].any() else "words",
        lambda x, params, on: gate(x, params, on) + x[0] * params["b"] if params["w"].any() else 1 / 0,
    ],
)
def test_what_breaks_on_the_way_mends_nothing(answer):
    """A second error would be told of arguments that nobody passes."""
    assert "Once `x` or `b` is zero" in told(answer).message


def masked_sum(xs, mask):
    return np.where(mask, xs, 0.0).sum(axis=1)


def _masked(rng):
    for width in (4, 3):
        yield Case((rng.normal(size=(2, width)), np.arange(width) < np.array([[2], [width]])))


def test_a_mask_that_is_not_read_is_told_as_one():
    """A check would end in a traceback of its own where a mask alone has to be spoken of."""
    exercise = Exercise(masked_sum, _masked, (Part("sum", 1),))
    examination = with_simpler(exercise, exercise.examine(2))
    outcomes = outcomes_of(examination, lambda xs, mask: xs.sum(axis=1), {})
    verdict = tried_again(examination, outcomes, diagnose(examination, outcomes), lambda xs, mask: xs.sum(axis=1))
    assert "doesn't change once `mask` is True everywhere: it should." in verdict.message


def test_an_answer_that_is_never_right_is_told_no_more():
    """A sentence about numbers that are none would hold anything."""
    assert " is zero" not in told(lambda x, params, on: np.full(5, np.nan)).message


def test_a_fault_of_ours_takes_no_verdict_away(monkeypatch):
    """A check would end in our traceback, for a sentence that would have been said besides."""
    monkeypatch.setattr("unrolled.exam.probing.what_zeros_mend", lambda *_: {}["missing"])
    verdict = told(lambda *args: gate(*args) ** 2 + 0.1)
    assert (verdict.status, verdict.cause) == ("failed", "")


def test_a_slow_answer_is_not_tried_for_long():
    """A check would take a second more for every argument, and not end when it is interrupted."""
    calls = []

    def slow(x, params, on):
        calls.append(None)
        time.sleep(0.4)
        return gate(x, params, on) ** 2 + 0.1

    outcomes = outcomes_of(EXAMINATION, lambda *args: gate(*args) ** 2 + 0.1, {})
    tried_again(EXAMINATION, outcomes, diagnose(EXAMINATION, outcomes, reveal=True), slow)
    assert 2 <= len(calls) <= 3


def test_a_right_answer_is_not_tried_again():
    """A function that counts its calls, or takes long, would be called for nothing."""
    calls = []

    def answer(*args):
        calls.append(args)
        return gate(*args)

    assert told(answer).passed and len(calls) == len(EXAMINATION.cases)
