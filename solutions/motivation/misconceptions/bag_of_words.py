"""Wrong answers to `bag_of_words`."""

import numpy as np

from solutions.forms import mistake


def presence(tokens, vocabulary):
    """You say whether a word occurs, not how often: no count is larger than 1. (If you wrote `counts[places] += 1` with
    a list of places: NumPy then adds 1 only once to each place, however often the list names it.)
    """
    return np.array([int(word in tokens) for word in vocabulary])


def unknown_in_last_slot(tokens, vocabulary):
    """Words that are not in the vocabulary end up in the last count. Did you use −1 for 'not found'? As an index, −1 is
    the last place. Such words should not be counted at all.
    """
    counts = np.zeros(len(vocabulary), dtype=int)
    for token in tokens:
        counts[vocabulary.index(token) if token in vocabulary else -1] += 1
    return counts


def unknown_in_first_slot(tokens, vocabulary):
    """Words that are not in the vocabulary end up in the first count. Did you use 0 for 'not found'? That is the place
    of the first word. Such words should not be counted at all.
    """
    counts = np.zeros(len(vocabulary), dtype=int)
    for token in tokens:
        counts[vocabulary.index(token) if token in vocabulary else 0] += 1
    return counts


def order_of_appearance(tokens, vocabulary):
    """You count the words in the order in which the text first uses them, so the same place means another word in every
    text. The vocabulary says which place is whose, also for words that don't occur.
    """
    counts = {}
    for token in tokens:
        counts[token] = counts.get(token, 0) + 1
    return np.array(list(counts.values()), dtype=int)


def only_words_that_occur(tokens, vocabulary):
    """You count the right words, but in the order in which the text first uses them, and without a 0 for those that
    don't occur. Every text should give V numbers, in the order of the vocabulary.
    """
    counts = {}
    for token in tokens:
        if token in vocabulary:
            counts[token] = counts.get(token, 0) + 1
    return np.array(list(counts.values()), dtype=int)


def sorted_vocabulary(tokens, vocabulary):
    """Your counts are in alphabetical order. The vocabulary comes in an order of its own, and place v belongs to
    `vocabulary[v]`.
    """
    return np.array([tokens.count(word) for word in sorted(vocabulary)])


def shares(tokens, vocabulary):
    """You divide by the number of tokens. That is a share; asked for is the plain count."""
    return np.array([tokens.count(word) / max(len(tokens), 1) for word in vocabulary])


def shares_of_known(tokens, vocabulary):
    """Your counts add up to 1: you divide by their sum. Asked for is the plain count."""
    counts = np.array([tokens.count(word) for word in vocabulary])
    return counts / max(counts.sum(), 1)


def parts_of_words(tokens, vocabulary):
    """You count letters that happen to stand inside longer words: 'not' is in 'nothing' and in 'knot' too. Compare
    whole tokens.
    """
    text = " ".join(tokens)
    return np.array([text.count(word) for word in vocabulary])


def capitals_ignored(tokens, vocabulary):
    """You count 'Not' as 'not'. A sensible wish, but not what the docstring asks for: words are compared letter by
    letter.
    """
    lowered = [token.lower() for token in tokens]
    return np.array([lowered.count(word.lower()) for word in vocabulary])


def unknown_raises(tokens, vocabulary):
    """It stops with an error at the first token that is not in the vocabulary. Such tokens are to be passed over."""
    counts = np.zeros(len(vocabulary), dtype=int)
    for token in tokens:
        counts[vocabulary.index(token)] += 1
    return counts


@mistake(text=shares.__doc__)
def shares_of_an_empty_text(tokens, vocabulary):
    return np.array([tokens.count(word) / len(tokens) for word in vocabulary])


@mistake(text=shares.__doc__)
def shares_of_a_text_with_words(tokens, vocabulary):
    return shares(tokens, vocabulary) if len(tokens) else np.zeros(len(vocabulary))
