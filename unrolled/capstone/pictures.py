"""The pictures of lesson 07: training as it goes, what a guess depends on, and the page to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from unrolled.kit.figures import Picture
from unrolled.kit.style import ACCENT, INPUT, MUTED, OUTPUT, TEXT

LEFT, TOP, WIDE, HIGH = 52, 14, 520, 220
_MONO = (
    "font-family:var(--jp-code-font-family,monospace);font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere;"
    "max-width:46em;"
    "color:var(--jp-content-font-color1,inherit)"
)
_SANS = "font-family:var(--jp-content-font-family,sans-serif);color:var(--jp-content-font-color1,inherit)"

Points = Sequence[tuple[int, float]]


def training_curve(
    losses: Points, scores: Points, samples: Sequence[tuple[int, str]], rungs: Mapping[str, float], shown: int = 1,
    ahead: str = "",
) -> Picture:  # fmt: skip
    """Bits per character against steps, on training and held-out text, with n-grams as lines to cross.

    Parameters
    ----------
    losses, scores : sequence of (step, bits)
        On the text being learned from, and on the held-out text.
    samples : sequence of (step, text)
    rungs : mapping
        Bits per character of the n-grams, by name.
    shown : int
        How many samples to show: the last, or some that are spread over the training.
    ahead : str
        What is said after the number of the step: how many there are to be, how long that takes.
    """
    picked = _spread(samples, shown)
    step = max([step for step, _ in (*losses, *scores)], default=0)
    score = f"{scores[-1][1]:.2f} bits per character on held-out text" if scores else "no score yet"
    score += f" after step {scores[-1][0]:,}" if scores and scores[-1][0] < step else ""
    alt = f"Bits per character against steps of training, up to step {step}: {score}."
    texts = "".join(
        f'<div style="{_SANS};margin-top:.5em;font-size:13px;opacity:.75">after {step:,} steps it writes</div>'
        f'<div style="{_MONO}">{escape(text)}</div>'
        for step, text in picked
    )
    words = f'<div style="{_SANS};font-size:14px">step {step:,}{ahead} · {score}</div>'
    return Picture(f"<div>{_chart(losses, scores, rungs, step, alt)}{words}{texts}</div>", alt)


def _chart(losses: Points, scores: Points, rungs: Mapping[str, float], last: int, alt: str) -> str:
    least = min([bits for _, bits in (*losses, *scores)], default=2.0)
    last, low, high = max(last, 1), min(1.5, np.floor(4 * least - 0.5) / 4), 5.0

    def x(step: float) -> float:
        return LEFT + WIDE * step / last

    def y(bits: float) -> float:
        return TOP + HIGH * (high - min(max(bits, low), high)) / (high - low)

    parts = [
        f'<line x1="{LEFT}" x2="{LEFT + WIDE}" y1="{y(bits):.1f}" y2="{y(bits):.1f}" stroke="{MUTED}" '
        f'stroke-dasharray="5 4"/>'
        for bits in rungs.values()
    ]
    heights = _apart([(y(bits), name) for name, bits in rungs.items()])
    parts += [_text(LEFT + WIDE + 12, height + 4, name, "start") for height, name in heights]
    parts += [
        f'<path d="M{LEFT + WIDE},{at:.1f}l9,{height - at:.1f}" stroke="{MUTED}"/>'
        for at, (height, _) in zip(sorted(map(y, rungs.values())), heights)
    ]
    parts += [_text(LEFT - 8, y(bits) + 4, str(bits), "end") for bits in (1, 2, 3, 4, 5) if bits >= low]
    parts += [_text(LEFT + WIDE * part, TOP + HIGH + 20, f"{round(last * part):,}", "middle") for part in (0, 0.5, 1)]
    parts.append(_text(LEFT + WIDE / 2, TOP + HIGH + 40, "steps", "middle"))
    parts.append(f'<path d="M{LEFT},{TOP}V{TOP + HIGH}H{LEFT + WIDE}" fill="none" stroke="currentColor"/>')
    for points, colour in ((losses, INPUT), (scores, OUTPUT)):
        line = " ".join(f"{x(step):.1f},{y(bits):.1f}" for step, bits in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
    parts.append(_text(LEFT + WIDE - 4, TOP + 12, "bits per character, learned from", "end", INPUT))
    parts.append(_text(LEFT + WIDE - 4, TOP + 30, "bits per character, held out", "end", OUTPUT))
    style = "width:100%;max-width:650px;height:auto;color:var(--jp-content-font-color1,currentColor)"
    box = f'viewBox="0 0 {LEFT + WIDE + 96} {TOP + HIGH + 48}"'
    return f'<svg role="img" aria-label="{escape(alt)}" {box} style="{style}">{"".join(parts)}</svg>'


def shaded_text(text: str, strengths: Sequence[float]) -> Picture:
    """Text in which each character is as dark as its strength, and the last one, which is guessed, has a frame.

    Parameters
    ----------
    text : str
        T + 1 characters.
    strengths : (T,) array
        At least 0; how much the guess of the last character depends on each one before it.
    """
    strengths = np.asarray(strengths, float)
    shares = (strengths / max(strengths.max(initial=0.0), 1e-30)) ** 0.5
    spans = "".join(
        f'<span style="background:color-mix(in srgb, {ACCENT} {share:.0%}, transparent)">{_visible(character)}</span>'
        for character, share in zip(text, shares)
    )
    guessed = f'<span style="border:1.5px solid {OUTPUT};padding:0 2px">{_visible(text[-1])}</span>'
    most = sorted(np.argsort(-strengths)[:3])
    listed = ", ".join(f"'{text[place]}' {len(text) - 1 - place} before" for place in most)
    alt = f"The guess of '{text[-1]}' at the end depends most on {listed}."
    return Picture(
        f'<div style="{_MONO};line-height:1.8" role="img" aria-label="{escape(alt)}">{spans}{guessed}</div>', alt
    )


def page(name: str, *pictures: tuple) -> Picture:
    """Pictures one under the other, each with a title, and some with a line that explains them: a page to keep.

    Parameters
    ----------
    name : str
        Whose network it is.
    *pictures : (str, Picture) or (str, Picture, str)
        Titles, pictures, and what explains them.
    """
    parts = "".join(
        f'<h3 style="{_SANS};margin:1.2em 0 .4em">{escape(title)}</h3>{picture.html}'
        + "".join(f'<p style="{_SANS};font-size:14px;margin:.4em 0">{escape(words)}</p>' for words in explained)
        for title, picture, *explained in pictures
    )
    alt = f"{name}: " + " ".join(picture.alt for _, picture, *_ in pictures)
    return Picture(f'<div style="max-width:700px"><h2 style="{_SANS}">{escape(name)}</h2>{parts}</div>', alt)


def as_file(picture: Picture, title: str) -> str:
    """The picture as a page that a browser opens, light or dark as the reader's screen is, wide or narrow."""
    head = (
        '<meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    )
    style = "font-family:sans-serif;margin:2em auto;max-width:720px;padding:0 1em"
    body = f'<body style="{style}">{picture.html}</body>'
    return f'<!doctype html><html lang="en"><head>{head}</head>{body}</html>\n'


def _spread(samples: Sequence[tuple[int, str]], number: int) -> list[tuple[int, str]]:
    if number == 1 or len(samples) <= number:
        return list(samples[-number:])
    return [samples[place] for place in np.linspace(0, len(samples) - 1, number).round().astype(int)]


def _apart(labels: list[tuple[float, str]], least: float = 15.0) -> list[tuple[float, str]]:
    """Heights moved down so that no two labels touch."""
    placed: list[tuple[float, str]] = []
    for height, name in sorted(labels):
        placed.append((max(height, placed[-1][0] + least) if placed else height, name))
    return placed


def _text(x: float, y: float, text: str, anchor: str, colour: str = "currentColor") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="13" font-family="sans-serif" '
        f'style="fill:{TEXT.format(colour=colour)}">{escape(text)}</text>'
    )


def _visible(character: str) -> str:
    return "⏎<br>" if character == "\n" else escape(character)
