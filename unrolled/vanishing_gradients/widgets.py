"""Lesson 05's widgets: turn the spectral radius, and point at a character to see which past ones mattered."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.alive import Alive
from unrolled.kit.figures import Picture, show
from unrolled.kit.style import INPUT, MUTED, STATE

H, T, D = 24, 60, 3
_NUMBER = itertools.count()


class RadiusSlider(Alive):
    """A random network whose spectral radius and inputs you set: its eigenvalues, and how far its gradients reach.

    Parameters
    ----------
    scale_to_spectral_radius, state_jacobians, gradient_norms, rnn_forward : callable
        Your own functions.
    radius, size : float
        Spectral radius of u_h, and standard deviation of the inputs, to begin with.
    """

    def __init__(
        self, scale_to_spectral_radius: Callable, state_jacobians: Callable, gradient_norms: Callable,
        rnn_forward: Callable, radius: float = 0.9, size: float = 0.0,
    ):  # fmt: skip
        self.scale, self.jacobians, self.norms = scale_to_spectral_radius, state_jacobians, gradient_norms
        self.forward = rnn_forward
        self.radius = widgets.FloatSlider(radius, min=0.3, max=2.0, step=0.05, description="radius")
        self.size = widgets.FloatSlider(size, min=0.0, max=1.0, step=0.05, description="input size")
        super().__init__(self.radius, self.size)
        self.box = widgets.VBox([widgets.HBox([self.radius, self.size]), self.shown])

    def curves(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The eigenvalues of u_h, the gradient norms and the mean slope of tanh, for the sliders' values."""
        rng = np.random.default_rng(5)
        u_h = self.scale(rng.normal(size=(H, H)), self.radius.value)
        params = {"u_x": rng.normal(size=(H, D)), "u_h": u_h, "u_0": np.zeros(H),
                  "w_x": np.zeros((1, D)), "w_h": np.zeros((1, H)), "w_0": np.zeros(1)}  # fmt: skip
        h_0 = 0.01 * rng.normal(size=H)
        _, hs = self.forward(self.size.value * rng.normal(size=(T, D)), h_0, params)
        norms = np.asarray(self.norms(self.jacobians(hs, h_0, u_h)), float)
        return np.linalg.eigvals(u_h), norms, 1 - np.asarray(hs) ** 2

    def figure(self) -> plt.Figure:
        """Eigenvalues in the complex plane on the left, gradient norms against distance on the right."""
        eigenvalues, norms, slopes = self.curves()
        figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.2), width_ratios=(1, 1.7))
        left.add_patch(plt.Circle((0, 0), 1.0, fill=False, color=MUTED, linestyle=":"))
        left.plot(eigenvalues.real, eigenvalues.imag, "o", color=STATE, markersize=4)
        left.set(xlim=(-2.1, 2.1), ylim=(-2.1, 2.1), aspect="equal", title="eigenvalues of u_h", xticks=(-1, 0, 1))
        left.set_yticks((-1, 0, 1))
        right.semilogy(np.maximum(norms[::-1], 1e-30), color=INPUT)
        right.axhline(1.0, color=MUTED, linewidth=0.8, linestyle=":")
        right.set(
            xlabel="steps back from the last state", ylabel=r"$\|\partial h_T / \partial h_t\|$", ylim=(1e-12, 1e12)
        )
        right.set_title(f"gradient norms; mean slope of tanh {slopes.mean():.2f}")
        return figure

    def still(self) -> Picture:
        """The figure as it is now, for where nothing moves."""
        return show(self.figure(), "Left, the eigenvalues of u_h with the unit circle. Right, the gradient norm "
                    f"against distance for spectral radius {self.radius.value:.2f}.")  # fmt: skip


def past_lights_up(text: str, influence: np.ndarray, marked: np.ndarray | None = None, shown: int = -1) -> Picture:
    """A text in which pointing at a character lights up the earlier ones that its answer depends on.

    Needs no kernel: the page's own style sheet does it, also in an exported notebook.

    Parameters
    ----------
    text : str
    influence : (T, T) array
        Entry [t, s] is how strongly the answer at t depends on character s; each row is shown beside its own largest.
    marked : (T,) bool array, optional
        Characters to underline.
    shown : int
        The character whose past is lit while none is pointed at.
    """
    box = f"past-{next(_NUMBER)}"
    shown = shown % len(text)
    strength = influence / np.maximum(influence.max(axis=1, keepdims=True), 1e-300)
    rules = [f"#{box}{{{_lights(strength[shown])}}}", f"#{box} .c{shown}{{outline:2px solid {INPUT}}}"]
    rules += [f"#{box}:has(.c{t}:hover){{{_dark(strength[shown])}{_lights(strength[t])}}}" for t in range(len(text))]
    rules += [f"#{box} .c{s}{{background:rgb(230 159 0/calc(.7*var(--{s},0)))}}" for s in range(len(text))]
    rules += [
        f"#{box} span:hover{{outline:2px solid {INPUT}}}",
        f"#{box}:has(span:hover) .c{shown}:not(:hover){{outline:0}}",
    ]
    spans = "".join(_span(t, character, marked) for t, character in enumerate(text))
    look = (
        "font-family:var(--jp-code-font-family,monospace);font-size:14px;line-height:1.6;white-space:pre-wrap;"
        "color:var(--jp-content-font-color1,inherit);max-width:60em;padding:.6em .2em"
    )
    alt = "Source code. Pointing at a character colours the earlier ones that the network's answer there depends on."
    html = (
        f'<style>{"".join(rules)}</style><div id="{box}" role="figure" aria-label="{alt}" style="{look}">{spans}</div>'
    )
    return Picture(html, alt)


def _span(t: int, character: str, marked: np.ndarray | None) -> str:
    line = ' style="text-decoration:underline dotted"' if marked is not None and marked[t] else ""
    visible = "↵\n" if character == "\n" else escape(character)
    return f'<span class="c{t}"{line}>{visible}</span>'


def _lights(row: np.ndarray) -> str:
    return "".join(f"--{s}:{row[s]:.2f};" for s in np.flatnonzero(row >= 0.03))


def _dark(row: np.ndarray) -> str:
    return "".join(f"--{s}:0;" for s in np.flatnonzero(row >= 0.03))
