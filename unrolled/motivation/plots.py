"""The figures of lesson 01: what length costs, how n-grams improve and starve, where a pattern was found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.figures import Picture, show
from unrolled.kit.style import ACCENT, INPUT, MUTED, OUTPUT, WRONG


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


def quality_against_n(ns: Sequence[int], learned: Sequence[float], held_out: Sequence[float]) -> Picture:
    """Bits per character against n, on the text the counts come from and on text they have never seen."""
    figure, axes = plt.subplots(figsize=(7.2, 3.2))
    best = int(np.argmin(held_out))
    axes.plot(ns, learned, color=MUTED, marker="o")
    axes.plot(ns, held_out, color=OUTPUT, marker="o")
    axes.plot(ns[best], held_out[best], "o", color=OUTPUT, markersize=12, fillstyle="none")
    axes.text(ns[-1] + 0.12, learned[-1], "text it learned from", color=MUTED, va="center")
    axes.text(ns[-1] + 0.12, held_out[-1], "held-out text", color=OUTPUT, va="center")
    axes.annotate(
        f"best: n = {ns[best]}\n{held_out[best]:.2f} bits",
        (ns[best], held_out[best]),
        (0, 14),
        textcoords="offset points",
        ha="center",
    )
    axes.set(xlabel="n", ylabel="bits per character", xticks=list(ns), xlim=(ns[0] - 0.2, ns[-1] + 1.9))
    axes.set_ylim(bottom=0)
    return show(
        figure,
        f"Bits per character against n. On the text it learned from they fall to {learned[-1]:.2f}; on held-out text "
        f"they fall to {held_out[best]:.2f} at n = {ns[best]} and rise again to {held_out[-1]:.2f}.",
    )


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
