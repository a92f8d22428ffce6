"""A verdict as people read it: HTML that follows the notebook's theme, and plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import zip_longest
from typing import Any

from unrolled.exam.compare import describe
from unrolled.exam.diagnose import PartVerdict, Verdict

RIGHT, WRONG, OPEN = "✓", "✗", "○"
_COLOURS = {"passed": "var(--jp-brand-color1,#0072b2)", "failed": "#d55e00", "unsolved": "#8a8a8a"}
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])")
_INDEX = re.compile(r"(?<![\w>])([A-Za-zα-ωΑ-Ω∂]{1,2})_(?:\{([^{}<>\n]+)\}|([tT1-9])(?!\w))")
_SIGNS = {"passed": RIGHT, "failed": WRONG, "unsolved": OPEN}
_BOX = (
    "font-family:var(--jp-content-font-family,sans-serif);color:var(--jp-content-font-color1,inherit);"
    "border-left:4px solid {colour};padding:.4em .9em;margin:.3em 0;line-height:1.5;max-width:46em"
)
_CODE = "font-family:var(--jp-code-font-family,monospace);font-size:.9em;white-space:pre-wrap;margin:.3em 0"


def as_text(verdict: Verdict) -> str:
    """The verdict in plain text, lines of at most about 80 characters where its texts allow."""
    lines = [f"{_SIGNS[verdict.status]} {verdict.exercise}: {_earned(verdict)}"]
    if len(verdict.parts) > 1 and verdict.status != "unsolved":
        lines += [f"    {RIGHT if p.passed else WRONG} {p.name}{_points_of(p)}" for p in verdict.parts]
    if verdict.status != "passed":
        lines += [f"  {line}" for line in verdict.message.split("\n")]
    lines += [f"    {line}" for line in verdict.lines]
    return "\n".join(lines)


def as_html(verdict: Verdict) -> str:
    """The verdict as HTML, every text in it escaped."""
    colour = _COLOURS[verdict.status]
    head = (
        f'<strong style="color:{colour}">{_SIGNS[verdict.status]} {escape(verdict.exercise)}</strong> '
        f"— {_earned(verdict)}"
    )
    body = "" if verdict.status == "passed" else f"<div>{paragraphs(verdict.message)}</div>"
    return (
        f'<div class="unrolled-verdict" data-status="{verdict.status}" style="{_BOX.format(colour=colour)}">'
        f"<div>{head}</div>{_parts(verdict)}{body}{_lines(verdict.lines)}{_case(verdict)}</div>"
    )


def as_note(text: str, status: str = "unsolved") -> str:
    """A short message in the same frame as a verdict."""
    return f'<div class="unrolled-verdict" style="{_BOX.format(colour=_COLOURS[status])}">{paragraphs(text)}</div>'


def paragraphs(text: str) -> str:
    """A message as HTML: all of it escaped, `code` between backticks, *emphasis*, h_{t-1} with an index, its lines."""
    pieces = escape(text).split("`")
    text = "".join(
        f"<code>{piece}</code>" if place % 2 else _EMPHASIS.sub(r"<em>\1</em>", _INDEX.sub(_lowered, piece))
        for place, piece in enumerate(pieces)
    )
    return text.replace("\n", "<br>")


def _lowered(found: re.Match) -> str:
    """A letter with its index below the line: h_{t-1} as it stands in a formula."""
    letter, index, timestep = found.groups()
    return f"{letter}<sub>{(index or timestep).replace('-', '−')}</sub>"


def _parts(verdict: Verdict) -> str:
    if len(verdict.parts) < 2 or verdict.status == "unsolved":
        return ""
    return f'<div style="display:flex;flex-wrap:wrap;gap:.2em 1.2em">{"".join(map(_part, verdict.parts))}</div>'


def _part(part: PartVerdict) -> str:
    sign, colour = (RIGHT, _COLOURS["passed"]) if part.passed else (WRONG, _COLOURS["failed"])
    return f'<span><span style="color:{colour}">{sign}</span> {escape(part.name)}{_points_of(part)}</span>'


def _points_of(part: PartVerdict) -> str:
    return f" ({_points(part.earned)}/{_points(part.points)})" if part.points else ""


def _lines(lines: Sequence[str]) -> str:
    return f'<pre style="{_CODE}">{escape(chr(10).join(lines))}</pre>' if lines else ""


def _case(verdict: Verdict) -> str:
    if (
        verdict.case is None
        or verdict.passed
        or verdict.status == "unsolved"
        or not (verdict.case.args and verdict.arguments)
    ):
        return ""
    named = zip_longest(verdict.arguments[: len(verdict.case.args)], verdict.case.args, fillvalue="")
    sizes = "; ".join(_argument(name, value) for name, value in named)
    return f'<div style="opacity:.75;font-size:.9em">called with {escape(sizes)}</div>'


def _argument(name: str, value: Any) -> str:
    """A short number or text as it is, anything else by what it is."""
    plain = isinstance(value, bool | int | float | str) and len(repr(value)) <= 40
    said = f"{value:.7g}" if type(value) is float else repr(value) if plain else describe(value)
    return f"{name}: {said}" if name else said


def _earned(verdict: Verdict) -> str:
    if not verdict.max_score:
        return {"passed": "right", "failed": "not right yet", "unsolved": "not solved yet"}[verdict.status]
    return f"{_points(verdict.score)} of {_points(verdict.max_score)} points"


def _points(number: float) -> str:
    return f"{number:g}"
