"""Python's documentation, character by character, for networks that learn to write it.

What a network is measured by is how well n-grams, as lesson 01 counts them, guess the same held-out text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache, partial

import numpy as np

from unrolled.motivation.data import split_documentation

ALPHABET = "\n" + "".join(map(chr, range(32, 127)))  # the line break, and all printable ASCII characters
V = len(ALPHABET)
LENGTH = 400  # characters of a piece of text to be scored on
SMOOTHING = 0.01  # as in lesson 01's comparison of n-grams
LADDER = {"3+4-gram": (3, 4), "4-gram": (4,), "3+4+5-gram": (3, 4, 5)}  # whose probabilities are averaged
LONGEST = 6  # of the n-grams that are mixed


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
def held_out_places() -> np.ndarray:
    """The text that nobody should train on, as places in the alphabet."""
    return numbers(split_documentation()[1])


@lru_cache(maxsize=8)
def held_out(seed: int | None = None) -> np.ndarray:
    """All of the held-out text in pieces, cut elsewhere for every seed: (46, 400) array of places."""
    places = held_out_places()
    start = 0 if seed is None else np.random.default_rng(seed).integers(len(places))
    return np.roll(places, -int(start))[: len(places) // LENGTH * LENGTH].reshape(-1, LENGTH)


@lru_cache(maxsize=8)
def learned_from(seed: int) -> np.ndarray:
    """As many pieces of the text there is to learn from, drawn from anywhere in it: (46, 400) array of places.

    Whoever has learned anything from that text does better on it than on the held-out text. The held-out text is much
    shorter, and public: a network that is good on it alone has been fitted to it.
    """
    places = training_places()
    starts = np.random.default_rng(seed).integers(len(places) - LENGTH, size=len(held_out()))
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


def rungs(places: np.ndarray | None = None) -> dict[str, float]:
    """The ladder to climb: bits per character, by name, of a 4-gram, and of several n-grams averaged.

    Parameters
    ----------
    places : (B, T) array of int, optional
        Pieces of text; by default all that is held out.
    """
    return {name: ngram_bits(*ns, places=places) for name, ns in LADDER.items()}


def ngram_bits(*ns: int, places: np.ndarray | None = None) -> float:
    """Bits per character with which an n-gram of the training text guesses; of several, the average of what they say.

    It guesses the characters that a network guesses: all but the first of each piece. Where fewer than n - 1
    characters come before, it does with what there is, so it is a shorter n-gram there.
    """
    pieces = _held_out_guesses if places is None else partial(_guesses, places)
    return float(-np.log2(np.mean([pieces(n) for n in ns], axis=0)).mean())


def mixed_bits(longest: int = LONGEST) -> float:
    """The same of all n-grams to the longest, mixed as in lesson 01 (Witten and Bell, 1991).

    The more different characters have followed a context, the more is left to the next shorter one.
    """
    return float(-np.log2([_mixed(held_out()[:, : t + 1], longest) for t in range(1, LENGTH)]).mean())


def _mixed(text: np.ndarray, longest: int) -> np.ndarray:
    p = np.full(len(text), 1 / V)
    for n in range(1, min(longest, text.shape[1]) + 1):
        codes = _codes(text[:, text.shape[1] - n :])
        context = codes % V ** (n - 1)
        seen, before, kinds = _occurrences(n, codes), _occurrences(n, context, True), _followers(n, context)
        p = (seen + kinds * p) / np.maximum(before + kinds, 1) + (before == 0) * p
    return p


@cache
def _held_out_guesses(n: int) -> np.ndarray:
    return _guesses(held_out(), n)


def _guesses(places: np.ndarray, n: int) -> np.ndarray:
    """The probability an n-gram gives to each character it guesses: (B, T - 1) array."""
    first = [_probabilities(places[:, : t + 1])[:, None] for t in range(1, n - 1)]
    windows = np.lib.stride_tricks.sliding_window_view(places, n, axis=1)  # (B, T - n + 1, n)
    rest = _probabilities(windows[:, int(n == 1) :].reshape(-1, n)).reshape(len(places), -1)
    return np.concatenate([*first, rest], axis=1)


def _probabilities(windows: np.ndarray) -> np.ndarray:
    """The probability of the last character of each window (B, n) after the others."""
    n = windows.shape[1]
    seen, before = _occurrences(n, _codes(windows)), _occurrences(n, _codes(windows[:, :-1]), context=True)
    return (seen + SMOOTHING) / (before + SMOOTHING * V)


def _occurrences(n: int, codes: np.ndarray, context: bool = False) -> np.ndarray:
    return _looked_up(_counted(n, context), codes)


def _looked_up(table: tuple[np.ndarray, np.ndarray], codes: np.ndarray) -> np.ndarray:
    known, counts = table
    places = np.searchsorted(known, codes).clip(max=len(known) - 1)
    return np.where(known[places] == codes, counts[places], 0)


@cache
def _counted(n: int, context: bool) -> tuple[np.ndarray, np.ndarray]:
    windows = np.lib.stride_tricks.sliding_window_view(training_places(), n)
    return np.unique(_codes(windows[:, : n - 1] if context else windows), return_counts=True)


@cache
def _kinds(n: int) -> tuple[np.ndarray, np.ndarray]:
    return np.unique(_counted(n, False)[0] % V ** (n - 1), return_counts=True)


def _followers(n: int, contexts: np.ndarray) -> np.ndarray:
    """How many different characters have followed each context."""
    return _looked_up(_kinds(n), contexts)


def _codes(windows: np.ndarray) -> np.ndarray:
    """Each window (B, n) as one integer."""
    return windows @ V ** np.arange(windows.shape[1])
