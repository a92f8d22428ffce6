"""Python's documentation, character by character, for networks that learn to write it.

What a network is measured by is how well n-grams, as lesson 01 counts them, guess the same held-out text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from unrolled.motivation.data import split_documentation

ALPHABET = "\n" + "".join(map(chr, range(32, 127)))  # the line break, and all printable ASCII characters
V = len(ALPHABET)
PIECES, LENGTH = 10, 400  # what is held out to be scored on, in characters
SMOOTHING = 0.01  # as in lesson 01's comparison of n-grams
SINGLE, MIXED = (2, 3, 4), (3, 4, 5)  # the n-grams to beat: some one by one, then some together


def numbers(text: str) -> np.ndarray:
    """Each character's place in the alphabet: (T,) array of int.

    Raises
    ------
    ValueError
        If a character isn't in the alphabet.
    """
    strange = sorted(set(text) - set(ALPHABET))
    if strange:
        raise ValueError(f"{strange[0]!r} is not in the alphabet: it has the line break and the printable ASCII signs")
    return np.array([ALPHABET.index(character) for character in text], int)


def text_of(places: np.ndarray) -> str:
    """Places in the alphabet as text."""
    return "".join(ALPHABET[place] for place in places)


def one_hot(places: np.ndarray) -> np.ndarray:
    """Places as vectors with a single 1: an array of shape (*places.shape, V), in single precision."""
    return np.eye(V, dtype=np.float32)[places]


@cache
def training_places() -> np.ndarray:
    """The text to learn from, as places in the alphabet."""
    return numbers(split_documentation()[0])


@cache
def held_out() -> np.ndarray:
    """Pieces of the text that nobody trains on, spread evenly over it: (10, 400) array of places."""
    places = numbers(split_documentation()[1])
    starts = np.linspace(0, len(places) - LENGTH, PIECES).astype(int)
    return places[starts[:, None] + np.arange(LENGTH)]


def batches(B: int = 32, T: int = 64, seed: int = 0) -> Iterator[tuple[np.ndarray, bool]]:
    """Endless chunks of the training text, read in B places at once, T characters further each time.

    Every pass through the text begins at another place, so that its chunks are cut elsewhere.

    Yields
    ------
    places : (B, T + 1) array of int
        The last character of a chunk is the first of the next: inputs are `places[:, :-1]`, targets `places[:, 1:]`.
    fresh : bool
        Whether reading starts anew, so that the states should, too.

    Raises
    ------
    ValueError
        If the text is too short for B places and chunks of T.
    """
    rng, text = np.random.default_rng(seed), training_places()
    if len(text) // B <= T:
        raise ValueError(f"the text has {len(text):,} characters: too few for chunks of T = {T} in B = {B} places")
    rows = np.arange(B)[:, None] * (len(text) // B)
    while True:
        text = np.roll(text, -int(rng.integers(len(text))))
        for start in range(0, len(text) // B - T, T):
            yield text[rows + start + np.arange(T + 1)], start == 0


def rungs() -> dict[str, float]:
    """The ladder to climb: bits per character of "2-gram", "3-gram" and so on, and of the "mixture" of several."""
    return {f"{n}-gram": ngram_bits(n) for n in SINGLE} | {"mixture": mixture_bits()}


def ngram_bits(n: int) -> float:
    """Bits per character with which an n-gram of the training text guesses the held-out pieces.

    It guesses the characters that a network guesses: all but the first of each piece. Where fewer than n - 1
    characters come before, it does with what there is, so it is a shorter n-gram there.
    """
    return float(-np.log2(_guesses(n)).mean())


def mixture_bits(ns: Sequence[int] = MIXED) -> float:
    """The same of several n-grams whose probabilities are averaged."""
    return float(-np.log2(np.mean([_guesses(n) for n in ns], axis=0)).mean())


@cache
def _guesses(n: int) -> np.ndarray:
    """The probability an n-gram gives to each character it guesses: (399, 10) array."""
    return np.array([_probabilities(held_out()[:, max(t - n + 1, 0) : t + 1]) for t in range(1, LENGTH)])


def _probabilities(windows: np.ndarray) -> np.ndarray:
    """The probability of the last character of each window (B, n) after the others."""
    n = windows.shape[1]
    seen, before = _occurrences(n, _codes(windows)), _occurrences(n, _codes(windows[:, :-1]), context=True)
    return (seen + SMOOTHING) / (before + SMOOTHING * V)


def _occurrences(n: int, codes: np.ndarray, context: bool = False) -> np.ndarray:
    known, counts = _counted(n, context)
    places = np.searchsorted(known, codes).clip(max=len(known) - 1)
    return np.where(known[places] == codes, counts[places], 0)


@cache
def _counted(n: int, context: bool) -> tuple[np.ndarray, np.ndarray]:
    windows = np.lib.stride_tricks.sliding_window_view(training_places(), n)
    return np.unique(_codes(windows[:, : n - 1] if context else windows), return_counts=True)


def _codes(windows: np.ndarray) -> np.ndarray:
    """Each window (B, n) as one integer."""
    return windows @ V ** np.arange(windows.shape[1])
