"""How far back a language model looks: change one character of a text, and see which guesses become others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
from matplotlib import pyplot as plt

from unrolled.capstone.data_language import numbers, one_hot, training_places
from unrolled.capstone.plays import read, softmax
from unrolled.kit.figures import Picture, show
from unrolled.kit.style import MUTED, OUTPUT, STATE
from unrolled.motivation.data import documentation

Params = Mapping[str, np.ndarray]
BEFORE, AFTER = 24, 40  # characters read before the one that is changed, and after it
BINS = ((1, 5), (6, 10), (11, 15), (16, 24))  # characters between the quotation marks
MOST = 160


def guesses(params: Params, places: np.ndarray, lstm_forward: Callable) -> np.ndarray:
    """The probabilities of the next character after each of `places` (B, T): (B, T, V)."""
    return softmax(read(dict(params), one_hot(places), lstm_forward))


def changes(params: Params, lstm_forward: Callable, seed: int = 0) -> np.ndarray:
    """How much the guesses differ when one character of the text is another one.

    Returns
    -------
    (40,) array
        In bits, on average over 160 places: the Kullback-Leibler divergence of the guess right after the changed
        character, of the one after that, and so on.
    """
    rng, text = np.random.default_rng(seed), training_places()
    starts = rng.integers(len(text) - BEFORE - AFTER, size=MOST)
    places = text[starts[:, None] + np.arange(BEFORE + AFTER)]
    changed = places.copy()
    changed[:, BEFORE] = rng.permutation(places[:, BEFORE])
    p, q = (guesses(params, each, lstm_forward)[:, BEFORE:] for each in (places, changed))
    differs = places[:, BEFORE] != changed[:, BEFORE]
    return (p * np.log2(np.maximum(p, 1e-30) / np.maximum(q, 1e-30))).sum(axis=-1)[differs].mean(axis=0)


def quotes(params: Params, lstm_forward: Callable, seed: int = 0) -> dict[tuple[int, int], tuple[float, float]]:
    """The probability of a closing quotation mark where one comes, with the opening one and with a space instead.

    Returns
    -------
    dict
        For each of `BINS`, the least and the most characters between the two marks: both probabilities, on average
        over up to 160 quotations of the documentation.
    """
    found, rng = _quotations(), np.random.default_rng(seed)
    told = {}
    for least, most in BINS:
        texts = [(text, opening) for text, opening in found if least <= BEFORE + AFTER - 1 - opening <= most]
        chosen = [texts[place] for place in rng.permutation(len(texts))[:MOST]]
        kept = np.array([numbers(text) for text, _ in chosen])
        blanked = kept.copy()
        blanked[np.arange(len(chosen)), [opening for _, opening in chosen]] = numbers(" ")
        mark = int(numbers('"')[0])
        told[least, most] = tuple(
            float(guesses(params, places, lstm_forward)[:, -1, mark].mean()) for places in (kept, blanked)
        )
    return told


def _quotations() -> list[tuple[str, int]]:
    """The 64 characters before each closing quotation mark, and where among them the opening one is."""
    text, found = documentation(), []
    for paragraph in re.finditer(r"[^\n]+", text):
        if paragraph[0].count('"') % 2 == 0:
            for quotation in re.finditer(r'"[^"]+"', paragraph[0]):
                end = paragraph.start() + quotation.end() - 1
                found.append((text[end - BEFORE - AFTER : end], BEFORE + AFTER + 1 - len(quotation[0])))
    return [(before, opening) for before, opening in found if len(before) == BEFORE + AFTER and opening > 8]


def plot_memory(params: Params, lstm_forward: Callable) -> Picture:
    """Both measures: how guesses differ after a changed character, and what an opening quotation mark does."""
    differing, told = changes(params, lstm_forward), quotes(params, lstm_forward)
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.1))
    left.plot(np.arange(1, AFTER + 1), np.maximum(differing, 1e-6), color=STATE)
    left.set(yscale="log", xlabel="characters since the changed one", ylabel="bits", title="how much the guess differs")
    for shift, row, name, colour in ((-0.2, 0, "kept", OUTPUT), (0.2, 1, "a space instead", MUTED)):
        bars = right.bar(np.arange(len(told)) + shift, [pair[row] for pair in told.values()], 0.4, color=colour)
        right.bar_label(bars, fmt="%.2f", fontsize="small")
        bars.set_label(f"opening mark: {name}")
    right.set_xticks(range(len(told)), [f"{least}–{most}" for least, most in told])
    right.set(xlabel="characters since the opening mark", ylim=(0, 1), title='probability of the closing "')
    right.legend(loc="upper right", fontsize="small")
    ends = ", ".join(f"{differing[place - 1]:.2g} bits {place} characters on" for place in (1, 4, 8, 16, 32))
    marks = "; ".join(f"{a}–{b} characters: {kept:.2f} kept, {gone:.2f} gone" for (a, b), (kept, gone) in told.items())
    return show(
        figure, f"After a changed character the guess differs by {ends}. A closing quotation mark gets {marks}."
    )
