"""Widgets driven by the learner's own functions, each with a still picture for where widgets don't run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets
import numpy as np

from unrolled.kit.alive import Alive, beside
from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture


def network_at(
    xs: np.ndarray,
    h_0: np.ndarray,
    params: Mapping[str, np.ndarray],
    ys: np.ndarray,
    hs: np.ndarray,
    t: int,
    earlier: tuple[np.ndarray, ...] | None = None,
) -> Picture:
    """The unrolled network with its numbers, timestep `t` in full: every weight that makes h_t and y_t.

    Parameters
    ----------
    xs : (T, D) array
    h_0 : (H,) array
    params : dict
        The six weights, by the definition's names.
    ys : (T, O) array
    hs : (T, H) array
    t : int
        The timestep to show, from 1 to T.
    earlier : tuple of arrays, optional
        What `xs`, `ys` and `hs` were a move ago: what has changed since is framed.
    """
    before = np.vstack([h_0, hs])  # (T + 1, H)
    top = _chain_height(xs, before, ys) + 44
    line = 24 * max(before.shape[1], xs.shape[1], ys.shape[1]) + 46
    drawing = Drawing(max(120 * len(xs) + 92, 700), top + 2 * line - 18)
    xs_changed, ys_changed, hs_changed = _changes((xs, ys, hs), earlier)
    _draw_chain(drawing, xs, before, ys, t, (xs_changed, ys_changed, np.vstack([h_0 != h_0, hs_changed])))
    if xs_changed.any():
        drawing.text(24, top - 34, "framed: what your last move changed", 13, math=False, anchor="start", role="accent")
    middle = top + (line - 46) / 2
    _draw_formula(drawing, middle, ("h", "tanh", hs[t - 1], "state"), _terms("u", params, xs, before, t), t)
    _draw_formula(drawing, middle + line, ("y", "σ", ys[t - 1], "output"), _terms("w", params, xs, before, t), t)
    numbers = ", ".join(f"{number:.2f}" for number in np.ravel(ys[t - 1]))
    return drawing.picture(
        f"The network unrolled over {len(xs)} timesteps, with timestep {t} in numbers: x_{t} and h_{t - 1} make h_{t} "
        f"with the weights u, and y_{t} with the weights w. y_{t} is {numbers}."
    )


def scrub(rnn_forward: Callable, xs: np.ndarray, h_0: np.ndarray, params: Mapping[str, np.ndarray]) -> Scrubber:
    """The unrolled network to play with: step through time, change the input, and see all numbers change."""
    return Scrubber(rnn_forward, xs, h_0, params)


class Scrubber(Alive):
    """A slider for the timestep, one for each number of its input, and the network they belong to.

    Parameters
    ----------
    rnn_forward : callable
        The learner's own; it is called again after every change of the input.
    xs : (T, D) array
    h_0 : (H,) array
    params : dict
    """

    def __init__(self, rnn_forward: Callable, xs: np.ndarray, h_0: np.ndarray, params: Mapping[str, np.ndarray]):
        self.forward, self.h_0, self.params = rnn_forward, h_0, params
        self.xs = np.array(xs, float)
        self.time = widgets.IntSlider(1, 1, len(xs), description="timestep t", continuous_update=True)
        furthest = max(2.0, np.ceil(np.abs(self.xs).max()))
        self.inputs = [
            widgets.FloatSlider(
                0, min=-furthest, max=furthest, step=0.1, description=f"x_t [{d}]", readout_format=".1f"
            )
            for d in range(self.xs.shape[1])
        ]
        self._earlier: tuple[np.ndarray, ...] | None = None
        self._turn_to()
        self.time.observe(self._turn_to, "value")
        for slider in self.inputs:
            slider.observe(self._edit, "value")
        super().__init__(self.time, *self.inputs)
        self.box = widgets.VBox([beside(self.time, *self.inputs), self.shown])

    def run(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The input as it is now, and the outputs and states it makes."""
        ys, hs = self.forward(self.xs.copy(), self.h_0.copy(), self.params)
        return self.xs.copy(), np.asarray(ys), np.asarray(hs)

    def still(self) -> Picture:
        """The network at the timestep the slider stands at."""
        xs, ys, hs = self.run()
        return network_at(xs, self.h_0, self.params, ys, hs, self.time.value)

    def live(self) -> str:
        """The same, with a frame around every number that the last move changed."""
        earlier, (xs, ys, hs) = self._earlier, self.run()
        self._earlier = xs, ys, hs
        return network_at(xs, self.h_0, self.params, ys, hs, self.time.value, earlier).html

    def _turn_to(self, _: Any = None) -> None:
        self._moving = True
        for slider, number in zip(self.inputs, self.xs[self.time.value - 1]):
            slider.value = round(float(number), 1)
        self._moving = False

    def _edit(self, change: Any) -> None:
        new, old = round(change["new"], 1), round(change["old"], 1)
        if not self._moving and new != old:  # a browser answers -0.6 with -0.6000000000000001
            self.xs[self.time.value - 1, self.inputs.index(change["owner"])] = new


