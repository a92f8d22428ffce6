"""Lesson 07's translator at work: some of its dates, and how many it gets right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import numpy as np

from unrolled.capstone import data_translation as dates
from unrolled.capstone.plays import PIECES, checked_translator, read, written
from unrolled.exam.show import RIGHT, WRONG
from unrolled.kit.figures import Picture

_TABLE = (
    "font-family:var(--jp-code-font-family,monospace);font-size:13px;border-collapse:collapse;"
    "color:var(--jp-content-font-color1,inherit)"
)
_LINE = (
    "font-family:var(--jp-content-font-family,sans-serif);font-size:14px;color:var(--jp-content-font-color1,inherit)"
)
_CELL = "text-align:left;padding:2px 1em 2px 0;white-space:pre"

Weights = dict[str, np.ndarray]


def translations(params: Any, lstm_forward: Callable) -> Picture:
    """A date in each language, as the network translates it, and how many of all that are tested are right.

    Parameters
    ----------
    params : dict of arrays
        A translator's: "encoder u_x" and so on.
    lstm_forward : callable
        Yours.

    Raises
    ------
    ValueError
        If the parameters can't be used.
    """
    encoder, decoder = checked_translator(params)
    rows, summary = [], []
    for group, number in (("known", len(dates.LANGUAGES)), ("new", 2)):
        letters, symbols = dates.test_dates(group)
        new = translate(encoder, decoder, letters[:number], lstm_forward)
        languages = dates.LANGUAGES if group == "known" else (dates.NEW_LANGUAGE,) * number
        rows += [_row(*row) for row in zip(languages, letters, new, symbols[:, 1:], strict=False)]
        right = written(encoder, decoder, letters, symbols, lstm_forward) == symbols[:, 1:]
        summary.append(f"{'The eight languages' if group == 'known' else 'Norwegian'}: {_shares(right)}")
    cells = [[f'<td style="{_CELL}">{escape(text)}</td>' for text in row] for row in rows]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    lines = "".join(f'<div style="{_LINE}">{escape(line)}</div>' for line in summary)
    return Picture(
        f'<table style="{_TABLE}">{body}</table>{lines}',
        " ".join([*summary, *(" ".join(filter(None, row)) + "." for row in rows)]),
    )


def translate(encoder: Weights, decoder: Weights, letters: np.ndarray, lstm_forward: Callable) -> np.ndarray:
    """What it writes when it is shown nothing but the date: places in `SYMBOLS`, (B, 11) array of int."""
    context = read(encoder, dates.one_hot_letters(letters), lstm_forward)[:, -1]
    symbols = np.full((len(letters), 1), dates.SYMBOLS.index("^"))
    for _ in range(dates.LENGTH - 1):
        logits = read(decoder, dates.one_hot_symbols(symbols), lstm_forward, context)[:, -1]
        symbols = np.column_stack([symbols, logits.argmax(axis=-1)])
    return symbols[:, 1:]


def _row(language: str, letters: Sequence[int], new: Sequence[int], right: Sequence[int]) -> tuple[str, ...]:
    """Language, date, what was made of it, and what is right if it isn't."""
    text, made, wanted = "".join(dates.LETTERS[n] for n in letters).strip(), _iso(new), _iso(right)
    return language, text, "→", made, RIGHT if made == wanted else f"{WRONG} {wanted}"


def _iso(symbols: Sequence[int]) -> str:
    """A date that was written backwards, as people read it, up to the sign that ends it."""
    return "".join(dates.SYMBOLS[n] for n in symbols).partition("$")[0][::-1]


def _shares(right: np.ndarray) -> str:
    pieces = ", ".join(f"{name} {right[:, place].all(axis=1).mean():.1%}" for name, place in PIECES.items())
    return f"{right.all(axis=1).mean():.1%} of {len(right)} dates are right ({pieces})."
