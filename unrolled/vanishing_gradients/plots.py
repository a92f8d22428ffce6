"""Lesson 05's figures: how far gradients reach, when they explode, and what that does to memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.figures import Picture, show
from unrolled.kit.style import INPUT, MUTED, STATE, WRONG, ranked
from unrolled.vanishing_gradients.recall import Run, smooth


def plot_eps(steps: Sequence[float], errors: Mapping[str, Sequence[float]]) -> Picture:
    """Error of numerical gradients against the step they are made with, one line for each named way to make them."""
    figure, axes = plt.subplots()
    for (name, values), colour in zip(errors.items(), (INPUT, WRONG), strict=False):
        axes.loglog(steps, np.maximum(values, 1e-16), marker="o", markersize=4, color=colour, label=name)
    axes.invert_xaxis()
    axes.set(xlabel="ε", ylabel="relative error")
    axes.legend()
    return show(
        figure,
        "Relative error of numerical gradients against the step, both on logarithmic scales: it falls as the step gets "
        "smaller, twice as steeply if steps go both ways, and then rises again.",
    )


def plot_norms(norms: Mapping[str, Sequence[float]]) -> Picture:
    """Gradient norm against distance, one line for each named series; the norms are in order of time."""
    figure, axes = plt.subplots()
    longest = max(len(values) for values in norms.values())
    axes.plot([0, longest - 1], [1.0, 1.0], color=MUTED, linewidth=0.8, linestyle=":")
    shades = ranked(len(norms))
    for (name, values), colour in zip(norms.items(), shades, strict=True):
        backwards = np.maximum(np.asarray(values)[::-1], 1e-300)
        axes.semilogy(backwards, color=colour)
        axes.annotate(
            name, (len(backwards) - 1, backwards[-1]), (6, 0), textcoords="offset points", va="center", color=colour
        )
    axes.set(xlabel="steps back from the last state", ylabel=r"$\|\partial h_T / \partial h_t\|$")
    return show(
        figure,
        "Norm of the derivative of the last state for earlier ones against their distance, on a "
        "logarithmic scale: straight lines, falling for spectral radius below 1, rising above.",
    )


def plot_clipping(runs: Mapping[str, Run]) -> Picture:
    """Gradient norm and accuracy through two or more trainings."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.0))
    for (name, run), colour in zip(runs.items(), (WRONG, INPUT, STATE), strict=False):
        left.semilogy(np.maximum(run.norm, 1e-12), color=colour, linewidth=0.9, label=name)
        right.plot(smooth(run.accuracy), color=colour, label=name)
    left.set(xlabel="training step", ylabel="norm of the gradient", title="the gradient, before clipping")
    right.set(xlabel="training step", ylabel="accuracy", ylim=(0.4, 1.03), title="answers that are right")
    right.axhline(0.5, color=MUTED, linewidth=0.8, linestyle=":")
    right.legend(loc="center right")
    return show(figure, "Left, the norm of the gradient through training on a logarithmic scale: without clipping it "
                "jumps by orders of magnitude. Right, accuracy: only the clipped training reaches one.")  # fmt: skip


def plot_truncation(missing: Mapping[str, Sequence[float]], ks: Sequence[int]) -> Picture:
    """What part of the full gradient truncation misses, against the chunks' length."""
    figure, axes = plt.subplots()
    shades = ranked(len(missing))
    for (name, values), colour in zip(missing.items(), shades, strict=True):
        axes.semilogy(ks, np.maximum(values, 1e-16), marker="o", markersize=4, color=colour, label=name)
    axes.set(xlabel="k, steps per chunk", ylabel="missing share of du_h")
    axes.legend()
    return show(
        figure,
        "The share of the gradient that truncation misses against the length of the chunks, for "
        "several spectral radii: the smaller the radius, the faster it falls.",
    )


def plot_recall_maps(maps: Mapping[str, Mapping[int, Run]], alt: str) -> Picture:
    """Heat maps side by side: accuracy, training steps to the right and delay upwards; empty where none was trained."""
    delays = sorted({delay for runs in maps.values() for delay in runs})
    figure, all_axes = plt.subplots(
        1, len(maps), figsize=(2.2 + 2.7 * min(len(maps), 3), 3.0), squeeze=False, sharey=True
    )
    for axes, (name, runs) in zip(all_axes[0], maps.items(), strict=True):
        steps = len(next(iter(runs.values())).accuracy)
        rows = [smooth(runs[delay].accuracy) if delay in runs else np.full(steps, np.nan) for delay in delays]
        image = axes.imshow(rows, aspect="auto", origin="lower", vmin=0.5, vmax=1.0)
        axes.set(xlabel="training step", title=name, yticks=range(len(delays)))
        axes.set_yticklabels([str(delay) for delay in delays])
        for row, run in ((delays.index(delay), run) for delay, run in runs.items()):
            ink = "#111111" if rows[row][-1] > 0.8 else "white"
            axes.text(steps * 0.97, row, f"{run.final():.0%}", ha="right", va="center", color=ink, fontsize=9)
    all_axes[0, 0].set_ylabel("delay, in steps")
    figure.colorbar(image, ax=all_axes[0].tolist(), label="accuracy")
    return show(figure, alt)


def plot_reach(influence: np.ndarray) -> Picture:
    """How much of an answer's gradient is left after so many characters: median over all places of a text.

    Parameters
    ----------
    influence : (T, T) array
        Entry [t, s] is how strongly the answer at t depends on character s.
    """
    distances = np.arange(min(80, len(influence) - 20))
    medians = np.array([np.median(np.diagonal(influence, -d)) for d in distances])
    upper = np.array([np.quantile(np.diagonal(influence, -d), 0.9) for d in distances])
    figure, axes = plt.subplots()
    axes.fill_between(
        distances, np.maximum(medians, 1e-9), np.maximum(upper, 1e-9), color=INPUT, alpha=0.2, linewidth=0
    )
    axes.semilogy(distances, np.maximum(medians, 1e-9), color=INPUT)
    axes.set(xlabel="characters back", ylabel=r"$\|\partial s_t / \partial x_r\|$")
    return show(
        figure,
        "How strongly an answer depends on a character against its distance, on a logarithmic scale: "
        "the median falls by orders of magnitude within some tens of characters.",
    )


def plot_kept(answers: Mapping[str, np.ndarray], distances: Sequence[int], gradients: Sequence[float]) -> Picture:
    """What is still said some characters later, above; and what a gradient from there says about the beginning, below.

    Parameters
    ----------
    answers : dict of (N, T) bool arrays
        For each of N pieces of text, whether they are taken for the inside of a string.
    distances, gradients : sequences
        A few places, and the gradient for the opening quotes from there.
    """
    figure, (above, below) = plt.subplots(2, 1, figsize=(7.2, 4.6), sharex=True, height_ratios=(1.4, 1))
    for (name, said), colour in zip(answers.items(), (STATE, INPUT, MUTED), strict=False):
        above.plot(said.mean(axis=0), color=colour, label=name)
    above.set(ylabel="pieces taken\nfor a string", ylim=(-0.04, 1.04))
    above.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, columnspacing=1.0, handlelength=1.2)
    below.semilogy(distances, np.maximum(gradients, 1e-30), marker="o", markersize=4, color=STATE)
    below.set(xlabel="characters since", ylabel="gradient\nfor the quotes")
    return show(
        figure,
        "Above, how many pieces of text are taken for the inside of a string: behind quotes code is, for tens to "
        "hundreds of characters; without quotes it never is, while prose soon is. Below, the gradient for the quotes, "
        "which falls by many orders of magnitude meanwhile.",
    )
