"""Plots of lesson 02: echoes, and who remembers over a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.figures import Picture, show


def plot_echoes(echoes: Mapping[float, np.ndarray]) -> Picture:
    """The state over time, after a single 1 at the first step, for each weight `u_h`.

    Parameters
    ----------
    echoes : dict
        `u_h` → (T,) array of states.
    """
    figure, axes = plt.subplots()
    for u_h, states in echoes.items():
        axes.plot(np.arange(1, len(states) + 1), states, ".-", label=f"$u_h$ = {u_h:g}")
    axes.set(xlabel="timestep t", ylabel="$h_t$", title="What is left of a 1 that came in at t = 1", ylim=(-0.05, 1))
    axes.legend(ncols=len(echoes), loc="upper center")
    left = ", ".join(f"{states[-1]:.2f} for u_h = {u_h:g}" for u_h, states in echoes.items())
    return show(figure, f"The state after a single 1 at t = 1, for several weights u_h. At the last step it is {left}.")


def plot_recall(gaps: Sequence[int], shares: Mapping[str, Sequence[float]]) -> Picture:
    """The share of right answers against the length of the gap, a step line for everyone who was asked.

    Parameters
    ----------
    gaps : (G,) sequence of int
    shares : dict
        Name → (G,) shares, from 0 to 1.
    """
    figure, axes = plt.subplots()
    for place, ((name, values), marker) in enumerate(zip(shares.items(), "sd^o")):
        size = 4 + 1.5 * (len(shares) - place)  # so that what is drawn first shows behind what covers it
        axes.plot(gaps, values, marker=marker, markersize=size, linewidth=size / 4, label=name, drawstyle="steps-post")
    axes.axhline(0.5, color="black", linestyle=":", linewidth=1)
    axes.text(gaps[0], 0.47, "tossing a coin", va="top", fontsize="small")
    axes.set(xscale="log", xlabel="zeros between the answer and the question", ylabel="share of right answers")
    ticks = [gap for gap in gaps if str(gap)[0] in "1256" and gap not in range(11, 20)]
    axes.set(ylim=(0.4, 1.05), xticks=ticks, xticklabels=ticks)
    axes.minorticks_off()
    axes.legend(loc="center right")
    told = "; ".join(_fall(name, gaps, values) for name, values in shares.items())
    return show(figure, f"Share of right answers against the length of the gap. {told}.")


def _fall(name: str, gaps: Sequence[int], shares: Sequence[float]) -> str:
    """In words: where the share drops below what it begins with."""
    fallen = [(gap, share) for gap, share in zip(gaps, shares) if share < shares[0]]
    if not fallen:
        return f"{name}: {shares[0]:.2f} at all of them"
    return f"{name}: {shares[0]:.2f}, and {fallen[0][1]:.2f} from {fallen[0][0]} zeros on"
