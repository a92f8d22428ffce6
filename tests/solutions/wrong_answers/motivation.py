"""Lesson 01."""

import random
from collections import Counter, defaultdict

import numpy as np

from tests.solutions.wrong_answers.collected import wrong


@wrong("all rows of an array are of one length", never="eig")
def pad_batch(sequences, value=0.0):
    batch = np.array(sequences)
    mask = np.ones(batch.shape, dtype=bool)
    return batch, mask


@wrong("has no attribute 'append'", never="eig")
def pad_batch(sequences, value=0.0):
    longest = max(len(s) for s in sequences)
    lengths = [len(s) for s in sequences]
    for s in sequences:
        while len(s) < longest:
            s.append(value)
    return np.array(sequences, dtype=float), np.arange(longest) < np.array(lengths)[:, None]


@wrong("a default such as `x=[]`", never="eig")
def pad_batch(sequences, value=0.0, rows=[]):  # noqa: B006
    longest = max(map(len, sequences))
    lengths = [len(s) for s in sequences]
    for s in sequences:
        rows.append(list(s) + [value] * (longest - len(s)))
    return np.array(rows, dtype=float), np.arange(longest)[None, :] < np.array(lengths)[:, None]


@wrong(named="padded-left")
def pad_batch(sequences, value=0.0):
    T = max(map(len, sequences))
    batch = np.full((len(sequences), T), value, dtype=float)
    mask = np.zeros((len(sequences), T), dtype=bool)
    for i, s in enumerate(sequences):
        if len(s):
            batch[i, -len(s) :], mask[i, -len(s) :] = s, True
    return batch, mask


@wrong(named="mask-of-numbers")
def pad_batch(sequences, value=0.0):
    T = max(map(len, sequences))
    batch = np.array([list(s) + [value] * (T - len(s)) for s in sequences], dtype=float)
    return batch, np.array([[1.0] * len(s) + [0.0] * (T - len(s)) for s in sequences])


@wrong("a dict with a tuple as key")
def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n + 1):
        gram = tuple(text[i : i + n])
        context = counts.setdefault(gram[:-1], {})
        context[gram[-1]] = context.get(gram[-1], 0) + 1
    return counts


@wrong("a dict with a tuple as key")
def ngram_counts(text, n):
    counts = defaultdict(Counter)
    for *context, character in zip(*[text[i:] for i in range(n)]):
        counts[tuple(context)][character] += 1
    return {context: dict(following) for context, following in counts.items()}


@wrong("has '^', which isn't expected")
def ngram_counts(text, n):
    counts = defaultdict(lambda: defaultdict(int))
    text = "^" * (n - 1) + text + "$"
    for i in range(len(text) - n + 1):
        counts[text[i : i + n - 1]][text[i + n - 1]] += 1
    return {context: dict(following) for context, following in counts.items()}


@wrong("has '~', which isn't expected")
def ngram_counts(text, n):
    counts = defaultdict(Counter)
    text = "~" * (n - 1) + text
    for i in range(n - 1, len(text)):
        counts[text[i - n + 1 : i]][text[i]] += 1
    return {context: dict(following) for context, following in counts.items()}


@wrong(named="only-the-last-kept")
def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n + 1):
        counts[text[i : i + n - 1]] = {text[i + n - 1]: 1}
    return counts


@wrong(named="context-of-n")
def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n):
        following = counts.setdefault(text[i : i + n], {})
        following[text[i + n]] = following.get(text[i + n], 0) + 1
    return counts


@wrong(named="one-character-further")
def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n):
        following = counts.setdefault(text[i : i + n - 1], {})
        following[text[i + n]] = following.get(text[i + n], 0) + 1
    return counts


@wrong(named="add-one")
def next_char_probabilities(counts, context, alphabet, smoothing):
    following = counts.get(context, {})
    total = sum(following.get(ch, 0) for ch in alphabet)
    return np.array([(following.get(ch, 0) + 1) / (total + len(alphabet)) for ch in alphabet])


@wrong(named="alphabet-of-those-seen")
def next_char_probabilities(counts, context, alphabet, smoothing):
    following = counts.get(context, {})
    total = sum(following.get(ch, 0) for ch in alphabet) + smoothing * len(following)
    if total == 0:
        return np.full(len(alphabet), 1 / len(alphabet))
    return np.array([(following.get(ch, 0) + smoothing) / total for ch in alphabet])


