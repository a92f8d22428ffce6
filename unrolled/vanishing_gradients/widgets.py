"""Lesson 05's widgets: turn the spectral radius, and point at a character to see which past ones mattered."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import numpy as np

from unrolled.kit.alive import Alive, beside
from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture
from unrolled.kit.style import INPUT

H, T, D = 24, 30, 3
LOWEST, HIGHEST = -10, 6  # powers of ten
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
        self.radius = widgets.FloatSlider(radius, min=0.5, max=1.5, step=0.05, description="radius")
        self.size = widgets.FloatSlider(size, min=0.0, max=1.0, step=0.05, description="input size")
        super().__init__(self.radius, self.size)
        self.box = widgets.VBox([beside(self.radius, self.size), self.shown])

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

    def still(self) -> Picture:
        """Eigenvalues in the complex plane on the left, gradient norms against distance on the right.

        Drawn without Matplotlib, which takes half a second for it: a dial has to follow the hand.
        """
        eigenvalues, norms, slopes = self.curves()
        drawing = Drawing(720, 262)
        _plane(drawing, eigenvalues)
        _fall(drawing, norms[::-1])
        drawing.text(480, 14, f"gradient norms; mean slope of tanh {slopes.mean():.2f}", 14, math=False)
        return drawing.picture(
            "Left, the eigenvalues of u_h with the unit circle. Right, the gradient norm against distance for spectral "
            f"radius {self.radius.value:.2f}: {norms[0]:.1e} over {len(norms) - 1} steps."
        )


def _plane(drawing: Drawing, eigenvalues: np.ndarray) -> None:
    """Numbers in the complex plane, with the unit circle."""
    (x, y), unit = (120, 132), 64
    drawing.text(x, 14, "eigenvalues of u_h", 14, math=False).circle(x, y, radius=unit)
    drawing.arrow((x - 105, y), (x + 105, y), head=False).arrow((x, y + 105), (x, y - 105), head=False)
    for value in eigenvalues:
        drawing.dot(x + unit * value.real, y - unit * value.imag, "state")
    drawing.text(x + unit + 9, y + 13, "1", 13, math=False).text(x + 11, y - unit - 9, "i", 14)


def _fall(drawing: Drawing, norms: np.ndarray) -> None:
    """Norms on a logarithmic scale against steps back; where they leave the picture, the line ends."""
    left, right, top, decade = 320, 700, 36, 11.5
    places = [
        (left + (right - left) * d / (len(norms) - 1), top + decade * (HIGHEST - np.log10(n + 1e-300)))
        for d, n in enumerate(norms)
    ]
    bottom = top + decade * (HIGHEST - LOWEST)
    for power in range(LOWEST, HIGHEST + 1, 4):
        y = top + decade * (HIGHEST - power)
        drawing.text(left - 8, y, f"10^{{{power}}}" if power else "1", 14, math=False, anchor="end")
        drawing.arrow((left, y), (left + 5, y), head=False)
    level = top + decade * HIGHEST
    drawing.text(left - 8, level, "1", 14, math=False, anchor="end")
    drawing.arrow((left, top), (left, bottom), (right, bottom), head=False)
    drawing.arrow((left, level), (right, level), dashed=True, head=False)
    inside = list(itertools.takewhile(lambda place: top <= place[1] <= bottom, places))
    drawing.arrow(*inside, role="input", head=False)
    for steps in (0, 10, 20):
        drawing.text(left + (right - left) * steps / (len(norms) - 1), bottom + 14, str(steps), 13, math=False)
    drawing.text((left + right) / 2, bottom + 32, "steps back from the last state", 13, math=False)


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
