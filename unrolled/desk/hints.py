"""The hint button under a verdict: one hint at a time, from nudge to near-answer."""

from __future__ import annotations

import ipywidgets as widgets

from unrolled.exam.show import as_note


def hint_box(hints: tuple[str, ...]) -> widgets.Widget:
    """A button that uncovers the hints below it, one by one."""
    button = widgets.Button(description=_label(0, hints), tooltip="Show the next hint", icon="lightbulb-o")
    button.layout.width, button.layout.align_self = "auto", "flex-start"
    shown = widgets.VBox()

    def show_next(_: widgets.Button) -> None:
        count = len(shown.children) + 1
        shown.children += (widgets.HTML(as_note(f"{count}. {hints[count - 1]}")),)
        button.description = _label(count, hints)
        button.disabled = count == len(hints)

    button.on_click(show_next)
    return widgets.VBox([button, shown])


def _label(shown: int, hints: tuple[str, ...]) -> str:
    return "No more hints" if shown == len(hints) else f"Hint {shown + 1} of {len(hints)}"
