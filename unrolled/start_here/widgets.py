"""Lesson 00's widget: a function of yours, fed its own output again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
from matplotlib import pyplot as plt

from unrolled.exam.show import as_note
from unrolled.kit.bars import bars
from unrolled.kit.figures import show
from unrolled.kit.style import STATE

MOST_ROUNDS = 12


def fed_back(function: Callable, start: float, rounds: int) -> list[float]:
    """The values `start`, `function(start)`, `function(function(start))`, …: `rounds` + 1 of them."""
    values = [float(start)]
    for _ in range(rounds):
        values.append(float(function(values[-1])))
    return values


class FeedBack:
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
        self.shown = widgets.HTML()
        for slider in (self.start, self.rounds):
            slider.observe(self.update, "value")
        self.box = widgets.VBox([self.start, self.rounds, self.shown])
        self.update()

    def update(self, _: Any = None) -> None:
        """Run the function again and show what comes out."""
        try:
            values = fed_back(self.function, self.start.value, self.rounds.value)
        except Exception as error:
            self.shown.value = as_note(f"Your function raises {type(error).__name__}: {error}", "failed")
            return
        labels = [f"t={t}" for t in range(len(values))]
        self.shown.value = bars(labels, [abs(x) for x in values], [f"{x:g}" for x in values], colour=STATE)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return self.still()._repr_mimebundle_() | self.box._repr_mimebundle_()

    def still(self) -> Any:
        """The bars as they are now, for where sliders don't move."""
        values = fed_back(self.function, self.start.value, self.rounds.value)
        figure, axes = plt.subplots(figsize=(6, 2.4))
        axes.bar(range(len(values)), values, color=STATE)
        axes.set(xlabel="round t", ylabel="value")
        return show(
            figure, f"Bars for rounds 0 to {len(values) - 1}: the value grows from {values[0]:g} to {values[-1]:g}."
        )