@wrong(named="smoothing-once-in-denominator")
def next_char_probabilities(counts, context, alphabet, smoothing):
    following = counts.get(context, {})
    c = np.array([following.get(ch, 0) for ch in alphabet], float)
    if c.sum() + smoothing == 0:
        return np.full(len(alphabet), 1 / len(alphabet))
    return (c + smoothing) / (c.sum() + smoothing)


@wrong("has to come from the `rng` it is given")
def autofill(counts, prompt, length, n, alphabet, rng):
    text = prompt
    for _ in range(length):
        following = counts.get(text[-(n - 1) :] if n > 1 else "", {})
        weights = [following.get(ch, 0) for ch in alphabet]
        text += random.choices(alphabet, weights=weights if sum(weights) else None)[0]
    return text


@wrong("exactly one of `rng` for each new character")
def autofill(counts, prompt, length, n, alphabet, rng):
    rng = np.random.default_rng(42)
    text = prompt
    for _ in range(length):
        following = counts.get(text[-(n - 1) :] if n > 1 else "", {})
        p = np.array([following.get(ch, 0) for ch in alphabet], float)
        p = p / p.sum() if p.sum() else np.full(len(alphabet), 1 / len(alphabet))
        text += alphabet[rng.choice(len(alphabet), p=p)]
    return text


@wrong(named="stops-at-the-unknown")
def autofill(counts, prompt, length, n, alphabet, rng):
    text = prompt
    for _ in range(length):
        context = text[-(n - 1) :] if n > 1 else ""
        if context not in counts:
            break
        p = np.array([counts[context].get(ch, 0) for ch in alphabet], float)
        text += alphabet[rng.choice(len(alphabet), p=p / p.sum())]
    return text


@wrong("of a string, make a list first")
def autofill(counts, prompt, length, n, alphabet, rng):
    text = prompt
    for _ in range(length):
        following = counts.get(text[-(n - 1) :] if n > 1 else "", {})
        p = np.array([following.get(ch, 0) for ch in alphabet], float)
        p = p / p.sum() if p.sum() else np.full(len(alphabet), 1 / len(alphabet))
        text += rng.choice(alphabet, p=p)
    return text


@wrong(named="most-probable")
def autofill(counts, prompt, length, n, alphabet, rng):
    text = prompt
    for _ in range(length):
        following = counts.get(text[len(text) - n + 1 :], {})
        text += max(alphabet, key=lambda ch: following.get(ch, 0))
    return text


@wrong(named="weighted-by-p")
def bits_per_character(probabilities):
    p = np.asarray(probabilities)
    return float(np.mean(np.where(p > 0, -p * np.log2(np.where(p > 0, p, 1)), 0)))


@wrong(named="entropy")
def bits_per_character(probabilities):
    p = np.asarray(probabilities)
    return float(-np.sum(p * np.log2(p)))


@wrong(named="cut-above-zero")
def bits_per_character(probabilities):
    return float(-np.mean(np.log2(np.clip(probabilities, 1e-10, 1))))


@wrong(named="cut-above-zero")
def bits_per_character(probabilities):
    return float(-np.mean(np.log2(np.maximum(probabilities, 1e-7))))


@wrong(named="never-quite-zero")
def bits_per_character(probabilities):
    return float(-np.mean(np.log2(np.asarray(probabilities) + 1e-12)))


@wrong(named="natural-log")
def bits_per_character(probabilities):
    with np.errstate(divide="ignore"):
        return -np.log(probabilities).mean()


@wrong(named="flipped")
def detect_anywhere(signal, pattern):
    return np.convolve(signal, pattern, mode="valid")


@wrong(named="padded-same")
def detect_anywhere(signal, pattern):
    return np.correlate(signal, pattern, "same")


@wrong(named="presence")
def bag_of_words(tokens, vocabulary):
    return np.array([int(word in tokens) for word in vocabulary])


@wrong(named="unknown-raises")
def bag_of_words(tokens, vocabulary):
    bag = np.zeros(len(vocabulary), dtype=int)
    for word in tokens:
        bag[list(vocabulary).index(word)] += 1
    return bag
