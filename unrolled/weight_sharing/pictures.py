"""Lesson 03's pictures: an unrolled chain whose steps own their weights or share them, and a padded batch."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture
from unrolled.kit.style import DIVERGING, MUTED

STEP = 92
_PLACES = (290, 440, 590)


def untied_and_tied() -> Picture:
    """Two chains of three steps: weights of their own above, one set of weights for all below."""
    drawing = Drawing(660, 250)
    _three_steps(drawing, 68, "not shared", "u^{(1)}, u^{(2)}, u^{(3)}")
    for step, x in enumerate(_PLACES, 1):
        drawing.box(x, 20, 62, 30, f"u^{{({step})}}").arrow((x, 35), (x, 46))
    _three_steps(drawing, 164, "shared", "u^{(1)} = u^{(2)} = u^{(3)} = u")
    left, middle, right = _PLACES
    drawing.box(middle, 228, 62, 30, "u").arrow((middle, 213), (middle, 186))
    drawing.arrow((middle - 31, 228), (left, 228), (left, 186)).arrow((middle + 31, 228), (right, 228), (right, 186))
    return drawing.picture(
        "Two chains of three timesteps. In the upper one every step has a box of weights of its own, u 1, u 2 and u 3; "
        "in the lower one a single box u has an arrow to all three steps."
    )


def _three_steps(drawing: Drawing, y: float, heading: str, formula: str) -> None:
    drawing.text(4, y - 12, heading, 16, math=False, anchor="start").text(4, y + 14, formula, 15, anchor="start")
    drawing.text(196, y, "h_0").arrow((212, y), (_PLACES[0] - 42, y), role="state")
    for step, x in enumerate(_PLACES, 1):
        drawing.box(x, y, 84, 44, f"h_{step}", "state")
        if step < len(_PLACES):
            drawing.arrow((x + 42, y), (x + 108, y), role="state")


def padded_batch(lengths: tuple[int, ...] = (6, 3, 4)) -> Picture:
    """A batch with padding, and how each sequence's state goes through it."""
    T = max(lengths)
    drawing = Drawing(150 + 90 * T, 34 + 62 * len(lengths))
    for t in range(T):
        drawing.text(150 + 90 * t, 14, f"t={t + 1}", 14, math=False)
    for b, length in enumerate(lengths):
        y = 58 + 62 * b
        drawing.text(10, y, f"sequence {b + 1}", 14, math=False, anchor="start")
        for t in range(T):
            x, real = 150 + 90 * t, t < length
            drawing.box(x, y, 58, 38, f"h_{min(t + 1, length)}", "state" if real else "plain", dashed=not real)
            if t:
                drawing.arrow((x - 61, y), (x - 29, y), role="state" if real else "plain", dashed=not real)
    return drawing.picture(
        f"{len(lengths)} sequences of {', '.join(map(str, lengths))} timesteps as rows of {T} boxes. Solid boxes are "
        "real steps with a new state each; dashed boxes are padding and repeat the state before them."
    )


def gradients_picture(name: str, gradients: list[np.ndarray], tied: np.ndarray | None, count: int) -> Picture:
    """What the weight `name` is told at every timestep, and, where it is tied, in all.

    Parameters
    ----------
    name : str
    gradients : list of T arrays
        Each step's gradient: (H, D), (H,), ….
    tied : array or None
        Their combination; None leaves every step its own copy.
    count : int
        How many numbers the network learns.
    """
    T, tie = len(gradients), tied is not None
    drawing = Drawing(30 + STEP * max(T, 5), 304 if tie else 200)
    largest = max(float(np.abs(array).max()) for array in ([*gradients, tied] if tie else gradients))
    for t, gradient in enumerate(gradients):
        x = 15 + STEP * (t + 0.5)
        if t:
            drawing.arrow((x - STEP + 29, 42), (x - 29, 42), role="state")
        drawing.text(x, 10, f"t={t + 1}", 13, math=False)
        drawing.box(x, 42, 58, 40, _symbol(name, "" if tie else str(t + 1)))
        _heat_map(drawing, x, 112, gradient, largest)
    if tie:
        _joined(drawing, T, tied, largest)
    copies = f"{'1 array' if tie or T == 1 else f'{T} arrays'} of shape {gradients[0].shape}"
    text = f"{name}: {copies}. The network learns {count:,} numbers."
    drawing.text(15, drawing.height - 14, text, 15, math=False, anchor="start")
    return drawing.picture(
        f"{T} timesteps in a row, under each a heat map of the loss's gradient with respect to {name}; "
        + ("all of them join into one." if tie else "each stays on its own.")
        + f" The network learns {count:,} numbers."
    )


def _joined(drawing: Drawing, T: int, tied: np.ndarray, largest: float) -> None:
    middle = 15 + STEP * T / 2
    for t in range(T):
        x = 15 + STEP * (t + 0.5)
        drawing.arrow((x, 152), (x, 168), (middle, 168), (middle, 190), head=t == 0)
    _heat_map(drawing, middle, 226, tied, largest)


def _symbol(name: str, step: str) -> str:
    return f"{name}^{{({step})}}" if step else name


def _heat_map(drawing: Drawing, x: float, y: float, array: np.ndarray, largest: float) -> None:
    grid = np.atleast_2d(array) if array.ndim > 1 else array[:, None]
    side = min(64 / max(grid.shape), 20)
    left, top = x - side * grid.shape[1] / 2, y - side * grid.shape[0] / 2
    for (row, column), number in np.ndenumerate(grid):
        colour = to_hex(colormaps[DIVERGING](0.5 + 0.5 * number / (largest or 1.0)))
        drawing.elements.append(
            f'<rect x="{left + side * column:.1f}" y="{top + side * row:.1f}" width="{side:.1f}" height="{side:.1f}" '
            f'fill="{colour}" stroke="{MUTED}" stroke-width="1"><title>{number:+.3f}</title></rect>'
        )
