"""A button at the end of a lesson that hands it in: the same as `unrolled submit`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from IPython import get_ipython
from IPython.display import display

from unrolled.desk import lessons
from unrolled.desk.handing_over import NotHandedIn, hand_over

_UNSAVED = "{} is not in the file yet as you ran it. Save the notebook (Ctrl+S, on a Mac ⌘S), and press again."


def hand_in(lesson: str, now: bool = False) -> None:
    """Show a button that checks a lesson from top to bottom in a fresh kernel, and hands it in.

    It goes where `unrolled submit` takes it: to the course's desk or nbgrader's exchange, where one is configured;
    else into a file to upload. You get a receipt. Handing in again is pressing again: the last version counts.

    Parameters
    ----------
    lesson : str
        Such as "02_definition".
    now : bool
        Without a button, at once: where widgets are not shown.
    """
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return  # nobody is there to press it
    if now:
        return press(lesson, print)
    import ipywidgets

    button = ipywidgets.Button(description="Hand in", icon="paper-plane", button_style="primary")
    said = ipywidgets.Output()

    def pressed(_: Any) -> None:
        button.disabled, button.description = True, "Checking …"
        said.clear_output()
        with said:
            press(lesson, print)
        button.disabled, button.description = False, "Hand in again"

    button.on_click(pressed)
    display(ipywidgets.VBox([button, said]))


def press(lesson: str, say: Callable[[str], Any]) -> None:
    """Hand the lesson in as it is on disk, if that is what was run last; say what came of it."""
    opened = lessons.notebook_path()
    notebook = opened if opened and opened.stem == lesson else Path.cwd() / f"{lesson}.ipynb"
    try:
        if name := unsaved(notebook):
            return say(_UNSAVED.format(name))
        hand_over(notebook, say)
    except NotHandedIn as error:
        say(str(error))
    except (OSError, ValueError, KeyError, TypeError) as error:
        say(f"{notebook.name} can't be read ({error}). Is it called as the lesson is?")


def unsaved(notebook: Path) -> str:
    """The first exercise whose answer was run last as the file doesn't have it; empty if there is none."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]).strip() for cell in cells]
    names = [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in cells]
    ran = getattr(get_ipython(), "user_ns", {}).get("In", [])
    for name in (name for name in names if name and not name.startswith("check_")):
        last = next((text.strip() for text in reversed(ran) if text.startswith((f"def {name}(", f"{name} ="))), None)
        if last is not None and last not in sources:
            return name
    return ""
