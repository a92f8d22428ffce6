"""What depends on an examination alone is computed once, and for right answers not at all."""

import numpy as np

from unrolled.exam import agreeing, mostly
from unrolled.exam.calling import Outcome, outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import Case, Exercise, Misconception, Part
from unrolled.exam.recognise import fingerprint

CALLED = []


def pair(xs):
    return xs + 1.0, xs * 3.0


def without_the_one(xs):
    CALLED.append("without_the_one")
    return xs, xs * 3.0


def cases(rng):
    return [Case((rng.normal(size=size),), f"{size} numbers") for size in (3, 4, 5, 6)]


EXERCISE = Exercise(
    pair,
    cases,
    (Part("sum", 1, 0), Part("product", 1, 1)),
    misconceptions=(Misconception("no-one", "The one is missing.", without_the_one),),
)


def counted(monkeypatch, module, name):
    calls, function = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *args: calls.append(args) or function(*args))
    return calls


def strange(xs):
    return xs - 7.0, xs * 3.0


def test_no_wrong_answer_is_computed_to_judge_a_right_one():
    """A class that is right would pay for every mistake that it didn't make."""
    CALLED.clear()
    examination = EXERCISE.examine(1)
    assert diagnose(examination, outcomes_of(examination, pair, {})).passed and not CALLED


def test_what_a_mistake_gets_wrong_is_found_out_once_for_all_answers(monkeypatch):
    """With the learners, so would grow what is computed about mistakes that stay the same."""
    CALLED.clear()
    examination = EXERCISE.examine(1)
    outcomes = outcomes_of(examination, strange, {})
    first = diagnose(examination, outcomes, reveal=True)
    mistakes, cases = (counted(monkeypatch, *each) for each in ((agreeing, "_differs"), (mostly, "_shows")))
    assert diagnose(examination, outcomes, reveal=True) == first
    assert not mistakes and not cases and len(CALLED) == len(examination.cases)


def test_a_mistake_that_too_few_cases_can_show_is_not_held_against_the_rest(monkeypatch):
    """Each of dozens of mistakes would be compared on every case, though the first ones rule it out."""
    examination = EXERCISE.examine(1)
    outcomes = outcomes_of(examination, strange, {})
    compared = counted(monkeypatch, agreeing, "compare")
    assert mostly.mostly(examination, outcomes) == ()
    assert len(compared) < len(examination.cases)


def test_numbers_beyond_all_bounds_come_down_to_a_fingerprint_in_silence():
    """The grader's screen would be full of warnings about what somebody handed in."""
    examination = EXERCISE.examine(1)
    endless = [Outcome((case.args[0] * np.inf, case.args[0] * 1e308)) for case in examination.cases]
    assert len(fingerprint(examination, endless)) == 8
