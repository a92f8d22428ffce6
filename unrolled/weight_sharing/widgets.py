"""Lesson 03's widget: tie the weights of all timesteps, untie them, and watch count, shapes and gradients."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import numpy as np

from unrolled.kit.alive import Alive, beside
from unrolled.kit.figures import Picture
from unrolled.weight_sharing.pictures import gradients_picture
from unrolled.weight_sharing.shifted import gradients_per_step

D, H, O, SEQUENCES, MOST_STEPS = 2, 3, 1, 16, 8
SHAPES = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}


class TieAndUntie(Alive):
    """A small network's gradients, step by step, and what your `tied_gradient` makes of them.

    Parameters
    ----------
    parameter_count, tied_gradient : callable
        Your own functions of lesson 03.
    T : int
        Timesteps to begin with.
    tied : bool
        Whether to begin with shared weights.
    """

    def __init__(self, parameter_count: Callable, tied_gradient: Callable, T: int = 5, tied: bool = True):
        self.parameter_count, self.tied_gradient = parameter_count, tied_gradient
        self.tied = widgets.ToggleButtons(
            options=[("tied", True), ("untied", False)], value=tied, description="weights"
        )
        self.name = widgets.Dropdown(options=list(SHAPES), value="u_h", description="show")
        self.T = widgets.IntSlider(T, min=1, max=MOST_STEPS, description="T")
        super().__init__(self.tied, self.name, self.T)
        self.box = widgets.VBox([self.tied, beside(self.T, self.name), self.shown])

    def still(self) -> Picture:
        """The picture as it is now, for where nothing moves."""
        name, tied = self.name.value, self.tied.value
        gradients = example_gradients(self.T.value)
        joined = np.asarray(self.tied_gradient(gradients)[name]) if tied else None
        count = self.parameter_count(self.T.value, D, H, O, tied)
        return gradients_picture(name, [gradient[name] for gradient in gradients], joined, count)


def example_gradients(T: int) -> list[dict[str, np.ndarray]]:
    """Gradients per step of a small network that shares random weights, on random sequences of T steps."""
    rng = np.random.default_rng(15)
    params = {name: rng.normal(scale=0.8, size=shape) for name, shape in SHAPES.items()}
    xs = rng.normal(size=(SEQUENCES, MOST_STEPS, D))[:, :T]
    targets = rng.integers(0, 2, size=(SEQUENCES, MOST_STEPS, O))[:, :T].astype(float)
    return gradients_per_step(xs, targets, [params] * T)
