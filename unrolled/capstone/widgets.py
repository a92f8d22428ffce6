"""Lesson 07's widget: your network continues what you type, as boldly as you like."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import numpy as np

from unrolled.capstone.data_language import ALPHABET
from unrolled.exam.show import as_note
from unrolled.kit.alive import Alive, beside
from unrolled.kit.figures import Picture
from unrolled.kit.style import OUTPUT, TEXT

TEMPERATURES = (0.2, 0.7, 1.5)
_BOX = (
    "font-family:var(--jp-code-font-family,monospace);color:var(--jp-content-font-color1,inherit);"
    "white-space:pre-wrap;overflow-wrap:anywhere;max-width:46em;min-height:6em;padding:.4em 0"
)


class Writer(Alive):
    """Type a beginning, choose a temperature, and let the network write.

    Parameters
    ----------
    generate : callable
        Yours.
    params : dict of arrays
        Of a trained language model.
    prompt : str
    length : int
        How many characters to add.
    """

    def __init__(
        self, generate: Callable, params: dict[str, np.ndarray], prompt: str = "The function ", length: int = 240
    ):
        self.generate, self.params, self.length, self.seed = generate, params, length, 0
        self.typed = widgets.Text(prompt, description="type here", continuous_update=False)
        self.typed.layout.width, self.typed.layout.max_width = "38em", "98%"
        self.temperature = widgets.FloatSlider(0.7, min=0.1, max=2.0, step=0.1, description="temperature")
        self.temperature.style.description_width = self.typed.style.description_width = "8em"
        self.temperature.continuous_update = False
        again = widgets.Button(description="Another one", icon="refresh", tooltip="Draw another text")
        again.on_click(self._draw_again)
        super().__init__(self.typed, self.temperature)
        self.box = widgets.VBox([self.typed, beside(self.temperature, again), self.shown])

    def live(self) -> str:
        """What it writes at the temperature chosen."""
        strange = sorted(set(self.typed.value) - set(ALPHABET))
        if strange:
            return as_note(
                f"`{strange[0]}` isn't among the {len(ALPHABET)} characters that it knows: type another one."
            )
        return self._text(self.temperature.value)

    def still(self) -> Picture:
        """What it writes at three temperatures, for where nothing moves."""
        texts = "".join(f"<div>temperature {degree}</div>{self._text(degree)}" for degree in TEMPERATURES)
        listed = ", ".join(map(str, TEMPERATURES))
        return Picture(texts, f'What the network writes after "{self.typed.value}" at the temperatures {listed}.')

    def _settings(self) -> str:
        return ""  # the still picture is of other temperatures than the control's

    def _draw_again(self, _: widgets.Button) -> None:
        self.seed += 1
        self.update()

    def _text(self, temperature: float) -> str:
        prompt = self.typed.value or " "
        rng = np.random.default_rng(self.seed)
        new = self.generate(self.params, prompt, self.length, temperature, rng)[len(prompt) :]
        colour = TEXT.format(colour=OUTPUT)
        return f'<div style="{_BOX}">{escape(prompt)}<span style="color:{colour}">{escape(new)}</span></div>'
