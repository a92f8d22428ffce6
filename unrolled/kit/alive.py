"""What widgets have in common."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from unrolled.exam.show import as_note
from unrolled.kit.figures import Picture


class Alive:
    """What the widgets of this lesson have in common: a picture that follows the controls, and stays without them."""

    def __init__(self, *controls: widgets.Widget):
        self.shown = widgets.HTML()
        for control in controls:
            control.observe(self.update, "value")
        self.update()

    def still(self) -> Picture:
        """The picture as it is now."""
        raise NotImplementedError

    def update(self, _: Any = None) -> None:
        """Compute and draw again."""
        try:
            self.shown.value = self.still().html
        except Exception as error:
            self.shown.value = as_note(f"Your function raises {type(error).__name__}: {error}", "failed")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return self.still()._repr_mimebundle_() | self.box._repr_mimebundle_()
