"""The texts the lessons read: what must hold on every version of Python, whose documentation they are."""

from collections import Counter

import pytest

from unrolled.motivation.data import (
    LONG_QUESTIONS,
    OPPOSITE_REVIEWS,
    SEPARATOR,
    SHORT_QUESTIONS,
    alphabet_of,
    as_numbers,
    documentation,
    paragraphs,
    split_documentation,
    words,
)


def test_documentation_is_long_enough_and_typewritten():
    """An n-gram model would starve from the start, or meet characters that no keyboard has."""
    assert len(documentation()) > 150_000
    assert documentation().isascii()
    assert 60 <= len(alphabet_of(documentation())) <= 96


def test_documentation_is_english_prose():
    """The model would learn tables and grammar instead of sentences."""
    found = Counter(words(documentation()))
    assert {"the", "of", "a", "to", "is"} <= {word for word, _ in found.most_common(20)}
    assert found["the"] > 0.03 * sum(found.values())
    assert "::=" not in documentation()
    assert not any("+---" in paragraph or ">>>" in paragraph for paragraph in paragraphs())


def test_held_out_text_shares_no_paragraph_with_the_text_to_learn_from():
    """Held-out bits would measure memory: Python's topics repeat whole paragraphs."""
    learned, held_out = (set(text.split(SEPARATOR)) for text in split_documentation())
    assert not learned & held_out
    assert len(set(paragraphs())) == len(paragraphs())


def test_split_keeps_everything_and_holds_out_a_tenth():
    """Text would be lost between the two halves."""
    learned, held_out = split_documentation()
    assert sorted((learned + SEPARATOR + held_out).split(SEPARATOR)) == sorted(paragraphs())
    assert 0.05 < len(held_out) / len(documentation()) < 0.2


def test_long_questions_are_several_times_as_long_as_short_ones():
    """Padding would cost nothing and the lesson's point be lost."""
    assert min(map(len, LONG_QUESTIONS)) > 4 * max(map(len, SHORT_QUESTIONS))


@pytest.mark.parametrize(("kind", "unkind"), OPPOSITE_REVIEWS)
def test_opposite_reviews_have_equal_bags_and_another_order(kind, unkind):
    """A bag of words could tell them apart after all."""
    assert Counter(words(kind)) == Counter(words(unkind))
    assert words(kind) != words(unkind)


def test_no_review_is_both_kind_and_unkind():
    """The same text would count as both."""
    kind, unkind = (set(side) for side in zip(*OPPOSITE_REVIEWS))
    assert not kind & unkind


def test_words_separates_punctuation_and_lowers_case():
    """'good.' and 'Good' would be words of their own."""
    assert words("Not bad, isn't it?") == ["not", "bad", ",", "isn't", "it", "?"]


def test_as_numbers_gives_one_number_for_each_character():
    """A question could not be padded."""
    assert as_numbers("aB") == [97.0, 66.0]
