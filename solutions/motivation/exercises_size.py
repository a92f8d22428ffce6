"""How lesson 01's exercises on size, order and sharing are examined."""

from __future__ import annotations

from solutions.motivation import inputs, variants
from solutions.motivation import misconceptions as wrong
from solutions.motivation import reference as right
from unrolled.exam.exercise import Exercise, Misconception, Part

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
    (
        Misconception(
            "padded-left",
            "You pad on the left, so that all sequences end in the last column. Here every sequence starts in "
            "column 0, and what is missing is filled in after its end.",
            wrong.padded_left,
        ),
        Misconception(
            "mask-inverted",
            "Your mask is True at the padding. It should be True where the numbers are real: `batch[mask]` is then "
            "just the data. (Some libraries do it your way round: look twice when you use one.)",
            wrong.mask_inverted,
        ),
        Misconception(
            "mask-from-values",
            "You find the padding by comparing the numbers with `value`. But `value` may occur inside a sequence "
            "too, and then real data counts as padding. What else tells where a sequence ends?",
            wrong.mask_from_values,
        ),
        Misconception(
            "mask-of-numbers",
            "Your mask holds 0 and 1 instead of False and True. They look alike, but `batch[mask]` would then pick "
            "rows 0 and 1 again and again, and `~mask` would be −1 and −2. Make it an array of bools.",
            wrong.mask_of_numbers,
        ),
        Misconception(
            "cut-to-shortest",
            "You cut every sequence to the length of the shortest: what was longer is lost. Padding keeps all of it.",
            wrong.cut_to_shortest,
        ),
        Misconception(
            "value-ignored",
            "You fill up with 0 whatever `value` says. Zero is only what it is when the caller doesn't choose.",
            wrong.value_ignored,
        ),
        Misconception(
            "whole-numbers-only",
            "Your batch holds whole numbers: everything behind the decimal point is gone. Which dtype did you ask "
            "NumPy for?",
            wrong.whole_numbers_only,
        ),
        Misconception(
            "type-of-the-value",
            "When `value` is a whole number, your batch holds whole numbers only, and the data lose what is behind "
            "their decimal point: NumPy takes the type of what it fills the array with, unless you say which "
            "`dtype` you want.",
            wrong.type_of_the_value,
        ),
        Misconception(
            "mask-first",
            "You return the mask first and the batch second. The docstring has them the other way round, and "
            "whoever calls your function unpacks them in that order.",
            wrong.mask_first,
        ),
        Misconception(
            "time-first",
            "Your arrays have time along the rows and the sequences along the columns, shape (T, B). Some libraries "
            "do that; here it is (B, T), a row for each sequence.",
            wrong.time_first,
        ),
        Misconception(
            "repeated-to-length",
            "After its end a sequence starts over from its beginning: `np.resize` does that. What comes after the "
            "end should be `value`.",
            wrong.repeated_to_length,
        ),
    ),
    (variants.pad_batch_filled_through_mask, variants.pad_batch_by_lists, variants.pad_batch_by_zip),
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
    (
        Misconception(
            "presence",
            "You say whether a word occurs, not how often: no count is larger than 1. (If you wrote `counts[places] "
            "+= 1` with a list of places: NumPy then adds 1 only once to each place, however often the list names "
            "it.)",
            wrong.presence,
        ),
        Misconception(
            "unknown-in-last-slot",
            "Words that are not in the vocabulary end up in the last count. Did you use −1 for 'not found'? As an "
            "index, −1 is the last place. Such words should not be counted at all.",
            wrong.unknown_in_last_slot,
        ),
        Misconception(
            "unknown-in-first-slot",
            "Words that are not in the vocabulary end up in the first count. Did you use 0 for 'not found'? That is "
            "the place of the first word. Such words should not be counted at all.",
            wrong.unknown_in_first_slot,
        ),
        Misconception(
            "order-of-appearance",
            "You count the words in the order in which the text first uses them, so the same place means another "
            "word in every text. The vocabulary says which place is whose, also for words that don't occur.",
            wrong.order_of_appearance,
        ),
        Misconception(
            "only-words-that-occur",
            "You count the right words, but in the order in which the text first uses them, and without a 0 for "
            "those that don't occur. Every text should give V numbers, in the order of the vocabulary.",
            wrong.known_words_as_they_appear,
        ),
        Misconception(
            "sorted-vocabulary",
            "Your counts are in alphabetical order. The vocabulary comes in an order of its own, and place v "
            "belongs to `vocabulary[v]`.",
            wrong.sorted_vocabulary,
        ),
        Misconception(
            "shares",
            "You divide by the number of tokens. That is a share; asked for is the plain count.",
            wrong.shares,
        ),
        Misconception(
            "shares-of-known",
            "Your counts add up to 1: you divide by their sum. Asked for is the plain count.",
            wrong.shares_of_known,
        ),
        Misconception(
            "parts-of-words",
            "You count letters that happen to stand inside longer words: 'not' is in 'nothing' and in 'knot' too. "
            "Compare whole tokens.",
            wrong.parts_of_words,
        ),
        Misconception(
            "capitals-ignored",
            "You count 'Not' as 'not'. A sensible wish, but not what the docstring asks for: words are compared "
            "letter by letter.",
            wrong.capitals_ignored,
        ),
        Misconception(
            "unknown-raises",
            "It stops with an error at the first token that is not in the vocabulary. Such tokens are to be passed "
            "over.",
            wrong.unknown_raises,
        ),
    ),
    (variants.bag_of_words_by_count, variants.bag_of_words_by_counter, variants.bag_of_words_by_comparison),
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
    (
        Misconception(
            "flipped",
            "You lay the pattern on the signal back to front: its last weight meets the earliest number. That is "
            "what 'convolution' means in mathematics, and what `np.convolve` does; the formula here reads both in "
            "the same direction.",
            wrong.flipped,
        ),
        Misconception(
            "padded-same",
            "Your result is as long as the signal: you fill up with zeros at the ends. Only places at which the "
            "whole pattern lies inside the signal count.",
            wrong.padded_same,
        ),
        Misconception(
            "padded-full",
            "Your result is longer than the signal, because the pattern also counts where it sticks out at the "
            "ends. Only places at which all of it lies inside count.",
            wrong.padded_full,
        ),
        Misconception(
            "padded-end",
            "You go on until the pattern's first weight reaches the end of the signal, with zeros beyond it. Only "
            "places at which the whole pattern lies inside the signal count.",
            wrong.padded_end,
        ),
        Misconception(
            "weights-per-position",
            "Which weight a number of the signal meets depends on its position in the signal, not on its position "
            "under the pattern: each place has weights of its own. At every place, the first number under the "
            "pattern meets `pattern[0]`.",
            wrong.weights_per_position,
        ),
        Misconception(
            "last-place-missed",
            "One place is missing at the end. With K = T the pattern fits exactly once: how many results do you "
            "have then?",
            wrong.last_place_missed,
        ),
        Misconception(
            "index-past-the-end",
            "Near the end of the signal the pattern sticks out, and your index runs past the last number. At how "
            "many places does all of the pattern lie inside?",
            wrong.index_past_the_end,
        ),
        Misconception(
            "piece-too-short",
            "Near the end of the signal the piece you cut out is shorter than the pattern, and the two don't fit "
            "together any more. At how many places does all of the pattern lie inside?",
            wrong.piece_too_short,
        ),
        Misconception(
            "side-by-side",
            "You move the pattern by its whole length each time. It should move by one, so that it is found "
            "wherever it starts.",
            wrong.side_by_side,
        ),
        Misconception(
            "averaged",
            "You divide by K, which makes it a mean. Asked for is the sum of the products.",
            wrong.averaged,
        ),
        Misconception(
            "not-added-up",
            "You have the K products at every place, but haven't added them up: one number for each place is asked "
            "for.",
            wrong.not_added_up,
        ),
        Misconception(
            "last-product-only",
            "Each product overwrites the one before, so only that of the last weight is left. The K products at a "
            "place are added up.",
            wrong.last_product_only,
        ),
        Misconception(
            "normalised",
            "You divide by the lengths of pattern and piece, so that your results lie between −1 and 1. Asked for "
            "is the plain sum of the products.",
            wrong.normalised,
        ),
        Misconception(
            "best-place-only",
            "You return where the pattern fits best. Asked for is how well it fits at every place.",
            wrong.best_place_only,
        ),
    ),
    (variants.detect_by_correlate, variants.detect_by_windows, variants.detect_by_shifts),
    equivalent=(
        (
            "return np.array([pattern @ signal[t:t + K] for t in range(T - K + "
            " → return np.array([signal[t:t + K] @ pattern for t in range(T - K + ",
            "a dot product of two vectors has no order",
        ),
    ),
)
