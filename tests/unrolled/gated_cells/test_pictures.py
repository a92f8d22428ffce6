"""The pictures and figures of lessons 05 and 06: well formed, described, and showing what they are given."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from unrolled.gated_cells.pictures import gru_unit, lstm_unit
from unrolled.gated_cells.plots import coloured_text, plot_learning, plot_reaches, plot_unit
from unrolled.vanishing_gradients.pictures import backward_through_time
from unrolled.vanishing_gradients.plots import plot_clipping, plot_norms, plot_reach, plot_recall_maps, plot_truncation
from unrolled.vanishing_gradients.recall import Run

RUN = Run({}, [0.5, 0.7, 1.0], [3.0, 1.0, 0.0])


@pytest.mark.parametrize("draw", [lstm_unit, gru_unit, backward_through_time])
def test_a_drawing_is_well_formed_and_says_what_it_shows(draw):
    """A browser would show nothing, and a screen reader would say nothing."""
    svg = ElementTree.fromstring(draw().html)
    assert svg.get("role") == "img"
    assert len(svg.get("aria-label")) > 60


def test_the_lstm_picture_names_everything_the_equations_do():
    """A learner could not find a symbol of the table in the picture."""
    texts = ElementTree.fromstring(lstm_unit().html).iter("{http://www.w3.org/2000/svg}text")
    words = {"".join(text.itertext()) for text in texts}
    assert {"ft", "it", "gt", "ot", "ct", "ht", "xt"} <= words


@pytest.mark.parametrize(
    "picture",
    [
        lambda: plot_norms({"a": [0.1, 1.0], "b": [0.0, 1.0]}),
        lambda: plot_clipping({"a": RUN, "b": RUN}),
        lambda: plot_truncation({"a": [0.1, 0.0]}, [1, 2]),
        lambda: plot_recall_maps({"a": {5: RUN}, "b": {5: RUN}}, "Two maps."),
        lambda: plot_reach(np.random.default_rng(0).random((60, 60))),
        lambda: plot_reaches({"a": [0.1, 1.0]}, "It falls."),
        lambda: plot_learning({"a": RUN}),
        lambda: plot_unit("a\nb", np.zeros(3), {"f": np.ones(3)}, np.array([True, False, True])),
    ],
)
def test_a_figure_is_drawn_and_described(picture):
    """An experiment would end in an error after half a minute of training."""
    shown = picture()
    assert "image/svg+xml" in shown.other
    assert len(shown.alt) > 5


def test_a_string_is_shaded_from_its_first_quote_to_its_last(monkeypatch):
    """The cell would seem to know of a string before it begins, and a string of one character would not be shaded."""
    shaded = []
    monkeypatch.setattr("matplotlib.axes.Axes.axvspan", lambda axes, begin, end, **look: shaded.append((begin, end)))
    plot_unit('a""bc', np.zeros(5), {"f": np.ones(5)}, np.array([False, True, True, False, True]))
    assert shaded[:2] == [(0.5, 2.5), (3.5, 4.5)]


def test_a_little_orange_can_be_told_from_none_on_black():
    """In a dark theme short strings would not stand out."""
    opacities = [float(a) for a in re.findall(r"/([\d.]+)\)", coloured_text("abc", np.array([-1.0, 0.4, 1.0])).html)]
    assert opacities[1] > 0.35


def test_coloured_text_escapes_and_colours_each_character():
    """Source code with angle brackets would vanish from the page."""
    html = coloured_text("<b>", np.array([-1.0, 0.0, 1.0])).html
    assert "&lt;" in html
    assert html.count("<span") == 3
