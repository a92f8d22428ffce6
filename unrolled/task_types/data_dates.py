"""Dates as people write them in twenty languages, and as ISO 8601 writes them: 2024-02-29.

The texts come from Babel's copy of the Unicode Common Locale Data Repository (CLDR), in the styles CLDR calls
full, long and medium. Days are split into training and held-out once and for all languages: a held-out day has
been seen in none of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from babel.dates import format_date

from unrolled.kit import weights
from unrolled.kit.tokens import one_hot_batch

LANGUAGES = {
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish",
    "zh": "Chinese",
}  # fmt: skip
STYLES = ("full", "long", "medium")
FIRST, LAST = date(1950, 1, 1), date(2049, 12, 31)

SYMBOLS = "0123456789-"  # what the decoder writes; a symbol's number is its place here
BOS, EOS = len(SYMBOLS), len(SYMBOLS) + 1


def letters() -> str:
    """The characters the trained encoder reads: the first is the first place of its one-hot vectors, and so on."""
    return "".join(map(chr, weights.read("date_encoder")["letters"]))


def write_date(day: date, language: str, style: str = "long") -> str:
    """The day as it is written in a language, ready for the network: `tidy`, so without capitals.

    Parameters
    ----------
    day : datetime.date
    language : str
        A code from `LANGUAGES`, or any other locale Babel knows.
    style : {"full", "long", "medium", "short"}
    """
    return tidy(format_date(day, style, locale=language))


def tidy(text: str) -> str:
    """Lower case, composed characters, plain spaces: what the network was trained to read."""
    text = unicodedata.normalize("NFC", text).lower()
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def split_days(seed: int = 0) -> tuple[list[date], list[date]]:
    """All days from 1950 to 2049, shuffled: nine tenths to train on, and the held-out tenth."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    order = np.random.default_rng(seed).permutation(len(days))
    held_out = len(days) // 10
    return [days[n] for n in order[held_out:]], [days[n] for n in order[:held_out]]


def characters() -> str:
    """Every character that occurs in the twenty languages, sorted."""
    month_ends = [date(2024, month, day) for month in range(1, 13) for day in range(1, 29)]
    texts = (write_date(day, language, style) for day in month_ends for language in LANGUAGES for style in STYLES)
    return "".join(sorted(set().union(*texts) | set("0123456789")))


def as_batch(texts: Sequence[str], letters: str) -> tuple[np.ndarray, np.ndarray]:
    """Texts as one-hot characters: xs (B, T, V) and the mask (B, T); a character that isn't in `letters` is zeros."""
    return one_hot_batch([[letters.find(letter) for letter in tidy(text)] for text in texts], len(letters))


def iso_numbers(days: Sequence[date]) -> np.ndarray:
    """Each day in ISO 8601, as the numbers of its symbols, closed by EOS: an array (B, 11)."""
    return np.array([[SYMBOLS.index(symbol) for symbol in day.isoformat()] + [EOS] for day in days])


def iso_text(numbers: Sequence[int]) -> str:
    """Symbol numbers as text; a BOS or EOS among them is shown as ^ or $."""
    return "".join((SYMBOLS + "^$")[number] for number in numbers)
