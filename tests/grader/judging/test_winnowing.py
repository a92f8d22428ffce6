"""Fingerprints know a text again under other names, and take time that its length bounds."""

import time
from inspect import getsource

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.judging.winnowing import LONGEST, MOST, WINDOW, K, everybodys, fingerprints, marks
from solutions.definition.reference import rnn_step
from tests.courses import answer
from tests.courses import marks as meta

LOOP = """total = 0
for step in range(1, 9):
    if step % 3 == 0:
        total += np.log(step) / (step - 0.5)
print(total)"""
RENAMED = "# mine\ns = 0\nfor i in range(1, 9):\n\n    if i % 3 == 0: s += np.log(i)/(i - 0.5)\nprint(s)"


def found(source, code=True):
    return {mark for mark, _ in marks(source, code)}


def test_other_names_comments_and_layout_hide_nothing():
    """Who renames the variables of what he copied would have work of his own."""
    assert found(LOOP) == found(RENAMED) != set()


def test_what_is_long_enough_is_noticed_wherever_it_stands_and_nothing_short_is():
    """A copied loop would be lost in other code, or every `for i in range` be a suspicion."""
    shared = "abs(x[0]) + 3 ** y - z.real / 4 <= len([7, 8])"
    one, other = f"import os\nos.getcwd()\n{shared}\nq = 5", f"class A:\n    b = {{1: 2}}\n\n{shared} and not k"
    assert found(one) & found(other)
    assert len(found("a b c d e f g h i j")) == 1 and not found("a b c d e f g h i")
    assert K + WINDOW - 1 == 15


def test_another_function_is_another_text():
    """Everybody who calls a library would be alike."""
    assert found("np.log(a) + b * c - d")
    assert not found("np.log(a) + b * c - d") & found("np.exp(a) + b * c - d")


def test_marks_say_where_they_stand():
    """The page would mark other lines than those that two learners share."""
    text = "# no\n  a = b + c * d - e /"
    assert [text[start:end] for _, (start, end) in marks(text, True)] == ["a = b + c * d - e /"]


def test_the_lessons_own_text_counts_for_nobody():
    """All who left the lesson's cells as they are would be alike."""
    given, locked = answer(LOOP, "f"), new_code_cell(LOOP, metadata=meta("t", grade=True, locked=True, points=1.0))
    lesson = new_code_cell(LOOP, metadata={"lesson": True})
    prose = new_markdown_cell("What the next step reads is the state after the step, and so both of them agree on it.")
    nobodys = everybodys([new_notebook(cells=[given, locked])], "99_none")
    assert fingerprints(new_notebook(cells=[lesson, locked])) == ""
    assert set(fingerprints(new_notebook(cells=[given, lesson])).split()) <= nobodys
    assert set(fingerprints(new_notebook(cells=[prose])).split()) - nobodys


def test_a_known_answer_is_nobodys_own():
    """Two who write the textbook's line would look as if one had it from the other."""
    assert found(getsource(rnn_step)) <= everybodys([], "02_definition")
    assert found(LOOP) - everybodys([], "02_definition")


@pytest.mark.parametrize(
    "text", ["'", '"', "'''", "#", "a ", "\\", "x=1\n", "e\u0301", "1", "((", ". ", "\ud800", "\x00"]
)
def test_no_text_takes_long_or_gives_many(text):
    """A learner could keep the class from its grades with one cell."""
    cells = [new_code_cell(text * (200_000 // len(text))) for _ in range(9)]
    started = time.process_time()
    prints = fingerprints(new_notebook(cells=[*cells, *map(new_markdown_cell, [text * 50_000] * 2)]))
    assert time.process_time() - started < 5
    assert len(prints.split()) <= MOST and len(prints) < LONGEST
