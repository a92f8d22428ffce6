"""Pictures that explain: boxes, circles, arrows and texts, in SVG that follows the notebook's theme.

Colour says what a thing is, everywhere in the course: blue is input, orange is state, green is output, grey is the
machinery around them. Text takes the page's own colour, so it reads in light and dark.
"""

from __future__ import annotations

import math
import re
from html import escape

import numpy as np

from unrolled.kit.figures import Picture
from unrolled.kit.style import ACCENT, INPUT, MUTED, OUTPUT, STATE, TEXT, WRONG

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
        fill = TEXT.format(colour=ROLES[role]) if role else _COLOUR
        self.elements.append(
            f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" dominant-baseline="central" '
            f'style="{style};font-size:{_n(size)}px;fill:{fill}">{_marked_up(text)}</text>'
        )
        return self

    def grid(
        self,
        left: float,
        top: float,
        values: np.ndarray,
        role: str,
        name: str = "",
        cell: tuple[int, int] = (44, 24),
        framed: np.ndarray | None = None,
    ) -> Drawing:
        """A vector, standing, or a matrix as numbers in cells, the stronger the larger; its name above.

        Cells where `framed`, of the same shape, is True get a frame.
        """
        values = np.atleast_2d(np.asarray(values, float).T).T
        self._cells(left, top, values, role, cell)
        if framed is not None:
            self._frames(left, top, np.atleast_2d(framed.T).T, cell)
        return self.text(left + cell[0] * values.shape[1] / 2, top - 13, name) if name else self

    def _cells(self, left: float, top: float, values: np.ndarray, role: str, cell: tuple[int, int]) -> None:
        width, height = cell
        for (i, j), value in np.ndenumerate(values):
            x, y, opacity = left + j * width, top + i * height, 0.06 + 0.5 * min(abs(value), 2) / 2
            self.elements.append(
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{width}" height="{height}" fill="{ROLES[role]}" '
                f'fill-opacity="{_n(opacity, 2)}" stroke="{ROLES[role]}"/>'
            )
            self.text(x + width / 2, y + height / 2, f"{value:.2f}", 0.55 * height, math=False)

    def _frames(self, left: float, top: float, framed: np.ndarray, cell: tuple[int, int]) -> None:
        width, height = cell
        for i, j in np.argwhere(framed):
            self.elements.append(
                f'<rect class="framed" x="{_n(left + j * width + 2)}" y="{_n(top + i * height + 2)}" '
                f'width="{width - 4}" height="{height - 4}" fill="none" stroke="{ACCENT}" stroke-width="2.5"/>'
            )

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
