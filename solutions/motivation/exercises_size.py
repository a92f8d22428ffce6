"""How lesson 01's exercises on size, order and sharing are examined."""

from __future__ import annotations

from solutions.motivation import inputs, variants
from solutions.motivation import reference as right
from unrolled.exam.exercise import Exercise, Part, Pattern

PAD_BATCH = Exercise(
    right.pad_batch,
    inputs.batches,
    (Part("batch", 1, pick=0, axes="B T"), Part("mask", 1, pick=1, axes="B T")),
    (
        "How many columns must the array have, so that the longest sequence fits and no column is padding all the "
        "way down?",
        "Start from an array full of `value` and a mask full of False. Then go through the sequences: which piece "
        "of row b belongs to sequence b?",
        "The mask can't be read off the numbers, because `value` may be one of them. It follows from the lengths "
        "alone: row b is True in its first `len(sequences[b])` columns.",
        "`np.full((B, T), value, dtype=float)` makes the array, `np.zeros((B, T), dtype=bool)` the mask; then, for "
        "each b, write to `[b, :length]` of both.",
    ),
    patterns=(
        Pattern(
            "Your mask is right. Where it is True, `batch` holds the sequences' numbers; everywhere else, `value`. "
            "(`np.empty` holds whatever was in memory, `np.full` what you say.)",
            ("batch",),
            ("mask",),
        ),
    ),
    terms={"lengths": "the lengths"},
    variants=(variants.pad_batch_filled_through_mask, variants.pad_batch_by_lists, variants.pad_batch_by_zip),
)

BAG_OF_WORDS = Exercise(
    right.bag_of_words,
    inputs.bags,
    (Part("bag_of_words", 2, axes="V"),),
    (
        "The result has one number for each word of the vocabulary, whatever the tokens are. Start from V zeros.",
        "Go through the tokens one by one: each of them changes at most one count. Which one, and when none?",
        "A dict from word to its place makes finding the place quick: `{word: v for v, word in "
        "enumerate(vocabulary)}`. And for a handful of words, `tokens.count(word)` asks the question the other way "
        "round.",
    ),
    terms={"counts": "the counts", "place": "the places of the words"},
    variants=(variants.bag_of_words_by_count, variants.bag_of_words_by_counter, variants.bag_of_words_by_comparison),
    equivalent=(
        (
            "np.zeros(len(vocabulary), dtype=int) → np.zeros(len(vocabulary))",
            "whole numbers are accepted as floats",
        ),
    ),
)

DETECT_ANYWHERE = Exercise(
    right.detect_anywhere,
    inputs.signals,
    (Part("detect_anywhere", 2, axes="T"),),
    (
        "Put the pattern at the beginning of the signal: the K products, added up, are s_0. Then move it by one. "
        "How often does that go before it sticks out at the end?",
        "The piece of the signal under the pattern at place t is `signal[t : t + K]`.",
        "`pattern @ piece` multiplies and adds up in one go. NumPy also has a function that does all places at "
        "once: its name is not `convolve`, which turns the pattern round.",
    ),
    terms={},
    variants=(variants.detect_by_correlate, variants.detect_by_windows, variants.detect_by_shifts),
    equivalent=(
        (
            "return np.array([pattern @ signal[t:t + K] for t in range(T - K + "
            " → return np.array([signal[t:t + K] @ pattern for t in range(T - K + ",
            "a dot product of two vectors has no order",
        ),
    ),
)
