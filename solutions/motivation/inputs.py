"""What lesson 01's functions are called with: generators of cases from a seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solutions.motivation.reference import ngram_counts
from unrolled.exam.codec import Rng
from unrolled.exam.exercise import Case

WORDS = ("not", "nothing", "knot", "Not", "bad", "badly", "good", "Good", "goods", "a", "at", "all", "tall", "even")
SYLLABLES = ("the ", "tea", "heat", " at", "eat ", "hat", "A", "ate ", "\n", "tH")


def batches(rng: np.random.Generator) -> Iterator[Case]:
    """Sequences of different lengths: arrays and lists, with the padding's value inside, empty ones, a single one."""
    yield Case((_sequences(rng, rng.permutation((3, 5, 2, 4))),), "no value given")
    yield Case((_with(_sequences(rng, (2, 6, 3)), 0.0),), "zeros in the data")
    yield Case((_with(_sequences(rng, (4, 1, 7)), -1.5), -1.5), "the value occurs in the data")
    yield Case(([_decimals(rng, k).tolist() for k in rng.permutation((3, 1, 5, 2, 4))], 9), "a whole number as value")
    yield Case(([[3, 1, 2], *(_decimals(rng, k).tolist() for k in (4, 2))],), "whole numbers first")
    yield Case((_sequences(rng, (4, 2, 6)), float("nan")), "NaN as value")
    yield Case((_sequences(rng, (3, 0, 2)), 2.5), "an empty sequence")
    yield Case((_sequences(rng, (5,)), 1.25), "one sequence")
    yield Case((_sequences(rng, (4, 4)), -0.5), "equal lengths")
    yield Case((_with(_sequences(rng, (3, 5)), 0.0), 1.5), "zeros in the data, and another value")


def bags(rng: np.random.Generator) -> Iterator[Case]:
    """Tokens with repetitions and strangers; vocabularies in no particular order."""
    for N, V, label in [(12, 5, ""), (17, 6, ""), (9, 7, "words that don't occur"), (14, 3, "many strangers")]:
        yield Case(_bag(rng, N, V), label)
    vocabulary = [str(word) for word in rng.permutation(WORDS[:6])]
    yield Case(([], vocabulary), "no tokens")
    strangers = ["unheard", *vocabulary[1:4], f"{vocabulary[0]}.", "of", "unheard"]
    yield Case((strangers, vocabulary), "strangers first and last")


def texts(rng: np.random.Generator) -> Iterator[Case]:
    """Short texts with capitals and line breaks, for n from 1 to 5, and the edges."""
    for length, n in [(19, 2), (23, 3), (16, 1), (21, 5)]:
        yield Case((_text(rng, length), n), f"n = {n}")
    yield Case(("tttttt", 3), "one character, again and again")
    yield Case((f"{_text(rng, 17).strip()} ", 2), "a space at the end")
    yield Case((f" {_text(rng, 15).strip()}\n", 3), "a line break at the end")
    yield Case((_text(rng, 4), 4), "exactly n characters")
    yield Case((_text(rng, 3), 5), "fewer than n characters")
    yield Case(("", 1), "an empty text")


def contexts(rng: np.random.Generator) -> Iterator[Case]:
    """Contexts seen and unseen, with and without smoothing, and counts that know more than the alphabet."""
    for n, smoothing in [(2, 0.5), (3, 0.25), (2, 0.0), (1, 2.0)]:
        text, alphabet = _text_and_alphabet(rng, 34)
        context = text[-n : len(text) - 1]
        yield Case((ngram_counts(text, n), context, alphabet, smoothing), f"n = {n}, smoothing {smoothing}")
    text, alphabet = _text_and_alphabet(rng, 26)
    yield Case((ngram_counts(text, 3), "zq", alphabet, 0.1), "a context that never occurred")
    yield Case((ngram_counts(text, 3), "zq", alphabet, 0.0), "a context that never occurred, no smoothing")
    strange = {"a": {"?": 3, alphabet[2]: 1, alphabet[0]: 4}, "b": {"?": 2}}
    yield Case((strange, "a", alphabet, 0.5), "characters outside the alphabet")
    yield Case((strange, "b", alphabet, 0.0), "only characters outside the alphabet")


