"""Wrong answers of lesson 01 that people really give, on guessing the next character."""

import math

import numpy as np

from solutions.motivation.reference import next_char_probabilities

# ngram_counts


def last_window_missed(text, n):
    return _windows(text, range(len(text) - n), n)


def first_window_missed(text, n):
    return _windows(text, range(1, len(text) - n + 1), n)


def context_of_n(text, n):
    return _windows(text, range(len(text) - n), n + 1)


def windows_side_by_side(text, n):
    return _windows(text, range(0, len(text) - n + 1, n), n)


def seen_once(text, n):
    return {c: dict.fromkeys(following, 1) for c, following in _windows(text, range(len(text) - n + 1), n).items()}


def backwards(text, n):
    counts = {}
    for start in range(len(text) - n + 1):
        following = counts.setdefault(text[start + 1 : start + n], {})
        following[text[start]] = following.get(text[start], 0) + 1
    return counts


def shorter_contexts_at_start(text, n):
    counts = {}
    for end, character in enumerate(text):
        following = counts.setdefault(text[max(0, end - n + 1) : end], {})
        following[character] = following.get(character, 0) + 1
    return counts


def negative_start(text, n):
    counts = {}
    for end, character in enumerate(text):
        following = counts.setdefault(text[end - n + 1 : end], {})
        following[character] = following.get(character, 0) + 1
    return counts


def within_words(text, n):
    counts = {}
    for word in text.split():
        for context, following in _windows(word, range(len(word) - n + 1), n).items():
            own = counts.setdefault(context, {})
            for character, times in following.items():
                own[character] = own.get(character, 0) + times
    return counts


def lower_case(text, n):
    return _windows(text.lower(), range(len(text) - n + 1), n)


def of_words(text, n):
    words, counts = text.split(), {}
    for start in range(len(words) - n + 1):
        following = counts.setdefault(" ".join(words[start : start + n - 1]), {})
        following[words[start + n - 1]] = following.get(words[start + n - 1], 0) + 1
    return counts


def flat(text, n):
    counts = {}
    for start in range(len(text) - n + 1):
        counts[text[start : start + n]] = counts.get(text[start : start + n], 0) + 1
    return counts


def already_shares(text, n):
    counts = _windows(text, range(len(text) - n + 1), n)
    return {c: {ch: k / sum(following.values()) for ch, k in following.items()} for c, following in counts.items()}


def new_key_raises(text, n):
    counts = {}
    for start in range(len(text) - n + 1):
        counts[text[start : start + n - 1]][text[start + n - 1]] += 1
    return counts


def _windows(text, starts, n):
    counts = {}
    for start in starts:
        following = counts.setdefault(text[start : start + n - 1], {})
        character = text[start + n - 1]
        following[character] = following.get(character, 0) + 1
    return counts


# next_char_probabilities


def smoothing_not_in_denominator(counts, context, alphabet, smoothing):
    c = _following(counts, context, alphabet)
    return (c + smoothing) / c.sum() if c.sum() else _uniform(alphabet)


def smoothing_once_in_denominator(counts, context, alphabet, smoothing):
    c = _following(counts, context, alphabet)
    return (c + smoothing) / (c.sum() + smoothing) if c.sum() + smoothing else _uniform(alphabet)


def smoothing_once_among_all(counts, context, alphabet, smoothing):
    total = sum(counts.get(context, {}).values()) + smoothing
    return (_following(counts, context, alphabet) + smoothing) / total if total else _uniform(alphabet)


def unseen_is_impossible(counts, context, alphabet, smoothing):
    c = _following(counts, context, alphabet)
    return (c + smoothing) / (c + smoothing).sum() if c.sum() else np.zeros(len(alphabet))


def unseen_is_nan(counts, context, alphabet, smoothing):
    c = _following(counts, context, alphabet) + smoothing
    return c / c.sum()


def unseen_raises(counts, context, alphabet, smoothing):
    following = counts[context]
    c = np.array([following.get(character, 0) for character in alphabet]) + smoothing
    return c / c.sum()


def unseen_divides_by_zero(counts, context, alphabet, smoothing):
    c = [float(number) for number in _following(counts, context, alphabet)]
    return np.array([(number + smoothing) / (sum(c) + smoothing * len(alphabet)) for number in c])


def unseen_character_raises(counts, context, alphabet, smoothing):
    c = np.array([counts[context][character] for character in alphabet]) + smoothing
    return c / c.sum()


def order_of_counts(counts, context, alphabet, smoothing):
    following = counts.get(context, {})
    ordered = [ch for ch in following if ch in alphabet] + [ch for ch in alphabet if ch not in following]
    c = np.array([following.get(character, 0) for character in ordered]) + smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)


def sorted_alphabet(counts, context, alphabet, smoothing):
    c = _following(counts, context, sorted(alphabet)) + smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)


