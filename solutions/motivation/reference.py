"""Right answers of lesson 01: padding, counting, guessing the next character, and one detector for all times."""

import numpy as np


def pad_batch(sequences, value=0.0):
    """Put sequences of different lengths into one array, and remember which numbers are real.

    Parameters
    ----------
    sequences : list of B lists or one-dimensional arrays of numbers
        At least one. T is the length of the longest; a sequence may be empty.
    value : number
        What to write where a sequence has ended. The same number may well occur in a sequence.

    Returns
    -------
    batch : (B, T) array of floats
        Row b holds sequence b from column 0 on, and after its end `value`.
    mask : (B, T) array of bools
        True where `batch` holds a number of a sequence, False where it holds padding.
    """
    lengths = [len(sequence) for sequence in sequences]
    batch = np.full((len(sequences), max(lengths)), value, dtype=float)  # (B, T)
    mask = np.zeros(batch.shape, dtype=bool)  # (B, T)
    for b, sequence in enumerate(sequences):
        batch[b, : lengths[b]] = sequence
        mask[b, : lengths[b]] = True
    return batch, mask


def bag_of_words(tokens, vocabulary):
    """How often each word of the vocabulary occurs among the tokens.

    Parameters
    ----------
    tokens : list of str
        The words of a text, one after the other; may be empty.
    vocabulary : list of V different words
        In any order. Words are compared letter by letter: "Good" is not "good".

    Returns
    -------
    (V,) array of ints
        At place v, how often `vocabulary[v]` occurs. Tokens that are not in the vocabulary
        are not counted at all.
    """
    place = {word: v for v, word in enumerate(vocabulary)}
    counts = np.zeros(len(vocabulary), dtype=int)  # (V,)
    for token in tokens:
        if token in place:
            counts[place[token]] += 1
    return counts


def ngram_counts(text, n):
    """Which character follows which context, and how often: all that an n-gram model knows.

    An n-gram is n neighbouring characters of the text: n − 1 characters of context, and the one
    that follows them. Every n-gram counts, wherever it starts; the first one starts at the first
    character of the text.

    Parameters
    ----------
    text : str
        Every character counts as it is: spaces, capitals and line breaks too.
    n : int
        At least 1. For n = 1 there is one context, the empty string "".

    Returns
    -------
    dict of dicts of ints
        `counts[context][character]` is how often `character` follows `context` in the text.
        It holds only what does occur, so for a text shorter than n it is empty.
    """
    counts = {}
    for start in range(len(text) - n + 1):
        context, character = text[start : start + n - 1], text[start + n - 1]
        following = counts.setdefault(context, {})
        following[character] = following.get(character, 0) + 1
    return counts


def next_char_probabilities(counts, context, alphabet, smoothing):
    """How probable each character is after a context, by counting, with additive smoothing.

    With c_v the number of times that character v followed the context, and s the smoothing,

        p_v = (c_v + s) / Σ_w (c_w + s)

    where w runs over all V characters of the alphabet.

    Parameters
    ----------
    counts : dict of dicts of ints
        From `ngram_counts`; left as it is. It may hold characters outside the alphabet, which
        play no part in the formula.
    context : str
        May be one that never occurred: then every c_v is 0.
    alphabet : str
        V different characters.
    smoothing : float
        s, at least 0. If every c_v + s is 0, nothing is known: then all characters are equally
        probable, 1 / V each.

    Returns
    -------
    (V,) array
        The probabilities in the order of `alphabet`; their sum is 1.
    """
    following = counts.get(context, {})
    c = np.array([following.get(character, 0) for character in alphabet]) + smoothing  # (V,)
    if c.sum() == 0:
        return np.full(len(alphabet), 1 / len(alphabet))
    return c / c.sum()


def autofill(counts, prompt, length, n, alphabet, rng):
    """Continue the prompt by drawing one character after the other from an n-gram model.

    Each new character is drawn with the probabilities of `next_char_probabilities`, without
    smoothing (0), after the last n − 1 characters of all text so far: the prompt and what has
    been drawn.

    Order of draws: the result is checked character by character, with a generator of the same
    seed. So take exactly one draw from `rng` for each new character. The number u that
    `rng.random()` gives stands for the first character of the alphabet at which the sum of the
    probabilities, up to and including its own, exceeds u. One call of `rng.choice` with `p=`
    does exactly that.

    Parameters
    ----------
    counts : dict of dicts of ints
        From `ngram_counts` with the same n; left as it is.
    prompt : str
        May be shorter than n − 1, or empty: such a context never occurred.
    length : int
        How many characters to add, 0 or more.
    n : int
        At least 1.
    alphabet : str
        V different characters.
    rng : numpy.random.Generator

    Returns
    -------
    str
        The prompt, followed by `length` new characters.
    """
    text = prompt
    for _ in range(length):
        context = text[-(n - 1) :] if n > 1 else ""
        p = next_char_probabilities(counts, context, alphabet, 0.0)  # (V,)
        text += alphabet[rng.choice(len(alphabet), p=p)]
    return text


def bits_per_character(probabilities):
    """How many bits a model needs for a character, on average: the fewer, the better it guessed.

    Each character costs −log₂ p bits, where p is the probability that the model gave to the
    character that really came.

    Parameters
    ----------
    probabilities : (N,) array
        For every character of the text, the p of the model; N is at least 1 and may be many
        thousands. If one of them is 0, the model was sure of something false: the bits of that
        character are infinite (`np.inf`), and so is the average.

    Returns
    -------
    float
        The mean of −log₂ p over the N characters.
    """
    with np.errstate(divide="ignore"):
        return float(-np.mean(np.log2(probabilities)))


def detect_anywhere(signal, pattern):
    """How well the pattern fits at each place of a signal: one set of weights, slid along time.

        s_t = Σ_k pattern_k · signal_{t+k},  k = 0 … K−1

    Parameters
    ----------
    signal : (T,) array
    pattern : (K,) array
        The weights, the same at every place; 1 ≤ K ≤ T.

    Returns
    -------
    (T − K + 1,) array
        s_t for every t at which the whole pattern lies inside the signal.
    """
    T, K = len(signal), len(pattern)
    return np.array([pattern @ signal[t : t + K] for t in range(T - K + 1)])  # (T - K + 1,)
