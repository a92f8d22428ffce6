"""Figures as cells show them."""

import base64

from matplotlib import pyplot as plt

from unrolled.kit.figures import show


def figure():
    fig, axes = plt.subplots()
    axes.plot([0, 1])
    return fig


def test_a_figure_carries_its_sentence_in_every_form():
    """If this failed, a screen reader would meet a picture without words."""
    bundle = show(figure(), 'a line from 0 to 1, "steep"')._repr_mimebundle_()
    assert 'alt="a line from 0 to 1, &quot;steep&quot;"' in bundle["text/html"]
    assert bundle["text/plain"] == '[picture: a line from 0 to 1, "steep"]'


def test_a_figure_is_a_png_and_shown_once():
    """If this failed, figures would be missing in print, or doubled on the screen."""
    bundle = show(figure(), "a line")._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert plt.get_fignums() == []


def test_the_same_figure_gives_the_same_bytes():
    """If this failed, executed notebooks would differ without a reason."""
    assert show(figure(), "a line").html == show(figure(), "a line").html
