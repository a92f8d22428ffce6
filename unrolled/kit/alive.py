"""What widgets have in common: a picture that follows the controls, and stays where widgets don't run."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from unrolled.exam.show import as_note
from unrolled.kit.figures import Picture

# JupyterLab shows one of the two outputs: the live one, or the still one where no kernel knows the widget any more.
_STILL, _CELL = "unrolled-still", ".jp-OutputArea-child"
_ONE_OF_TWO = (
    f"<style>{_CELL}:has(.{_STILL}):has(+ {_CELL} .widget-box){{display:none}}"
    f"{_CELL}:has(.{_STILL}) + {_CELL}:has(.jupyter-widgets):not(:has(.widget-box)){{display:none}}</style>"
)


class Alive:
    """A picture below controls, drawn anew whenever one of them is moved.

    A subclass says what there is to see in `still`, and may say in `live` what is shown while the controls work. It
    sets what those need, calls `super().__init__(*controls)`, and puts controls and `self.shown` into `self.box`.

    Attributes
    ----------
    shown : widgets.HTML
        The picture.
    box : widgets.Box
        All there is to see, controls included.
    """

    box: widgets.Box

    def __init__(self, *controls: widgets.Widget):
        self.shown, self.controls = widgets.HTML(), controls
        for control in controls:
            control.observe(self.update, "value")
        self.update()

    def still(self) -> Picture:
        """The picture as it is now."""
        raise NotImplementedError

    def live(self) -> str:
        """What is shown below the controls, as HTML."""
        return self.still().html

    def update(self, _: Any = None) -> None:
        """Compute and draw again."""
        try:
            self.shown.value = self.live()
        except Exception as error:
            self.shown.value = _told(error)

    def outputs(self) -> tuple[Picture, widgets.Box]:
        """What a cell shows: the still picture, with its sentence as text, and the widget."""
        try:
            still = self.still()
        except Exception as error:
            still = Picture(_told(error), f"a widget whose function raises {type(error).__name__}")
        html = f'{_ONE_OF_TWO}<div class="{_STILL}">{still.html}{self._settings()}</div>'
        return Picture(html, still.alt, still.other), self.box

    def _settings(self) -> str:
        """What the controls were set to, for where they aren't seen."""
        said = [
            f"{c.description}: {c.value:g}" for c in self.controls if c.description and type(c.value) in (int, float)
        ]
        return f'<div style="opacity:.75;font-size:.9em">{escape(" · ".join(said))}</div>' if said else ""

    def _ipython_display_(self) -> None:
        for output in self.outputs():
            display(output)


def beside(*controls: widgets.Widget) -> widgets.Box:
    """Controls in a row, and in several where the window is narrow: beside one another they would shrink to nothing."""
    return widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap"))


def _told(error: Exception) -> str:
    return as_note(f"Your function raises {type(error).__name__}: {error}", "failed")
