"""Auto-fill as you type: driven by the functions it is given, quick enough to feel instant."""

import time

import numpy as np
import pytest

from solutions.motivation import reference
from unrolled.motivation.data import split_documentation
from unrolled.motivation.widgets import Autofill

FUNCTIONS = reference.ngram_counts, reference.next_char_probabilities, reference.autofill


@pytest.fixture(scope="module")
def widget():
    return Autofill(*FUNCTIONS, split_documentation()[0])


def type_in(widget: Autofill, text: str) -> None:
    widget.typed.value = text


def test_a_key_takes_less_than_100_ms_at_any_n(widget):
    """Typing would feel like wading."""
    times = []
    for n in (2, 5, 8):
        widget.n.value = n
        for end in range(1, 12):
            begin = time.perf_counter()
            type_in(widget, f"the object{n}"[:end])
            times.append(time.perf_counter() - begin)
    assert np.median(times) < 0.1


def test_typing_and_moving_n_change_what_is_shown(widget):
    """The widget would be a picture."""
    shown = set()
    for text, n in (("If the list", 5), ("If the lis", 5), ("If the lis", 2)):
        type_in(widget, text)
        widget.n.value = n
        shown.add(widget.shown.value)
    assert len(shown) == 3


def test_bars_are_the_learners_probabilities():
    """The widget would show the course's model instead of the learner's."""

    def always_x(counts, context, alphabet, smoothing):
        return np.array([character == "x" for character in alphabet], dtype=float)

    shown = Autofill(reference.ngram_counts, always_x, reference.autofill, "axbx" * 9, prompt="ax", n=2).shown.value
    assert "100.0%" in shown and shown.count("%</span>") == 1


def test_a_bar_is_as_long_as_its_probability(widget):
    """Certainty would not be seen."""
    type_in(widget, "the")
    widget.n.value = 4
    assert f"width:{max(widget.probabilities()):.1%}" in widget.shown.value


def test_continuation_begins_where_the_prompt_ends(widget):
    """What was typed would be shown twice, or not at all."""
    type_in(widget, "<b>list")
    assert widget.continuation() not in ("", widget.typed.value)
    assert "&lt;b&gt;list<span" in widget.shown.value


def test_another_one_draws_another_continuation(widget):
    """The button would do nothing."""
    widget.n.value = 3
    type_in(widget, "the ")
    before = widget.shown.value
    widget.box.children[1].children[1].click()
    assert widget.shown.value != before


def test_unseen_context_is_said(widget):
    """Ninety equal bars would look like knowledge."""
    widget.n.value = 5
    type_in(widget, "qqqq")
    assert "never occurred" in widget.shown.value


def test_no_text_is_no_error(widget):
    """Deleting everything would break the widget."""
    for n in (1, 4):
        widget.n.value = n
        type_in(widget, "")
        assert "raises" not in widget.shown.value


def test_broken_function_is_shown_not_raised():
    """The learner would read a traceback of the widget's."""

    def broken(*args):
        raise ValueError("<oops>")

    widget = Autofill(reference.ngram_counts, broken, broken, "some text", prompt="s")
    assert "ValueError" in widget.shown.value and "<oops>" not in widget.shown.value


def test_still_figure_stands_in_where_widgets_do_not_run(widget):
    """On paper and on GitHub there would be an empty space."""
    widget.n.value = 4
    type_in(widget, "list")
    still, _ = widget.outputs()
    assert "bars for the most probable next characters" in repr(still)
    assert widget.shown.value in still.html
