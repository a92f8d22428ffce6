"""Delayed recall: say at the end which sign came at the beginning. Sequences, and a training loop for any cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

CUE, NOISE, ASKED = range(3)
D = 3

Measure = Callable[[dict, np.ndarray, np.ndarray], tuple[np.ndarray, dict]]


def recall_batch(rng: np.random.Generator, B: int, delay: int) -> tuple[np.ndarray, np.ndarray]:
    """Random sequences of `delay` + 1 steps, and what is to be answered at the last.

    Parameters
    ----------
    rng : numpy.random.Generator
    B : int
    delay : int
        Steps from the cue to the question.

    Returns
    -------
    xs : (B, T, 3) array
        First number: 1 or −1 at the first step, the cue, then 0. Second: noise, at every step. Third: 1 at the last
        step, the question.
    bits : (B,) array
        1.0 where the cue was 1, and 0.0 where it was −1.
    """
    bits = rng.integers(0, 2, size=B).astype(float)
    xs = np.zeros((B, delay + 1, D))
    xs[:, :, NOISE] = rng.normal(size=(B, delay + 1))
    xs[:, 0, CUE] = 2 * bits - 1
    xs[:, -1, ASKED] = 1
    return xs, bits


@dataclass
class Run:
    """What a training did: `accuracy` and gradient `norm` of every step, and the parameters it ended with."""

    params: dict[str, np.ndarray]
    accuracy: list[float] = field(default_factory=list)
    norm: list[float] = field(default_factory=list)

    def final(self, steps: int = 30) -> float:
        """Mean accuracy of the last steps."""
        return float(np.mean(self.accuracy[-steps:]))


def train_recall(
    params: dict[str, np.ndarray], measure: Measure, delay: int, steps: int, rate: float, rng: np.random.Generator,
    clip: Callable | None = None, scaled: bool = True, B: int = 32,
) -> Run:  # fmt: skip
    """Train on fresh sequences of one delay.

    Parameters
    ----------
    params : dict of arrays
        Where to start; left as they are.
    measure : callable
        `measure(params, xs, bits) -> (probabilities (B,), gradients)`: your network forward and backward. Gradients
        that are no parameter's are ignored.
    delay, steps : int
    rate : float
        Learning rate.
    rng : numpy.random.Generator
        For the sequences.
    clip : callable, optional
        `clip(gradients) -> (gradients, norm)`.
    scaled : bool
        Whether each weight's step is divided by the usual size of its gradient (RMSprop: Tieleman and Hinton, 2012),
        so that weights with small gradients move too; else plain gradient descent.
    """
    run = Run(dict(params))
    squares = {name: np.zeros_like(weight) for name, weight in params.items()}
    for _ in range(steps):
        xs, bits = recall_batch(rng, B, delay)
        probabilities, gradients = measure(run.params, xs, bits)
        gradients = {name: gradients[name] for name in params}
        run.accuracy.append(float(np.mean((probabilities > 0.5) == (bits > 0.5))))
        run.norm.append(float(np.linalg.norm([np.linalg.norm(g) for g in gradients.values()])))
        if clip is not None:
            gradients, _ = clip(gradients)
        for name, update in _updates(gradients, squares, scaled):
            run.params[name] = run.params[name] - rate * update
    return run


def smooth(values: list[float], width: int = 10) -> np.ndarray:
    """Running means over the last `width` values."""
    sums = np.cumsum(np.concatenate([[0.0], values]))
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - width, 0)
    return (sums[ends] - sums[starts]) / (ends - starts)


def learned_after(accuracy: list[float], target: float = 0.95, width: int = 20) -> int | None:
    """The first step at which the mean accuracy of the last `width` steps reaches the target; None if it never does."""
    reached = np.flatnonzero(smooth(accuracy, width)[width - 1 :] >= target)
    return int(reached[0]) + width if len(reached) else None


def _updates(gradients: dict, squares: dict, scaled: bool) -> Iterator[tuple[str, np.ndarray]]:
    for name, gradient in gradients.items():
        if scaled:
            squares[name] = 0.95 * squares[name] + 0.05 * gradient**2
            gradient = gradient / (np.sqrt(squares[name]) + 1e-6)
        yield name, gradient
