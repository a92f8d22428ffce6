"""Lesson 01."""

import math
import random
from collections import Counter, defaultdict
from itertools import zip_longest

import numpy as np

from solutions.wrong_answers.collected import wrong


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


@wrong(named="time-first")
def pad_batch(sequences, value=0.0):
    batch = np.array(list(zip_longest(*sequences, fillvalue=value)), float)
    return batch, batch != value


@wrong("is a dict with")
def bag_of_words(tokens, vocabulary):
    return Counter(tokens)


@wrong(named="shares-of-an-empty-text")
def bag_of_words(tokens, vocabulary):
    return np.array([tokens.count(w) / len(tokens) for w in vocabulary])


@wrong(named="parts-of-words")
def bag_of_words(tokens, vocabulary):
    return np.array([" ".join(tokens).count(w) for w in vocabulary])


@wrong(named="flat")
def ngram_counts(text, n):
    counts = Counter()
    for i in range(len(text) - n + 1):
        counts[text[i : i + n]] += 1
    return dict(counts)


@wrong(named="seen-once")
def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n + 1):
        c, ch = text[i : i + n - 1], text[i + n - 1]
        if c not in counts:
            counts[c] = {}
        counts[c][ch] = 1
    return counts


@wrong(named="window-over-the-end")
def ngram_counts(text, n):
    counts = {}
    for i in range(len(text)):
        c, ch = text[i : i + n - 1], text[i + n - 1]
        counts.setdefault(c, {})
        counts[c][ch] = counts[c].get(ch, 0) + 1
    return counts


@wrong("is a list of length")
def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n + 1):
        counts.setdefault(text[i : i + n - 1], []).append(text[i + n - 1])
    return counts


@wrong("a dict with a tuple as key")
def ngram_counts(text, n):
    words = text.split()
    counts = {}
    for i in range(len(words) - n + 1):
        c = counts.setdefault(tuple(words[i : i + n - 1]), {})
        c[words[i + n - 1]] = c.get(words[i + n - 1], 0) + 1
    return counts


@wrong("is a dict with")
def next_char_probabilities(counts, context, alphabet, smoothing):
    f = counts[context]
    total = sum(f.values())
    return {ch: (f.get(ch, 0) + smoothing) / (total + smoothing * len(alphabet)) for ch in alphabet}


@wrong(named="own-order")
def autofill(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        f = counts.get(prompt[-n + 1 :], {})
        if not f:
            f = dict.fromkeys(alphabet, 1)
        chars, w = zip(*f.items())
        prompt += rng.choice(list(chars), p=np.array(w) / sum(w))
    return prompt


@wrong(named="other-draws")
def autofill(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        f = counts.get(prompt[-n + 1 :] if n > 1 else "", {})
        p = np.array([f.get(c, 0) for c in alphabet], float)
        p = p / p.sum() if p.sum() else np.full(len(alphabet), 1 / len(alphabet))
        prompt += alphabet[np.argmax(rng.multinomial(1, p))]
    return prompt


@wrong(named="zero-raises")
def bits_per_character(probabilities):
    return -sum(math.log2(p) for p in probabilities) / len(probabilities)


@wrong(named="one-each")
def bits_per_character(probabilities):
    return -np.log2(probabilities)


@wrong(named="summed")
def bits_per_character(probabilities):
    return np.sum(-np.log2(probabilities))


@wrong(named="pieces-over-the-end")
def detect_anywhere(signal, pattern):
    return np.array([np.sum(signal[t : t + len(pattern)] * pattern) for t in range(len(signal))])


@wrong(named="averaged")
def detect_anywhere(signal, pattern):
    return np.array([np.mean(signal[t : t + len(pattern)] * pattern) for t in range(len(signal) - len(pattern) + 1)])


@wrong(named="flipped-full")
def detect_anywhere(signal, pattern):
    return np.convolve(signal, pattern)


@wrong("Which context did you look up", never="draw blindly")
def autofill(counts, prompt, length, n, alphabet, rng):
    characters = list(prompt)
    for u in rng.random(length):
        following = counts.get("".join(characters[n + 1 :]), dict.fromkeys(alphabet, 1))
        p = np.array([following.get(c, 0) for c in alphabet])
        characters.append(alphabet[int(np.searchsorted(np.cumsum(p) / p.sum(), u, side="right"))])
    return "".join(characters)


@wrong(named="contexts-never-found", never="more than n − 1")
def autofill(counts, prompt, length, n, alphabet, rng):
    for _ in range(length):
        following = counts.get(tuple(prompt[len(prompt) - n + 1 :]), dict.fromkeys(alphabet, 1))
        p = np.array([following.get(c, 0) for c in alphabet])
        prompt += rng.choice(list(alphabet), p=p / p.sum())
    return prompt
