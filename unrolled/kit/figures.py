"""What a cell shows as a picture: with a sentence for those who can't see it."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure


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

    Parameters
    ----------
    figure : Figure
    alt : str
        One sentence: what the axes are and what there is to see.
    """
    png = base64.b64encode(as_png(figure)).decode()
    plt.close(figure)
    html = f'<img src="data:image/png;base64,{png}" alt="{escape(alt)}" style="max-width:100%;height:auto">'
    return Picture(html, alt, {"image/png": png})


def as_png(figure: Figure) -> bytes:
    """The figure as the bytes of a PNG file."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=figure.dpi, metadata={"Software": None})
    return buffer.getvalue()
