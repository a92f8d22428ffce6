"""The questions of lesson 01, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

BAG_BLIND_SPOT = quiz(
    "bag_blind_spot",
    a=(
        "Does the text mention the word 'refund'?",
        "A single count answers this: is the one for 'refund' above 0? Order plays no part in it.",
        "one-word",
    ),
    b=(
        "Does the text say 'good' more often than 'bad'?",
        "Two counts answer this, compared with each other. Order plays no part in it.",
        "two-words",
    ),
    c=("Does the writer prefer tea to coffee, or coffee to tea?", RIGHT),
    d=(
        "How many words of the vocabulary does the text use?",
        "The number of counts above 0 answers this. Order plays no part in it.",
        "how-many",
    ),
    hints=(
        "Write down two texts with the same words, each as often. A bag of words can't tell them apart.",
        "Three of the four questions can be answered by looking at the counts alone. Which counts?",
        "'Tea rather than coffee' and 'coffee rather than tea' have one and the same bag.",
    ),
)

# shown: tests/solutions/test_motivation_claims.py::test_what_lies_further_back_helps_a_mixture
# shown: tests/solutions/test_motivation_claims.py::test_more_smoothing_does_not_feed_the_long_contexts
# shown: tests/solutions/test_motivation_claims.py::test_the_quizzed_models_starve_for_the_quizzed_reason
STARVED_BECAUSE = quiz(
    "starved_because",
    a=(
        "Characters that lie further back have nothing to do with the next one.",
        "If that were so, it could not help to take them into account. But mixed with shorter ones, contexts of four "
        "characters guess better than contexts of three. The past helps; what fails is to look it up as one whole.",
        "past-is-useless",
    ),
    b=(
        "Many contexts of 7 characters in a new text never occurred in the text it learned from, or hardly ever.",
        RIGHT,
    ),
    c=(
        "It has not been given enough smoothing.",
        "More smoothing makes the unseen less surprising and the seen less sure. It moves the lowest point, but a "
        "context that never occurred stays unknown. Try it: change the smoothing and draw the curves again.",
        "more-smoothing",
    ),
    d=(
        "It counts fewer n-grams in total than a 5-gram model does, because its windows are longer.",
        "A text of N characters has N − n + 1 n-grams: three fewer out of 168,071. What grows is the "
        "number of different contexts they are spread over.",
        "fewer-windows",
    ),
    hints=(
        "Look at the numbers printed above the first figure: what grows from n = 5 to n = 8, besides the bits?",
        "What does your `next_char_probabilities` return for a context that isn't in the counts?",
        "With an alphabet of 90 characters there are 90⁷ contexts of 7 characters. How many of them does the text "
        "hold at most?",
    ),
)

SHARING_MEANS = quiz(
    "sharing_means",
    a=(
        "The detector needs T · K weights, one set for each place.",
        "That is the detector that does *not* share. Yours was handed K numbers and used them everywhere.",
        "weights-for-each-place",
    ),
    b=(
        "It must have seen the pattern at a place before it can find it there.",
        "That holds if each place has weights of its own, which learn only from what passes there. Shared weights "
        "take what they learned at one place to all others.",
        "must-have-seen-it",
    ),
    c=(
        "It returns the same score at every place.",
        "The weights are the same at every place, the signal under them is not: that is why the scores differ, and "
        "the largest one tells where the pattern is.",
        "same-score",
    ),
    d=("K weights find the pattern at any place, in signals of any length.", RIGHT),
    hints=(
        "How many numbers does `detect_anywhere` get besides the signal?",
        "Call it with a longer signal. Does anything have to change?",
        "Shared are the weights, not what they are applied to: the piece of the signal is another one at every place.",
    ),
)
