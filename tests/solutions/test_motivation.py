"""Lesson 01's right answers against independent ones, where Python and NumPy have them."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solutions.motivation import reference as right

TEXTS = st.text("ab c\n", max_size=40)


@given(TEXTS, st.integers(1, 6))
def test_ngram_counts_are_those_of_all_windows(text, n):
    """The model would know n-grams that aren't there, or miss some."""
    counts = right.ngram_counts(text, n)
    flat = {context + character: times for context, row in counts.items() for character, times in row.items()}
    assert flat == Counter(text[start : start + n] for start in range(len(text) - n + 1))


@given(TEXTS, st.text("abc ", max_size=2), st.floats(0, 3))
def test_probabilities_add_up_to_one(text, context, smoothing):
    """Something other than a distribution would be drawn from."""
    p = right.next_char_probabilities(right.ngram_counts(text, len(context) + 1), context, "cba ", smoothing)
    assert p.shape == (4,) and (p >= 0).all()
    assert p.sum() == pytest.approx(1)


def test_autofill_follows_the_distribution_it_is_given():
    """Characters would come out in other proportions than they were counted."""
    counts, alphabet = {"": {"a": 6, "b": 3, "c": 1}}, "cab"
    text = right.autofill(counts, "", 20_000, 1, alphabet, np.random.default_rng(8))
    shares = [text.count(character) / len(text) for character in "abc"]
    assert shares == pytest.approx([0.6, 0.3, 0.1], abs=0.015)


def test_one_draw_of_choice_is_one_uniform_number():
    """The contract in autofill's docstring would be wrong for this NumPy, and right answers fail."""
    p = np.array([0.2, 0.5, 0.0, 0.3])
    a, b = np.random.default_rng(5), np.random.default_rng(5)
    for _ in range(200):
        assert a.choice(4, p=p) == np.searchsorted(np.cumsum(p) / p.sum(), b.random(), side="right")
    assert a.random() == b.random()


def test_bits_of_equal_guesses_are_the_logarithm_of_their_number():
    """A coin would cost another number than one bit."""
    assert right.bits_per_character(np.full(7, 1 / 2)) == 1
    assert right.bits_per_character(np.full(1000, 1 / 64)) == pytest.approx(6)
    assert right.bits_per_character(np.array([0.5, 0.0])) == np.inf


@given(st.integers(1, 9), st.integers(0, 8), st.integers(0, 99))
def test_detector_is_numpys_correlation(K, more, seed):
    """The detector would be another one than every library's."""
    rng = np.random.default_rng(seed)
    signal, pattern = rng.normal(size=K + more), rng.normal(size=K)
    np.testing.assert_allclose(
        right.detect_anywhere(signal, pattern), np.correlate(signal, pattern, "valid"), atol=1e-12
    )


@given(st.lists(st.lists(st.floats(-9, 9), max_size=6), min_size=1, max_size=5), st.floats(-2, 2))
def test_padding_loses_nothing_and_marks_the_rest(sequences, value):
    """Data would be lost, or padding taken for data."""
    batch, mask = right.pad_batch(sequences, value)
    assert [row[real].tolist() for row, real in zip(batch, mask)] == sequences
    assert (batch[~mask] == value).all()


@given(st.lists(st.sampled_from("abcde")))
def test_bag_counts_what_is_in_the_vocabulary(tokens):
    """Words would be counted for others."""
    assert right.bag_of_words(tokens, list("dbx")).tolist() == [tokens.count("d"), tokens.count("b"), 0]
