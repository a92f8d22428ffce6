"""`check` finds the exercise, judges it at once, and shows a verdict people can read."""

import inspect
import json
import sys

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import solutions
from unrolled import bring, check, ready
from unrolled.desk import progress
from unrolled.exam.exercise import VALUE, Case, Exercise, Misconception, Part
from unrolled.exam.key import dump_key
from unrolled.exam.show import as_html, paragraphs


def double(x):
    return 2 * x


QUIZ = Exercise(
    "b", parts=(Part("which", 0),), name="which", kind=VALUE, misconceptions=(Misconception("a", "No.", "a"),)
)
DOUBLE = Exercise(
    double,
    lambda rng: (Case((float(rng.integers(3, 9)),)) for _ in range(3)),
    (Part("double", 0),),
    ("first", "second", "third"),
    (Misconception("squared", "That is the square.", lambda x: x * x),),
    lesson="00_x",
)


@pytest.fixture(autouse=True)
def lesson(tmp_path, monkeypatch):
    """A folder with an answer key, as a learner has it."""
    folder = tmp_path / "notebooks" / "00_x"
    folder.mkdir(parents=True)
    (folder / "00_x.key.json").write_text(dump_key([DOUBLE.examine(1), QUIZ.examine(1)]))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("UNROLLED_PROGRESS", str(tmp_path / "progress.json"))


def test_a_right_function_passes_and_is_remembered():
    """The course map would forget what the learner has done."""
    assert check(double).verdict.passed
    assert progress.read() == {"00_x": {"double": 0.0}}


def test_a_wrong_function_is_told_its_mistake():
    """The check would only say no."""

    def double(x):
        return x * x

    report = check(double)
    assert report.verdict.misconceptions == ("squared",)
    assert "That is the square." in repr(report)
    assert report.inputs


def test_a_function_under_another_name_is_checked_as_the_argument_says():
    """`check(double)` with a lambda in it would find no exercise."""
    double = lambda x: x + x  # noqa: E731
    assert check(double).verdict.exercise == "double"
    assert check(double).verdict.passed


def test_a_quiz_is_found_by_the_variable_it_is_in():
    """A string has no name of its own."""
    which = "a"
    assert check(which).verdict.message == "No."
    which = "b"
    assert check(which).verdict.passed


def test_a_quiz_is_found_where_statements_share_a_line():
    """`which = "b"; check(which)` is ordinary in a notebook."""
    shell = InteractiveShell.instance()
    try:
        shell.user_ns["check"] = check
        shell.run_cell('which = "b"; report = check(which)', silent=True)
        assert shell.user_ns["report"].verdict.passed
    finally:
        InteractiveShell.clear_instance()


def test_what_is_no_exercise_gets_a_sentence(tmp_path, monkeypatch):
    """A typing error would end in a traceback."""
    monkeypatch.setattr("unrolled.desk.lessons.packaged", lambda: tmp_path / "none")
    assert "no exercise of this lesson" in check(len)
    (tmp_path / "notebooks" / "00_x" / "00_x.key.json").unlink()
    assert "no answer key here" in check(double)


def test_html_shows_learners_text_as_text():
    """What a learner's exception says could run as script in their notebook."""

    def double(x):
        raise ValueError("<script>alert(1)</script>")

    html = as_html(check(double).verdict)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_ready_says_which_function_is_missing(capsys):
    """An experiment would crash far from its cause."""
    assert ready(double)

    def double_(x):
        raise NotImplementedError

    assert not ready(double_)
    assert "`double_`" in capsys.readouterr().out


def test_a_damaged_key_is_named_and_stops_nobody_in_another_lesson(tmp_path, monkeypatch):
    """One half-downloaded folder would end every check in a traceback."""
    monkeypatch.setattr("unrolled.desk.lessons.packaged", lambda: tmp_path / "none")
    beside = tmp_path / "notebooks" / "00_x" / "00_x.key.json"
    neighbour = tmp_path / "notebooks" / "01_y" / "01_y.key.json"
    neighbour.parent.mkdir()
    neighbour.write_text('[{"name": "twi')
    assert check(double).verdict.passed
    beside.write_bytes(b"\xff" + beside.read_bytes())
    assert "00_x.key.json and 01_y.key.json can't be used: get a fresh copy" in check(double)


def test_nothing_is_ready_while_a_notebook_is_graded(monkeypatch):
    """A class's experiments would be run again, for hours, with nobody watching."""
    assert ready(double)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert not ready(double)


