"""Wrong answers to `detect_anywhere`."""

import numpy as np

from solutions.forms import mistake


def flipped(signal, pattern):
    """You lay the pattern on the signal back to front: its last weight meets the earliest number. That is what
    'convolution' means in mathematics, and what `np.convolve` does; the formula here reads both in the same direction.
    """
    return np.convolve(signal, pattern, mode="valid")


def padded_same(signal, pattern):
    """Your result is as long as the signal: you fill up with zeros at the ends. Only places at which the whole pattern
    lies inside the signal count.
    """
    return np.correlate(np.pad(signal, (len(pattern) // 2, (len(pattern) - 1) // 2)), pattern, mode="valid")


def padded_full(signal, pattern):
    """Your result is longer than the signal, because the pattern also counts where it sticks out at the ends. Only
    places at which all of it lies inside count.
    """
    return np.correlate(signal, pattern, mode="full")


def padded_end(signal, pattern):
    """You go on until the pattern's first weight reaches the end of the signal, with zeros beyond it. Only places at
    which the whole pattern lies inside the signal count.
    """
    return np.correlate(np.append(signal, np.zeros(len(pattern) - 1)), pattern, mode="valid")


def weights_per_position(signal, pattern):
    """Which weight a number of the signal meets depends on its position in the signal, not on its position under the
    pattern: each place has weights of its own. At every place, the first number under the pattern meets `pattern[0]`.
    """
    weighed = signal * np.resize(pattern, len(signal))
    return np.correlate(weighed, np.ones(len(pattern)), mode="valid")


def last_place_missed(signal, pattern):
    """One place is missing at the end. With K = T the pattern fits exactly once: how many results do you have then?"""
    return np.correlate(signal, pattern, mode="valid")[:-1]


def index_past_the_end(signal, pattern):
    """Near the end of the signal the pattern sticks out, and your index runs past the last number. At how many places
    does all of the pattern lie inside?
    """
    return np.array([sum(pattern[k] * signal[t + k] for k in range(len(pattern))) for t in range(len(signal))])


def piece_too_short(signal, pattern):
    """Near the end of the signal the piece you cut out is shorter than the pattern, and the two don't fit together any
    more. At how many places does all of the pattern lie inside?
    """
    return np.array([pattern @ signal[t : t + len(pattern)] for t in range(len(signal))])


def side_by_side(signal, pattern):
    """You move the pattern by its whole length each time. It should move by one, so that it is found wherever it
    starts.
    """
    return np.correlate(signal, pattern, mode="valid")[:: len(pattern)]


def averaged(signal, pattern):
    """You divide by K, which makes it a mean. Asked for is the sum of the products."""
    return np.correlate(signal, pattern, mode="valid") / len(pattern)


def not_added_up(signal, pattern):
    """You have the K products at every place, but haven't added them up: one number for each place is asked for."""
    return np.lib.stride_tricks.sliding_window_view(signal, len(pattern)) * pattern


def last_product_only(signal, pattern):
    """Each product overwrites the one before, so only that of the last weight is left. The K products at a place are
    added up.
    """
    return pattern[-1] * signal[len(pattern) - 1 :]


def normalised(signal, pattern):
    """You divide by the lengths of pattern and piece, so that your results lie between −1 and 1. Asked for is the plain
    sum of the products.
    """
    windows = np.lib.stride_tricks.sliding_window_view(signal, len(pattern))
    return windows @ pattern / np.maximum(np.linalg.norm(windows, axis=1) * np.linalg.norm(pattern), 1e-12)


def best_place_only(signal, pattern):
    """You return where the pattern fits best. Asked for is how well it fits at every place."""
    return int(np.argmax(np.correlate(signal, pattern, mode="valid")))


def pieces_over_the_end(signal, pattern):
    """Near the end your pieces of the signal are shorter than the pattern. There are T − K + 1 places at which all of
    it fits: how far does your `range` go?
    """
    return np.array([np.sum(signal[t : t + len(pattern)] * pattern) for t in range(len(signal))])


@mistake(text=pieces_over_the_end.__doc__)
def matrix_products_over_the_end(signal, pattern):
    return np.array([pattern @ signal[t : t + len(pattern)] for t in range(len(signal))])


def flipped_full(signal, pattern):
    """Two things are different. `np.convolve` turns the pattern round before it slides it; and by itself it begins
    where the pattern only just touches the signal, and returns T + K − 1 numbers instead of T − K + 1.
    """
    return np.convolve(signal, pattern)


def pattern_reaches_back(signal, pattern):
    """You multiply with signal_{t−k}: the pattern reaches back from t, round the end of the signal, where an index is
    negative. In the formula it is signal_{t+k}.
    """
    T, K = len(signal), len(pattern)
    return np.array([sum(pattern[k] * signal[t - k] for k in range(K)) for t in range(T - K + 1)])


def pattern_of_length_one(signal, pattern):
    """You divide by the pattern's length as a vector, its norm. Asked for is the plain sum of products."""
    return np.correlate(signal, pattern, "valid") / np.linalg.norm(pattern)


def mean_taken_away(signal, pattern):
    """You take the signal's mean away first. Asked for is the plain sum of products."""
    return np.correlate(signal - np.mean(signal), pattern, "valid")
