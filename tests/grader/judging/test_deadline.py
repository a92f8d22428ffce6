"""What somebody handed in takes a bounded time on the trusted side, too."""

import time
from html import escape

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.judging import grading
from grader.judging.deadline import TooLong, deadline
from grader.nbgrader import feedback, rendering
from grader.sandbox.session import CellResult

# Where Python can't raise, inside a destructor, the alarm is lost with a warning, and rings again.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def test_the_time_is_up_even_for_code_that_swallows_exceptions():
    """A parser's `except Exception` would make any deadline last for ever."""
    swallowed = 0
    with pytest.raises(TooLong), deadline(0.01):
        while True:
            try:
                work()
            except TooLong:
                swallowed += 1
                if swallowed == 2:
                    raise


def test_an_outer_deadline_outlives_an_inner_one():
    """A page's deadline must not be lost with that of its first paragraph."""
    with pytest.raises(TooLong), deadline(0.05):
        with deadline(10):
            pass
        work()


def test_time_that_others_have_the_processor_does_not_count():
    """On a busy machine an honest answer would take too long to be judged."""
    with deadline(0.05):
        time.sleep(0.2)


def work():
    """Use the processor for ever."""
    while True:
        pass


BOMBS = {
    "open tags": "<div>" * 20_000,
    "headings": "# x\n" * 50_000,
    "open environments": "\\begin{a}" * 20_000,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(20_000)) + ">",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_prose_that_never_finishes_rendering_is_shown_as_written(bomb):
    """One learner's paragraph would keep a whole class from its feedback."""
    started = time.process_time()
    html = feedback.feedback_page(new_notebook(cells=[new_markdown_cell(bomb)]), "ps1", {}, {}, {}, 0.0)
    assert f"<pre>{escape(bomb[:20])}" in html
    assert time.process_time() - started < 5


def test_a_page_that_takes_too_long_is_written_in_short(monkeypatch):
    """Megabytes of code take minutes to colour."""
    monkeypatch.setattr(rendering, "PAGE_DEADLINE", 0.2)
    cells = [new_code_cell(f"first_{i} = 1\n" + "x = 1\n" * 1500) for i in range(50)]
    html = feedback.feedback_page(new_notebook(cells=cells), "ps1", {}, {}, {}, 0.0)
    assert "first_0" in html
    assert len(html) < 10**6


def test_output_that_takes_too_long_to_clean_is_left_out(monkeypatch):
    """A hundred kilobytes of attributes would stop the class."""
    monkeypatch.setattr(grading, "CLEANING_DEADLINE", 0.1)
    shown = {"output_type": "display_data", "data": {"text/html": "<b><p>" * 2_400}, "metadata": {}}
    (output,) = grading._outputs(CellResult("ok", [shown]))
    assert "too long" in output.text
