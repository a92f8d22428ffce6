"""Horizontal bars as HTML: quick enough to redraw at every key, in the notebook's own colours and fonts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from unrolled.kit.style import OUTPUT

_TEXT = "font-family:var(--jp-content-font-family,sans-serif);color:var(--jp-content-font-color1,inherit)"
_CODE = "font-family:var(--jp-code-font-family,monospace)"


def bars(
    labels: Sequence[str],
    values: Sequence[float],
    texts: Sequence[str],
    title: str = "",
    colour: str = OUTPUT,
    full: float | None = None,
) -> str:
    """One bar per label, as long as its value is beside a full one, with a text at its end.

    Parameters
    ----------
    labels, texts : sequence of str
    values : sequence of float
        At least 0.
    title : str
        A line above the bars.
    colour : str
    full : float, optional
        The value of a bar from one side to the other; the largest of them, unless told otherwise.
    """
    largest = full or max(values, default=0.0) or 1.0
    rows = "".join(_bar(label, value / largest, text, colour) for label, value, text in zip(labels, values, texts))
    head = f'<div style="opacity:.8;margin-bottom:.3em">{escape(title)}</div>' if title else ""
    return f'<div style="{_TEXT};line-height:1.3;max-width:34em">{head}{rows}</div>'


def _bar(label: str, share: float, text: str, colour: str) -> str:
    return (
        '<div style="display:flex;align-items:center;gap:.5em">'
        f'<code style="{_CODE};width:3.2em;text-align:right;background:none;color:inherit">{escape(label)}</code>'
        f'<div style="flex:1"><div style="background:{colour};height:.8em;width:{max(share, 0.004):.1%}"></div></div>'
        f'<span style="width:5.5em;font-size:.9em">{escape(text)}</span></div>'
    )
