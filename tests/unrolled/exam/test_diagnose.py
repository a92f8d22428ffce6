"""A verdict's score is the sum of what is right; its message is the mistake, or the first difference."""

import math

import numpy as np
import pytest

from tests.unrolled.exam.summing import EXERCISE, forgets_start, labelled_cases, running_sum, stacked
from unrolled.exam.calling import Fault, Outcome, outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import VALUE, Case, Exercise, Misconception, Part


def writes(xs, start):
    xs[:] = 0
    return running_sum(xs, start)


def writes_at_the_end(xs, start):
    result = running_sum(xs, start)
    xs[:] = 0
    return result


EXAMINATION = EXERCISE.examine(1)


def verdict_of(answer, reveal=False):
    return diagnose(EXAMINATION, outcomes_of(EXAMINATION, answer, {}), reveal)


def test_names_and_texts_of_a_wrong_result_are_quoted_in_short():
    """One submission's million letters would be in every table and page."""
    for result in ({"a" * 10**6: 1}, ["b" * 10**6] * 2, "c" * 10**6):
        assert len(verdict_of(lambda xs, start: result, reveal=True).message) < 300  # noqa: B023
    text = Exercise(lambda: "right", parts=(Part("text", 1),), name="text").examine(1)
    assert len(diagnose(text, outcomes_of(text, lambda: "d" * 10**6, {}), reveal=True).message) < 300


def test_an_exception_of_ones_own_is_what_it_is_made_from():
    """Whoever names their ValueErrors would be told to raise a ValueError."""
    namespace = {"__name__": "__main__"}
    exec("class Negative(ValueError): pass\ndef root(x):\n    raise Negative(x)", namespace)
    exercise = Exercise(lambda x: int("x"), lambda rng: [Case((-4.0,))], (Part("refused", 0),), name="root")
    outcomes = outcomes_of(exercise.examine(1), namespace["root"], {})
    assert {outcome.fault.kind for outcome in outcomes} == {"ValueError"}


def test_whoever_always_raises_has_not_refused_anything():
    """Points for an error that is due would be had by a function that does nothing else."""

    def root(x):
        if x < 0:
            raise ValueError(x)
        return math.sqrt(x)

    def cases(rng):
        yield Case((4.0,), "a square")
        yield Case((-4.0,), "none")

    parts = (Part("root", 1, label="a square"), Part("refused", 1, label="none"))
    examination = Exercise(root, cases, parts).examine(1)
    assert diagnose(examination, outcomes_of(examination, root, {})).passed
    assert diagnose(examination, outcomes_of(examination, lambda x: int("x"), {})).score == 0
    assert diagnose(examination, outcomes_of(examination, lambda x: math.sqrt(x) + 1, {})).score == 1


def test_a_part_that_may_hold_more_may():
    """Who keeps more in a cache than was asked for would lose points."""
    parts = (Part("ys", 1, 0), Part("cache", 1, 1, extras=True))
    exercise = Exercise(lambda x: (x, {"a": x}), lambda rng: [Case((1.5,))], parts, name="kept")
    examination = exercise.examine(1)
    for cache, score in [({"a": 1.5, "b": None}, 2), ({"b": 1.5}, 1), ({"a": 2.5, "b": 1}, 1)]:
        assert diagnose(examination, outcomes_of(examination, lambda x: (x, cache), {})).score == score  # noqa: B023


def test_the_reference_scores_all():
    """Nobody could pass."""
    verdict = verdict_of(running_sum)
    assert (verdict.score, verdict.status, verdict.misconceptions) == (3.0, "passed", ())


def test_a_known_mistake_is_named_and_keeps_the_other_parts_points():
    """The learner would be told something vague, or lose points for what is right."""
    verdict = verdict_of(forgets_start)
    assert (verdict.score, verdict.misconceptions, verdict.message) == (1.0, ("start",), "The start is missing.")


def test_two_mistakes_in_two_parts_are_both_named():
    """The second mistake would stay hidden until the first is mended."""
    verdict = verdict_of(lambda xs, start: (np.cumsum(xs), np.cumsum(xs)))
    assert verdict.score == 0.0
    assert set(verdict.misconceptions) == {"start", "order"}


def test_an_unknown_mistake_is_placed():
    """The learner would have to search the whole array."""
    verdict = verdict_of(
        lambda xs, start: (np.cumsum(xs) + start + (np.arange(len(xs)) > 1), np.cumsum(xs[::-1])), True
    )
    assert verdict.message.startswith("sums is right until t=1 and wrong at t=2: you have ")


def test_secret_inputs_are_never_in_a_message():
    """Feedback would give the hidden inputs away."""
    off = verdict_of(lambda xs, start: (np.cumsum(xs) + start + 1, xs))
    raised = verdict_of(lambda xs, start: (_ for _ in ()).throw(ValueError(str(xs))))
    numbers = [f"{number:.2f}" for case in EXAMINATION.cases for number in np.abs(case.args[0])]
    assert off.case is None
    assert not any(number in verdict.message for number in numbers for verdict in (off, raised))


