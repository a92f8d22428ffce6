"""How lesson 01's exercises on guessing the next character are examined."""

from __future__ import annotations

from solutions.motivation import inputs, variants
from solutions.motivation import reference as right
from unrolled.exam.exercise import Exercise, Part, Play
from unrolled.motivation.probes import probe_autofill

NGRAM_COUNTS = Exercise(
    right.ngram_counts,
    inputs.texts,
    (Part("ngram_counts", 2),),
    (
        "Take 'abcd' and n = 3, and write the n-grams down by hand: there are two. How many has a text of N "
        "characters?",
        "The n-gram that starts at `start` is `text[start : start + n]`. Its last character is the one that "
        "follows; all before it are the context.",
        "`counts.setdefault(context, {})` gives the inner dict of a context and makes it first if it isn't there; "
        "`following.get(character, 0)` reads a count that may not be there yet.",
        "`for start in range(len(text) - n + 1)`: for a text of exactly n characters that is one round.",
    ),
    terms={"counts": "the counts", "context": "the context", "character": "the character that follows"},
    variants=(variants.ngram_counts_by_counters, variants.ngram_counts_by_windows),
)

NEXT_CHAR_PROBABILITIES = Exercise(
    right.next_char_probabilities,
    inputs.contexts,
    (Part("next_char_probabilities", 2, axes="V"),),
    (
        "First the c_v alone, as an array of V numbers in the order of the alphabet. What if the context isn't in "
        "`counts`, or the character not in its dict?",
        "`counts.get(context, {})` is the dict of a context, or an empty one; `.get(character, 0)` a count, or 0. "
        "Both leave `counts` as it is.",
        "Adding the smoothing to the whole array and dividing by the sum *of that* puts it above and below the line "
        "at once.",
        "One case is left: all c_v and s are 0. Then the sum is 0, and nothing can be divided by it: the docstring "
        "says what to return.",
    ),
    terms={"c": "the counts"},
    variants=(variants.probabilities_by_formula, variants.probabilities_by_slots),
)

AUTOFILL = Exercise(
    right.autofill,
    inputs.prompts,
    (Part("autofill", 2),),
    (
        "It is a loop of `length` rounds. Each round: cut the context out of the text so far, ask your "
        "`next_char_probabilities`, draw one character, put it at the end of the text.",
        "`rng.choice(len(alphabet), p=p)` draws the place of a character in the alphabet. It raises an error if p "
        "doesn't add up to 1: then look at your `next_char_probabilities` first.",
        "The last n − 1 characters are `text[-(n - 1):]`, as long as n − 1 isn't 0. What does Python make of "
        "`text[-0:]`?",
        "The context is cut from all text so far, prompt included; the result is the prompt with the new characters "
        "behind it.",
    ),
    terms={"context": "the context", "p": "the probabilities", "text": "the text"},
    variants=(
        variants.autofill_by_cumulative_sum,
        variants.autofill_by_choice_of_characters,
        variants.autofill_by_walking,
    ),
    tools={"next_char_probabilities": right.next_char_probabilities},
    probe=Play(probe_autofill, ("next_char_probabilities",)),
)

BITS_PER_CHARACTER = Exercise(
    right.bits_per_character,
    inputs.guesses,
    (Part("bits_per_character", 2),),
    (
        "Try it in your head: p = 1/2 costs one bit, p = 1/4 two, p = 1 none. The result is the mean of such numbers.",
        "`np.log` is the natural logarithm. Bits count halvings: which logarithm counts those?",
        "`np.log2` takes a whole array. Of 0 it is −infinity, with a warning that you may ignore or silence: the "
        "minus sign makes it the infinity that the docstring asks for.",
    ),
    terms={},
    variants=(variants.bits_by_natural_log, variants.bits_by_loop, variants.bits_in_float32),
    equivalent=(
        (
            "with np.errstate(divide='ignore'): → with np.errstate():",
            "only a warning more",
        ),
    ),
)
