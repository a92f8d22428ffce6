"""The still figures of lesson 07: the n-grams to beat, and what Adam makes of gradients."""

from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from unrolled.capstone import data_language
from unrolled.kit.figures import Picture, show
from unrolled.kit.style import INPUT, MUTED, OUTPUT, STATE


def ladder(yours: float | None = None, most: int = 6) -> Picture:
    """Bits per character of n-grams on the held-out text: one by one, averaged, and mixed.

    Those that are a rung to pass are in another colour.

    Parameters
    ----------
    yours : float, optional
        What your network needs.
    most : int
        The longest n-gram.
    """
    rungs = {f"{n}-gram": data_language.ngram_bits(n) for n in range(1, most + 1)} | data_language.rungs()
    rungs[f"1- to {data_language.LONGEST}-gram, mixed"] = data_language.mixed_bits()
    colours = [INPUT if name in data_language.LADDER else MUTED for name in rungs]
    if yours is not None:
        rungs["yours"], colours = yours, [*colours, OUTPUT]
    figure, axes = plt.subplots(figsize=(7.0, 0.3 * len(rungs) + 0.8))
    bars = axes.barh(list(rungs), list(rungs.values()), color=colours, height=0.7)
    axes.bar_label(bars, [f"{bits:.2f}" for bits in rungs.values()], padding=3)
    widest = max(5.2, 1.1 * max(rungs.values()))
    axes.set(xlabel="bits per character of held-out text: fewer are better", xlim=(0, widest))
    axes.invert_yaxis()
    listed = ", ".join(f"{name} {bits:.2f}" for name, bits in rungs.items())
    return show(figure, f"Bits per character of n-grams on held-out text: {listed}.")


def one_update(steps: int = 60) -> Picture:
    """A steady gradient and one that jumps to and fro, and how large a share of lr Adam moves by for each."""
    rng = np.random.default_rng(3)
    gradients = {"steady": 0.01 + 0.003 * rng.normal(size=steps), "to and fro": 3.0 * rng.normal(size=steps)}
    figure, (above, below) = plt.subplots(2, 1, figsize=(7.2, 4.0), sharex=True)
    for (name, g), colour in zip(gradients.items(), (INPUT, STATE)):
        above.plot(np.arange(1, steps + 1), g, color=colour, label=name)
        below.plot(np.arange(1, steps + 1), _shares(g), color=colour, label=name)
    above.axhline(0, color=OUTPUT, linewidth=0.8)
    above.set_yscale("symlog", linthresh=0.01)
    above.set_yticks([-1, -0.01, 0, 0.01, 1], ["−1", "−0.01", "0", "0.01", "1"])
    above.set(ylabel="gradient", title="Two numbers' gradients, hundreds of times apart in size …")
    below.set(ylabel="step / lr", xlabel="step", ylim=(-1.3, 1.3), title="… and the steps Adam makes of them")
    below.axhline(0, color=OUTPUT, linewidth=0.8)
    below.legend(ncols=2, loc="lower center")
    return show(
        figure,
        "Above, a small gradient that keeps its sign and one hundreds of times larger that changes it; below, "
        "Adam's steps: about one learning rate each time for the steady one, and small and to and fro for the other.",
    )


def _shares(gradients: np.ndarray, beta_1: float = 0.9, beta_2: float = 0.999) -> np.ndarray:
    """Steps in units of the learning rate, from weighted averages over all gradients so far."""
    ages = np.subtract.outer(np.arange(len(gradients)), np.arange(len(gradients)))
    slow, fast = (np.where(ages >= 0, beta ** ages.clip(0), 0.0) for beta in (beta_2, beta_1))
    return (fast @ gradients / fast.sum(axis=1)) / np.sqrt(slow @ gradients**2 / slow.sum(axis=1))
