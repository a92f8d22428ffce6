"""Lesson 05's picture: the unrolled network, and the way its gradients take back through it."""

from __future__ import annotations

from unrolled.definition.pictures import chain
from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture

_LEFT, _TOP, _STEP = 12, 4, 210


def backward_through_time(steps: int = 3) -> Picture:
    """The unrolled network of Definition 15.1 with the gradients' way drawn against its arrows."""
    drawing = Drawing(_LEFT + 254 + _STEP * (steps - 1), 300)
    chain(drawing, _LEFT, _TOP, tuple(str(step) for step in range(1, steps + 1)))
    for place in range(steps):
        _back(drawing, _LEFT + 128 + _STEP * place, _TOP + 132, str(place + 1), last=place == steps - 1)
    drawing.text(_LEFT, 288, "dashed: gradients, from the outputs back", 13, math=False, anchor="start", role="wrong")
    return drawing.picture(
        f"An unrolled network of {steps} cells. Dashed arrows run against the forward ones: from each s_t, which "
        "enters g, through w_h to the state before it; from each state through tanh and u_h to the one before that; "
        "and from both to x_t."
    )


def _back(drawing: Drawing, x: float, y: float, step: str, last: bool) -> None:
    """The dashed arrows of the cell around (x, y): from s_t down, and from h_t left, both to the state before and x_t.

    s_t is what enters g, so the arrow begins below its box.
    """
    below = y + 40
    drawing.dot(x - 26, y - 4, role="wrong").text(x - 10, y - 1, "s_" + step, 14, role="wrong")
    drawing.arrow((x - 26, y - 4), (x - 26, below), role="wrong", dashed=True, head=False)
    drawing.text(x - 58, below + 13, "w_h", 14, role="wrong")
    drawing.arrow((x - 26, below), (x - 91, below), role="wrong", dashed=True)
    drawing.arrow((x - 26, below), (x - 26, y + 83), role="wrong", dashed=True)
    drawing.text(x - 19, y + 77, "w_x" if last else "w_x, u_x", 14, anchor="start", role="wrong")
    drawing.dot(x - 26, below, role="wrong")
    if not last:
        drawing.arrow((x + 89, below), (x - 20, below), role="wrong", dashed=True)
        drawing.text(x + 34, below + 21, "tanh′", 13, math=False, role="wrong")
        drawing.text(x - 2, below + 21, "u_h", 14, role="wrong")
