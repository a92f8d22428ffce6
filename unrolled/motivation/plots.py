"""The figures of lesson 01: what length costs, how n-grams improve and starve, where a pattern was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.figures import Picture, show
from unrolled.kit.style import ACCENT, INPUT, MUTED, OUTPUT, STATE, WRONG


def cost_of_length(lengths: Sequence[int], parameters: Sequence[int], wasted: Sequence[float]) -> Picture:
    """Parameters of a network that reads T characters at once, and the share of its input that is padding."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.8, 2.9))
    left.plot(lengths, np.asarray(parameters) / 1e6, color=INPUT, marker="o")
    left.set(xlabel="longest question, T characters", ylabel="million parameters", title="what is to be learned")
    right.plot(lengths, 100 * np.asarray(wasted), color=WRONG, marker="o")
    right.set(xlabel="longest question, T characters", ylabel="% of the batch", ylim=(0, 100), title="padding")
    left.set_ylim(bottom=0)
    return show(
        figure,
        f"Against the length of the longest question: parameters grow in a straight line to {parameters[-1] / 1e6:.1f} "
        f"million, padding grows to {wasted[-1]:.0%} of the batch.",
    )


def quality_against_n(ns: Sequence[int], bits: Mapping[str, Sequence[float]]) -> Picture:
    """Bits per character against n, a line for each model or text; each with where it is lowest.

    Parameters
    ----------
    ns : (N,) sequence of int
    bits : dict
        Name → (N,) bits per character.
    """
    figure, axes = plt.subplots(figsize=(7.2, 3.4))
    told = []
    for (name, values), colour in zip(bits.items(), _colours(bits)):
        best = [n for n, value in zip(ns, values) if value < min(values) + 0.01]
        places = dict.fromkeys((ns[0], best[0], ns[-1]))
        told.append(f"{name} " + ", ".join(f"{values[n - ns[0]]:.2f} at n = {n}" for n in places))
        axes.plot(ns, values, color=colour, marker="o")
        axes.plot(best, [values[n - ns[0]] for n in best], "o", color=colour, markersize=12, fillstyle="none")
        lowest = f"{min(values):.2f} at n = {', '.join(map(str, best))}"
        axes.text(ns[-1] + 0.2, values[-1], f"{name}: {lowest}", color=colour, va="center", fontsize="small")
    axes.set(xlabel="n", ylabel="bits per character", xticks=list(ns), xlim=(ns[0] - 0.2, ns[-1] + 4.2), ylim=(0, None))
    axes.spines["bottom"].set_bounds(ns[0] - 0.2, ns[-1] + 0.2)
    return show(figure, f"Bits per character against n: {'; '.join(told)}.")


def _colours(bits: Mapping[str, Sequence[float]]) -> Sequence[str]:
    return (MUTED, OUTPUT) if len(bits) == 2 else (OUTPUT, STATE, INPUT)


def pattern_found(signal: np.ndarray, scores: np.ndarray, starts: Sequence[int], K: int) -> Picture:
    """A signal with the places where a pattern was hidden, and the scores of a detector below."""
    figure, (above, below) = plt.subplots(2, 1, figsize=(7.8, 3.6), sharex=True)
    above.plot(signal, color=INPUT, lw=1.2)
    for start in starts:
        above.axvspan(start, start + K - 1, color=ACCENT, alpha=0.3, lw=0)
    below.plot(scores, color=OUTPUT, lw=1.2)
    below.plot(starts, scores[list(starts)], "v", color=ACCENT, markersize=9)
    above.set(ylabel="signal", title="shaded: where the pattern was hidden")
    below.set(ylabel="score", xlabel="t")
    return show(
        figure,
        f"A noisy signal with the pattern hidden at t = {', '.join(map(str, starts))}; the detector's score peaks at "
        "each of them.",
    )
