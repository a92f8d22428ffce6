"""The pictures of networks."""

from xml.etree import ElementTree

import pytest

from unrolled.pictures import Drawing, chain, rolled, rolled_and_unrolled


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


@pytest.mark.parametrize("reading", ["definition", "textbook"])
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
