"""Lesson 03's pictures: an unrolled chain whose steps own their weights or share them, and a padded batch."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from unrolled.figures import Picture
from unrolled.pictures import Drawing
from unrolled.style import DIVERGING, MUTED

STEP = 92


def untied_and_tied() -> Picture:
    """Two chains of three steps: weights of their own above, one set of weights for all below."""
    drawing = Drawing(700, 296)
    for top, tied in ((12, False), (158, True)):
        heading, formula = (
            ("shared", "u^{(1)} = u^{(2)} = u^{(3)} = u") if tied else ("not shared", "u^{(1)}, u^{(2)}, u^{(3)}")
        )
        drawing.text(12, top + 52, heading, 16, math=False, anchor="start").text(
            12, top + 78, formula, 15, anchor="start"
        )
        for place in range(3):
            x = 290 + 150 * place
            drawing.arrow((x - 90 + 24 * (place == 0), top + 64), (x - 42, top + 64), role="state")
            drawing.box(x, top + 64, 84, 44, f"h_{place + 1}", "state")
            if not tied:
                drawing.box(x, top + 14, 62, 30, f"u^{{({place + 1})}}").arrow((x, top + 29), (x, top + 42))
            else:
                drawing.arrow((440, top + 112), (x, top + 100), (x, top + 86)) if place != 1 else drawing.arrow(
                    (440, top + 112), (440, top + 86)
                )
        drawing.text(204, top + 64, "h_0")
        if tied:
            drawing.box(440, top + 120, 62, 30, "u")
    return drawing.picture(
        "Two chains of three timesteps. In the upper one every step has a box of weights of its own, u 1, u 2 and u 3; "
        "in the lower one a single box u has an arrow to all three steps."
    )


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
    T, shape = len(gradients), " × ".join(map(str, gradients[0].shape))
    drawing = Drawing(30 + STEP * max(T, 5), 300)
    largest = max(float(np.abs(array).max()) for array in [*gradients, tied if tied is not None else gradients[0]])
    middle = STEP * T / 2 + 15
    for t, gradient in enumerate(gradients):
        x = 15 + STEP * (t + 0.5)
        if t:
            drawing.arrow((x - STEP + 29, 30), (x - 29, 30), role="state")
        drawing.box(x, 30, 58, 40, _symbol(name, "" if tied is not None else str(t + 1)), "state")
        _heat_map(drawing, x, 104, gradient, largest)
        if tied is not None:
            drawing.arrow((x, 142), (x, 158), (middle, 158), (middle, 182), head=t == 0)
    if tied is not None:
        _heat_map(drawing, middle, 218, tied, largest)
    copies = f"1 array of {shape}" if tied is not None else f"{T} arrays of {shape}"
    drawing.text(15, 282, f"{name}: {copies}. The network learns {count:,} numbers.", 15, math=False, anchor="start")
    return drawing.picture(
        f"{T} timesteps in a row, under each a heat map of the loss's gradient with respect to {name}; "
        + ("all of them join into one." if tied is not None else "each stays on its own.")
        + f" The network learns {count:,} numbers."
    )


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
