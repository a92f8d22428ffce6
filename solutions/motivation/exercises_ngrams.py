"""How lesson 01's exercises on guessing the next character are examined."""

from __future__ import annotations

from solutions.motivation import inputs, variants
from solutions.motivation import misconceptions_ngrams as wrong
from solutions.motivation import reference as right
from unrolled.exam.exercise import Exercise, Misconception, Part, Play
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
    (
        Misconception(
            "last-window-missed",
            "The last n-gram, the one that ends with the text's last character, isn't counted. A text of exactly n "
            "characters has one n-gram: how many rounds does your loop make then?",
            wrong.last_window_missed,
        ),
        Misconception(
            "first-window-missed",
            "The first n-gram, the one that starts with the text's first character, isn't counted. Where does your "
            "loop begin?",
            wrong.first_window_missed,
        ),
        Misconception(
            "context-of-n",
            "Your contexts are one character too long: n characters and the next make n + 1. An n-gram is n "
            "characters in all, the one that follows included.",
            wrong.context_of_n,
        ),
        Misconception(
            "new-key-raises",
            "It stops with a KeyError: the first time you meet a context, or a character after it, there is no "
            "count yet to add 1 to. A dict can be asked in a way that says what to take when the key is missing.",
            wrong.new_key_raises,
        ),
        Misconception(
            "windows-side-by-side",
            "Your windows stand side by side: after one n-gram you jump to where it ended. Every place of the text "
            "starts an n-gram, so they overlap.",
            wrong.windows_side_by_side,
        ),
        Misconception(
            "seen-once",
            "All your counts are 1: a character that follows the same context for the second time sets the count "
            "again instead of raising it.",
            wrong.seen_once,
        ),
        Misconception(
            "backwards",
            "You count which character comes *before* a context. To continue a text you need the one that comes "
            "after it.",
            wrong.backwards,
        ),
        Misconception(
            "shorter-contexts-at-start",
            "You also count the first n − 1 characters of the text, after contexts that are shorter than n − 1. An "
            "n-gram has n characters; the first one ends at index n − 1.",
            wrong.shorter_contexts_at_start,
        ),
        Misconception(
            "negative-start",
            "At the beginning of the text your slice starts at a negative index. Python then counts from the end, "
            "and you get an empty or a strange context instead of an error. Which is the first n-gram that fits "
            "into the text?",
            wrong.negative_start,
        ),
        Misconception(
            "within-words",
            "You split the text at its spaces first, so nothing is learned about where words begin and end. To this "
            "model the space is a character like any other.",
            wrong.within_words,
        ),
        Misconception(
            "lower-case",
            "You turn the text into lower case. Often a good idea, but the docstring asks for the characters as "
            "they are.",
            wrong.lower_case,
        ),
        Misconception(
            "of-words",
            "You count sequences of words. This model works character by character: that is what lets it continue a "
            "half-typed word.",
            wrong.of_words,
        ),
        Misconception(
            "flat",
            "You count whole n-grams. To ask what may follow a context you need them sorted by context: a dict of "
            "dicts.",
            wrong.flat,
        ),
        Misconception(
            "already-shares",
            "You divide the counts by their sum already. Keep the counts: how sure a guess is depends on how often "
            "it was seen, and smoothing comes later.",
            wrong.already_shares,
        ),
    ),
    (variants.ngram_counts_by_counters, variants.ngram_counts_by_windows),
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
    (
        Misconception(
            "smoothing-not-in-denominator",
            "You add the smoothing above the line, but not below it: your probabilities add up to more than 1. The "
            "sum in the formula runs over c_w + s, not over c_w.",
            wrong.smoothing_not_in_denominator,
        ),
        Misconception(
            "smoothing-once-in-denominator",
            "Below the line you add the smoothing once. But each of the V characters got it, so your probabilities "
            "add up to more than 1.",
            wrong.smoothing_once_in_denominator,
        ),
        Misconception(
            "smoothing-once-among-all",
            "Below the line you add the smoothing once, but each of the V characters got it. And your sum counts all "
            "characters that followed, also those outside the alphabet; in the formula w runs over the alphabet.",
            wrong.smoothing_once_among_all,
        ),
        Misconception(
            "unseen-is-impossible",
            "For a context that never occurred you return zeros: nothing at all may follow. Yet something will. The "
            "formula, and the last line about s, cover that case: the probabilities always add up to 1.",
            wrong.unseen_is_impossible,
        ),
        Misconception(
            "unseen-is-nan",
            "Without smoothing, a context that never occurred gives you 0 / 0, which is NaN. The docstring says "
            "what to return when nothing is known.",
            wrong.unseen_is_nan,
        ),
        Misconception(
            "unseen-raises",
            "It stops with an error at a context that never occurred. Most long contexts never did; look the dict "
            "up in a way that can fail.",
            wrong.unseen_raises,
        ),
        Misconception(
            "unseen-divides-by-zero",
            "Without smoothing, a context that never occurred makes you divide by 0, which Python refuses. The "
            "docstring says what to return when nothing is known.",
            wrong.unseen_divides_by_zero,
        ),
        Misconception(
            "unseen-character-raises",
            "It stops with a KeyError: the dict of a context holds only the characters that did follow it. What is "
            "the count of all the others, and how can you ask a dict for a key that may be missing?",
            wrong.unseen_character_raises,
        ),
        Misconception(
            "order-of-counts",
            "Your probabilities are in the order in which the characters were counted, which differs from context "
            "to context. Place v belongs to `alphabet[v]`.",
            wrong.order_of_counts,
        ),
        Misconception(
            "sorted-alphabet",
            "Your probabilities are in alphabetical order. The alphabet comes in an order of its own, and place v "
            "belongs to `alphabet[v]`.",
            wrong.sorted_alphabet,
        ),
        Misconception(
            "only-seen-smoothed",
            "You smooth only the characters that were seen after this context. Smoothing is there for the others: "
            "what has not been seen yet is improbable, not impossible.",
            wrong.only_seen_smoothed,
        ),
        Misconception(
            "strangers-in-denominator",
            "Below the line you count all characters that followed, also those outside the alphabet: your "
            "probabilities add up to less than 1. The sum in the formula runs over the alphabet.",
            wrong.strangers_in_denominator,
        ),
        Misconception(
            "over-all-contexts",
            "You divide by the counts of all contexts together: that is how probable this context *and* this "
            "character are. Asked for is the character, given that the context is already there.",
            wrong.over_all_contexts,
        ),
        Misconception(
            "context-ignored",
            "You add up the counts of all contexts, so every context gives the same answer. Look at what followed "
            "this one.",
            wrong.context_ignored,
        ),
        Misconception("still-counts", "You return c_v + s, not yet divided by their sum.", wrong.still_counts),
        Misconception(
            "softmax-of-counts",
            "You take a softmax of the counts. Twice as often should be twice as probable; after a softmax, one "
            "more count is e times as probable.",
            wrong.softmax_of_counts,
        ),
    ),
    (variants.probabilities_by_formula, variants.probabilities_by_slots),
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
    (
        Misconception(
            "context-never-advances",
            "Every character is drawn after the same context, the end of the prompt. What you have just drawn is "
            "part of the text now: cut the context anew in every round.",
            wrong.context_never_advances,
        ),
        Misconception(
            "most-probable",
            "You always take the most probable character. Then the same context is always continued in the same "
            "way, and the text soon runs in circles. Draw instead: the probable often, the improbable now and then.",
            wrong.most_probable,
        ),
        Misconception(
            "prompt-not-in-context",
            "The first characters are drawn as if there were no prompt: your context is cut from the new characters "
            "only.",
            wrong.prompt_not_in_context,
        ),
        Misconception(
            "minus-zero",
            "For n = 1 the context should be empty, but −0 is 0, and `text[-0:]` is the whole text. All else is right.",
            wrong.minus_zero,
        ),
        Misconception(
            "context-too-long",
            "Your context has more than n − 1 characters. The counts of an n-gram model only know contexts of n − "
            "1, so you look up one that never occurred, and draw blindly.",
            wrong.context_too_long,
        ),
        Misconception(
            "only-what-is-new",
            "The characters are right, but the prompt is missing: return it with the new characters behind it.",
            wrong.only_what_is_new,
        ),
        Misconception(
            "length-of-all",
            "You stop when the whole text has `length` characters. `length` says how many to add to the prompt.",
            wrong.length_of_all,
        ),
        Misconception(
            "own-order",
            "Your probabilities are right, but you line the characters up in the order in which they were counted, "
            "so the same draw hits another one. The docstring fixes the order: that of the alphabet.",
            wrong.own_order,
        ),
        Misconception(
            "other-draws",
            "Your characters follow the right distribution, but `rng.multinomial` takes its random numbers in "
            "another way than one `rng.random()` for each character. See 'Order of draws' in the docstring.",
            wrong.other_draws,
        ),
        Misconception(
            "smoothed",
            "You smooth the probabilities with 1, so that anything may follow anything, and the text is full of "
            "noise. The docstring asks for no smoothing here.",
            wrong.smoothed,
        ),
    ),
    (variants.autofill_by_cumulative_sum, variants.autofill_by_choice_of_characters, variants.autofill_by_walking),
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
    (
        Misconception(
            "natural-log",
            "You use the natural logarithm. What you get is in nats, about 0.69 times as many as bits. Check with p "
            "= 1/2, which is one bit.",
            wrong.natural_log,
        ),
        Misconception(
            "decimal-log",
            "You use the logarithm to base 10. Bits are to base 2: p = 1/2 is one bit.",
            wrong.decimal_log,
        ),
        Misconception(
            "summed",
            "You add the bits of all characters up: longer texts then look worse. Asked for are the bits of one, on "
            "average.",
            wrong.summed,
        ),
        Misconception(
            "negative",
            "Your bits are negative. The logarithm of a number below 1 is; the formula has a minus sign for that.",
            wrong.negative,
        ),
        Misconception(
            "log-of-mean",
            "You take the mean first and the logarithm after. The other way round: each character costs its own "
            "bits, and a single bad guess is dear.",
            wrong.log_of_mean,
        ),
        Misconception(
            "log-of-product",
            "You multiply all probabilities before taking the logarithm. Right on paper, but the product of some "
            "hundred numbers below 1 is smaller than the smallest float: it becomes 0. Logarithms first, then add.",
            wrong.log_of_product,
        ),
        Misconception(
            "entropy",
            "You weigh each logarithm with its probability, −Σ p log₂ p: that is the entropy of one distribution. "
            "Here the p are of N different guesses, one for each character that really came, and each counts the "
            "same.",
            wrong.entropy,
        ),
        Misconception(
            "never-quite-zero",
            "You add a tiny number, or cut at one, so that the logarithm stays finite. That hides a model that was "
            "sure of something false: by the docstring its bits are infinite.",
            wrong.never_quite_zero,
        ),
        Misconception(
            "zeros-left-out",
            "You leave out the characters with p = 0. Those are the model's worst mistakes; by the docstring they "
            "cost infinitely many bits.",
            wrong.zeros_left_out,
        ),
        Misconception(
            "perplexity",
            "You raise 2 to the bits: that is the perplexity, the number of equally probable characters that would "
            "be as hard to guess. Asked for are the bits.",
            wrong.perplexity,
        ),
        Misconception(
            "zero-raises",
            "It stops with an error at p = 0: `math.log2` refuses to take the logarithm of 0. The docstring says "
            "what such a character costs.",
            wrong.zero_raises,
        ),
        Misconception("one-each", "You return the bits of every character. Their mean is missing.", wrong.one_each),
    ),
    (variants.bits_by_natural_log, variants.bits_by_loop, variants.bits_in_float32),
    equivalent=(
        (
            "with np.errstate(divide='ignore'): → with np.errstate():",
            "only a warning more",
        ),
    ),
)
