"""Short reviews made by a grammar, so that we know what each one says: synthetic, and labelled as such.

Every clause praises or blames one thing. What decides is how the words stand together: negation ("not bad at
all"), figures of speech ("anything but dull") and contrast ("but", "although"), where only one of two clauses
carries the verdict. A bag of words sees none of this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from unrolled.kit.tokens import one_hot_batch

THINGS = "acting cast dialogue ending film humour music opening pace plot script story".split()
PRAISE = (
    "amazing brilliant charming clever delightful excellent fine fresh funny good great gripping lovely moving "
    "perfect superb touching wonderful"
).split()
BLAME = (
    "annoying awful bad bland boring clumsy dreadful dull flat horrible lame mediocre poor silly stale terrible "
    "tiresome weak"
).split()
FAINT, STRONG = ("a bit ", "a little ", "slightly "), ("utterly ", "truly ", "absolutely ")
DEGREES = ("", "", "", "very ", "really ", "quite ", "so ", "rather ", *STRONG)

# What stands before the adjective: plain, or turning its meaning around. Some take a degree: "was very good".
PLAIN = (
    "was {degree}{word}",
    "is {degree}{word}",
    "felt {degree}{word}",
    "seemed {degree}{word}",
    "was nothing short of {word}",
    "could not be more {word}",
    "never stopped being {word}",
)
TURNING = ("was not {degree}{word}", "is not {degree}{word}", "did not seem {degree}{word}", "was never {degree}{word}",
           "is not even {word}", "was hardly {word}", "was far from {word}", "was anything but {word}",
           "could not be less {word}", "was not {word} at all", "did not seem {degree}{word} at all")  # fmt: skip
ENDINGS = ("", "", "", "", " in the end", " if you ask me", " from start to finish")

# How two clauses stand together, and which of them carries the verdict; None: both say the same.
CONTRASTS = (
    ("{} but {}", 1),
    ("{} , yet {}", 1),
    ("although {} , {}", 1),
    ("{} although {}", 0),
    ("even if {} , {}", 1),
    ("{} , even if {}", 0),
    ("{} and {}", None),
    ("{} , and {} too", None),
)


def split_reviews(number: int = 15_000, seed: int = 0) -> tuple[list, list]:
    """Pairs (review, label) to train on, and a held-out tenth; no review is in both, half of each are praise.

    Parameters
    ----------
    number : int
        How many in all.
    seed : int

    Returns
    -------
    (list of (str, int), list of (str, int))
        The label is 1 for praise, 0 for blame.
    """
    rng = np.random.default_rng(seed)
    found: dict[int, dict[str, int]] = {0: {}, 1: {}}
    while min(map(len, found.values())) < number // 2:
        text, label = make_review(rng)
        if len(found[label]) < number // 2:
            found[label][text] = label
    reviews = [item for label in found for item in found[label].items()]
    reviews = [reviews[place] for place in rng.permutation(len(reviews))]
    return reviews[number // 10 :], reviews[: number // 10]


def make_review(rng: np.random.Generator) -> tuple[str, int]:
    """One review and its label."""
    label = int(rng.integers(2))
    kind = rng.random()
    things = [THINGS[place] for place in rng.permutation(len(THINGS))[:2]]
    if kind < 0.4:
        text = _clause(rng, label, things[0])
    elif kind < 0.9:
        text = _contrast(rng, label, things)
    else:
        text = _weighed(rng, label, things)
    return f"{text} .", label


def vocabulary() -> list[str]:
    """Every word the grammar knows, sorted; a word's number is its place."""
    frames = (frame for frame, _ in CONTRASTS)
    phrases = [*THINGS, *PRAISE, *BLAME, *FAINT, *DEGREES, *ENDINGS, *PLAIN, *TURNING, *frames]
    return sorted({word for phrase in phrases for word in tokens(re.sub(r"{\w*}", " ", phrase))} | {"the", "."})


def tokens(text: str) -> list[str]:
    """The words and punctuation marks of a review, in lower case."""
    return re.findall(r"[\w']+|[.,]", text.lower())


def as_batch(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Reviews as one-hot words: xs (B, T, V) and the mask (B, T); a word nobody knows is a vector of zeros."""
    places = {word: place for place, word in enumerate(vocabulary())}
    return one_hot_batch([[places.get(word, -1) for word in tokens(text)] for text in texts], len(places))


def as_counts(texts: Sequence[str]) -> np.ndarray:
    """Reviews as bags of words: how often each word of the vocabulary occurs, (B, V)."""
    places = {word: place for place, word in enumerate(vocabulary())}
    counts = np.zeros((len(texts), len(places)))
    for row, text in zip(counts, texts, strict=True):
        for word in tokens(text):
            row[places[word]] += 1
    return counts


def _contrast(rng: np.random.Generator, label: int, things: list[str]) -> str:
    """Two clauses, one of which decides; the other says anything."""
    frame, decides = CONTRASTS[rng.integers(len(CONTRASTS))]
    other = label if decides is None else int(rng.integers(2))
    labels = (other, label) if decides == 1 else (label, other)
    return frame.format(*(_clause(rng, which, thing) for which, thing in zip(labels, things, strict=True)))


def _weighed(rng: np.random.Generator, label: int, things: list[str]) -> str:
    """A faint clause and a strong one that says the opposite: the strong one decides."""
    faint = f"the {things[0]} was {_pick(rng, FAINT)}{_pick(rng, BLAME if label else PRAISE)}"
    strong = f"the {things[1]} was {_pick(rng, STRONG)}{_pick(rng, PRAISE if label else BLAME)}"
    return " and ".join((faint, strong) if rng.random() < 0.5 else (strong, faint))


def _clause(rng: np.random.Generator, label: int, thing: str) -> str:
    turned = rng.random() < 0.4
    verb = _pick(rng, TURNING if turned else PLAIN)
    ending = "" if verb.endswith("at all") else _pick(rng, ENDINGS)
    adjective = _pick(rng, PRAISE if bool(label) != turned else BLAME)
    return f"the {thing} {verb.format(degree=_pick(rng, DEGREES), word=adjective)}{ending}"


def _pick(rng: np.random.Generator, options: tuple[str, ...] | list[str]) -> str:
    return options[rng.integers(len(options))]
