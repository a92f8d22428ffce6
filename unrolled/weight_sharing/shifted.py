"""Lesson 03's experiment: find a pattern that is shown at a different place each time.

Holds the data and the training. How the gradients of the timesteps become one is yours: `tied_gradient`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from unrolled.weight_sharing.autodiff import Node, linear, squashed, total, walk_back

PATTERN = np.array([1.0, 1.0, -1.0, 1.0])
H = 8


def examples(n: int, T: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of +1 and −1 that hold the pattern + + − + exactly once.

    Parameters
    ----------
    n, T : int
    rng : numpy.random.Generator

    Returns
    -------
    xs : (n, T, 1) array
    ends : (n,) array of int
        The timestep, counted from 0, at which the pattern is complete.
    """
    made = [_example(T, rng) for _ in range(n)]
    return np.stack([x for x, _ in made])[..., None], np.array([end for _, end in made])


def first_params(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Small random weights to begin training with: D = 1, H = 8, O = 1, outputs near "not here"."""
    return {
        "u_x": rng.normal(scale=0.5, size=(H, 1)),
        "u_h": rng.normal(scale=0.7 / np.sqrt(H), size=(H, H)),
        "u_0": np.zeros(H),
        "w_x": rng.normal(scale=0.3, size=(1, 1)),
        "w_h": rng.normal(scale=0.3, size=(1, H)),
        "w_0": np.full(1, -2.0),
    }


def gradients_per_step(xs: np.ndarray, targets: np.ndarray, params_per_step: list[dict]) -> list[dict]:
    """The loss's gradient with respect to the weights of every timestep, each step's copy on its own.

    Parameters
    ----------
    xs : (n, T, D) array
    targets : (n, T, O) array
        What the outputs should be: 0 or 1.
    params_per_step : list of T dicts
        The weights of every timestep; shared weights are T times the same dict.

    Returns
    -------
    list of T dicts
        Names and shapes as in `params_per_step`. The loss is the log loss, summed over the timesteps, averaged over
        the sequences.
    """
    steps = [{name: Node(array) for name, array in params.items()} for params in params_per_step]
    state, errors = Node(np.zeros((len(xs), len(params_per_step[0]["u_0"])))), []
    for t, weights in enumerate(steps):
        x = Node(xs[:, t])
        logits = _reading(x, state, weights, "w")
        # The log loss pulls each output down by how much it is too high.
        errors.append((logits, (0.5 + 0.5 * np.tanh(0.5 * logits.value) - targets[:, t]) / len(xs)))
        state = squashed(_reading(x, state, weights, "u"))
    walk_back(errors)
    return [{name: node.gradient for name, node in weights.items()} for weights in steps]


def train(
    xs: np.ndarray, ends: np.ndarray, tie: Callable | None, seed: int = 0, rounds: int = 150, rate: float = 0.3
) -> dict | list[dict]:
    """Gradient descent with momentum, from the same first weights with and without sharing.

    Parameters
    ----------
    xs : (n, T, 1) array
    ends : (n,) array of int
    tie : callable or None
        Makes T gradients into one: your `tied_gradient`. None trains every timestep's weights on their own.
    seed, rounds : int
    rate : float

    Returns
    -------
    dict, or without sharing a list of T dicts
    """
    T = xs.shape[1]
    targets = np.eye(T)[ends][..., None]
    params = first_params(np.random.default_rng(seed))
    sets = [params] if tie else [dict(params) for _ in range(T)]
    speeds = [{name: np.zeros_like(array) for name, array in params.items()} for params in sets]
    for _ in range(rounds):
        gradients = gradients_per_step(xs, targets, sets * T if tie else sets)
        for place, gradient in enumerate([tie(gradients)] if tie else gradients):
            for name in params:
                speeds[place][name] = 0.9 * speeds[place][name] - rate * gradient[name]
                sets[place][name] = sets[place][name] + speeds[place][name]
    return sets[0] if tie else sets


def found(ys: np.ndarray, ends: np.ndarray) -> float:
    """The share of the sequences whose largest output stands where the pattern ends.

    Parameters
    ----------
    ys : (n, T, 1) array
    ends : (n,) array of int
    """
    return float(np.mean(np.argmax(ys[..., 0], axis=1) == ends))


def _example(T: int, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Noise that never completes the pattern, then the pattern put in, until it is there once."""
    while True:
        x = rng.choice([-1.0, 1.0], size=T)
        for t in _ends(x):
            if (x[t - 3 : t + 1] == PATTERN).all():
                x[t] = -x[t]
        end = int(rng.integers(len(PATTERN) - 1, T))
        x[end - 3 : end + 1] = PATTERN
        if _ends(x) == [end]:
            return x, end


def _ends(x: np.ndarray) -> list[int]:
    windows = np.lib.stride_tricks.sliding_window_view(x, len(PATTERN))
    return [int(place) + len(PATTERN) - 1 for place in np.flatnonzero((windows == PATTERN).all(axis=1))]


def _reading(x: Node, state: Node, weights: dict[str, Node], kind: str) -> Node:
    """What the output (kind "w") or the next state (kind "u") reads, before its activation function."""
    inputs = total(linear(x, weights[f"{kind}_x"]), linear(state, weights[f"{kind}_h"]))
    return total(inputs, weights[f"{kind}_0"])
