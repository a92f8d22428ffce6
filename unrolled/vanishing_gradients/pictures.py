"""Lesson 05's picture: the unrolled network, and the way its gradients take back through it."""

from __future__ import annotations

import math

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture

_LEFT, _STEP, _MIDDLE = 36, 290, 190
_RADIUS, _APART = 21, 6


def backward_through_time(steps: int = 2) -> Picture:
    """The network of Definition 15.1 with what is inside its functions; beside each arrow the gradient's way back."""
    drawing = Drawing(_LEFT + _STEP * steps + 36, 350)
    for step in range(1, steps + 1):
        _step(drawing, _LEFT + _STEP * (step - 1), str(step), last=step == steps)
    drawing.circle(_LEFT, _MIDDLE, "h_0", "state")
    words = "dashed: gradients, from each output back; beside them what they are multiplied with"
    drawing.text(_LEFT - 21, 338, words, 13, math=False, anchor="start", role="wrong")
    return drawing.picture(
        f"An unrolled network of {steps} steps. At each, a_t and s_t are made from x_t and h_{{t-1}}; h_t is tanh "
        "of a_t, y_t the sigmoid of s_t. Dashed arrows run against the forward ones: from s_t through w_h to h_{t-1} "
        "and through w_x to x_t; from h_t through the slope of tanh to a_t, and on through u_h to h_{t-1} "
        "and through u_x to x_t."
    )


def _step(drawing: Drawing, x: float, step: str, last: bool) -> None:
    """One step whose old state is at x; the last one's state reaches no output, so nothing comes back from it."""
    before, after = (x, _MIDDLE), (x + _STEP, _MIDDLE)
    s, a, given, y = (x + 95, 105), (x + 185, _MIDDLE), (x + 95, 285), (x + 95, 26)
    drawing.arrow((s[0], s[1] - _RADIUS), (y[0], y[1] + _RADIUS), role="output")
    _there_and_back(drawing, before, s, "w_h", (22, 16))
    _there_and_back(drawing, given, s, "w_x", (-20, 52))
    _there_and_back(drawing, before, a, "" if last else "u_h", (38, 19))
    _there_and_back(drawing, given, a, "" if last else "u_x", (22, 14))
    _there_and_back(drawing, a, after, "" if last else "tanh′", (0, 19))
    drawing.circle(*s, f"s_{step}").circle(*a, f"a_{step}").circle(*given, f"x_{step}", "input")
    drawing.circle(*after, f"h_{step}", "state").circle(*y, f"y_{step}", "output")


def _there_and_back(
    drawing: Drawing, start: tuple[float, float], end: tuple[float, float], label: str, aside: tuple[float, float]
) -> None:
    """An arrow and, unless there is no label, the dashed one beside it, its label so far from their middle."""
    length = math.dist(start, end)
    along = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    apart = (-along[1] * _APART, along[0] * _APART) if label else (0.0, 0.0)
    first, second = _moved(start, along, _RADIUS + 1), _moved(end, along, -_RADIUS - 1)
    drawing.arrow(_moved(first, apart, -1), _moved(second, apart, -1))
    if label:
        drawing.arrow(_moved(second, apart, 1), _moved(first, apart, 1), role="wrong", dashed=True)
        middle = (start[0] + end[0]) / 2 + aside[0], (start[1] + end[1]) / 2 + aside[1]
        drawing.text(*middle, label, 15, math=label != "tanh′", role="wrong")


def _moved(point: tuple[float, float], along: tuple[float, float], length: float) -> tuple[float, float]:
    return point[0] + length * along[0], point[1] + length * along[1]
