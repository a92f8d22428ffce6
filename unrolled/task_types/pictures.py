"""Lesson 04's pictures: the four kinds of task, drawn alike: inputs below, states in the middle, outputs on top.

They are drawn to Definition 15.1: the output of a step reads its input and the state *before* it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture
from unrolled.kit.style import MUTED

STEP, STATE_AT = 92, 26  # from step to step; and how far to the left of each the state stands that it starts from


@dataclass(frozen=True)
class Task:
    """A kind of task: what goes in and what comes out, step by step; "" where nothing does.

    Attributes
    ----------
    fed_back : tuple of int
        Steps whose input is the output of the step before.
    switch : int
        The step at which the decoder begins; 0 if there is none.
    """

    name: str
    example: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    fed_back: tuple[int, ...] = ()
    switch: int = 0


TASKS = {
    "many-to-one": Task("many-to-one", "sentiment of a review", ("not", "bad", "at", "all"), ("", "", "", "praise")),
    "one-to-many": Task(
        "one-to-many", "a melody, or a film from one picture", ("start", "", "", ""), ("C", "C", "G", "G"), (1, 2, 3)
    ),
    "same length": Task(
        "many-to-many, same length",
        "captions for a film",
        ("frame 1", "frame 2", "frame 3", "frame 4"),
        ("appears", "left", "left", "rests"),
    ),
    "different length": Task(
        "many-to-many, different length",
        "translation",
        ("1", "mai", "2024", "begin", "", ""),
        ("", "", "", "2024", "05", "01"),
        (4, 5),
        3,
    ),
}


def four_tasks() -> Picture:
    """All four kinds of task in one picture."""
    drawing = Drawing(10 * STEP + 96, 496)
    right = 4 * STEP + 48
    corners = {
        "many-to-one": (0, 0),
        "same length": (right, 0),
        "one-to-many": (0, 246),
        "different length": (right, 246),
    }
    for kind, (left, top) in corners.items():
        _draw(drawing, TASKS[kind], left, top)
    return drawing.picture("Four chains of cells. " + " ".join(map(_in_words, TASKS.values())))


def task(kind: str) -> Picture:
    """One kind of task, with the places where nothing goes in or comes out shown empty.

    Parameters
    ----------
    kind : {"many-to-one", "one-to-many", "same length", "different length"}
    """
    which = TASKS[kind]
    drawing = Drawing(STEP * len(which.inputs) + 48, 246)
    _draw(drawing, which, 0, 0)
    return drawing.picture(_in_words(which))


def _draw(drawing: Drawing, which: Task, left: float, top: float) -> None:
    drawing.text(left + 16, top + 16, which.name, 16, math=False, anchor="start")
    drawing.text(left + 16, top + 37, which.example, 13, math=False, anchor="start")
    y = top + 138
    places = [left + 82 + STEP * step for step in range(len(which.inputs))]
    for step, x in enumerate(places):
        _arrows(drawing, which, step, x, y)
        fed_back = bool(which.outputs[step - 1]) * (step in which.fed_back)
        _place(drawing, x, y - 64, which.outputs[step], "output")
        _place(drawing, x, y + 64, which.inputs[step], "input", fed_back)
        drawing.circle(x - STATE_AT, y, "", "state", 15).text(x - STATE_AT, y, f"h_{step}", 14)
    if which.switch:
        _name_halves(drawing, places, which.switch, y + 96)


def _arrows(drawing: Drawing, which: Task, step: int, x: float, y: float) -> None:
    """From the input and from the state before it to the output, and to the next state."""
    before, after = x - STATE_AT, x - STATE_AT + STEP if step + 1 < len(which.inputs) else 0
    reads, writes = which.inputs[step] or step in which.fed_back, which.outputs[step]
    if after:
        drawing.arrow((before + 15, y), (after - 15, y), role="state")
    if after and reads:
        drawing.arrow((x + 9, y + 49), (after - 11, y + 11), role="input")
    if writes:
        drawing.arrow((before + 5, y - 15), (x - 9, y - 49), role="state")
    if writes and reads:
        drawing.arrow((x, y + 49), (x, y - 49), role="input")
    if step in which.fed_back:
        corners = [(x - STEP + 31, y - 64), (x - 51, y - 64), (x - 51, y + 64), (x - 31, y + 64)]
        drawing.arrow(*corners, role="output")


def _place(drawing: Drawing, x: float, y: float, text: str, role: str, fed_back: bool = False) -> None:
    if text:
        drawing.box(x, y, 62, 30, "", role).text(x, y, text, 13, math=False)
    elif fed_back:
        drawing.box(x, y, 62, 30, "", "output", dashed=True)
    else:
        drawing.elements.append(
            f'<rect x="{x - 31:g}" y="{y - 15:g}" width="62" height="30" rx="7" fill="none" stroke="{MUTED}" '
            f'stroke-width="1.5" stroke-dasharray="2 4"><title>{escape("nothing here")}</title></rect>'
        )


def _name_halves(drawing: Drawing, places: list[float], switch: int, y: float) -> None:
    for name, half in (("encoder", places[:switch]), ("decoder", places[switch:])):
        drawing.text((half[0] + half[-1]) / 2, y, name, 14, math=False)


def _in_words(which: Task) -> str:
    reads = ", ".join(filter(None, which.inputs))
    writes = ", ".join(filter(None, which.outputs))
    back = " Outputs are fed back as the next inputs." if which.fed_back else ""
    return (
        f"{which.name.capitalize()} ({which.example}): in go {reads}; out come {writes}. Each output has arrows "
        f"from its own step's input and from the state before it.{back}"
    )
