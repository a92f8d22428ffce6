"""Wrong answers nobody foresaw are told as small changes of the reference, and only what they really are."""

import inspect
import re
import time

import numpy as np
import pytest

import solutions
from grader.authoring.edits import changes, with_edits
from grader.authoring.prove import right_answers
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import Raised
from unrolled.exam.key import PUBLIC_SEED, dump_key, load_key

TOLD = [
    exercise for lesson in solutions.lessons() for exercise in solutions.exercises(lesson) if exercise.terms is not None
]
QUICK = [
    exercise for exercise in TOLD if exercise.name in ("relative_error", "rnn_backward_step", "gru_step", "lstm_step")
]
_KEYS = {}


def key_of(exercise):
    if exercise.name not in _KEYS:
        text = dump_key([with_edits(exercise, exercise.examine(PUBLIC_SEED))])
        _KEYS[exercise.name] = load_key(text)[0]
    return _KEYS[exercise.name]


def verdict(exercise, answer):
    examination = key_of(exercise)
    return diagnose(examination, outcomes_of(examination, answer, exercise.tools), reveal=True)


@pytest.mark.parametrize("exercise", QUICK, ids=lambda exercise: exercise.name)
def test_a_change_is_told_by_its_own_words_unless_it_has_a_name(exercise):
    """Whoever leaves a term out would read of another one."""
    told = 0
    for text, changed in changes(exercise.reference, exercise.terms):
        found = verdict(exercise, changed)
        if text in key_of(exercise).edits.texts and "These are the numbers" in found.message:
            told += 1
            assert text in found.message
            assert not found.misconceptions
    assert told >= 3


@pytest.mark.parametrize("exercise", QUICK, ids=lambda exercise: exercise.name)
def test_what_has_a_name_of_its_own_is_told_by_that(exercise):
    """An author's words would give way to generated ones."""
    for mistake in exercise.misconceptions:
        if not mistake.constants:
            found = verdict(exercise, mistake.answer)
            assert mistake.name in found.misconceptions
            assert "These are the numbers" not in found.message


@pytest.mark.parametrize("exercise", QUICK, ids=lambda exercise: exercise.name)
def test_no_right_answer_is_told_a_change(exercise):
    """Somebody would mend what is right."""
    for what, answer in right_answers(exercise):
        assert verdict(exercise, answer).passed, what


@pytest.mark.parametrize("exercise", TOLD, ids=lambda exercise: exercise.name)
def test_words_give_no_line_of_the_answer_away(exercise):
    """The mechanism would hand out what the lesson asks for."""
    source = inspect.getsource(exercise.reference)
    lines = {line.partition("#")[0].strip() for line in source.splitlines() if any(sign in line for sign in "*@")}
    for text in {text for text, _ in changes(exercise.reference, exercise.terms)}:
        assert all(re.fullmatch(r"\w+", code) for code in re.findall("`([^`]+)`", text)), text
        assert not any(line in text for line in lines if line)


def test_a_learners_own_way_of_writing_it_is_recognised():
    """Only those would be helped who write as the author does."""

    def gru_step(x, h, params):
        blocks = [np.split(params[name], 3) for name in ("u_x", "u_h", "u_0")]
        sums = [np.einsum("bd,kd->bk", x, u_x) + u_0 for u_x, u_0 in zip(blocks[0], blocks[2])]
        r = 1 / (1 + np.exp(-(sums[0] + np.einsum("bh,kh->bk", h, blocks[1][0]))))
        z = 1 / (1 + np.exp(-(sums[1] - np.einsum("bh,kh->bk", h, blocks[1][1]))))
        n = np.tanh(sums[2] + np.einsum("bh,kh->bk", r * h, blocks[1][2]))
        return n + z * (h - n)

    message = verdict(solutions.find("gru_step"), gru_step).message
    assert message == "These are the numbers that come out if the term with `h` and `u_h` has the other sign in `z`."


def test_two_changes_at_once_are_not_told_as_one():
    """A cause would be named that mends nothing."""

    def relative_error(analytic, numeric):
        size = np.maximum(np.abs(analytic) + 2 * np.abs(numeric), 1e-8)
        return float(np.max(np.abs(analytic + numeric) / size))

    assert "These are the numbers" not in verdict(solutions.find("relative_error"), relative_error).message


def test_recognising_takes_no_time():
    """A check would no longer answer at once."""
    exercise = solutions.find("lstm_backward_step")
    examination = exercise.examine(PUBLIC_SEED)
    values = [value for value in examination.expected if not isinstance(value, Raised)]
    from unrolled.exam.edits import Edits, recognised

    edits = Edits(("a",) * 1000, np.ones((1000, 3)))
    began = time.process_time()
    recognised(edits, examination.expected, values)
    assert time.process_time() - began < 0.02
