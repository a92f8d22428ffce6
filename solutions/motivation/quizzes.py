"""The questions of lesson 01: worth no points, but every wrong choice is answered."""

from __future__ import annotations

from unrolled.exam.exercise import VALUE, Exercise, Misconception, Part

BAG_BLIND_SPOT = Exercise(
    "c",
    parts=(Part("bag_blind_spot", 0),),
    name="bag_blind_spot",
    kind=VALUE,
    choices={
        "a": "Does the text mention the word 'refund'?",
        "b": "Does the text say 'good' more often than 'bad'?",
        "c": "Does the writer prefer tea to coffee, or coffee to tea?",
        "d": "How many words of the vocabulary does the text use?",
    },
    hints=(
        "Write down two texts with the same words, each as often. A bag of words can't tell them apart.",
        "Three of the four questions can be answered by looking at the counts alone. Which counts?",
        "'Tea rather than coffee' and 'coffee rather than tea' have one and the same bag.",
    ),
    misconceptions=(
        Misconception(
            "one-word", "A single count answers this: is the one for 'refund' above 0? Order plays no part in it.", "a"
        ),
        Misconception("two-words", "Two counts answer this, compared with each other. Order plays no part in it.", "b"),
        Misconception("how-many", "The number of counts above 0 answers this. Order plays no part in it.", "d"),
    ),
)

STARVED_BECAUSE = Exercise(
    "b",
    parts=(Part("starved_because", 0),),
    name="starved_because",
    kind=VALUE,
    choices={
        "a": "Characters that lie further back have nothing to do with the next one.",
        "b": "Many contexts of 7 characters in a new text never occurred in the text it learned from, or hardly ever.",
        "c": "It has not been given enough smoothing.",
        "d": "It counts fewer n-grams in total than a 5-gram model does, because its windows are longer.",
    },
    hints=(
        "Look at the two curves again: on the text it learned from, the 8-gram model is better than any other.",
        "What does your `next_char_probabilities` return for a context that isn't in the counts?",
        "With an alphabet of 90 characters there are 90⁷ contexts of 7 characters. How many of them does the text "
        "hold at most?",
    ),
    misconceptions=(
        Misconception(
            "past-is-useless",
            "If that were so, the curve for the text it learned from would not go on falling. The past helps; what "
            "fails is to look it up as one whole.",
            "a",
        ),
        Misconception(
            "more-smoothing",
            "More smoothing makes the unseen less surprising and the seen less sure. It moves the lowest point, but "
            "a context that never occurred stays unknown. Try it: change the smoothing and draw the curves again.",
            "c",
        ),
        Misconception(
            "fewer-windows",
            "A text of N characters has N − n + 1 n-grams: three fewer out of two hundred thousand. What grows is "
            "the number of different contexts they are spread over.",
            "d",
        ),
    ),
)

SHARING_MEANS = Exercise(
    "d",
    parts=(Part("sharing_means", 0),),
    name="sharing_means",
    kind=VALUE,
    choices={
        "a": "The detector needs T · K weights, one set for each place.",
        "b": "It must have seen the pattern at a place before it can find it there.",
        "c": "It returns the same score at every place.",
        "d": "K weights find the pattern at any place, in signals of any length.",
    },
    hints=(
        "How many numbers does `detect_anywhere` get besides the signal?",
        "Call it with a longer signal. Does anything have to change?",
        "Shared are the weights, not what they are applied to: the piece of the signal is another one at every place.",
    ),
    misconceptions=(
        Misconception(
            "weights-for-each-place",
            "That is the detector that does *not* share. Yours was handed K numbers and used them everywhere.",
            "a",
        ),
        Misconception(
            "must-have-seen-it",
            "That holds if each place has weights of its own, which learn only from what passes there. Shared "
            "weights take what they learned at one place to all others.",
            "b",
        ),
        Misconception(
            "same-score",
            "The weights are the same at every place, the signal under them is not: that is why the scores differ, "
            "and the largest one tells where the pattern is.",
            "c",
        ),
    ),
)
