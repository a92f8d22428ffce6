"""What the shipped weights are worth on held-out data, measured with the lesson's references."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from solutions.task_types import reference
from unrolled.kit import weights
from unrolled.task_types import data_dates, data_glyphs, data_reviews, data_tunes


def reviews() -> float:
    """Share of held-out reviews whose verdict is recognised."""
    texts, labels = zip(*data_reviews.split_reviews()[1], strict=True)
    logits = reference.many_to_one(*data_reviews.as_batch(texts), weights.load("reviews"))
    return float(np.mean((logits > 0) == labels))


def bag_of_words(steps: int = 300) -> float:
    """The same share for logistic regression on counts of words, trained on the training reviews."""
    (texts, labels), (held_out, truth) = (zip(*reviews, strict=True) for reviews in data_reviews.split_reviews())
    xs, ys = data_reviews.as_counts(texts), np.array(labels)
    w, b = np.zeros(xs.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(xs @ w + b))) - ys
        w, b = w - xs.T @ error / len(xs), b - error.mean()
    return float(np.mean((data_reviews.as_counts(held_out) @ w + b > 0) == truth))


def captions() -> float:
    """Share of held-out frames with the right caption."""
    xs, mask, said = data_glyphs.as_batch(data_glyphs.split_films()[1])
    chosen = reference.many_to_many(xs, mask, weights.load("captions")).argmax(axis=-1)
    return float(np.mean(chosen[mask] == said[mask]))


def tunes() -> float:
    """Share of the six tunes' notes that come out right, one after the other, from a single input each."""
    right = []
    for tune in data_tunes.TUNES:
        notes = data_tunes.numbers_of(tune)
        x_0 = np.eye(data_tunes.SIZE)[data_tunes.start_of(tune)]
        made = reference.one_to_many(x_0, len(notes), weights.load("tunes")).argmax(axis=-1)
        right.append(made == notes)
    return float(np.concatenate(right).mean())


def arrows(number: int = 200, steps: int = 12, seed: int = 0) -> float:
    """Share of frames, made from fresh photographs, in which every pixel is on the right side of one half."""
    rng, right = np.random.default_rng(seed), []
    for place in rng.integers(len(data_glyphs.ARROWS), size=number):
        film = data_glyphs.arrow_film(*data_glyphs.ARROWS[place], steps)
        made = reference.one_to_many(data_glyphs.photograph(film[0], rng), steps, weights.load("arrows"))
        right.append(((made > 0.5) == (film[1:] > 0.5)).all(axis=1))
    return float(np.concatenate(right).mean())


def dates(number: int = 3000, languages: Collection[str] = tuple(data_dates.LANGUAGES), seed: int = 0) -> float:
    """Share of held-out days, written in random languages and styles, that are translated without one wrong symbol."""
    rng = np.random.default_rng(seed)
    days = data_dates.split_days()[1]
    chosen = [days[place] for place in rng.integers(len(days), size=number)]
    languages = sorted(languages)
    texts = [
        data_dates.write_date(day, languages[rng.integers(len(languages))], data_dates.STYLES[rng.integers(3)])
        for day in chosen
    ]
    return float(np.mean([made == day.isoformat() for made, day in zip(translate(texts), chosen, strict=True)]))


def translate(texts: Sequence[str]) -> list[str]:
    """Dates as texts, from any language to ISO 8601."""
    context = reference.encode(*data_dates.as_batch(texts, data_dates.letters()), weights.load("date_encoder"))
    decoder = weights.load("date_decoder")
    written = reference.greedy_decode(context, decoder, data_dates.BOS, data_dates.EOS, max_length=12)
    return [data_dates.iso_text(numbers) for numbers in written]


def report(names: Collection[str]) -> Iterator[tuple[str, float, str]]:
    """What is measured, the share of right answers, and what is asked for."""
    measures = {
        "reviews": [("reviews: praise or blame", reviews, "≥ 97%"), ("  with a bag of words", bag_of_words, "< 75%")],
        "captions": [("captions of frames", captions, "≥ 95%")],
        "tunes": [("notes of the tunes", tunes, "100%")],
        "arrows": [("frames of arrows' flights", arrows, "≥ 95%")],
        "dates": [("dates, every symbol right", dates, "≥ 95%")],
    }
    for name in names:
        for what, measure, asked in measures[name]:
            yield what, measure(), asked
