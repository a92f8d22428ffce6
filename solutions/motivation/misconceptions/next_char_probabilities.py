"""Wrong answers to `next_char_probabilities`."""

import numpy as np

from solutions.motivation import reference


def _following(counts, context, alphabet):
    return np.array([counts.get(context, {}).get(character, 0) for character in alphabet], dtype=float)


def _uniform(alphabet):
    return np.full(len(alphabet), 1 / len(alphabet))


def smoothing_not_in_denominator(counts, context, alphabet, smoothing):
    """You add the smoothing above the line, but not below it: your probabilities add up to more than 1. The sum in the
    formula runs over c_w + s, not over c_w.
    """
    c = _following(counts, context, alphabet)
    return (c + smoothing) / c.sum() if c.sum() else _uniform(alphabet)


def smoothing_once_in_denominator(counts, context, alphabet, smoothing):
    """Below the line you add the smoothing once. But each of the V characters got it, so your probabilities add up to
    more than 1.
    """
    c = _following(counts, context, alphabet)
    return (c + smoothing) / (c.sum() + smoothing) if c.sum() + smoothing else _uniform(alphabet)


def smoothing_once_among_all(counts, context, alphabet, smoothing):
    """Below the line you add the smoothing once, but each of the V characters got it. And your sum counts all
    characters that followed, also those outside the alphabet; in the formula w runs over the alphabet.
    """
    total = sum(counts.get(context, {}).values()) + smoothing
    return (_following(counts, context, alphabet) + smoothing) / total if total else _uniform(alphabet)


def unseen_is_impossible(counts, context, alphabet, smoothing):
    """For a context that never occurred you return zeros: nothing at all may follow. Yet something will. The formula,
    and the last line about s, cover that case: the probabilities always add up to 1.
    """
    c = _following(counts, context, alphabet)
    return (c + smoothing) / (c + smoothing).sum() if c.sum() else np.zeros(len(alphabet))


def unseen_is_nan(counts, context, alphabet, smoothing):
    """Without smoothing, a context that never occurred gives you 0 / 0, which is NaN. The docstring says what to return
    when nothing is known.
    """
    c = _following(counts, context, alphabet) + smoothing
    return c / c.sum()


def unseen_raises(counts, context, alphabet, smoothing):
    """It stops with an error at a context that never occurred. Most long contexts never did; look the dict up in a way
    that can fail.
    """
    following = counts[context]
    c = np.array([following.get(character, 0) for character in alphabet]) + smoothing
    return c / c.sum()


def unseen_divides_by_zero(counts, context, alphabet, smoothing):
    """Without smoothing, a context that never occurred makes you divide by 0, which Python refuses. The docstring says
    what to return when nothing is known.
    """
    c = [float(number) for number in _following(counts, context, alphabet)]
    return np.array([(number + smoothing) / (sum(c) + smoothing * len(alphabet)) for number in c])


def unseen_character_raises(counts, context, alphabet, smoothing):
    """It stops with a KeyError: the dict of a context holds only the characters that did follow it. What is the count
    of all the others, and how can you ask a dict for a key that may be missing?
    """
    c = np.array([counts[context][character] for character in alphabet]) + smoothing
    return c / c.sum()


def order_of_counts(counts, context, alphabet, smoothing):
    """Your probabilities are in the order in which the characters were counted, which differs from context to context.
    Place v belongs to `alphabet[v]`.
    """
    following = counts.get(context, {})
    ordered = [ch for ch in following if ch in alphabet] + [ch for ch in alphabet if ch not in following]
    c = np.array([following.get(character, 0) for character in ordered]) + smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)


def sorted_alphabet(counts, context, alphabet, smoothing):
    """Your probabilities are in alphabetical order. The alphabet comes in an order of its own, and place v belongs to
    `alphabet[v]`.
    """
    c = _following(counts, context, sorted(alphabet)) + smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)


def only_seen_smoothed(counts, context, alphabet, smoothing):
    """You smooth only the characters that were seen after this context. Smoothing is there for the others: what has not
    been seen yet is improbable, not impossible.
    """
    c = _following(counts, context, alphabet)
    c = np.where(c > 0, c + smoothing, 0)
    return c / c.sum() if c.sum() else _uniform(alphabet)


def strangers_in_denominator(counts, context, alphabet, smoothing):
    """Below the line you count all characters that followed, also those outside the alphabet: your probabilities add up
    to less than 1. The sum in the formula runs over the alphabet.
    """
    following = counts.get(context, {})
    c = _following(counts, context, alphabet) + smoothing
    total = sum(following.values()) + smoothing * len(alphabet)
    return c / total if total else _uniform(alphabet)


def over_all_contexts(counts, context, alphabet, smoothing):
    """You divide by the counts of all contexts together: that is how probable this context *and* this character are.
    Asked for is the character, given that the context is already there.
    """
    c = _following(counts, context, alphabet) + smoothing
    total = sum(_following(counts, other, alphabet).sum() for other in counts) + smoothing * len(alphabet)
    return c / total if total else _uniform(alphabet)


def context_ignored(counts, context, alphabet, smoothing):
    """You add up the counts of all contexts, so every context gives the same answer. Look at what followed this one."""
    c = sum((_following(counts, other, alphabet) for other in counts), np.zeros(len(alphabet))) + smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)


