"""Causes told are counted by kind, and one that isn't an answer's own is found out."""

import io
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner
from rich.console import Console

import solutions
from grader.authoring import causes
from grader.authoring.causes import Told, is_false
from grader.cli import main
from unrolled.exam.diagnose import NAME, Verdict

EXERCISE = solutions.find("rnn_step")


def told(cause, message="", *names):
    return Verdict(EXERCISE.name, 0.0, 2.0, (), message, names, cause=cause)


def test_a_cause_that_is_another_answers_is_false_and_ones_own_is_not():
    """Somebody would mend what is right, and nobody hear of it."""
    mine, other = EXERCISE.misconceptions[:2]
    assert not is_false(EXERCISE, mine.answer, told(NAME, "", mine.name))
    assert is_false(EXERCISE, mine.answer, told(NAME, "", other.name))


def test_a_small_change_that_gives_other_numbers_elsewhere_is_false():
    """What fits the key's inputs by accident would count as a cause."""
    words = "These are the numbers that come out if `u_0` is left out in what you return."

    def without_bias(x, h, u_x, u_h, u_0):
        return np.tanh(u_x @ x + u_h @ h)

    assert not is_false(EXERCISE, without_bias, told("change", words))
    assert is_false(EXERCISE, EXERCISE.misconceptions[0].answer, told("change", words))


def test_what_is_told_is_counted_by_kind():
    """The share printed would be another one."""
    found = causes.told_of("double", every=causes.EACH)
    assert found.false == [] and found.counts[causes.SLIPS].total() == 1
    both = Told()
    for each in (found, replace(found, untold=["x"])):
        both.add(each)
    assert both.counts[causes.SLIPS].total() == 2 and both.untold[-1] == "x"


def test_the_shares_fit_a_terminal(monkeypatch):
    """Headings cut to three letters say nothing."""
    monkeypatch.setattr(causes, "for_each_exercise", lambda *_: [causes.told_of("double", every=causes.EACH)])
    causes.tell(["00_start_here"], console=(console := Console(width=80, record=True, file=io.StringIO())))
    shown = console.export_text()
    assert (
        all(words in shown for words in ("numbers only", *causes.CAUSES, causes.SLIPS, "falsely")) and "…" not in shown
    )


@pytest.mark.parametrize(("false", "code"), [(["x: told another's cause"], 1), ([], 0)])
def test_verifying_fails_for_a_cause_falsely_told(monkeypatch, false, code):
    """A lie would be a line among many, and stay."""
    monkeypatch.setattr("grader.authoring.verify.verify", lambda lessons: 0)
    monkeypatch.setattr("grader.authoring.prove.prove", lambda lessons, every: SimpleNamespace(sound=True))
    monkeypatch.setattr(causes, "tell", lambda lessons, every: Told(false=false))
    assert CliRunner().invoke(main, ["verify", "--full"]).exit_code == code