def _chain_height(xs: np.ndarray, before: np.ndarray, ys: np.ndarray) -> int:
    return 98 + 20 * (xs.shape[1] + before.shape[1] + ys.shape[1])


def _changes(now: tuple[np.ndarray, ...], earlier: tuple[np.ndarray, ...] | None) -> list[np.ndarray]:
    return [new != old for new, old in zip(now, earlier or now, strict=True)]


def _draw_chain(
    drawing: Drawing, xs: np.ndarray, before: np.ndarray, ys: np.ndarray, now: int, changed: tuple[np.ndarray, ...]
) -> None:
    xs_changed, ys_changed, states_changed = changed
    half = 10 * before.shape[1]
    lowest_y = 24 + 20 * ys.shape[1]
    middle = lowest_y + 30 + half
    for t, state in enumerate(before):
        x = 24 + 120 * t
        drawing.grid(x, middle - half, state, "state", f"h_{{{t}}}", (44, 20), states_changed[t])
        if t == len(xs):
            break
        centre, highest_x = x + 82, middle + half + 34
        drawing.arrow((x + 44, middle), (centre - 22, middle), role="state")
        drawing.arrow((centre + 22, middle), (x + 120, middle), role="state")
        drawing.arrow((centre, middle - half - 4), (centre, lowest_y), role="output")
        drawing.arrow((centre, highest_x), (centre, middle + half + 4), role="input")
        drawing.box(centre, middle, 44, 2 * half + 8, "", "accent" if t + 1 == now else "plain")
        drawing.text(centre, middle, f"t={t + 1}", 13, math=False)
        drawing.grid(centre - 22, 24, ys[t], "output", f"y_{{{t + 1}}}", (44, 20), ys_changed[t])
        drawing.grid(centre - 22, highest_x, xs[t], "input", "", (44, 20), xs_changed[t])
        drawing.text(centre + 28, highest_x + 10 * xs.shape[1], f"x_{{{t + 1}}}", anchor="start")


def _terms(letter: str, params: Mapping, xs: np.ndarray, before: np.ndarray, t: int) -> list[tuple[str, Any, str]]:
    return [
        (f"{letter}_x", params[f"{letter}_x"], "plain"), (f"x_{{{t}}}", xs[t - 1], "input"), ("+", None, ""),
        (f"{letter}_h", params[f"{letter}_h"], "plain"), (f"h_{{{t - 1}}}", before[t - 1], "state"), ("+", None, ""),
        (f"{letter}_0", params[f"{letter}_0"], "plain"),
    ]  # fmt: skip


def _draw_formula(
    drawing: Drawing, middle: float, result: tuple[str, str, np.ndarray, str], terms: list[tuple], t: int
) -> None:
    """One line of the definition with its numbers, every vector and matrix on a common middle line."""
    name, function, values, role = result
    left = _put(drawing, 24, middle, f"{name}_{{{t}}}", values, role)
    left = _put(drawing, left, middle, f"=  {function} (", None, "")
    for text, value, term_role in terms:
        left = _put(drawing, left, middle, text, value, term_role)
    _put(drawing, left, middle, ")", None, "")


def _put(drawing: Drawing, left: float, middle: float, text: str, values: Any, role: str) -> float:
    if values is None:
        width = 14 + 9 * len(text)
        drawing.text(left + width / 2, middle, text, 19)
        return left + width
    rows, columns = np.atleast_2d(np.asarray(values).T).T.shape
    drawing.grid(left, middle - 12 * rows, values, role, text)
    return left + 44 * columns + 8