def still_counts(counts, context, alphabet, smoothing):
    """You return c_v + s, not yet divided by their sum."""
    return _following(counts, context, alphabet) + smoothing


def softmax_of_counts(counts, context, alphabet, smoothing):
    """You take a softmax of the counts. Twice as often should be twice as probable; after a softmax, one more count is
    e times as probable.
    """
    c = np.exp(_following(counts, context, alphabet) + smoothing)
    return c / c.sum()


def add_one(counts, context, alphabet, smoothing):
    """You add 1 to every count, whatever the smoothing is. That is the special case s = 1; add the `smoothing` you are
    given, and its sum below the line.
    """
    c = _following(counts, context, alphabet) + 1
    return c / c.sum()


def alphabet_of_those_seen(counts, context, alphabet, smoothing):
    """Below the line you add the smoothing once for each character that was seen after this context. All V characters
    of the alphabet get it above the line, so all V count below.
    """
    c = _following(counts, context, alphabet)
    total = c.sum() + smoothing * len(counts.get(context, {}))
    return (c + smoothing) / total if total else _uniform(alphabet)


def alphabet_of_all_seen(counts, context, alphabet, smoothing):
    """Below the line you count the smoothing once for each character that occurs anywhere in the counts. V is the
    length of the alphabet you are given, whether all of it occurs or not.
    """
    c, seen = _following(counts, context, alphabet), {v for following in counts.values() for v in following}
    total = c.sum() + smoothing * len(seen)
    return (c + smoothing) / total if total else _uniform(alphabet)


def last_character_only(counts, context, alphabet, smoothing):
    """You look up the last character of the context alone. The context is a key as it is, n − 1 characters long."""
    return reference.next_char_probabilities(counts, context[-1:], alphabet, smoothing)


def one_each_below(counts, context, alphabet, smoothing):
    """Below the line you add 1 for every character of the alphabet, above it the smoothing. The same s belongs to both:
    V · s below.
    """
    c = _following(counts, context, alphabet)
    return (c + smoothing) / (c.sum() + len(alphabet)) if c.sum() + smoothing else _uniform(alphabet)


def one_each_above(counts, context, alphabet, smoothing):
    """Above the line you add 1 to every count, whatever the smoothing is: it is s that is added, above and below."""
    c = _following(counts, context, alphabet)
    total = (c + smoothing).sum()
    return (c + 1) / total if total else _uniform(alphabet)


def nothing_known_is_impossible(counts, context, alphabet, smoothing):
    """Where every c_v + s is 0 you return zeros: nothing at all may follow. By the docstring all characters are equally
    probable there, so that the probabilities add up to 1.
    """
    c = _following(counts, context, alphabet) + smoothing
    return c / c.sum() if c.sum() else c


def only_zeros_smoothed(counts, context, alphabet, smoothing):
    """You add the smoothing to the characters that never followed, and only to those. In the formula every c_v gets
    it.
    """
    c = _following(counts, context, alphabet)
    c[c == 0] += smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)


def smoothed_after_dividing(counts, context, alphabet, smoothing):
    """You divide the counts by their sum first and add the smoothing afterwards. It is added to counts, and the sum of
    the smoothed counts is what they are divided by.
    """
    c = _following(counts, context, alphabet)
    return c / max(c.sum(), 1) + smoothing if c.sum() + smoothing else _uniform(alphabet)


def smoothed_between_two_divisions(counts, context, alphabet, smoothing):
    """You divide the counts by their sum before you add the smoothing, and again afterwards. Then s counts as much as a
    share, not as a count: add it to the counts themselves.
    """
    c = _following(counts, context, alphabet)
    p = c / max(c.sum(), 1) + smoothing
    return p / p.sum() if p.sum() else _uniform(alphabet)


def smoothing_as_a_floor(counts, context, alphabet, smoothing):
    """You raise counts below the smoothing to it. It is added to every count, large or small."""
    c = np.maximum(_following(counts, context, alphabet), smoothing)
    return c / c.sum() if c.sum() else _uniform(alphabet)


def divided_by_the_largest(counts, context, alphabet, smoothing):
    """You divide by the largest of the smoothed counts. Probabilities add up to 1: divide by the sum."""
    c = _following(counts, context, alphabet) + smoothing
    return c / c.max() if c.sum() else _uniform(alphabet)


def whole_division(counts, context, alphabet, smoothing):
    """`//` divides and throws away what is behind the point, so that nearly all your probabilities are 0. `/`
    divides.
    """
    c = _following(counts, context, alphabet) + smoothing
    return c // c.sum() if c.sum() else _uniform(alphabet)


def smoothing_shared_out(counts, context, alphabet, smoothing):
    """You share the smoothing out among the characters, s / V for each. Every count gets all of s."""
    c = _following(counts, context, alphabet) + smoothing / len(alphabet)
    return c / c.sum() if c.sum() else _uniform(alphabet)


def counts_times_smoothing(counts, context, alphabet, smoothing):
    """You multiply the counts by the smoothing, which leaves their proportions as they were. It is added."""
    c = _following(counts, context, alphabet) * smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)
