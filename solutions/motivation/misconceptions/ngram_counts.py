"""Wrong answers to `ngram_counts`."""

from solutions.motivation import reference


def _windows(text, starts, n):
    counts = {}
    for start in starts:
        following = counts.setdefault(text[start : start + n - 1], {})
        character = text[start + n - 1]
        following[character] = following.get(character, 0) + 1
    return counts


def last_window_missed(text, n):
    """The last n-gram, the one that ends with the text's last character, isn't counted. A text of exactly n characters
    has one n-gram: how many rounds does your loop make then?
    """
    return _windows(text, range(len(text) - n), n)


def first_window_missed(text, n):
    """The first n-gram, the one that starts with the text's first character, isn't counted. Where does your
    loop begin?
    """
    return _windows(text, range(1, len(text) - n + 1), n)


def context_of_n(text, n):
    """Your contexts are one character too long: n characters and the next make n + 1. An n-gram is n characters in all,
    the one that follows included.
    """
    return _windows(text, range(len(text) - n), n + 1)


def new_key_raises(text, n):
    """It stops with a KeyError: the first time you meet a context, or a character after it, there is no count yet to
    add 1 to. A dict can be asked in a way that says what to take when the key is missing.
    """
    counts = {}
    for start in range(len(text) - n + 1):
        counts[text[start : start + n - 1]][text[start + n - 1]] += 1
    return counts


def windows_side_by_side(text, n):
    """Your windows stand side by side: after one n-gram you jump to where it ended. Every place of the text starts an
    n-gram, so they overlap.
    """
    return _windows(text, range(0, len(text) - n + 1, n), n)


def seen_once(text, n):
    """All your counts are 1: a character that follows the same context for the second time sets the count again instead
    of raising it.
    """
    return {c: dict.fromkeys(following, 1) for c, following in _windows(text, range(len(text) - n + 1), n).items()}


def backwards(text, n):
    """You count which character comes *before* a context. To continue a text you need the one that comes after it."""
    counts = {}
    for start in range(len(text) - n + 1):
        following = counts.setdefault(text[start + 1 : start + n], {})
        following[text[start]] = following.get(text[start], 0) + 1
    return counts


def shorter_contexts_at_start(text, n):
    """You also count the first n − 1 characters of the text, after contexts that are shorter than n − 1. An n-gram has
    n characters; the first one ends at index n − 1.
    """
    counts = {}
    for end, character in enumerate(text):
        following = counts.setdefault(text[max(0, end - n + 1) : end], {})
        following[character] = following.get(character, 0) + 1
    return counts


def negative_start(text, n):
    """At the beginning of the text your slice starts at a negative index. Python then counts from the end, and you get
    an empty or a strange context instead of an error. Which is the first n-gram that fits into the text?
    """
    counts = {}
    for end, character in enumerate(text):
        following = counts.setdefault(text[end - n + 1 : end], {})
        following[character] = following.get(character, 0) + 1
    return counts


def within_words(text, n):
    """You split the text at its spaces first, so nothing is learned about where words begin and end. To this model the
    space is a character like any other.
    """
    counts = {}
    for word in text.split():
        for context, following in _windows(word, range(len(word) - n + 1), n).items():
            own = counts.setdefault(context, {})
            for character, times in following.items():
                own[character] = own.get(character, 0) + times
    return counts


def lower_case(text, n):
    """You turn the text into lower case. Often a good idea, but the docstring asks for the characters as they are."""
    return _windows(text.lower(), range(len(text) - n + 1), n)


def of_words(text, n):
    """You count sequences of words. This model works character by character: that is what lets it continue a half-typed
    word.
    """
    words, counts = text.split(), {}
    for start in range(len(words) - n + 1):
        following = counts.setdefault(" ".join(words[start : start + n - 1]), {})
        following[words[start + n - 1]] = following.get(words[start + n - 1], 0) + 1
    return counts


def flat(text, n):
    """You count whole n-grams. To ask what may follow a context you need them sorted by context: a dict of dicts."""
    counts = {}
    for start in range(len(text) - n + 1):
        counts[text[start : start + n]] = counts.get(text[start : start + n], 0) + 1
    return counts


def already_shares(text, n):
    """You divide the counts by their sum already. Keep the counts: how sure a guess is depends on how often it was
    seen, and smoothing comes later.
    """
    counts = _windows(text, range(len(text) - n + 1), n)
    return {c: {ch: k / sum(following.values()) for ch, k in following.items()} for c, following in counts.items()}


def only_the_last_kept(text, n):
    """Each context has one character only, with the count 1: whenever a context comes again, you put a new dict in the
    place of the one that was there. Make an inner dict only where there is none yet, and raise its count.
    """
    counts = {}
    for start in range(len(text) - n + 1):
        counts[text[start : start + n - 1]] = {text[start + n - 1]: 1}
    return counts


def one_character_further(text, n):
    """Between your context and the character you count, one is left out. A context of n − 1 characters that begins at i
    ends before i + n − 1: that is the place of the next.
    """
    counts = {}
    for start in range(len(text) - n):
        following = counts.setdefault(text[start : start + n - 1], {})
        following[text[start + n]] = following.get(text[start + n], 0) + 1
    return counts


def window_over_the_end(text, n):
    """A window hangs over the end of the text. The last n-gram that fits begins at len(text) − n: how far does your
    `range` go?
    """
    return _windows(text, range(len(text)), n)


def wrapped_around(text, n):
    """Your text runs on at its own beginning: its last characters are followed by the first. An n-gram is n
    neighbouring characters of the text, and the text ends.
    """
    return reference.ngram_counts(text + text[: n - 1], n) if len(text) >= n else {}


def all_orders(text, n):
    """You keep contexts of every length up to n − 1. An n-gram model has contexts of n − 1 characters, no others."""
    orders = (reference.ngram_counts(text, order) for order in range(1, n + 1))
    return {context: following for counts in orders for context, following in counts.items()}


def first_not_counted(text, n):
    """Each count is one too small: where a character follows a context for the first time, you write 0, and count from
    the second on.
    """
    counts = reference.ngram_counts(text, n)
    return {context: {char: count - 1 for char, count in each.items()} for context, each in counts.items()}


def one_dict_for_all(text, n):
    """All contexts share one inner dict, so every character has followed every context: `dict.fromkeys(…, {})`, or one
    `{}` made outside the loop, is the same dict again and again. Each context needs its own.
    """
    every = reference.ngram_counts(text, 1).get("", {}) if len(text) >= n else {}
    late = reference.ngram_counts(text[n - 1 :], 1).get("", every)
    return dict.fromkeys(reference.ngram_counts(text, n), late)


def stripped_and_lower_case(text, n):
    """You turn capitals into small letters and cut blanks off the ends. Every character counts as it is."""
    return reference.ngram_counts(text.lower().strip(), n)
