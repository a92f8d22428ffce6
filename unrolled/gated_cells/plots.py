"""Lesson 06's figures: how far each cell's gradients reach, when it learns, and what its units say about code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from unrolled.kit.figures import Picture, show
from unrolled.kit.style import ACCENT, CYCLE, INPUT, MUTED, OUTPUT, STATE, WRONG
from unrolled.vanishing_gradients.recall import Run, smooth

CHARACTERS = 56  # in a line, so that they can be read


def plot_reaches(norms: Mapping[str, Sequence[float]], alt: str) -> Picture:
    """Norm of the loss's gradient for each step's input against its distance from the end, a line for each cell.

    Parameters
    ----------
    norms : dict of sequences
        By the cell's name, in the order of time.
    alt : str
        What there is to see, for those who can't.
    """
    figure, axes = plt.subplots()
    for (name, values), colour in zip(norms.items(), CYCLE, strict=False):
        axes.semilogy(np.maximum(np.asarray(values)[::-1], 1e-30), color=colour, label=name)
    axes.set(xlabel="steps back from the loss", ylabel=r"$\|\partial L / \partial x_t\|$")
    axes.legend()
    return show(
        figure,
        f"Norm of the gradient for the inputs against their distance from the loss, on a logarithmic scale. {alt}",
    )


def plot_learning(runs: Mapping[str, Run]) -> Picture:
    """Accuracy through several trainings."""
    figure, axes = plt.subplots()
    curves = {name: smooth(run.accuracy) for name, run in runs.items()}
    for (name, curve), colour in zip(curves.items(), (WRONG, INPUT, OUTPUT, ACCENT), strict=False):
        axes.plot(curve, color=colour, label=name)
    lowest = min(0.38, *(curve.min() for curve in curves.values()))
    axes.axhline(0.5, color=MUTED, linewidth=0.8, linestyle=":")
    axes.set(xlabel="training step", ylabel="accuracy", ylim=(lowest - 0.03, 1.03))
    axes.legend(loc="center right", bbox_to_anchor=(1.0, 0.72))
    return show(
        figure,
        "Accuracy through training for several biases of the forget gate: with a large one it rises at once, from "
        "where it happens to begin; with none it stays at one half.",
    )


def plot_unit(text: str, cell: np.ndarray, gates: Mapping[str, np.ndarray], inside: np.ndarray) -> Picture:
    """One unit over a short text, line by line: its cell state above, its gates below, strings shaded.

    Parameters
    ----------
    text : str
    cell : (T,) array
    gates : dict of (T,) arrays
        By name.
    inside : (T,) bool array
        Which characters are inside a string.
    """
    lines = -(-len(text) // CHARACTERS)
    figure, all_axes = plt.subplots(2 * lines, 1, figsize=(8.4, 3.3 * lines), height_ratios=lines * (1.2, 1))
    for line, (above, below) in enumerate(all_axes.reshape(lines, 2)):
        part = slice(line * CHARACTERS, (line + 1) * CHARACTERS)
        _plot_line(
            above, below, text[part], cell[part], {name: gate[part] for name, gate in gates.items()}, inside[part]
        )
        above.set_ylim(cell.min() - 0.2, cell.max() + 0.2)
    all_axes[1].legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=len(gates), fontsize=9)
    return show(
        figure,
        "One unit's cell state and gates over a line of source code, with strings shaded: the cell "
        "state changes level where a string begins and where it ends.",
    )


def _plot_line(
    above: Axes, below: Axes, text: str, cell: np.ndarray, gates: Mapping[str, np.ndarray], inside: np.ndarray
) -> None:
    places = np.arange(len(text))
    for axes in (above, below):
        for begin, end in _runs(inside):
            axes.axvspan(begin - 0.5, end - 0.5, color=STATE, alpha=0.18, linewidth=0)
        axes.tick_params(axis="x", length=0)
        axes.set(xticks=[], xlim=(-0.5, CHARACTERS - 0.5))
    above.step(places, cell, where="mid", color=STATE)
    above.set(ylabel="cell state")
    for (name, values), colour in zip(gates.items(), (INPUT, WRONG, OUTPUT), strict=False):
        below.step(places, values, where="mid", color=colour, label=name, linewidth=1.2)
    below.set(ylabel="gates", ylim=(-0.05, 1.05), xticks=places)
    below.set_xticklabels(["↵" if c == "\n" else c for c in text], family="monospace", fontsize=11)


def _runs(inside: np.ndarray) -> np.ndarray:
    """Where each run of True begins and ends, (N, 2), the end not included."""
    return np.flatnonzero(np.diff(np.concatenate([[0], inside, [0]]).astype(int))).reshape(-1, 2)


def coloured_text(text: str, values: np.ndarray) -> Picture:
    """A text whose every character is coloured by a number: orange above the middle of the range, blue below.

    Parameters
    ----------
    text : str
    values : (T,) array
    """
    low, high = np.quantile(values, [0.02, 0.98])
    scaled = np.clip((values - (low + high) / 2) / max((high - low) / 2, 1e-12), -1, 1)
    spans = "".join(_span(character, value) for character, value in zip(text, scaled, strict=True))
    alt = "Source code, each character coloured by the state of one unit."
    look = (
        "font-family:var(--jp-code-font-family,monospace);font-size:13px;line-height:1.5;white-space:pre-wrap;"
        "color:var(--jp-content-font-color1,inherit);padding:.6em .2em;max-width:60em"
    )
    return Picture(f'<div role="figure" aria-label="{alt}" style="{look}">{spans}</div>', alt)


def _span(character: str, value: float) -> str:
    red_green_blue = "230 159 0" if value > 0 else "86 180 233"
    return f'<span style="background:rgb({red_green_blue}/{0.65 * abs(value) ** 0.5:.2f})">{escape(character)}</span>'
