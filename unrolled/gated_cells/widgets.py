"""Lesson 06's widget: set the gates of one LSTM unit by hand, and watch its cell live through time."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.alive import Alive
from unrolled.kit.figures import Picture, show
from unrolled.kit.style import ACCENT, INPUT, MUTED, OUTPUT, STATE

T = 60
PULSES = {3: 1.0, 18: 1.0, 36: -1.0}  # they don't cancel, or keeping would look like forgetting
OPENINGS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0)


class Gates(Alive):
    """One LSTM unit whose three gates you hold, with a few pulses coming in.

    Parameters
    ----------
    lstm_forward, cell_gradient : callable
        Your own functions.
    i, f, o : float
        How far the gates are open, to begin with.
    """

    def __init__(
        self, lstm_forward: Callable, cell_gradient: Callable, i: float = 1.0, f: float = 0.95, o: float = 1.0
    ):
        self.forward, self.gradient = lstm_forward, cell_gradient
        names = {"i": ("input gate i", i), "f": ("forget gate f", f), "o": ("output gate o", o)}
        self.gates = {
            name: widgets.SelectionSlider(
                options=[(f"{opening:g}", opening) for opening in OPENINGS],
                value=value,
                description=title,
                style={"description_width": "8em"},
                layout={"width": "26em"},
            )
            for name, (title, value) in names.items()
        }
        super().__init__(*self.gates.values())
        self.box = widgets.VBox([*self.gates.values(), self.shown])

    def curves(self) -> dict[str, np.ndarray]:
        """Inputs, cell states, hidden states and what is left of each cell state at the end, each (T,)."""
        xs = np.zeros((1, T, 1))
        for t, pulse in PULSES.items():
            xs[0, t, 0] = pulse
        inside = {name: _before_sigmoid(slider.value) for name, slider in self.gates.items()}
        params = {
            "u_x": np.array([[0.0], [0.0], [3.0], [0.0]]),
            "u_h": np.zeros((4, 1)),
            "u_0": np.array([inside["i"], inside["f"], 0.0, inside["o"]]),
        }
        hs, cache = self.forward(xs, np.zeros((1, 1)), np.zeros((1, 1)), params)
        left = self.gradient(cache["f"][0])
        return {"x": xs[0, :, 0], "c": cache["c"][0, :, 0], "h": hs[0, :, 0], "left": np.asarray(left)[:, 0]}

    def figure(self) -> plt.Figure:
        """Pulses and states above, the gradient along the cell below."""
        curves, steps = self.curves(), np.arange(1, T + 1)
        figure, (above, below) = plt.subplots(2, 1, figsize=(8.0, 3.9), sharex=True, height_ratios=(1.7, 1))
        above.bar(steps, curves["x"], color=INPUT, width=0.6, label="input x")
        above.step(steps, curves["c"], where="mid", color=STATE, label="cell state c")
        above.step(steps, curves["h"], where="mid", color=OUTPUT, linewidth=1.2, label="hidden state h")
        above.axhline(0, color=MUTED, linewidth=0.6)
        above.set(ylim=(-2.3, 2.3))
        above.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
        below.step(steps, curves["left"], where="mid", color=ACCENT)
        below.set(xlabel="timestep t", ylabel=r"$\partial c_T / \partial c_t$", ylim=(-0.05, 1.05))
        return figure

    def still(self) -> Picture:
        """The figure as it is now, for where nothing moves."""
        openings = ", ".join(f"{name} = {slider.value:g}" for name, slider in self.gates.items())
        alt = f"One LSTM unit with gates {openings}: its cell state keeps or loses the pulses that come in. "
        return show(self.figure(), alt + "Below, how much of each cell state is left in the last one.")


def _before_sigmoid(opening: float) -> float:
    """What must stand inside a sigmoid for a gate to be so far open; 30 is as good as infinite."""
    with np.errstate(divide="ignore"):
        return float(np.clip(np.log(opening) - np.log1p(-opening), -30, 30))
