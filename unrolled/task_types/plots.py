"""Lesson 04's figures: how often dates come out right in each language, and what temperature does to choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
from matplotlib import pyplot as plt

from unrolled.kit.figures import Picture, show
from unrolled.kit.style import MUTED, OUTPUT, WRONG
from unrolled.kit.waiting import track
from unrolled.task_types import data_dates

# Languages of Babel that the network has never read, for comparison.
FIELDS = {"year": slice(0, 4), "month": slice(5, 7), "day": slice(8, 10)}  # of a date in ISO 8601
EXAMPLE = date(2024, 9, 25)
UNSEEN = {"nb": "Norwegian", "sk": "Slovak", "af": "Afrikaans", "ro": "Romanian", "ca": "Catalan"}


def languages_right(translate: Callable, number: int = 60, seed: int = 0) -> dict[str, float]:
    """The share of held-out days that come out right, by language: the twenty, and five it has never read.

    Parameters
    ----------
    translate : callable
        `translate(texts) -> list of str`, built from your own functions.
    number : int
        Days per language, in the three styles in turn.
    """
    days = data_dates.split_days()[1]
    right = {}
    for code, name in track([*data_dates.LANGUAGES.items(), *UNSEEN.items()], "translating"):
        rng = np.random.default_rng([seed, *map(ord, code)])
        chosen = [days[place] for place in rng.integers(len(days), size=number)]
        styles = [data_dates.STYLES[place % 3] for place in range(number)]
        texts = [data_dates.write_date(day, code, style) for day, style in zip(chosen, styles, strict=True)]
        made = translate(texts)
        right[name] = float(np.mean([text == day.isoformat() for text, day in zip(made, chosen, strict=True)]))
    return right


def plot_languages(right: Mapping[str, float]) -> Picture:
    """A bar for each language; those the network has never read in another colour."""
    names = sorted(right, key=lambda name: (name in UNSEEN.values(), -right[name], name))
    figure, axes = plt.subplots(figsize=(7.8, 3.2))
    colours = [WRONG if name in UNSEEN.values() else OUTPUT for name in names]
    axes.bar(range(len(names)), [right[name] for name in names], color=colours)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right")
    axes.axvline(len(names) - len(UNSEEN) - 0.5, color=MUTED, linestyle=":")
    axes.text(len(names) - len(UNSEEN) - 0.3, 1.03, "never read", color=WRONG)
    axes.set(ylabel="right, all ten symbols", ylim=(0, 1.12))
    listed = ", ".join(f"{name} {right[name]:.0%}" for name in names)
    return show(figure, f"The share of held-out days translated without one wrong symbol, by language: {listed}.")


def errors(
    translate: Callable, language: str, style: str, change: Callable = str, number: int = 120, seed: int = 0
) -> dict[str, int]:
    """How many held-out days come out wrong in one language and style, and how often which part of them.

    Parameters
    ----------
    translate : callable
        `translate(texts) -> list of str`, built from your own functions.
    language : str
        A code from `data_dates.LANGUAGES`.
    style : str
        One of `data_dates.STYLES`.
    change : callable
        `change(text) -> str`: what is done to each date before it is translated.
    """
    days = data_dates.split_days()[1]
    chosen = [days[place] for place in np.random.default_rng(seed).integers(len(days), size=number)]
    made = translate([change(data_dates.write_date(day, language, style)) for day in chosen])
    pairs = [(text, day.isoformat()) for text, day in zip(made, chosen, strict=True)]
    wrong = {name: sum(a[part] != b[part] for a, b in pairs) for name, part in FIELDS.items()}
    return {"dates": sum(a != b for a, b in pairs)} | wrong


def show_errors(translate: Callable, language: str, style: str, change: Callable = str) -> None:
    """Print `errors`, with an example of what is read."""
    wrong = errors(translate, language, style, change)
    parts = ", ".join(f"{name} {wrong[name]:2}" for name in FIELDS)
    example = change(data_dates.write_date(EXAMPLE, language, style))
    print(f"{wrong['dates']:3} of 120 wrong ({parts})  {data_dates.LANGUAGES[language]}, {style}: {example}")


def plot_temperatures(
    sample: Callable, logits: np.ndarray, names: Sequence[str], temperatures: Sequence[float], draws: int = 600
) -> Picture:
    """How often each choice is drawn at different temperatures.

    Parameters
    ----------
    sample : callable
        Your own `sample_with_temperature`.
    logits : (V,) array
    names : sequence of V str
    temperatures : sequence of float
    draws : int
    """
    rng = np.random.default_rng(0)
    figure, panels = plt.subplots(1, len(temperatures), sharey=True, squeeze=False)
    shares = []
    for axes, temperature in zip(panels[0], temperatures, strict=True):
        drawn = [int(sample(logits, temperature, rng)) for _ in range(draws)]
        share = np.bincount(drawn, minlength=len(names))[: len(names)] / draws
        axes.bar(range(len(names)), share, color=OUTPUT)
        axes.set_xticks(range(len(names)), names)
        axes.set(title=f"temperature {temperature:g}", ylim=(0, 1), xlabel="the choice, by its logit")
        shares.append(f"{temperature:g}: " + ", ".join(f"{n} {s:.0%}" for n, s in zip(names, share, strict=True)))
    panels[0, 0].set_ylabel(f"share of {draws} draws")
    return show(figure, f"How often each choice is drawn, by temperature. {'; '.join(shares)}.")