@pytest.mark.parametrize("answer", [writes, writes_at_the_end])
def test_changing_an_argument_fails(answer):
    """Whoever calls the function would find other numbers in their array afterwards."""
    verdict = verdict_of(answer)
    assert verdict.score == 0.0


def test_changing_an_argument_is_said_when_all_numbers_are_right():
    """A learner whose numbers are right would not learn why there are no points."""
    assert "changes its argument `xs`" in verdict_of(writes_at_the_end).message


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda xs, start: None, "returned None: is a `return` missing?"),
        (lambda xs, start: np.cumsum(xs), "returned an array of shape (4,), expected a tuple of length 2"),
        (lambda xs, start: (np.cumsum(xs)[:2], xs), "sums has shape (2,), expected (4,)"),
        (lambda xs, start: (xs * np.nan, xs), "sums holds nan at t=0"),
        (lambda xs, start: xs[7], "It raises IndexError"),
        (lambda xs: xs, "It raises TypeError"),
        (lambda xs, start: object(), "It returned an object"),
    ],
)
def test_the_message_says_what_is_wrong(answer, words):
    """People can't mend what they aren't told."""
    assert words in verdict_of(answer).message


def test_the_edge_case_is_named_when_only_it_fails():
    """The learner would look at the general case, which is right."""

    def only_long(xs, start):
        return running_sum(xs, start) if len(xs) > 1 else (xs[:0], xs[:0])

    assert "(one timestep)" in verdict_of(only_long).message


def test_a_stub_is_unsolved_not_wrong():
    """Whoever hasn't begun would be scolded."""

    def stub(xs, start):
        raise NotImplementedError

    assert verdict_of(stub).status == "unsolved"


def test_a_fault_of_the_process_is_told_in_its_own_words():
    """An endless loop would look like a wrong number."""
    fault = Outcome(fault=Fault("timeout", "It did not finish within 10 s"))
    verdict = diagnose(EXAMINATION, [fault] * len(EXAMINATION.cases))
    assert (verdict.score, verdict.message) == (0.0, "It did not finish within 10 s.")


def test_missing_outcomes_never_count_as_right():
    """A process that answers less than it was asked would gain points."""
    with pytest.raises(ValueError, match="0 outcomes for 3 cases"):
        diagnose(EXAMINATION, [])


def test_a_quiz_choice_is_explained():
    """A wrong choice would be a dead end."""
    quiz = Exercise(
        "b", parts=(Part("quiz", 0),), name="quiz", kind=VALUE, misconceptions=(Misconception("a", "Not so.", "a"),)
    ).examine(0)
    verdicts = [diagnose(quiz, outcomes_of(quiz, choice, {})) for choice in ("b", "a", ...)]
    assert [verdict.status for verdict in verdicts] == ["passed", "failed", "unsolved"]
    assert verdicts[1].message == "Not so."


@pytest.mark.parametrize("answer", [np.zeros((0, 9)), np.ones(3), [[]], {"a": np.ones(2)}, 10**300, float("nan"), True])
def test_a_quiz_answered_with_anything_else_is_wrong(answer):
    """An array as answer would stop the grading instead of earning nothing."""
    quiz = Exercise("b", parts=(Part("quiz", 1),), name="quiz", kind=VALUE).examine(0)
    verdict = diagnose(quiz, outcomes_of(quiz, answer, {}))
    assert (verdict.status, verdict.score) == ("failed", 0)


def test_two_mistakes_on_two_kinds_of_input_are_both_named():
    """Whoever makes a usual mistake and forgets the edge case, too, would be told of neither."""

    def backwards(xs, start):
        return np.cumsum(xs[::-1]) + start if len(xs) > 1 else np.cumsum(xs)

    def total(xs, start):
        return np.cumsum(xs) + start

    exercise = Exercise(
        total,
        labelled_cases,
        (Part("many", 2, label="several timesteps"), Part("one", 1, label="one timestep")),
        misconceptions=(
            Misconception("start", "The start is missing.", lambda xs, start: np.cumsum(xs)),
            Misconception("order", "It runs backwards.", lambda xs, start: np.cumsum(xs[::-1]) + start),
        ),
    )
    examination = exercise.examine(1)
    verdict = diagnose(examination, outcomes_of(examination, backwards, {}))
    assert verdict.misconceptions == ("order", "start")
    assert verdict.message == "many: It runs backwards.\none: The start is missing."


def test_a_quiz_takes_capitals_and_never_tells_the_answer():
    """A typing slip would cost the answer, or give it away."""
    quiz = Exercise(
        "b", parts=(Part("quiz", 0),), name="quiz", kind=VALUE, misconceptions=(Misconception("a", "Not so.", "a"),)
    ).examine(0)
    capital, unknown = (diagnose(quiz, outcomes_of(quiz, choice, {}), reveal=True) for choice in ("B ", "e"))
    assert capital.passed
    assert unknown.message == "Choose one of a, b, in quotes."


