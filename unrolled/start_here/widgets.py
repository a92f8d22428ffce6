"""Lesson 00's widget: a function of yours, fed its own output again and again."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from unrolled.kit.alive import Alive
from unrolled.kit.bars import bars
from unrolled.kit.figures import Picture
from unrolled.kit.style import STATE

MOST_ROUNDS = 12


def fed_back(function: Callable, start: float, rounds: int) -> list[float]:
    """The values `start`, `function(start)`, `function(function(start))`, …: `rounds` + 1 of them."""
    values = [float(start)]
    for _ in range(rounds):
        values.append(float(function(values[-1])))
    return values


class FeedBack(Alive):
    """Sliders for the start and the number of rounds, and a bar for every round.

    Parameters
    ----------
    function : callable
        From a number to a number: your own.
    start : float
    rounds : int
    """

    def __init__(self, function: Callable, start: float = 1.0, rounds: int = 6):
        self.function = function
        self.start = widgets.FloatSlider(start, min=0.5, max=4, step=0.5, description="start")
        self.rounds = widgets.IntSlider(rounds, min=1, max=MOST_ROUNDS, description="rounds")
        super().__init__(self.start, self.rounds)
        self.box = widgets.VBox([self.start, self.rounds, self.shown])

    def still(self) -> Picture:
        """The bars as they are now."""
        values = fed_back(self.function, self.start.value, self.rounds.value)
        labels = [f"t={t}" for t in range(len(values))]
        html = bars(labels, [abs(x) for x in values], [f"{x:g}" for x in values], colour=STATE)
        alt = f"Bars for rounds 0 to {len(values) - 1}: the value goes from {values[0]:g} to {values[-1]:g}."
        return Picture(html, alt)
