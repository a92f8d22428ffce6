"""Lesson 04's pictures: the four kinds of task, drawn alike: inputs below, states in the middle, outputs on top."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture
from unrolled.kit.style import MUTED

STEP = 84


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
        "many-to-many, same length", "captions for a film",
        ("frame 1", "frame 2", "frame 3", "frame 4"), ("appears", "left", "left", "rests"),
    ),
    "different length": Task(
        "many-to-many, different length", "translation",
        ("1", "mai", "2024", "begin", "", ""), ("", "", "", "2024", "05", "01"), (4, 5), 3,
    ),
}  # fmt: skip


def four_tasks() -> Picture:
    """All four kinds of task in one picture."""
    drawing = Drawing(918, 496)
    corners = {"many-to-one": (0, 0), "same length": (396, 0), "one-to-many": (0, 246), "different length": (396, 246)}
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
    drawing = Drawing(STEP * len(which.inputs) + 24, 246)
    _draw(drawing, which, 0, 0)
    return drawing.picture(_in_words(which))


def _draw(drawing: Drawing, which: Task, left: float, top: float) -> None:
    drawing.text(left + 16, top + 16, which.name, 16, math=False, anchor="start")
    drawing.text(left + 16, top + 37, which.example, 13, math=False, anchor="start")
    y, steps = top + 138, len(which.inputs)
    places = [left + 52 + STEP * step for step in range(steps)]
    for step, x in enumerate(places):
        if step:
            drawing.arrow((x - STEP + 27, y), (x - 27, y), role="state")
        if step in which.fed_back:
            drawing.arrow((x - STEP + 31, y - 64), (x - 42, y - 64), (x - 42, y + 64), (x - 31, y + 64), role="output")
        _place(drawing, x, y - 64, which.outputs[step], "output")
        _place(
            drawing, x, y + 64, which.inputs[step], "input", bool(which.outputs[step - 1]) * (step in which.fed_back)
        )
        _arrows(drawing, x, y, bool(which.inputs[step]) or step in which.fed_back, bool(which.outputs[step]))
        drawing.box(x, y, 54, 42, f"h_{step + 1}", "state")
    if which.switch:
        _name_halves(drawing, places, which.switch, y + 96)


def _arrows(drawing: Drawing, x: float, y: float, reads: bool, writes: bool) -> None:
    if reads:
        drawing.arrow((x, y + 49), (x, y + 22), role="input")
    if writes:
        drawing.arrow((x, y - 22), (x, y - 49), role="output")


def _place(drawing: Drawing, x: float, y: float, text: str, role: str, fed_back: bool = False) -> None:
    if text:
        drawing.box(x, y, 62, 30, "", role).text(x, y, text, 13, math=False)
    elif fed_back:
        drawing.box(x, y, 62, 30, "", "output", dashed=True)
    else:
        drawing.elements.append(
            f'<rect x="{x - 31:g}" y="{y - 15:g}" width="62" height="30" rx="7" fill="none" stroke="{MUTED}" '
            f'stroke-opacity="0.7" stroke-dasharray="2 5"><title>{escape("nothing here")}</title></rect>'
        )


def _name_halves(drawing: Drawing, places: list[float], switch: int, y: float) -> None:
    for name, half in (("encoder", places[:switch]), ("decoder", places[switch:])):
        drawing.text((half[0] + half[-1]) / 2, y, name, 14, math=False)


def _in_words(which: Task) -> str:
    reads = ", ".join(filter(None, which.inputs))
    writes = ", ".join(filter(None, which.outputs))
    back = " Outputs are fed back as the next inputs." if which.fed_back else ""
    return f"{which.name.capitalize()} ({which.example}): in go {reads}; out come {writes}.{back}"
