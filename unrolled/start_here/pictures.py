"""Lesson 00's picture: how a check and a grade come about."""

from __future__ import annotations

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture


def check_and_grade() -> Picture:
    """Your function, called twice: by the check with public inputs, by grading with secret ones."""
    drawing = Drawing(680, 196)
    rows = [
        (60, "check", "public inputs", "what is wrong,", "at once"),
        (162, "grading", "secret inputs", "points", ""),
    ]
    for y, name, given, says, when in rows:
        drawing.arrow((173, y), (263, y), role="input").arrow((417, y), (507, y), role="output")
        drawing.box(95, y, 156, 56, role="input").text(95, y, given, 15, math=False)
        drawing.box(340, y, 154, 56, role="plain").text(340, y, "your function", 15, math=False)
        drawing.box(584, y, 154, 56, role="output")
        drawing.text(584, y - (9 if when else 0), says, 15, math=False).text(584, y + 11, when, 15, math=False)
        drawing.text(17, y - 41, name, 14, math=False, anchor="start")
        drawing.text(462, y - 14, "compared", 12, math=False)
    return drawing.picture(
        "Two rows. In the first, the check calls your function with public inputs, compares what comes back and "
        "says at once what is wrong. In the second, grading calls it with secret inputs and gives points."
    )
