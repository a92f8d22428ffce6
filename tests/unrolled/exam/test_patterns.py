"""What it means if some checks fail and others pass: parts, their blocks, arrays of a dict, kinds of case."""

from dataclasses import replace

import numpy as np

from tests.unrolled.exam.summing import EXERCISE, forgets_start, labelled_cases, stacked
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import Case, Exercise, Part, Pattern
from unrolled.exam.key import dump_key, load_key


def test_a_pattern_of_right_and_wrong_names_what_no_misconception_does():
    """A mistake nobody foresaw would be placed, but not explained."""
    pattern = Pattern("What is carried is wrong.", ("sums @ several timesteps",), ("sums @ one timestep", "reversed"))
    exercise = replace(EXERCISE, inputs=labelled_cases, patterns=(Pattern("All of it.", ("reversed",)), pattern))
    examination = exercise.examine(1)

    def carries_too_much(xs, start):
        return np.cumsum(xs) + start + 7 * np.arange(len(xs)), np.cumsum(xs[::-1])

    message = diagnose(examination, outcomes_of(examination, carries_too_much, {})).message
    assert message == "What is carried is wrong.\nsums is right until t=0 and wrong at t=1 (several timesteps)."
    assert load_key(dump_key([examination]))[0].patterns == exercise.patterns


def test_a_pattern_can_speak_of_one_array_of_a_dict():
    """Where one part asks for all of a dict, nothing could be told from which of its arrays are wrong."""
    patterns = (
        Pattern("The output's share.", ("all[w]",)),
        Pattern("Only what is carried back.", ("all[u] @ longer",), ("all[w]", "all[u] @ short")),
    )

    def gradients(T):
        return {"u": np.arange(T), "w": np.ones(2)}

    cases = lambda rng: [Case((2,), "short"), Case((4,), "longer")]  # noqa: E731
    examination = Exercise(gradients, cases, (Part("all", 1),), patterns=patterns).examine(1)
    for answer, told in (
        (lambda T: {"u": np.arange(T), "w": np.zeros(2)}, "The output's share."),
        (lambda T: {"u": np.minimum(np.arange(T), 1), "w": np.ones(2)}, "Only what is carried back.\nall['u'] is"),
        (lambda T: {"u": np.arange(T)}, "The result has no 'w'"),
    ):
        assert diagnose(examination, outcomes_of(examination, answer, {})).message.startswith(told)


def test_a_pattern_does_not_explain_shapes_errors_or_known_mistakes():
    """The learner would be told about a term while the function crashes, or instead of the mistake we know."""
    examination = replace(EXERCISE, patterns=(Pattern("The start is off.", ("sums",)),)).examine(1)
    for answer in (lambda xs, start: (xs[:1], xs), lambda xs, start: 1 / 0, forgets_start):
        assert "is off" not in diagnose(examination, outcomes_of(examination, answer, {})).message


def test_a_pattern_may_speak_of_a_block():
    """Of four gates' gradients in one array, the wrong one would have to be guessed."""

    def inputs(rng):
        return [Case((rng.normal(size=(6, 2)).round(3),))]

    pattern = Pattern("It is z.", ("du[z]",), ("du[r]", "du[n]"))
    parts, z = (Part("du", 1, "u", blocks="r z n"),), np.array([[0], [0], [1], [1], [0], [0]])
    examination = Exercise(lambda u: {"u": u}, inputs, parts, name="u", patterns=(pattern,)).examine(1)
    only_z, all_of_it = (
        diagnose(examination, outcomes_of(examination, answer, {})).message
        for answer in (lambda u: {"u": u + z}, lambda u: {"u": u + 1})
    )
    assert only_z.startswith("It is z.\nBlock z of du is wrong at [0, 0]")
    assert "It is z" not in all_of_it


def test_the_wrong_blocks_of_stacked_weights_are_named():
    """A learner with one wrong gate would be pointed at a row, and would have to count."""
    inputs = lambda rng: [Case((np.arange(1.0, 4.0),))]  # noqa: E731
    examination = Exercise(stacked, inputs, (Part("du", 1, "u", blocks="r z n"),)).examine(1)
    one, two, all_three = (
        diagnose(examination, outcomes_of(examination, lambda x, which=which: {"u": stacked(x)["u"] + which}, {}))
        for which in (np.repeat([0, 1, 0], 3), np.repeat([1, 0, 1], 3), 1)
    )
    assert "Of its blocks, z is wrong and r and n right." in one.message
    assert "Of its blocks, r and n are wrong and z right." in two.message
    assert "blocks" not in all_three.message
