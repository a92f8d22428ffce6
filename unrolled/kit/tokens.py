"""From numbers to what a network reads: one-hot vectors, padded to one length, and the mask that says what is real."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def one_hot_batch(sequences: Sequence[Sequence[int]], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of numbers as a batch of one-hot vectors, padded with zeros at their ends.

    Parameters
    ----------
    sequences : sequence of B sequences of int
        A negative number becomes a vector of zeros: something there, but nothing known.
    size : int
        Length of the vectors.

    Returns
    -------
    xs : (B, T, size) array
    mask : (B, T) bool array
        True where a step is real.
    """
    lengths = np.array([len(sequence) for sequence in sequences])
    mask = np.arange(lengths.max(initial=0)) < lengths[:, None]
    numbers = np.full(mask.shape, -1)
    numbers[mask] = [number for sequence in sequences for number in sequence]
    return (numbers[..., None] == np.arange(size)).astype(float), mask
