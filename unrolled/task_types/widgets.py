"""Lesson 04's widgets: choose a kind of task, judge a review, translate a date, hear a melody."""

from __future__ import annotations

import base64
import io
import wave
from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np

from unrolled.exam.show import as_note
from unrolled.kit import weights
from unrolled.kit.alive import Alive, beside
from unrolled.kit.figures import Picture
from unrolled.kit.tokens import one_hot_batch
from unrolled.task_types import data_dates, data_reviews, data_tunes
from unrolled.task_types.pictures import TASKS, four_tasks, task
from unrolled.task_types.pictures_sequences import piano_roll, understanding_picture, verdict_picture

LONGEST_TEXT, LONGEST_REVIEW, MOST_NOTES = 44, 24, 64


class ChooseTask(Alive):
    """Choose a kind of task and see which inputs and outputs it uses."""

    def __init__(self) -> None:
        kinds = [("all four", ""), *((which.name, kind) for kind, which in TASKS.items())]
        self.kind = widgets.ToggleButtons(options=kinds, style={"button_width": "auto"})
        super().__init__(self.kind)
        self.box = widgets.VBox([self.kind, self.shown])

    def still(self) -> Picture:
        """The chosen kind, or all of them."""
        return task(self.kind.value) if self.kind.value else four_tasks()


class JudgeReview(Alive):
    """Type a review and see, word by word, what the network would say if it ended there.

    Parameters
    ----------
    many_to_one : callable
        Your own.
    review : str
        To begin with.
    """

    def __init__(self, many_to_one: Callable, review: str):
        self.many_to_one, self.params = many_to_one, weights.load("reviews")
        self.words = data_reviews.vocabulary()
        self.typed = widgets.Text(review, description="review", continuous_update=True)
        self.typed.layout.width, self.typed.layout.max_width = "46em", "98%"
        super().__init__(self.typed)
        self.box = widgets.VBox([self.typed, self.shown])

    def still(self) -> Picture:
        """The verdict after each word."""
        read = data_reviews.tokens(self.typed.value)[:LONGEST_REVIEW] or ["."]
        numbers = [self.words.index(word) if word in self.words else -1 for word in read]
        picture = verdict_picture(read, self._logits(numbers), [number >= 0 for number in numbers])
        return Picture(picture.html + _folded("All words it knows", " ".join(self.words)), picture.alt, picture.other)

    def _logits(self, numbers: list[int]) -> np.ndarray:
        """After each word; unknown words are padding, and where nothing else was read there is no verdict, 0."""
        beginnings = [numbers[: end + 1] for end in range(len(numbers))]
        xs, mask = one_hot_batch(beginnings, len(self.words))
        mask, logits = mask & xs.any(axis=2), np.zeros(len(numbers))
        some = mask.any(axis=1)
        if some.any():
            logits[some] = self.many_to_one(xs[some], mask[some], self.params)
        return logits


def _folded(title: str, text: str) -> str:
    style = "font-family:var(--jp-content-font-family,sans-serif);font-size:13px;max-width:60em"
    return f'<details style="{style}"><summary>{escape(title)}</summary>{escape(text)}</details>'