def only_seen_smoothed(counts, context, alphabet, smoothing):
    c = _following(counts, context, alphabet)
    c = np.where(c > 0, c + smoothing, 0)
    return c / c.sum() if c.sum() else _uniform(alphabet)


def strangers_in_denominator(counts, context, alphabet, smoothing):
    following = counts.get(context, {})
    c = _following(counts, context, alphabet) + smoothing
    total = sum(following.values()) + smoothing * len(alphabet)
    return c / total if total else _uniform(alphabet)


def over_all_contexts(counts, context, alphabet, smoothing):
    c = _following(counts, context, alphabet) + smoothing
    total = sum(_following(counts, other, alphabet).sum() for other in counts) + smoothing * len(alphabet)
    return c / total if total else _uniform(alphabet)


def context_ignored(counts, context, alphabet, smoothing):
    c = sum((_following(counts, other, alphabet) for other in counts), np.zeros(len(alphabet))) + smoothing
    return c / c.sum() if c.sum() else _uniform(alphabet)


def still_counts(counts, context, alphabet, smoothing):
    return _following(counts, context, alphabet) + smoothing


def softmax_of_counts(counts, context, alphabet, smoothing):
    c = np.exp(_following(counts, context, alphabet) + smoothing)
    return c / c.sum()


def _following(counts, context, alphabet):
    return np.array([counts.get(context, {}).get(character, 0) for character in alphabet], dtype=float)


def _uniform(alphabet):
    return np.full(len(alphabet), 1 / len(alphabet))


# autofill


def context_never_advances(counts, prompt, length, n, alphabet, rng):
    context = prompt[-(n - 1) :] if n > 1 else ""
    for _ in range(length):
        prompt += _draw(counts, context, alphabet, rng)
    return prompt


def most_probable(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        p = next_char_probabilities(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, 0.0)
        prompt += alphabet[int(np.argmax(p))]
    return prompt


def prompt_not_in_context(counts, prompt, length, n, alphabet, rng):
    new = ""
    for _ in range(length):
        new += _draw(counts, new[-(n - 1) :] if n > 1 else "", alphabet, rng)
    return prompt + new


def minus_zero(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        prompt += _draw(counts, prompt[-(n - 1) :], alphabet, rng)
    return prompt


def context_too_long(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        prompt += _draw(counts, prompt[-n:], alphabet, rng)
    return prompt


def only_what_is_new(counts, prompt, length, n, alphabet, rng):
    text = prompt
    for _ in range(length):
        text += _draw(counts, text[-(n - 1) :] if n > 1 else "", alphabet, rng)
    return text[len(prompt) :]


def length_of_all(counts, prompt, length, n, alphabet, rng):
    while len(prompt) < length:
        prompt += _draw(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, rng)
    return prompt


def own_order(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        following = counts.get(prompt[-(n - 1) :] if n > 1 else "") or dict.fromkeys(alphabet, 1)
        total = sum(following.values())
        prompt += str(rng.choice(list(following), p=[times / total for times in following.values()]))
    return prompt


def other_draws(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        p = next_char_probabilities(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, 0.0)
        prompt += alphabet[int(np.argmax(rng.multinomial(1, p)))]
    return prompt


def smoothed(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        p = next_char_probabilities(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, 1.0)
        prompt += alphabet[rng.choice(len(alphabet), p=p)]
    return prompt


def _draw(counts, context, alphabet, rng):
    return alphabet[rng.choice(len(alphabet), p=next_char_probabilities(counts, context, alphabet, 0.0))]


# bits_per_character


def natural_log(probabilities):
    return float(-np.mean(np.log(probabilities)))


def decimal_log(probabilities):
    return float(-np.mean(np.log10(probabilities)))


def summed(probabilities):
    return float(-np.sum(np.log2(probabilities)))


def negative(probabilities):
    return float(np.mean(np.log2(probabilities)))


def log_of_mean(probabilities):
    return float(-np.log2(np.mean(probabilities)))


def log_of_product(probabilities):
    return float(-np.log2(np.prod(probabilities)) / len(probabilities))


def entropy(probabilities):
    with np.errstate(all="ignore"):
        return float(-np.sum(probabilities * np.log2(probabilities)))


def never_quite_zero(probabilities):
    return float(-np.mean(np.log2(np.asarray(probabilities) + 1e-12)))


def zeros_left_out(probabilities):
    p = np.asarray(probabilities)
    return float(-np.mean(np.log2(p[p > 0])))


def perplexity(probabilities):
    return float(2 ** -np.mean(np.log2(probabilities)))


def zero_raises(probabilities):
    return sum(-math.log2(p) for p in probabilities) / len(probabilities)


def one_each(probabilities):
    return -np.log2(probabilities)
