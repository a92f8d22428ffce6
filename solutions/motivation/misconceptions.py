"""Wrong answers of lesson 01 that people really give, on size, order and sharing."""

import numpy as np

# pad_batch


def padded_left(sequences, value=0.0):
    T = max(len(s) for s in sequences)
    batch = np.array([[value] * (T - len(s)) + list(s) for s in sequences], dtype=float)
    mask = np.array([[False] * (T - len(s)) + [True] * len(s) for s in sequences])
    return batch, mask


def mask_inverted(sequences, value=0.0):
    batch, mask = _padded(sequences, value)
    return batch, ~mask


def mask_from_values(sequences, value=0.0):
    batch, _ = _padded(sequences, value)
    return batch, batch != value


def mask_of_numbers(sequences, value=0.0):
    batch, mask = _padded(sequences, value)
    return batch, mask.astype(int)


def cut_to_shortest(sequences, value=0.0):
    T = min(len(s) for s in sequences)
    batch = np.array([list(s)[:T] for s in sequences], dtype=float)
    return batch, np.ones(batch.shape, dtype=bool)


def value_ignored(sequences, value=0.0):
    return _padded(sequences, 0.0)


def whole_numbers_only(sequences, value=0.0):
    batch, mask = _padded(sequences, 0.0)
    batch = np.where(mask, batch, value if np.isfinite(value) else 0.0)
    return batch.astype(int), mask


def type_of_the_value(sequences, value=0.0):
    batch, mask = _padded(sequences, value)
    return batch.astype(type(value)), mask


def time_first(sequences, value=0.0):
    batch, mask = _padded(sequences, value)
    return batch.T, mask.T


def repeated_to_length(sequences, value=0.0):
    batch, mask = _padded(sequences, value)
    for b, s in enumerate(sequences):
        if len(s):
            batch[b] = np.resize(s, batch.shape[1])
    return batch, mask


def mask_first(sequences, value=0.0):
    batch, mask = _padded(sequences, value)
    return mask, batch


def _padded(sequences, value):
    T = max(len(s) for s in sequences)
    batch = np.array([list(s) + [value] * (T - len(s)) for s in sequences], dtype=float)
    return batch, np.array([[t < len(s) for t in range(T)] for s in sequences])


# bag_of_words


def presence(tokens, vocabulary):
    return np.array([int(word in tokens) for word in vocabulary])


def unknown_in_last_slot(tokens, vocabulary):
    counts = np.zeros(len(vocabulary), dtype=int)
    for token in tokens:
        counts[vocabulary.index(token) if token in vocabulary else -1] += 1
    return counts


def unknown_in_first_slot(tokens, vocabulary):
    counts = np.zeros(len(vocabulary), dtype=int)
    for token in tokens:
        counts[vocabulary.index(token) if token in vocabulary else 0] += 1
    return counts


def order_of_appearance(tokens, vocabulary):
    counts = {}
    for token in tokens:
        counts[token] = counts.get(token, 0) + 1
    return np.array(list(counts.values()), dtype=int)


def known_words_as_they_appear(tokens, vocabulary):
    counts = {}
    for token in tokens:
        if token in vocabulary:
            counts[token] = counts.get(token, 0) + 1
    return np.array(list(counts.values()), dtype=int)


def sorted_vocabulary(tokens, vocabulary):
    return np.array([tokens.count(word) for word in sorted(vocabulary)])


def shares(tokens, vocabulary):
    return np.array([tokens.count(word) / max(len(tokens), 1) for word in vocabulary])


def shares_of_known(tokens, vocabulary):
    counts = np.array([tokens.count(word) for word in vocabulary])
    return counts / max(counts.sum(), 1)


def parts_of_words(tokens, vocabulary):
    text = " ".join(tokens)
    return np.array([text.count(word) for word in vocabulary])


def capitals_ignored(tokens, vocabulary):
    lowered = [token.lower() for token in tokens]
    return np.array([lowered.count(word.lower()) for word in vocabulary])


def unknown_raises(tokens, vocabulary):
    counts = np.zeros(len(vocabulary), dtype=int)
    for token in tokens:
        counts[vocabulary.index(token)] += 1
    return counts


# detect_anywhere


def flipped(signal, pattern):
    return np.convolve(signal, pattern, mode="valid")


def padded_same(signal, pattern):
    return np.correlate(np.pad(signal, (len(pattern) // 2, (len(pattern) - 1) // 2)), pattern, mode="valid")


def padded_full(signal, pattern):
    return np.correlate(signal, pattern, mode="full")


def padded_end(signal, pattern):
    return np.correlate(np.append(signal, np.zeros(len(pattern) - 1)), pattern, mode="valid")


def weights_per_position(signal, pattern):
    weighed = signal * np.resize(pattern, len(signal))
    return np.correlate(weighed, np.ones(len(pattern)), mode="valid")


def last_place_missed(signal, pattern):
    return np.correlate(signal, pattern, mode="valid")[:-1]


def index_past_the_end(signal, pattern):
    return np.array([sum(pattern[k] * signal[t + k] for k in range(len(pattern))) for t in range(len(signal))])


def piece_too_short(signal, pattern):
    return np.array([pattern @ signal[t : t + len(pattern)] for t in range(len(signal))])


def side_by_side(signal, pattern):
    return np.correlate(signal, pattern, mode="valid")[:: len(pattern)]


def averaged(signal, pattern):
    return np.correlate(signal, pattern, mode="valid") / len(pattern)


def not_added_up(signal, pattern):
    return np.lib.stride_tricks.sliding_window_view(signal, len(pattern)) * pattern


def last_product_only(signal, pattern):
    return pattern[-1] * signal[len(pattern) - 1 :]


def normalised(signal, pattern):
    windows = np.lib.stride_tricks.sliding_window_view(signal, len(pattern))
    return windows @ pattern / np.maximum(np.linalg.norm(windows, axis=1) * np.linalg.norm(pattern), 1e-12)


def best_place_only(signal, pattern):
    return int(np.argmax(np.correlate(signal, pattern, mode="valid")))
