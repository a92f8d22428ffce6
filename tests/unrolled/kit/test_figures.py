"""Figures as cells show them."""

import re
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from unrolled.kit.figures import show
from unrolled.kit.style import INPUT, TEXT, use_style

CLIP = re.compile(r'clipPath id="([^"]+)"')


@pytest.fixture(autouse=True)
def style():
    with mpl.rc_context():
        use_style()
        yield


def figure(size=(6.0, 3.0)):
    fig, axes = plt.subplots(figsize=size)
    axes.plot([0, 1], label="a line")
    axes.set(title="a title", xlabel="$u_h$")
    axes.legend()
    return fig


def test_a_figure_carries_its_sentence_in_every_form():
    """If this failed, a screen reader would meet a picture without words."""
    bundle = show(figure(), 'a line from 0 to 1, "steep"')._repr_mimebundle_()
    assert 'role="img" aria-label="a line from 0 to 1, &quot;steep&quot;"' in bundle["text/html"]
    assert bundle["text/plain"] == '[picture: a line from 0 to 1, "steep"]'


def test_a_figure_is_an_svg_and_shown_once():
    """If this failed, figures would be missing in print, or doubled on the screen."""
    bundle = show(figure(), "a line")._repr_mimebundle_()
    assert ElementTree.fromstring(bundle["image/svg+xml"]).tag == "{http://www.w3.org/2000/svg}svg"
    assert plt.get_fignums() == []


def test_a_figure_has_no_background_and_the_pages_own_ink():
    """If this failed, a notebook in the dark would glare, or its figures be black on black."""
    html = show(figure(), "a line").html
    assert "#ffffff" not in html and "#000000" not in html
    inks = set(re.findall(r"(?:fill|stroke): ([^;\"]+)", html))
    assert inks == {"none", "currentColor", INPUT}
    assert "color:var(--jp-content-font-color1,currentColor)" in html


def test_coloured_words_come_nearer_to_the_pages_ink():
    """If this failed, a line's name would be orange on white, or dark blue on black: not to be read."""
    fig, axes = plt.subplots()
    axes.imshow([[0.0]])
    axes.text(0, 0, "a name", color=INPUT)
    axes.text(0, 0, "on a coloured cell", color="#111111")
    html = show(fig, "two words").html
    assert f"fill: {INPUT}; fill: {TEXT.format(colour=INPUT)}" in html
    assert '<g style="fill: #111111" transform' in html


def test_a_figure_changes_nothing_but_itself_on_its_page():
    """If this failed, a figure's style sheet would reach the whole page, or a figure be cut off as another one is."""
    first, second = show(figure(), "a line").html, show(figure(), "a line").html
    assert "<style" not in first
    assert set(CLIP.findall(first)) and not set(CLIP.findall(first)) & set(CLIP.findall(second))


def test_the_same_figure_gives_the_same_bytes():
    """If this failed, executed notebooks would differ without a reason."""
    first, second = (re.sub(r"\b[mp][0-9a-f]{10}\b", "", show(figure(), "a line").html) for _ in range(2))
    assert first == second