def test_an_unwritten_function_that_is_called_is_not_this_ones_fault():
    """Finished work would be called not begun, and its maker would look in the wrong place."""

    def other(xs):
        raise NotImplementedError

    verdict = verdict_of(lambda xs, start: other(xs))
    assert verdict.status == "failed"


def test_numbers_are_shown_until_they_differ():
    """The same number twice, one of them called right, helps nobody."""
    message = verdict_of(lambda xs, start: (np.cumsum(xs) + start * 1.0004, np.cumsum(xs[::-1])), True).message
    have, right = message.rpartition("you have ")[2].rstrip(".").split(", right is ")
    assert have != right


@pytest.mark.parametrize("reveal", [True, False])
def test_numbers_cut_off_by_an_array_of_ints_are_explained(reveal):
    """Zeros where the right number is 0.99 would look like a mistake in a formula that is right."""
    for dtype, cut in ((int, True), (float, False)):
        told = verdict_of(lambda xs, start, dtype=dtype: (np.cumsum(xs).astype(dtype), xs), reveal).message
        assert ("Your array holds ints" in told) == cut


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda xs, start: math.exp(np.stack([xs, xs])), "`np.exp` takes a whole array"),
        (lambda xs, start: xs if np.stack([xs, xs]) > 0 else -xs, "`np.where`"),
        (lambda xs, start: print()[0], "is a `return` missing"),
        (lambda xs, start: np.max(xs, 1e-8), "`np.maximum` compares"),
        (lambda xs, start: np.abs(np.linalg.eig(np.diag(xs))), "`np.linalg.eigvals` returns the first alone"),
    ],
)
@pytest.mark.parametrize("reveal", [True, False])
def test_an_exception_that_many_meet_comes_with_a_way_out(answer, words, reveal):
    """NumPy's own words say what it can't do, not what to do instead."""
    verdict = verdict_of(answer, reveal)
    assert words in verdict.message and "It raises" in verdict.message


def test_a_message_about_the_whole_result_is_a_sentence():
    """It would begin in the middle."""
    examination = Exercise(stacked, lambda rng: [Case((np.ones(2),))], (Part("stacked", 1),)).examine(1)
    verdict = diagnose(examination, outcomes_of(examination, lambda x: {"u": x[:1]}, {}))
    assert verdict.message.startswith("The result['u'] has shape (1,)")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((slice(None), slice(2, None)), "Up to t=1 all sequences are right."),
        ((slice(None), slice(0, 3)), "From t=3 to the last, t=4, all is right."),
        ((1, slice(1, 3)), "From t=3 to the last, t=4, all is right again."),
        ((0, 0), "From t=1 to the last, t=4, all is right."),
        ((0, slice(0, 4)), "The last, t=4, is right."),
    ],
)
def test_a_batch_is_told_when_all_its_sequences_are_right(change, words):
    """Whoever looks at the first wrong number alone would take the first sequence for the matter."""

    def doubled(xs):
        return 2 * xs

    def wrong(xs):
        found = 2 * xs
        found[change] += 1
        return found

    exercise = Exercise(doubled, lambda rng: [Case((rng.normal(size=(2, 5, 3)),))], (Part("ys", 1, axes="B T D"),))
    examination = exercise.examine(1)
    found = diagnose(examination, outcomes_of(examination, wrong, {}), reveal=True)
    assert found.message.endswith(words) and found.cause == "step"


def test_an_integer_too_long_to_read_is_told_by_its_length():
    """Somebody who returns 10**400 would be told of a number that isn't theirs."""
    exercise = Exercise(lambda x: 2.5 * x, lambda rng: iter([Case((1.0,))]), (Part("y", 1),), name="y").examine(1)
    said = diagnose(exercise, outcomes_of(exercise, lambda x: 10**400, {}), reveal=True).message
    assert "you have an integer of 401 digits, right is 2.5" in said


def test_infinity_where_0_is_right_is_not_called_an_overflow():
    """Whoever writes -inf at padding on purpose would look for an overflow."""
    cases = lambda rng: [Case((np.arange(3.0),))]  # noqa: E731
    exercise = Exercise(lambda xs: xs, cases, (Part("same", 1),), name="same")
    examination = exercise.examine(1)
    told = [
        diagnose(examination, outcomes_of(examination, answer, {}), reveal=True).message
        for answer in (lambda xs: np.where(xs == 0, -np.inf, xs), lambda xs: np.where(xs == 1, -np.inf, xs))
    ]
    assert "holds -inf at [0], where 0 is right." in told[0] and "logarithm of 0" in told[1]


def test_two_numbers_that_agree_at_first_have_equally_many_digits():
    """ "You have -1.374219, right is -1.374" reads as if only one had been rounded."""
    exercise = Exercise(lambda x: x, lambda rng: [Case((-1.374,))], (Part("same", 1),), name="same")
    examination = exercise.examine(1)
    said = diagnose(examination, outcomes_of(examination, lambda x: x - 2.19e-4, {}), reveal=True).message
    assert "you have -1.374219, right is -1.374000" in said