def test_what_runs_through_another_function_waits_until_that_is_right(tmp_path):
    """Right weights would be called wrong, and wrong ones right, because of a function solved before."""
    lesson = {exercise.name: exercise for exercise in solutions.exercises("02_definition")}
    key = tmp_path / "notebooks" / "00_x" / "00_x.key.json"
    key.write_text(dump_key(lesson[name].examine(1) for name in ("rnn_forward", "latch_weights")))
    latch_weights = lesson["latch_weights"].reference
    assert "`rnn_forward`" in check_among(latch_weights, {})
    assert "`rnn_forward`" in check_among(
        latch_weights, {"rnn_forward": lesson["rnn_forward"].misconceptions[0].answer}
    )
    assert check_among(latch_weights, {"rnn_forward": lesson["rnn_forward"].reference}).verdict.passed


def test_what_calls_another_function_is_told_if_that_one_is_wrong(tmp_path):
    """A learner would look for the fault in code that is right."""
    lesson = {exercise.name: exercise for exercise in solutions.exercises("05_vanishing_gradients")}
    key = tmp_path / "notebooks" / "00_x" / "00_x.key.json"
    key.write_text(dump_key(lesson[name].examine(1) for name in ("rnn_backward", "truncated_bptt")))
    source = inspect.getsource(lesson["truncated_bptt"].reference)
    wrong = lambda *args: {name: 2 * g for name, g in lesson["rnn_backward"].reference(*args).items()}  # noqa: E731
    for rnn_backward, told in ((wrong, True), (lesson["rnn_backward"].reference, False)):
        namespace = {"np": np, "check": check, "rnn_backward": rnn_backward}
        exec(f"{source}\nreport = check(truncated_bptt)", namespace)
        assert namespace["report"].verdict.passed != told
        assert ("It calls your `rnn_backward`, which isn't right yet" in repr(namespace["report"])) == told


def check_among(latch_weights, others):
    """`check(latch_weights)` in a notebook that has these other functions."""
    namespace = others | {"check": check, "latch_weights": latch_weights}
    exec("report = check(latch_weights)", namespace)
    return namespace["report"]


def test_a_brought_function_is_not_there_as_it_is_not_when_graded(tmp_path):
    """What passes here would earn nothing where the other lesson's notebook is missing."""
    neighbour = tmp_path / "notebooks" / "01_y"
    neighbour.mkdir()
    cell = {"cell_type": "code", "source": "def twice(x):\n    return 2 * x",
            "metadata": {"nbgrader": {"grade_id": "twice", "solution": True}}}  # fmt: skip
    (neighbour / "01_y.ipynb").write_text(json.dumps({"cells": [cell]}))
    namespace = {"twice": bring("twice"), "check": check}
    exec("def double(x):\n    return twice(x)\nreport = check(double)\nagain = double(4)", namespace)
    assert "it calls twice, which you brought" in namespace["report"].verdict.message
    assert namespace["again"] == 8


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("the *last* state", "the <em>last</em> state"),
        ("*none of it* <b>", "<em>none of it</em> &lt;b&gt;"),
        ("`a * b * c` and x * y * z", "<code>a * b * c</code> and x * y * z"),
        ("h_{t-1}, y_t, `h_t`, u_h, hs_t_x", "h<sub>t−1</sub>, y<sub>t</sub>, <code>h_t</code>, u_h, hs_t_x"),
        ("y_1, h_0, `x_2`, what_x_3, u_x1, x_10", "y<sub>1</sub>, h_0, <code>x_2</code>, what_x_3, u_x1, x_10"),
        ("`*args` and 2*x*y, **kw", "<code>*args</code> and 2*x*y, **kw"),
    ],
)
def test_emphasis_is_shown_and_products_are_left_alone(text, html):
    """Explanations would come with asterisks in them, or formulas without."""
    assert paragraphs(text) == html


def test_the_inputs_of_a_right_function_are_there_to_try_it_by_hand():
    """`double(*check(double).inputs)`, as the lesson says, would fail once the function is right."""
    (x,) = check(double).inputs
    assert double(x) == 2 * x


def test_a_function_without_an_end_is_given_up(monkeypatch):
    """The notebook would hang."""

    def double(x):
        while True:
            x += 1

    monkeypatch.setattr(sys.modules["unrolled.desk.check"], "SECONDS", 0.3)
    report = check(double)
    assert "did not come to an end within 0.3 s" in report.verdict.message
    assert report.verdict.lines[-1].partition(":")[0].endswith("in double")


def test_interrupting_a_check_shows_no_frames_of_ours(monkeypatch):
    """*Interrupt* would be answered with a traceback."""
    monkeypatch.setattr("unrolled.desk.check.outcomes_of", _interrupted)
    assert "You interrupted the check" in check(double)


def _interrupted(*args):
    raise KeyboardInterrupt


def test_hints_stand_in_the_page_below_a_wrong_answer_only():
    """Reopened without a kernel, a verdict would have lost its hints."""

    def double(x):
        return x * x

    assert "<details" in check(double)._repr_html_()

    def double(x):
        return 2 * x

    assert "<details" not in check(double)._repr_html_()
