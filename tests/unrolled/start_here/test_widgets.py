"""Lesson 00's widget: a function fed its own output."""

from unrolled.start_here.widgets import FeedBack, fed_back


def test_fed_back_gives_every_round():
    """Rounds would be skipped or counted wrong."""
    assert fed_back(lambda x: 2 * x, 1.5, 3) == [1.5, 3.0, 6.0, 12.0]


def test_sliders_run_the_learners_function():
    """The widget would show a doubling that isn't the learner's."""
    widget = FeedBack(lambda x: 3 * x, start=1.0, rounds=2)
    assert ">9<" in widget.shown.value
    widget.rounds.value = 3
    assert ">27<" in widget.shown.value


def test_broken_function_is_shown_not_raised():
    """Moving a slider would end in a traceback that nobody sees."""
    widget = FeedBack(lambda x: 2 * x)
    widget.function = lambda x: x.missing
    widget.start.value = 2.0
    assert "AttributeError" in widget.shown.value


def test_still_figure_stands_in_where_widgets_do_not_run():
    """On paper and on GitHub there would be an empty space."""
    still, _ = FeedBack(lambda x: 2 * x, rounds=4).outputs()
    assert "from 1 to 16" in repr(still) and ">16<" in still.html
