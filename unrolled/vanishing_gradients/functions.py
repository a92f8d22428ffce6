"""Functions with known gradients, to try `numerical_gradient` on: each takes an array and returns one number."""

import numpy as np


def sum_of_squares(x: np.ndarray) -> float:
    """Σ x²: its gradient is 2x."""
    return float((x**2).sum())


def sum_of_cubes(x: np.ndarray) -> float:
    """Σ x³: its gradient is 3x²."""
    return float((x**3).sum())


def weighted_sum(x: np.ndarray) -> float:
    """1·x₁ + 2·x₂ + 3·x₃ + …: its gradient is 1, 2, 3, …, whatever x is."""
    return float((np.arange(1, x.size + 1) * x.ravel()).sum())


def rows_against_columns(x: np.ndarray) -> float:
    """Σ (sums of rows)² − Σ (sums of columns)², for an array of two axes: each entry matters in two ways."""
    return float((x.sum(axis=1) ** 2).sum() - (x.sum(axis=0) ** 2).sum())


def sum_of_sines(x: np.ndarray) -> float:
    """Σ sin x: its gradient is cos x."""
    return float(np.sin(x).sum())


def log_sum_exp(x: np.ndarray) -> float:
    """log Σ exp x: its gradient is softmax(x), so every entry of x matters to every other's gradient."""
    largest = x.max()
    return float(largest + np.log(np.exp(x - largest).sum()))


def neighbours(x: np.ndarray) -> float:
    """Σ xᵢ² xᵢ₊₁ over the flattened array: each entry's gradient depends on the entries beside it."""
    flat = x.ravel()
    return float((flat[:-1] ** 2 * flat[1:]).sum())
