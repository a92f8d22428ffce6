"""Wrong answers nobody foresaw are told as small changes of the reference, and only what they really are."""

import inspect
import re
import time

import numpy as np
import pytest

import solutions
from grader.authoring.edits import changes_of, with_edits
from grader.authoring.prove import right_answers
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.key import PUBLIC_SEED, dump_key, load_key
from unrolled.exam.recognise import changes_in

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
    changes = changes_of(exercise)
    for change in changes.all:
        found = verdict(exercise, changes.made(change))
        if change.text in key_of(exercise).edits.texts and found.message.startswith("These are the numbers"):
            told += 1
            assert change.text in found.message or found.message.count("or if") == 2  # of many that agree, three
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
    for text in {change.text for change in changes_of(exercise).all}:
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


def test_two_changes_in_one_formula_are_told_together():
    """Whoever makes two mistakes at once would hear of none."""

    def rnn_step(x, h, u_x, u_h, u_0):
        return np.tanh(u_x @ x - u_h @ h)

    message = verdict(solutions.find("rnn_step"), rnn_step).message
    assert "the term with `u_h` and `h` has the other sign" in message
    assert "at the same time" in message and "`u_0` is left out" in message


def test_each_part_is_told_its_own_change():
    """Two mistakes that have nothing to do with each other would hide each other."""

    def rnn_forward(xs, h_0, params):
        h, ys, hs = h_0, [], []
        for x in xs:
            ys.append(1 / (1 + np.exp(-(params["w_x"] @ x + params["w_h"] @ h - params["w_0"]))))
            h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
            hs.append(h)
        return np.array(ys), -np.array(hs)

    message = verdict(solutions.find("rnn_forward"), rnn_forward).message
    assert "`w_0` has the other sign in y_t" in message
    assert "The numbers of hs are the right ones with the other sign" in message


def test_recognising_takes_no_time():
    """A check would no longer answer at once."""
    exercise = solutions.find("lstm_backward_step")
    examination = key_of(exercise)
    began = time.process_time()
    changes_in(examination, examination.parts, examination.expected)
    assert time.process_time() - began < 0.02