class TranslateDate(Alive):
    """Type a date and watch, character by character, the encoder's state and what the decoder makes of it.

    Parameters
    ----------
    encode, greedy_decode : callable
        Your own.
    text : str
        To begin with.
    """

    def __init__(self, encode: Callable, greedy_decode: Callable, text: str):
        self.encode, self.greedy_decode = encode, greedy_decode
        self.encoder, self.decoder = weights.load("date_encoder"), weights.load("date_decoder")
        self.letters, self.rng = data_dates.letters(), np.random.default_rng(0)
        self.typed = widgets.Text(text, description="date", continuous_update=True)
        self.typed.layout.width, self.typed.layout.max_width = "30em", "98%"
        names = sorted((name, code) for code, name in data_dates.LANGUAGES.items())
        self.language = widgets.Dropdown(options=names, value="fr", description="language")
        self.style = widgets.Dropdown(options=data_dates.STYLES, description="style")
        another = widgets.Button(description="Another day", icon="refresh", tooltip="A random day in this language")
        another.on_click(self.draw)
        for control in (self.language, self.style):
            control.observe(self.draw, "value")
        super().__init__(self.typed)
        self.box = widgets.VBox([beside(self.language, self.style, another), self.typed, self.shown])

    def draw(self, _: Any = None) -> None:
        """Put a random day into the box, written in the chosen language and style."""
        days = (data_dates.LAST - data_dates.FIRST).days
        day: date = data_dates.FIRST + timedelta(days=int(self.rng.integers(days + 1)))
        self.typed.value = data_dates.write_date(day, self.language.value, self.style.value)

    def still(self) -> Picture:
        """Each character, the state after it, and the decoder's text from there."""
        text = data_dates.tidy(self.typed.value)
        if not text:
            return Picture(
                as_note("There is nothing to translate yet: type a date.", "unsolved"), "no date to translate"
            )
        picture = self._understood(text[:LONGEST_TEXT])
        if len(text) <= LONGEST_TEXT:
            return picture
        cut = f"Only the first {LONGEST_TEXT} characters are read."
        return Picture(as_note(cut) + picture.html, f"{cut} {picture.alt}", picture.other)

    def _understood(self, text: str) -> Picture:
        numbers = [self.letters.find(letter) for letter in text]
        beginnings = [numbers[: end + 1] for end in range(len(numbers))]
        states = np.asarray(self.encode(*one_hot_batch(beginnings, len(self.letters)), self.encoder))
        written = self.greedy_decode(states, self.decoder, data_dates.BOS, data_dates.EOS, 12)
        texts = [data_dates.iso_text(row) for row in written]
        return understanding_picture(text, states, texts, [number >= 0 for number in numbers])


class Compose(Alive):
    """Choose a beginning, a temperature and a length: see the melody grow, and hear it.

    Parameters
    ----------
    compose : callable
        `compose(tune, notes, temperature, rng) -> list of int`, built from your own functions.
    temperature : float
        To begin with.
    """

    def __init__(self, compose: Callable, temperature: float = 1.0):
        self.compose, self.seed = compose, 0
        self.tune = widgets.Dropdown(options=list(data_tunes.TUNES), description="begin with")
        self.temperature = widgets.FloatSlider(temperature, min=0.2, max=3, step=0.1, description="temperature")
        self.notes = widgets.IntSlider(40, min=4, max=MOST_NOTES, description="notes")
        for slider in (self.temperature, self.notes):
            slider.continuous_update = False
            slider.style.description_width = "initial"
        again = widgets.Button(description="Another one", icon="refresh", tooltip="The same again with other luck")
        again.on_click(self._draw_again)
        self.sound = widgets.HTML()
        super().__init__(self.tune, self.temperature, self.notes)
        rows = [beside(self.tune, again), beside(self.temperature, self.notes), self.shown, self.sound]
        self.box = widgets.VBox(rows)

    def still(self) -> Picture:
        """The melody as a piano roll, in another colour where the tune never goes on like that."""
        name = self.tune.value
        rng = np.random.default_rng(self.seed)
        numbers = self.compose(name, self.notes.value, self.temperature.value, rng)
        notes = data_tunes.notes_of(numbers)
        self.sound.value = audio(notes)
        title = f"{name}, temperature {self.temperature.value:.1f}"
        return piano_roll(notes, data_tunes.strange_notes(notes, name), title)

    def _draw_again(self, _: widgets.Button) -> None:
        self.seed += 1
        self.update()


def audio(notes: list[data_tunes.Note]) -> str:
    """Notes as an HTML player: their sound, in the page."""
    samples = (32000 * np.clip(data_tunes.synthesise(notes), -1, 1)).astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(data_tunes.RATE)
        file.writeframes(samples.tobytes())
    data = base64.b64encode(buffer.getvalue()).decode()
    label = escape(f"A melody of {len(notes)} notes")
    return f'<audio controls aria-label="{label}" src="data:audio/wav;base64,{data}"></audio>'
