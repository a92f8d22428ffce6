"""The pictures of networks."""

from xml.etree import ElementTree

import pytest

from unrolled.definition.pictures import chain, exit_of, rolled, rolled_and_unrolled, two_readings
from unrolled.kit.drawing import Drawing

READINGS = ("definition", "textbook")


def parsed(svg):
    return ElementTree.fromstring(svg)


def words(svg):
    return ["".join(text.itertext()) for text in parsed(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_definition_is_drawn_rolled_and_unrolled():
    """If this failed, the picture would miss a symbol of the definition."""
    shown = words(rolled_and_unrolled().html)
    assert {"xt", "yt", "ht", "ht−1", "h0", "x1", "y1", "h1", "x3", "y3", "h3"} <= set(shown)


def test_a_picture_says_what_it_shows():
    """If this failed, a screen reader would meet a picture without words."""
    root = parsed(rolled_and_unrolled().html)
    assert root.get("role") == "img" and "h_{t-1}" in root.get("aria-label")


@pytest.mark.parametrize("reading", READINGS)
def test_everything_drawn_is_inside_the_picture(reading):
    """If this failed, a chain would be cut off at the edge."""
    drawing = Drawing(0, 0)
    right = chain(drawing, 0, 0, ("1", "2", "3", "4"), reading)
    rolled(drawing, right, 0, reading)
    circles = [e for e in parsed(drawing.svg("")) if e.tag.endswith("circle")]
    edges = [(float(c.get("cx")) + float(c.get("r")), float(c.get("cy")) - float(c.get("r"))) for c in circles]
    assert max(x for x, _ in edges) <= right + 200 and min(y for _, y in edges) >= 0


def test_texts_are_escaped_and_follow_the_theme():
    """If this failed, a label could break the page, or vanish in a dark theme."""
    svg = Drawing(10, 10).text(5, 5, "a<b_{t-1} & c").svg("<alt>")
    assert words(svg) == ["a<bt−1 & c"]
    assert "currentColor" in svg


def test_a_grid_shows_a_vector_standing_and_a_matrix_row_by_row():
    """If this failed, the numbers of a network would stand in the wrong places."""
    drawing = Drawing(200, 200).grid(0, 0, [1.0, -2.0], "state", "h").grid(60, 0, [[3.0, 4.0]], "plain")
    assert words(drawing.svg("")) == ["1.00", "−2.00", "h", "3.00", "4.00"]
    cells = [rect for rect in parsed(drawing.svg("")) if rect.tag.endswith("rect")]
    assert [(cell.get("x"), cell.get("y")) for cell in cells] == [("0", "0"), ("0", "24"), ("60", "0"), ("104", "0")]


def test_the_two_readings_differ_in_what_g_reads():
    """If this failed, the picture beside the textbooks' formula would be the definition's."""
    assert {"Definition 15.1", "textbooks, libraries", "ht−1", "ht", "yt"} <= set(words(two_readings().html))
    leaving = [parsed(Drawing(0, 0).circle(exit_of(0, reading), 0).svg(""))[0].get("cx") for reading in READINGS]
    assert leaving == ["-36", "24"]
