"""Wrong answers to `pad_batch`."""

import numpy as np

from solutions.motivation import reference


def padded_left(sequences, value=0.0):
    """You pad on the left, so that all sequences end in the last column. Here every sequence starts in column 0, and
    what is missing is filled in after its end.
    """
    T = max(len(s) for s in sequences)
    batch = np.array([[value] * (T - len(s)) + list(s) for s in sequences], dtype=float)
    mask = np.array([[False] * (T - len(s)) + [True] * len(s) for s in sequences])
    return batch, mask


def _padded(sequences, value):
    T = max(len(s) for s in sequences)
    batch = np.array([list(s) + [value] * (T - len(s)) for s in sequences], dtype=float)
    return batch, np.array([[t < len(s) for t in range(T)] for s in sequences])


def mask_inverted(sequences, value=0.0):
    """Your mask is True at the padding. It should be True where the numbers are real: `batch[mask]` is then just the
    data. (Some libraries do it your way round: look twice when you use one.)
    """
    batch, mask = _padded(sequences, value)
    return batch, ~mask


def mask_from_values(sequences, value=0.0):
    """You find the padding by comparing the numbers with `value`. But `value` may occur inside a sequence too, and then
    real data counts as padding. What else tells where a sequence ends?
    """
    batch, _ = _padded(sequences, value)
    return batch, batch != value


def mask_of_numbers(sequences, value=0.0):
    """Your mask holds 0 and 1 instead of False and True. They look alike, but `batch[mask]` would then pick rows 0 and
    1 again and again, and `~mask` would be −1 and −2. Make it an array of bools.
    """
    batch, mask = _padded(sequences, value)
    return batch, mask.astype(int)


def cut_to_shortest(sequences, value=0.0):
    """You cut every sequence to the length of the shortest: what was longer is lost. Padding keeps all of it."""
    T = min(len(s) for s in sequences)
    batch = np.array([list(s)[:T] for s in sequences], dtype=float)
    return batch, np.ones(batch.shape, dtype=bool)


def value_ignored(sequences, value=0.0):
    """You fill up with 0 whatever `value` says. Zero is only what it is when the caller doesn't choose."""
    return _padded(sequences, 0.0)


def whole_numbers_only(sequences, value=0.0):
    """Your batch holds whole numbers: everything behind the decimal point is gone. Which dtype did you ask
    NumPy for?
    """
    batch, mask = _padded(sequences, 0.0)
    batch = np.where(mask, batch, value if np.isfinite(value) else 0.0)
    return batch.astype(int), mask


def type_of_the_value(sequences, value=0.0):
    """When `value` is a whole number, your batch holds whole numbers only, and the data lose what is behind their
    decimal point: NumPy takes the type of what it fills the array with, unless you say which `dtype` you want.
    """
    batch, mask = _padded(sequences, value)
    return batch.astype(type(value)), mask


def mask_first(sequences, value=0.0):
    """You return the mask first and the batch second. The docstring has them the other way round, and whoever calls
    your function unpacks them in that order.
    """
    batch, mask = _padded(sequences, value)
    return mask, batch


def time_first(sequences, value=0.0):
    """Your arrays have time along the rows and the sequences along the columns, shape (T, B). Some libraries do that;
    here it is (B, T), a row for each sequence.
    """
    batch, mask = _padded(sequences, value)
    return batch.T, mask.T


def repeated_to_length(sequences, value=0.0):
    """After its end a sequence starts over from its beginning: `np.resize` does that. What comes after the end should
    be `value`.
    """
    batch, mask = _padded(sequences, value)
    for b, s in enumerate(sequences):
        if len(s):
            batch[b] = np.resize(s, batch.shape[1])
    return batch, mask


def mask_one_too_long(sequences, value=0.0):
    """Your mask is True one place too far: a sequence of n numbers has columns 0 to n − 1, so compare with <, not ≤."""
    batch, mask = reference.pad_batch(sequences, value)
    return batch, np.arange(batch.shape[1]) <= mask.sum(axis=1, keepdims=True)


def mask_from_not_zero(sequences, value=0.0):
    """Your mask asks whether a number is zero. A zero may well be data, and `value` need not be zero: the mask has to
    come from the lengths.
    """
    batch, _ = reference.pad_batch(sequences, value)
    return batch, batch != 0
