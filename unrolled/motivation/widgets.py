"""Lesson 01's widget: your n-gram model continues what you type, and shows what it expects next."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import numpy as np

from unrolled.exam.show import as_note
from unrolled.kit.alive import Alive, beside
from unrolled.kit.bars import bars
from unrolled.kit.figures import Picture
from unrolled.kit.style import OUTPUT, TEXT

SHOWN = 10
NAMES = {" ": "space", "\n": "⏎"}
_BOX = (
    "font-family:var(--jp-code-font-family,monospace);color:var(--jp-content-font-color1,inherit);"
    "white-space:pre-wrap;max-width:46em;min-height:3em;padding:.4em 0"
)


class Autofill(Alive):
    """Type into it: at every key, bars for the next character, and a continuation drawn from the model.

    Parameters
    ----------
    ngram_counts, next_char_probabilities, autofill : callable
        Your own functions of lesson 01.
    text : str
        What to learn from.
    prompt : str
    n : int
        To begin with; the slider goes from 1 to `largest`.
    length : int
        How many characters to continue by.
    """

    def __init__(
        self,
        ngram_counts: Callable,
        next_char_probabilities: Callable,
        autofill: Callable,
        text: str,
        prompt: str = "If the list",
        n: int = 5,
        largest: int = 8,
        length: int = 80,
    ):
        self.ngram_counts, self.probabilities_of, self.autofill = ngram_counts, next_char_probabilities, autofill
        self.learned, self.alphabet, self.length = text, "".join(sorted(set(text))), length
        self.counts: dict[int, dict] = {}
        self.seed = 0
        self.typed = widgets.Text(prompt, description="type here", continuous_update=True)
        self.typed.layout.width, self.typed.layout.max_width = "38em", "98%"
        self.n = widgets.IntSlider(n, min=1, max=largest, description="n")
        again = widgets.Button(description="Another one", icon="refresh", tooltip="Draw another continuation")
        again.on_click(self._draw_again)
        super().__init__(self.typed, self.n)
        self.shown.layout.min_height = "19em"
        self.box = widgets.VBox([self.typed, beside(self.n, again), self.shown])

    def context(self) -> str:
        """The last n − 1 characters typed."""
        typed, n = self.typed.value, self.n.value
        return typed[max(0, len(typed) - n + 1) :]

    def probabilities(self) -> np.ndarray:
        """(V,) array: what the model expects next, in the order of the alphabet."""
        return np.asarray(self.probabilities_of(self._counts(), self.context(), self.alphabet, 0.0), dtype=float)

    def continuation(self) -> str:
        """What the model writes after what is typed."""
        typed = self.typed.value
        rng = np.random.default_rng(self.seed)
        return self.autofill(self._counts(), typed, self.length, self.n.value, self.alphabet, rng)[len(typed) :]

    def still(self) -> Picture:
        """The continuation, and bars for what the model expects next, as they are now."""
        p = self.probabilities()
        listed = ", ".join(f"{self._name(v)} {p[v]:.0%}" for v in _largest(p)[:4])
        alt = f'After "{self.typed.value}", n = {self.n.value}: bars for the most probable next characters: {listed}.'
        return Picture(self._text(self.continuation()) + self._bars(p), alt)

    def _counts(self) -> dict:
        n = self.n.value
        if n not in self.counts:
            self.counts[n] = self.ngram_counts(self.learned, n)
        return self.counts[n]

    def _draw_again(self, _: widgets.Button) -> None:
        self.seed += 1
        self.update()

    def _bars(self, p: np.ndarray) -> str:
        context = self.context()
        seen = sum(self._counts().get(context, {}).values())
        what = f'"{context}"' if context else "nothing"
        if not seen:
            return as_note(
                f"{what} never occurred in the text it learned from: every character is equally probable now."
            )
        places = _largest(p)
        labels = [self._name(v) for v in places]
        times = "once" if seen == 1 else f"{seen:,} times"
        title = f"what may follow {what}, seen {times}"
        return bars(labels, list(p[places]), [f"{p[v]:.1%}" for v in places], title, full=1)

    def _name(self, v: int) -> str:
        return NAMES.get(self.alphabet[v], self.alphabet[v])

    def _text(self, new: str) -> str:
        typed = escape(self.typed.value)
        return f'<div style="{_BOX}">{typed}<span style="color:{TEXT.format(colour=OUTPUT)}">{escape(new)}</span></div>'


def _largest(p: np.ndarray) -> np.ndarray:
    places = np.argsort(-p, kind="stable")[:SHOWN]
    return places[p[places] > 0]
