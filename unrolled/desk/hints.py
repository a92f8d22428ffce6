"""The hints under a verdict: one inside the other, from nudge to near-answer. They open without a kernel, too."""

from __future__ import annotations

from unrolled.exam.show import paragraphs

_MORE = "margin:.3em 0 .3em 1.1em;line-height:1.5;max-width:46em"
_PRESS = "cursor:pointer;color:var(--jp-content-link-color,#0072b2)"


def as_details(hints: tuple[str, ...], shown: int = 0) -> str:
    """HTML that uncovers the hints one after the other: each holds the next."""
    if shown == len(hints):
        return ""
    return (
        f'<details class="unrolled-hint" style="{_MORE}"><summary style="{_PRESS}">Hint {shown + 1} of {len(hints)}'
        f"</summary><div>{paragraphs(hints[shown])}</div>{as_details(hints, shown + 1)}</details>"
    )
