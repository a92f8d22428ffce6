"""The pictures of lessons 00 and 01: how a check works, padding, the n-gram's window, one detector slid along time."""

from __future__ import annotations

from collections.abc import Sequence

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture

SIDE = 34


def ragged_and_padded(lengths: Sequence[int] = (3, 5, 2, 4)) -> Picture:
    """Sequences of different lengths on the left; the padded batch and its mask on the right."""
    T = max(lengths)
    width, height = T * SIDE, len(lengths) * SIDE
    drawing = Drawing(3 * width + 190, height + 62)
    lefts = (20, 20 + width + 75, 20 + 2 * (width + 75))
    for b, length in enumerate(lengths):
        y = 46 + SIDE * b + SIDE / 2
        for t in range(T):
            x = [left + SIDE * t + SIDE / 2 for left in lefts]
            if t < length:
                _square(drawing, x[0], y, "input")
            _square(drawing, x[1], y, "input" if t < length else "plain", "" if t < length else "0")
            _square(drawing, x[2], y, "accent" if t < length else "plain", "T" if t < length else "F")
    middle = 46 + height / 2
    drawing.arrow((lefts[1] - 58, middle), (lefts[1] - 16, middle))
    drawing.text(lefts[2] - 37, middle, "and", 14, math=False)
    titles = ("sequences", "batch (B, T)", "mask (B, T)")
    for left, title in zip(lefts, titles):
        drawing.text(left + width / 2, 22, title, 15, math=False)
    return drawing.picture(
        f"{len(lengths)} sequences of lengths {', '.join(map(str, lengths))}; beside them a rectangle with the same "
        "numbers, filled up with zeros on the right, and a mask that is True where the rectangle holds real numbers."
    )


def ngram_window(text: str = "the list is", n: int = 4, place: int = 4) -> Picture:
    """A window of n characters on a text: n − 1 of context, and the one that follows."""
    drawing = Drawing(SIDE * len(text) + 80, 128)
    for t, character in enumerate(text):
        role = "input" if place <= t < place + n - 1 else "output" if t == place + n - 1 else "plain"
        _square(drawing, 20 + SIDE * t + SIDE / 2, 56, role, character.replace(" ", "␣"))
    left, border, right = (20 + SIDE * t for t in (place, place + n - 1, place + n))
    drawing.arrow((left + 2, 84), (border - 2, 84), role="input", head=False)
    drawing.text((left + border) / 2, 102, "context, n − 1", 14, math=False)
    drawing.arrow((right + 40, 106), ((border + right) / 2, 106), ((border + right) / 2, 76), role="output")
    drawing.text(right + 46, 106, "what follows", 14, math=False, anchor="start")
    drawing.text(20, 22, f"n = {n}", 16, anchor="start")
    return drawing.picture(
        f'The text "{text}" in boxes, one character each. {n - 1} neighbouring boxes are marked as the context, the '
        "next one as the character that follows."
    )


def sliding_weights(T: int = 9, K: int = 3, places: Sequence[int] = (0, 5)) -> Picture:
    """One pattern of K weights at two places of a signal: the same weights, another score."""
    drawing = Drawing(SIDE * T + 140, 244)
    for t in range(T):
        _square(drawing, 90 + SIDE * t + SIDE / 2, 40, "input")
    for t in range(T - K + 1):
        _square(drawing, 90 + SIDE * (t + (K - 1) / 2) + SIDE / 2, 208, "output" if t in places else "plain")
    for t in places:
        middle = 90 + SIDE * (t + K / 2)
        for k in range(K):
            x = 90 + SIDE * (t + k) + SIDE / 2
            drawing.arrow((x, 57), (x, 97), role="input")
            _square(drawing, x, 114, "accent", f"p_{k}")
        drawing.arrow((middle, 131), (middle, 191), role="output")
        drawing.text(middle + 9, 160, f"s_{t}", 16, anchor="start")
    for y, name in ((40, "signal"), (114, "pattern"), (208, "scores")):
        drawing.text(78, y, name, 14, math=False, anchor="end")
    return drawing.picture(
        f"A signal of {T} numbers. The same {K} weights lie under it at place {places[0]} and again at place "
        f"{places[1]}; each time they give one score."
    )


def _square(drawing: Drawing, x: float, y: float, role: str, text: str = "") -> None:
    drawing.box(x, y, SIDE - 4, SIDE - 4, role=role)
    if text:
        drawing.text(x, y, text, 15, math="_" in text)
