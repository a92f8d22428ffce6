"""Dates to translate into ISO 8601: in eight languages to learn from, and in one that nobody has seen before.

Texts are filled up with spaces in front to one length. An encoder reads those first, and what counts last: so there is
nothing to mask. Dates are written backwards, day before year, as most languages have them: so nothing has to be
remembered for longer than 16 steps, where it would be 22 if they were written forwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from unrolled.task_types import data_dates

LANGUAGES = ("en", "es", "fr", "it", "nl", "pl", "ro", "sv")
STYLE = "medium"  # short names of months: "9 mars 2024"
NEW_LANGUAGE = "nb"  # Norwegian, as it is mostly written
LETTERS = " ,.0123456789abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïñòóôõöøùúûüœăąćęłńśźżșț"
SYMBOLS = data_dates.SYMBOLS + "^$"  # what the decoder reads and writes; ^ begins a date and $ ends it
MARKS = {"known": (0.5, 0.9), "new": (0.25, 0.5)}
WIDTH = 14  # characters: no date is longer
LENGTH = 12  # symbols of a date that is written, with both signs
TESTED = 400  # dates of each group

Dates = tuple[np.ndarray, np.ndarray]


def as_letters(text: str) -> list[int]:
    """The place in `LETTERS` of each character of a date, spaces in front; -1 for what isn't there."""
    return [LETTERS.find(letter) for letter in text.rjust(WIDTH)[-WIDTH:]]


def as_symbols(day: date) -> list[int]:
    """A day in ISO 8601, last digit first, between ^ and $, as places in `SYMBOLS`: 12 of them."""
    return [SYMBOLS.index(symbol) for symbol in f"^{day.isoformat()[::-1]}$"]


def one_hot_letters(places: np.ndarray) -> np.ndarray:
    """Letters as vectors with a single 1, or of zeros where the letter is unknown, in single precision."""
    return (places[..., None] == np.arange(len(LETTERS))).astype(np.float32)


def one_hot_symbols(places: np.ndarray) -> np.ndarray:
    """Symbols as vectors with a single 1, in single precision."""
    return np.eye(len(SYMBOLS), dtype=np.float32)[places]


def batches(B: int = 64, seed: int = 0) -> Iterator[Dates]:
    """Endless batches of training days, written in random ones of the eight languages.

    Yields
    ------
    letters : (B, 14) array of int
        What the encoder reads, as places in `LETTERS`.
    symbols : (B, 12) array of int
        What the decoder reads and writes, as places in `SYMBOLS`: inputs are `symbols[:, :-1]`, targets
        `symbols[:, 1:]`.
    """
    rng, days = np.random.default_rng(seed), data_dates.split_days()[0]
    while True:
        chosen = [days[place] for place in rng.integers(len(days), size=B)]
        languages = [LANGUAGES[place] for place in rng.integers(len(LANGUAGES), size=B)]
        yield as_arrays(languages, chosen)


@lru_cache(maxsize=8)
def test_dates(group: str, seed: int = 0) -> Dates:
    """Days that nobody should train on, as `batches` has them: 400 of them, drawn from 3,652.

    Parameters
    ----------
    group : {"known", "new"}
        In the eight languages in turn, or in the new one.
    seed : int
    """
    languages = LANGUAGES if group == "known" else (NEW_LANGUAGE,)
    days = data_dates.split_days()[1]
    chosen = np.random.default_rng(seed).choice(len(days), TESTED, replace=False)
    return as_arrays([languages[place % len(languages)] for place in range(TESTED)], [days[place] for place in chosen])


def as_arrays(languages: Sequence[str], days: Sequence[date]) -> Dates:
    """Each day in its language, as `batches` has them."""
    texts = [data_dates.write_date(day, language, STYLE) for language, day in zip(languages, days, strict=True)]
    return np.array([as_letters(text) for text in texts]), np.array([as_symbols(day) for day in days])
