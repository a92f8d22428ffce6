"""Lesson 02's pictures: the recurrent cell, rolled and unrolled, in both readings. Later lessons draw with them."""

from __future__ import annotations

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture


def cell(drawing: Drawing, x: float, y: float, reading: str = "definition") -> None:
    """One recurrent cell around (x, y), 120 by 96 pixels: g makes the output on top, f the state on the right.

    The input arrives at (x - 36, y + 48) from below, the old state at (x - 60, y + 24) from the left; the output
    leaves at (x - 36, y - 48) upwards, the new state at (x + 60, y + 24) to the right. With `reading="textbook"`
    g reads what f made, and the output leaves at (x + 24, y - 48).
    """
    joint, f = (x - 36, y + 24), (x + 24, y + 24)
    g = (exit_of(x, reading), y - 24)
    drawing.box(x, y, 120, 96)
    drawing.arrow((x - 36, y + 48), joint, role="input", head=False)
    drawing.arrow((x - 60, y + 24), joint, role="state", head=False)
    if reading == "textbook":
        drawing.arrow((f[0], y + 8), (f[0], y - 8), role="state")
    else:
        drawing.arrow(joint, (joint[0], y - 8))
    drawing.arrow(joint, (f[0] - 20, f[1])).dot(*joint)
    drawing.arrow((g[0], y - 40), (g[0], y - 48), role="output", head=False)
    drawing.arrow((f[0] + 20, f[1]), (x + 60, f[1]), role="state", head=False)
    drawing.box(*f, 40, 32, "f", "state").box(*g, 40, 32, "g", "output")


def exit_of(x: float, reading: str = "definition") -> float:
    """Where the output of a cell around x leaves it: above what it reads."""
    return x + 24 if reading == "textbook" else x - 36


def chain(
    drawing: Drawing, left: float, top: float, steps: tuple[str, ...] = ("1", "2", "3"), reading: str = "definition"
) -> float:
    """An unrolled network, 260 pixels high: one cell per name in `steps`, states between. Returns its right edge."""
    y = top + 132
    drawing.circle(left + 22, y + 24, "h_0", "state")
    for place, step in enumerate(steps):
        x = left + 128 + 210 * place
        drawing.arrow((x - 85, y + 24), (x - 60, y + 24), role="state")
        inlet_and_outlet(drawing, x, y, step, reading)
        drawing.arrow((x + 60, y + 24), (x + 83, y + 24), role="state")
        drawing.circle(x + 104, y + 24, f"h_{{{step}}}", "state")
    return left + 254 + 210 * (len(steps) - 1)


def inlet_and_outlet(drawing: Drawing, x: float, y: float, step: str, reading: str = "definition") -> None:
    """A cell around (x, y) with its input below and its output above."""
    out = exit_of(x, reading)
    drawing.arrow((x - 36, y + 82), (x - 36, y + 48), role="input")
    drawing.arrow((out, y - 48), (out, y - 82), role="output")
    cell(drawing, x, y, reading)
    drawing.circle(x - 36, y + 103, f"x_{{{step}}}", "input").circle(out, y - 103, f"y_{{{step}}}", "output")


def rolled(drawing: Drawing, left: float, top: float, reading: str = "definition") -> None:
    """One cell whose state comes back as its own input, 200 pixels wide and 280 high."""
    x, y = left + 100, top + 132
    loop = (x + 60, y + 24), (x + 92, y + 24), (x + 92, y + 138), (x - 98, y + 138), (x - 98, y + 24), (x - 60, y + 24)
    drawing.arrow(*loop, role="state")
    inlet_and_outlet(drawing, x, y, "t", reading)
    drawing.text(x + 76, y + 9, "h_t").text(x - 79, y + 9, "h_{t-1}", 15)
    drawing.text(x + 40, y + 125, "one step later", 13, math=False)


def rolled_and_unrolled() -> Picture:
    """Definition 15.1 as a picture: the cell with its loop, and the same cell once per timestep."""
    drawing = Drawing(930, 282)
    rolled(drawing, 4, 0)
    drawing.text(226, 156, "=", 28)
    chain(drawing, 254, 0)
    return drawing.picture(
        "On the left one cell reading x_t and h_{t-1}: its unit g makes y_t, its unit f makes h_t, which loops back as "
        "the next h_{t-1}. On the right the same cell three times in a row, from h_0 to h_3, each with its own x and y."
    )


def two_readings() -> Picture:
    """One step as the definition has it, beside the same step as textbooks have it."""
    drawing = Drawing(620, 300)
    for left, reading, title in ((10, "definition", "Definition 15.1"), (330, "textbook", "textbooks, libraries")):
        x, y = left + 128, 160
        drawing.text(x, 14, title, 15, math=False)
        drawing.circle(left + 22, y + 24, "h_{t-1}", "state").circle(x + 104, y + 24, "h_t", "state")
        drawing.arrow((x - 85, y + 24), (x - 60, y + 24), role="state")
        drawing.arrow((x + 60, y + 24), (x + 83, y + 24), role="state")
        inlet_and_outlet(drawing, x, y, "t", reading)
    return drawing.picture(
        "Two cells. On the left, in the definition, g reads x_t and the old state h_{t-1}, as f does. On the right, in "
        "textbooks and libraries, g reads the new state h_t that f has just made."
    )
