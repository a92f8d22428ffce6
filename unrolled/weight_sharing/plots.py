"""Lesson 03's figures: what sharing saves, how far it carries, and what a mask protects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.figures import Picture, show
from unrolled.kit.style import INPUT, MUTED, STATE, WRONG
from unrolled.kit.waiting import track
from unrolled.weight_sharing.shifted import examples, found, train

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
EARLY = 8  # the pattern is complete within so many steps, wherever it is learned early


def shared_and_unshared(
    tied_gradient: Callable, outputs: Callable, T: int = 12, seed: int = 0, sizes: Sequence[int] = SIZES
) -> dict[str, list]:
    """Train one network that shares its weights and one that doesn't on ever more examples.

    Parameters
    ----------
    tied_gradient : callable
        Your own.
    outputs : callable
        `outputs(xs (n, T, 1), params_per_step) -> ys (n, T, 1)`: runs a network, with your own forward pass.
    T, seed : int
    sizes : sequence of int
        Numbers of examples to learn from.

    Returns
    -------
    dict
        "examples"; "shared" and "unshared", the share of 200 new sequences in which each finds the pattern; and
        "shared weights" and "unshared weights" after the largest number of examples, T dicts each.
    """
    rng = np.random.default_rng(seed)
    test_xs, test_ends = examples(200, T, rng)
    curves: dict[str, list] = {"examples": list(sizes), "shared": [], "unshared": []}
    for n in track(sizes, "training two networks"):
        xs, ends = examples(n, T, rng)
        curves["shared weights"] = [train(xs, ends, tied_gradient, seed)] * T
        curves["unshared weights"] = train(xs, ends, None, seed)
        for kind in ("shared", "unshared"):
            curves[kind].append(found(outputs(test_xs, curves[f"{kind} weights"]), test_ends))
    return curves


def learned_early(
    tied_gradient: Callable, outputs: Callable, T: int = 12, seed: int = 0, n: int = 128
) -> dict[str, tuple[float, float]]:
    """Train both networks on sequences whose pattern is complete by t = 8, and ask for it there and later.

    Parameters
    ----------
    tied_gradient, outputs, T, seed
        As in `shared_and_unshared`.
    n : int
        Number of examples to learn from.

    Returns
    -------
    dict
        "shared" and "not shared": the shares of new sequences in which the pattern is found, early and late.
    """
    rng = np.random.default_rng(seed)
    xs, ends = examples(4 * n, T, rng)
    early = ends < EARLY
    new_xs, new_ends = examples(400, T, rng)
    shares = {}
    for kind, tie in track({"shared": tied_gradient, "not shared": None}.items(), "training two networks"):
        trained = train(xs[early][:n], ends[early][:n], tie, seed)
        ys = outputs(new_xs, [trained] * T if tie else trained)
        late = new_ends >= EARLY
        shares[kind] = found(ys[~late], new_ends[~late]), found(ys[late], new_ends[late])
    return shares


def enough(curves: dict[str, list], kind: str, accuracy: float = 0.95) -> int | None:
    """The number of examples from which on the network of this kind is as accurate as asked; None if it never is."""
    best = None
    for n, reached in zip(reversed(curves["examples"]), reversed(curves[kind])):
        if reached < accuracy:
            return best
        best = n
    return best


def plot_curves(curves: dict[str, list], T: int = 12) -> Picture:
    """Accuracy against the number of examples, sharing and not."""
    figure, axes = plt.subplots()
    places = range(len(curves["examples"]))
    axes.axhline(1 / (T - 3), color=MUTED, linestyle=":", label="guessing")
    axes.plot(places, curves["shared"], "o-", color=INPUT, label="shared: one set of weights")
    axes.plot(places, curves["unshared"], "s--", color=WRONG, label=f"not shared: {T} sets of weights")
    axes.set_xticks(places, curves["examples"])
    axes.set(xlabel="examples to learn from", ylabel="pattern found", ylim=(0, 1.05))
    axes.legend(loc="center right")
    pairs = zip(curves["examples"], curves["shared"], curves["unshared"])
    listed = "; ".join(f"{n} examples: {s:.0%} and {u:.0%}" for n, s, u in pairs)
    return show(figure, f"How often the pattern is found, with shared and unshared weights. {listed}.")


def plot_padding(with_mask: np.ndarray, without_mask: np.ndarray, mask: np.ndarray) -> Picture:
    """The states of one padded sequence, timestep by timestep, with and without looking at the mask.

    Parameters
    ----------
    with_mask, without_mask : (T, H) array
    mask : (T,) bool array
    """
    figure, panels = plt.subplots(1, 2, sharey=True)
    first = int(np.argmin(mask))
    for axes, states, title in zip(panels, (with_mask, without_mask), ("with the mask", "every step taken for real")):
        axes.axvspan(first + 0.5, len(mask) + 0.5, color=MUTED, alpha=0.15, linewidth=0)
        axes.plot(range(1, len(mask) + 1), states, color=STATE, alpha=0.8)
        axes.set(title=title, xlabel="timestep t", ylim=(-1.3, 1.05))
        axes.text(first + 0.9, -1.24, "padding")
    panels[0].set_ylabel("state $h_t$")
    return show(
        figure,
        f"Two panels with the {with_mask.shape[1]} numbers of the state over {len(mask)} timesteps, the last "
        f"{int((~mask).sum())} of them padding: with the mask they stay level there, without it they go on moving.",
    )