def prompts(rng: np.random.Generator) -> Iterator[Case]:
    """Prompts of all lengths, for n from 1 to 4; each with a generator of its own."""
    for n, length in [(2, 17), (3, 14), (4, 19), (1, 13)]:
        text, alphabet = _text_and_alphabet(rng, 60)
        yield Case((ngram_counts(text, n), text[5:11], length, n, alphabet, _rng(rng)), f"n = {n}")
    text, alphabet = _text_and_alphabet(rng, 48)
    yield Case((ngram_counts(text, 3), text[3], 11, 3, alphabet, _rng(rng)), "a prompt shorter than the context")
    yield Case((ngram_counts(text, 2), "", 12, 2, alphabet, _rng(rng)), "no prompt")
    yield Case((ngram_counts(text, 2), text[4:9], 0, 2, alphabet, _rng(rng)), "nothing to add")
    yield Case((ngram_counts(text, 3), text[3:5], 11, 3, alphabet, _rng(rng)), "a prompt as long as the context")


def guesses(rng: np.random.Generator) -> Iterator[Case]:
    """Probabilities of the characters that came, up to so many that their product is no float any more."""
    for N in (5, 8, 13):
        yield Case((rng.uniform(0.05, 0.95, N).round(3),), f"N = {N}")
    yield Case((rng.uniform(0.001, 0.02, 400).round(4),), "a long text")
    yield Case((np.array([0.5, 0.0, 0.25]),), "a probability of 0")
    yield Case((np.array([1.0, 1.0]),), "sure and right")
    yield Case((rng.uniform(0.1, 0.9, 1).round(3),), "one character")


def signals(rng: np.random.Generator) -> Iterator[Case]:
    """Signals and patterns of all sizes, among them a pattern of one number and one as long as the signal."""
    for T, K in [(9, 3), (12, 4), (7, 2), (15, 5)]:
        yield Case((_decimals(rng, T), _decimals(rng, K)), f"T = {T}, K = {K}")
    yield Case((_decimals(rng, 6), _decimals(rng, 6)), "a pattern as long as the signal")
    yield Case((_decimals(rng, 5), _decimals(rng, 1)), "a pattern of one number")
    yield Case((rng.integers(-9, 10, 8), _decimals(rng, 3)), "a signal of whole numbers")


def _decimals(rng: np.random.Generator, length: int) -> np.ndarray:
    return (rng.choice([-1.0, 1.0], length) * rng.uniform(0.2, 3.0, length)).round(3)


def _sequences(rng: np.random.Generator, lengths: tuple[int, ...]) -> list[np.ndarray]:
    return [_decimals(rng, length) for length in lengths]


def _with(sequences: list[np.ndarray], value: float) -> list[np.ndarray]:
    for sequence in sequences:
        sequence[len(sequence) // 2] = value
    return sequences


def _bag(rng: np.random.Generator, N: int, V: int) -> tuple[list[str], list[str]]:
    words = [str(word) for word in rng.permutation(WORDS)]
    vocabulary, strangers = words[:V], words[V:]
    used = [*vocabulary[: V - 1], *strangers[: V + 3]]
    tokens = [str(word) for word in rng.choice(used, N)]
    return [*tokens, used[0], used[0], strangers[0]], vocabulary


def _text(rng: np.random.Generator, length: int) -> str:
    return "".join(rng.choice(SYLLABLES, length))[:length]


def _text_and_alphabet(rng: np.random.Generator, length: int) -> tuple[str, str]:
    text = _text(rng, length)
    return text, "".join(rng.permutation(sorted({*text, "z", "y"})))


def _rng(rng: np.random.Generator) -> Rng:
    return Rng(int(rng.integers(2**31)))
