"""What a cell shows as a picture: with a sentence for those who can't see it."""

from __future__ import annotations

import io
import itertools
import re
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from unrolled.kit.style import TEXT

_NUMBER = itertools.count()  # two figures of one page may share no id: what is clipped by a hidden one isn't clipped
_DATED = ("Creator", "Date", "Format", "Type")  # what Matplotlib would say of itself: never twice the same bytes
_PAGE = "color:var(--jp-content-font-color1,currentColor);fill:currentColor;stroke-linejoin:round;stroke-linecap:butt"
_PAGE_WIDE = re.compile(r'<style.*?</style>|(?<=<g) id="[^"]*"', re.DOTALL)  # inside a page they would reach all of it
_WORDS = re.compile(r'<g style="fill: (#(?!111111|ffffff)[0-9a-f]{6})"(?= transform)')  # but on a coloured cell
_VIEW = re.compile(r'viewBox="[^"]*"')
_END_OF_HEAD = re.compile(r"<svg[^>]*>")


class Picture:
    """A picture with alternative text, as a cell's last value or for `IPython.display.display`.

    Parameters
    ----------
    html : str
        What the notebook shows.
    alt : str
        One sentence saying what there is to see. Also shown where pictures can't be.
    other : dict
        The picture for those who can't use HTML, by MIME type.
    """

    def __init__(self, html: str, alt: str, other: dict[str, Any] | None = None):
        self.html, self.alt, self.other = html, alt, other or {}

    def __repr__(self) -> str:
        return f"[picture: {self.alt}]"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/html": self.html, "text/plain": repr(self), **self.other}


def show(figure: Figure, alt: str) -> Picture:
    """Turn a Matplotlib figure into a `Picture` and close it, so that it is shown once.

    The picture has no background, what is black in the figure takes the page's own text colour, and coloured words
    come nearer to it: it reads in light and dark.

    Parameters
    ----------
    figure : Figure
    alt : str
        One sentence: what the axes are and what there is to see.
    """
    svg = _as_svg(figure, alt)
    plt.close(figure)
    return Picture(svg, alt, {"image/svg+xml": svg})


def _as_svg(figure: Figure, alt: str) -> str:
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": str(next(_NUMBER)), "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", transparent=True, metadata=dict.fromkeys(_DATED))
    svg = buffer.getvalue()
    width = figure.get_size_inches()[0] * figure.dpi
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {_VIEW.search(svg)[0]} '
        f'role="img" aria-label="{escape(alt)}" style="{_PAGE};width:100%;max-width:{width:.0f}px;height:auto">'
    )
    body = _PAGE_WIDE.sub("", svg[_END_OF_HEAD.search(svg).end() :])
    body = _WORDS.sub(lambda words: f'<g style="fill: {words[1]}; fill: {TEXT.format(colour=words[1])}"', body)
    return head + re.sub(r"#000000\b", "currentColor", body.rstrip())
