"""The best known way to points without training: random cells, and a read-out fitted to all the text there is.

    python -m tests.solutions.reservoir SECONDS SEEDS

says what it comes to: bits per character, the share of right dates, and the points.
"""

import sys
import time

import numpy as np

from solutions.gated_cells.reference import lstm_forward
from unrolled.capstone import data_language, data_translation, plays
from unrolled.task_types import data_dates

H = plays.MAX_HIDDEN


def random_cell(D, rng, heard=2.0, kept=0.5, forget=(-1.0, 2.0)):
    """An LSTM nobody trained, with the scales that were best of six tried."""
    u_0 = np.zeros(4 * H)
    u_0[H : 2 * H] = rng.uniform(*forget, size=H)
    shapes = {"u_x": heard * rng.normal(size=(4 * H, D)), "u_h": kept * rng.normal(size=(4 * H, H)) / np.sqrt(H)}
    return {name: value.astype(np.float32) for name, value in (shapes | {"u_0": u_0}).items()}


def fit(hs, targets, V, seconds, rng, batch=512, lr=0.01):
    """The read-out (V, H) and (V,) that a softmax regression by Adam finds on whitened states."""
    mean, spread = hs.mean(axis=0), np.linalg.eigh(np.cov(hs[::7].T) + 1e-6 * np.eye(H))
    whiten = (spread[1] / np.sqrt(spread[0])).astype(np.float32)
    xs = np.column_stack([(hs - mean) @ whiten, np.ones(len(hs), np.float32)])
    w, m, v, t, begun = np.zeros((V, H + 1), np.float32), 0.0, 0.0, 0, time.process_time()
    while (done := (time.process_time() - begun) / seconds) < 1:
        chosen, t = rng.integers(len(xs), size=batch), t + 1
        error = plays.softmax(xs[chosen] @ w.T) - np.eye(V, dtype=np.float32)[targets[chosen]]
        g = error.T @ xs[chosen] / batch
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        rate = lr * (0.51 + 0.49 * np.cos(np.pi * done))
        w = w - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    w_h = w[:, :-1] @ whiten.T
    return {"w_h": w_h, "w_0": w[:, -1] - w_h @ mean}


def language(seconds, seed, everything=True):
    """A language model for all 186,820 characters, or for the held-out ones alone."""
    rng = np.random.default_rng(seed)
    cell, places = random_cell(data_language.V, rng), data_language.held_out()
    if everything:
        learned = data_language.training_places()
        rows = len(learned) // data_language.LENGTH
        places = np.vstack([places, learned[: rows * data_language.LENGTH].reshape(rows, -1)])
    zeros = np.zeros((len(places), H), np.float32)
    hs = lstm_forward(data_language.one_hot(places[:, :-1]), zeros, zeros, cell)[0]
    return cell | fit(hs.reshape(-1, H), places[:, 1:].ravel(), data_language.V, seconds, rng)


def translator(seconds, seed, most=None):
    """A translator for held-out days in all nine languages."""
    rng = np.random.default_rng(seed)
    encoder = random_cell(len(data_translation.LETTERS), rng, 1.0, 0.5, (1.0, 4.0))
    decoder = random_cell(len(data_translation.SYMBOLS), rng, 1.0, 0.5, (1.0, 4.0))
    hs, targets = zip(*(decoded(encoder, decoder, *texts) for texts in dates(most)))
    decoder |= fit(np.concatenate(hs), np.concatenate(targets), len(data_translation.SYMBOLS), seconds, rng)
    return {f"encoder {k}": v for k, v in encoder.items()} | {f"decoder {k}": v for k, v in decoder.items()}


def dates(most):
    days = data_dates.split_days()[1][:most]
    for language in (*data_translation.LANGUAGES, data_translation.NEW_LANGUAGE):
        yield data_translation.as_arrays([language] * len(days), days)


def decoded(encoder, decoder, letters, symbols):
    """The decoder's states, and what should be written at each."""
    context = plays.read(encoder, data_translation.one_hot_letters(letters), lstm_forward)[:, -1]
    hs = plays.read(decoder, data_translation.one_hot_symbols(symbols[:, :-1]), lstm_forward, context)
    return hs.reshape(-1, H), symbols[:, 1:].ravel()


def bits(params, seed=0):
    """Bits per character on held-out text, and on text to learn from."""
    texts = data_language.held_out(seed), data_language.learned_from(seed)
    return tuple(plays.predictions(params, places, lstm_forward)[0] for places in texts)


if __name__ == "__main__":
    for seed in range(int(sys.argv[2])):
        fitted = language(float(sys.argv[1]), seed)
        print(seed, "language:", *map("{:.3f}".format, bits(fitted)), plays.play_language(fitted, seed, lstm_forward))
        made = translator(float(sys.argv[1]), seed)
        shares = (plays.play_translation(made, group, seed, lstm_forward) for group in ("known", "new"))
        print(seed, "translator:", *shares)
