"""Pictures that explain: networks as boxes and arrows, in SVG that follows the notebook's theme.

Colour says what a thing is, everywhere in the course: blue is input, orange is state, green is output, grey is the
machinery around them. Text takes the page's own colour, so it reads in light and dark.
"""

from __future__ import annotations

import math
import re
from html import escape

import numpy as np

from unrolled.figures import Picture
from unrolled.style import ACCENT, INPUT, MUTED, OUTPUT, STATE, WRONG

ROLES = {"input": INPUT, "state": STATE, "output": OUTPUT, "plain": MUTED, "wrong": WRONG, "accent": ACCENT}
_MATH = "font-family:'STIX Two Text','Cambria','Times New Roman','Liberation Serif',serif;font-style:italic"
_TEXT = "font-family:var(--jp-content-font-family,system-ui,sans-serif)"
_COLOUR = "var(--jp-content-font-color1,currentColor)"


class Drawing:
    """Boxes, circles, arrows and texts, collected in the order they are painted.

    Every method takes centres and lengths in pixels, y downwards, and returns the drawing, so calls chain.
    `role` is a key of `ROLES`. In texts, `h_t` and `h_{t-1}` set subscripts, `h^{(1)}` superscripts.

    Parameters
    ----------
    width, height : float
        Size of the picture; it shrinks with the page.
    """

    def __init__(self, width: float, height: float):
        self.width, self.height = width, height
        self.elements: list[str] = []

    def box(
        self, x: float, y: float, width: float, height: float, text: str = "", role: str = "plain", dashed: bool = False
    ) -> Drawing:
        """A rounded box around (x, y), its text in the middle."""
        self.elements.append(
            f'<rect x="{_n(x - width / 2)}" y="{_n(y - height / 2)}" width="{_n(width)}" height="{_n(height)}" '
            f'rx="7" {_paint(role, dashed)}/>'
        )
        return self.text(x, y, text) if text else self

    def circle(self, x: float, y: float, text: str = "", role: str = "plain", radius: float = 21) -> Drawing:
        """A circle around (x, y): a number or vector, where a box is a computation."""
        self.elements.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_paint(role)}/>')
        return self.text(x, y, text) if text else self

    def dot(self, x: float, y: float, role: str = "plain") -> Drawing:
        """A small filled circle, where lines join."""
        self.elements.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="3.5" fill="{ROLES[role]}"/>')
        return self

    def arrow(
        self, *points: tuple[float, float], role: str = "plain", dashed: bool = False, head: bool = True
    ) -> Drawing:
        """A line through the points with rounded corners and, unless told otherwise, a head at its end."""
        colour, end = ROLES[role], points[-1]
        if head:
            points = (*points[:-1], _towards(end, points[-2], 7))
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.elements.append(f'<path d="{_path(points)}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        if head:
            self.elements.append(f'<polygon points="{_head(end, points[-1])}" fill="{colour}"/>')
        return self

    def text(
        self, x: float, y: float, text: str, size: float = 17, math: bool = True, anchor: str = "middle", role: str = ""
    ) -> Drawing:
        """A text around (x, y): mathematics in italics, or with `math=False` words in the page's own font."""
        style = _MATH if math else _TEXT
        fill = ROLES[role] if role else _COLOUR
        self.elements.append(
            f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" dominant-baseline="central" '
            f'style="{style};font-size:{_n(size)}px" fill="{fill}">{_marked_up(text)}</text>'
        )
        return self

    def grid(
        self, left: float, top: float, values: np.ndarray, role: str, name: str = "", cell: tuple[int, int] = (44, 24)
    ) -> Drawing:
        """A vector, standing, or a matrix as numbers in cells, the stronger the larger; its name above."""
        values = np.atleast_2d(np.asarray(values, float).T).T
        width, height = cell
        for (i, j), value in np.ndenumerate(values):
            x, y, opacity = left + j * width, top + i * height, 0.06 + 0.5 * min(abs(value), 2) / 2
            self.elements.append(
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{width}" height="{height}" fill="{ROLES[role]}" '
                f'fill-opacity="{_n(opacity, 2)}" stroke="{ROLES[role]}"/>'
            )
            self.text(x + width / 2, y + height / 2, f"{value:.2f}", 0.55 * height, math=False)
        return self.text(left + width * values.shape[1] / 2, top - 13, name) if name else self

    def svg(self, alt: str) -> str:
        """The drawing as the text of an SVG element."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}" role="img" '
            f'aria-label="{escape(alt)}" style="width:100%;max-width:{_n(self.width)}px;height:auto">'
            f"{''.join(self.elements)}</svg>"
        )

    def picture(self, alt: str) -> Picture:
        """The drawing as something a cell shows; `alt` is one sentence saying what there is to see."""
        svg = self.svg(alt)
        return Picture(svg, alt, {"image/svg+xml": svg})


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


def _paint(role: str, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    opacity = 0.07 if role == "plain" else 0.2
    return f'fill="{ROLES[role]}" fill-opacity="{opacity}" stroke="{ROLES[role]}" stroke-width="2"{dash}'


def _marked_up(text: str) -> str:
    with_minus = re.sub(r"(?<![A-Za-z])-|-(?![A-Za-z])", "−", text)  # between two letters it is a hyphen
    pieces = re.split(r"([_^])(\{[^}]*\}|.)", with_minus)
    out = escape(pieces[0])
    for kind, raised, rest in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        shift = 0.3 if kind == "_" else -0.4
        out += f'<tspan dy="{shift}em" font-size="70%">{escape(raised.strip("{}"))}</tspan>'
        if rest:
            out += f'<tspan dy="{-0.7 * shift:.2f}em">{escape(rest)}</tspan>'
    return out


def _path(points: tuple[tuple[float, float], ...]) -> str:
    path = f"M{_n(points[0][0])} {_n(points[0][1])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        (ax, ay), (bx, by) = _towards(corner, before, 9), _towards(corner, after, 9)
        path += f"L{_n(ax)} {_n(ay)}Q{_n(corner[0])} {_n(corner[1])} {_n(bx)} {_n(by)}"
    return path + f"L{_n(points[-1][0])} {_n(points[-1][1])}"


def _head(tip: tuple[float, float], start: tuple[float, float]) -> str:
    angle = math.atan2(tip[1] - start[1], tip[0] - start[0])
    corners = [tip] + [(tip[0] - 10 * math.cos(angle + a), tip[1] - 10 * math.sin(angle + a)) for a in (-0.45, 0.45)]
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)


def _towards(start: tuple[float, float], goal: tuple[float, float], length: float) -> tuple[float, float]:
    distance = math.dist(start, goal) or 1.0
    share = min(length / distance, 0.5)
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def _n(number: float, digits: int = 1) -> str:
    return f"{number:.{digits}f}".rstrip("0").rstrip(".")
