"""Other right answers of lesson 01, written as other people would."""

import itertools
import math
from collections import Counter, defaultdict

import numpy as np

# pad_batch


def pad_batch_filled_through_mask(sequences, value=0.0):
    lengths = np.array([len(sequence) for sequence in sequences])  # (B,)
    mask = np.arange(lengths.max()) < lengths[:, None]  # (B, T)
    batch = np.full(mask.shape, value, dtype=np.float32)
    batch[mask] = np.concatenate(sequences)
    return batch, mask


def pad_batch_by_lists(sequences, value=0.0):
    T = max(map(len, sequences))
    batch = [[*sequence, *[value] * (T - len(sequence))] for sequence in sequences]
    mask = [[t < len(sequence) for t in range(T)] for sequence in sequences]
    return batch, mask


def pad_batch_by_zip(sequences, value=0.0):
    columns = list(itertools.zip_longest(*sequences, fillvalue=None))  # (T, B)
    batch = np.array([[value if x is None else x for x in column] for column in columns], dtype=float).T
    mask = np.array([[x is not None for x in column] for column in columns]).T
    return batch, mask


# bag_of_words


def bag_of_words_by_count(tokens, vocabulary):
    return np.array([tokens.count(word) for word in vocabulary])


def bag_of_words_by_counter(tokens, vocabulary):
    counter = Counter(tokens)
    return [counter[word] for word in vocabulary]


def bag_of_words_by_comparison(tokens, vocabulary):
    equal = np.array(tokens, dtype=str)[:, None] == np.array(vocabulary, dtype=str)  # (N, V)
    return equal.sum(axis=0).astype(float)


# ngram_counts


def ngram_counts_by_counters(text, n):
    counts = defaultdict(Counter)
    for end in range(n, len(text) + 1):
        counts[text[end - n : end - 1]][text[end - 1]] += 1
    return counts


def ngram_counts_by_windows(text, n):
    counts = {}
    for (*context, character), times in Counter(zip(*(text[k:] for k in range(n)))).items():
        counts.setdefault("".join(context), {})[character] = times
    return counts


# next_char_probabilities


def probabilities_by_formula(counts, context, alphabet, smoothing):
    c = [counts.get(context, {}).get(character, 0) for character in alphabet]
    total = sum(c) + smoothing * len(alphabet)
    return [(number + smoothing) / total if total else 1 / len(alphabet) for number in c]


def probabilities_by_slots(counts, context, alphabet, smoothing):
    p = np.full(len(alphabet), smoothing, dtype=np.float32)
    for character, number in counts[context].items() if context in counts else ():
        if character in alphabet:
            p[alphabet.index(character)] += number
    return p / p.sum() if p.any() else np.full_like(p, 1 / len(p))


# autofill: without the learner's next_char_probabilities


def autofill_by_cumulative_sum(counts, prompt, length, n, alphabet, rng):
    characters = list(prompt)
    for u in rng.random(length):
        context = "".join(characters[max(len(characters) - n + 1, 0) :])
        p = np.array(probabilities_by_formula(counts, context, alphabet, 0.0))
        characters.append(alphabet[int(np.searchsorted(np.cumsum(p) / p.sum(), u, side="right"))])
    return "".join(characters)


def autofill_by_choice_of_characters(counts, prompt, length, n, alphabet, rng):
    if length == 0:
        return prompt
    context = prompt[len(prompt) - (n - 1) :] if len(prompt) >= n - 1 else prompt
    character = str(rng.choice(list(alphabet), p=probabilities_by_formula(counts, context, alphabet, 0)))
    return autofill_by_choice_of_characters(counts, prompt + character, length - 1, n, alphabet, rng)


def autofill_by_walking(counts, prompt, length, n, alphabet, rng):
    while length > 0:
        context = prompt[max(0, len(prompt) + 1 - n) :]
        totals = itertools.accumulate(probabilities_by_formula(counts, context, alphabet, 0.0))
        u = rng.random()
        prompt += next(character for character, total in zip(alphabet, totals) if total > u)
        length -= 1
    return prompt


# bits_per_character


def bits_by_natural_log(probabilities):
    with np.errstate(divide="ignore"):
        return -np.log(np.asarray(probabilities)).sum() / np.log(2) / len(probabilities)


def bits_by_loop(probabilities):
    return sum(math.inf if p == 0 else math.log2(1 / p) for p in probabilities) / len(probabilities)


def bits_in_float32(probabilities):
    with np.errstate(divide="ignore"):
        return np.log2(1 / np.asarray(probabilities, dtype=np.float32)).mean()


# detect_anywhere


def detect_by_correlate(signal, pattern):
    return np.correlate(signal, pattern, mode="valid")


def detect_by_windows(signal, pattern):
    return np.lib.stride_tricks.sliding_window_view(signal, len(pattern)) @ pattern


def detect_by_shifts(signal, pattern):
    s = np.zeros(len(signal) - len(pattern) + 1, dtype=np.float32)
    for k, weight in enumerate(pattern):
        s += weight * signal[k : k + len(s)]
    return s
