"""Bars as HTML: right lengths, nothing unescaped."""

from unrolled.kit.bars import bars


def test_longest_bar_is_full_and_others_in_proportion():
    """A bar would claim more or less than its number."""
    html = bars(["a", "b"], [0.5, 0.25], ["", ""])
    assert "width:100.0%" in html and "width:50.0%" in html


def test_a_bar_of_a_half_is_half_as_long_where_a_full_one_is_one():
    """A model that hesitates would look as sure as one that knows."""
    assert "width:50.0%" in bars(["a"], [0.5], [""], full=1)


def test_labels_and_texts_are_escaped():
    """What a learner types would become part of the page."""
    assert "<i>" not in bars(["<i>"], [1.0], ["<i>"], title="<i>")


def test_nothing_or_zeros_are_no_error():
    """A widget would break on its first empty answer."""
    assert "%" not in bars([], [], [])
    assert "width:0.4%" in bars(["a"], [0.0], ["0"])
