"""Lesson 02's second widget: where the state of a single unit comes to rest when nothing comes in."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.alive import Alive, beside
from unrolled.kit.figures import Picture, show
from unrolled.kit.style import MUTED, STATE

PLACES = np.linspace(-1, 1, 400)  # 0 lies between two of them, so that a crossing there is seen


class AtRest(Alive):
    """The next state against the state, for a unit without input, and two sliders for its weights.

    Parameters
    ----------
    rnn_step : callable
        The learner's own.
    u_h, u_0 : float
        To begin with.
    """

    def __init__(self, rnn_step: Callable, u_h: float = 0.5, u_0: float = 0.0):
        self.step = rnn_step
        self.u_h = widgets.FloatSlider(u_h, min=0, max=3, step=0.1, description="u_h", readout_format=".1f")
        self.u_0 = widgets.FloatSlider(u_0, min=-1.5, max=1.5, step=0.1, description="u_0", readout_format=".1f")
        super().__init__(self.u_h, self.u_0)
        self.box = widgets.VBox([beside(self.u_h, self.u_0), self.shown])

    def curve(self) -> np.ndarray:
        """(N,) array: the state that follows each of `PLACES`."""
        weights = {"u_x": np.zeros((1, 1)), "u_h": np.array([[self.u_h.value]]), "u_0": np.array([self.u_0.value])}
        return np.array([self.step(np.zeros(1), np.array([h]), **weights)[0] for h in PLACES], float)

    def still(self) -> Picture:
        """The curve as it is now, the line of states that stay, and where they cross."""
        after = self.curve()
        holds, flees = at_rest(after)
        figure, axes = plt.subplots(figsize=(6.6, 3.6))
        axes.plot(PLACES, PLACES, color=MUTED, linestyle=":", label="h stays as it is")
        axes.plot(PLACES, after, color=STATE, label="h after the step")
        axes.plot(holds, holds, "o", color=STATE, markersize=10, label="comes to rest here")
        axes.plot(flees, flees, "o", color=STATE, markersize=10, fillstyle="none", label="moves away from here")
        axes.set(xlabel="h before the step", ylabel="h after it")
        axes.set(xlim=(-1.05, 1.05), ylim=(-1.05, 1.05), aspect="equal")
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
        return show(
            figure,
            f"tanh(u_h h + u_0) against h for u_h = {self.u_h.value:.1f} and u_0 = {self.u_0.value:.1f}: the state "
            f"comes to rest at {_listed(holds)} and moves away from {_listed(flees)}.",
        )


def at_rest(after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The states that stay as they are: those where neighbours come nearer, and those where they move away.

    Parameters
    ----------
    after : (N,) array
        The state that follows each of `PLACES`.
    """
    grows = after > PLACES
    crossed = np.flatnonzero(grows[1:] != grows[:-1])
    away, further = (after - PLACES)[crossed], (after - PLACES)[crossed + 1]
    places = PLACES[crossed] + away / (away - further) * (PLACES[1] - PLACES[0])
    return places[grows[crossed]], places[~grows[crossed]]


def _listed(places: np.ndarray) -> str:
    return " and ".join(f"{place:.2f}" for place in places) or "none"
