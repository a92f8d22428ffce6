"""Lesson 01's auto-fill: how long a key takes, from what is typed to what is shown, at every n."""

import statistics
import time

from rich.table import Table

from solutions.motivation import reference
from unrolled.motivation.data import split_documentation
from unrolled.motivation.widgets import Autofill

TYPED = "If the object is a sequence, its items are listed in order."


def run() -> Table:
    """Type a sentence, key by key, with the reference's functions behind the widget."""
    widget = Autofill(
        reference.ngram_counts, reference.next_char_probabilities, reference.autofill, split_documentation()[0]
    )
    table = Table("n", "move the slider", "a key, median", "a key, slowest", title="Auto-fill as you type")
    for n in range(1, 9):
        counted = _seconds(lambda n=n: setattr(widget.n, "value", n))
        keys = [
            _seconds(lambda end=end: setattr(widget.typed, "value", TYPED[:end])) for end in range(1, len(TYPED) + 1)
        ]
        table.add_row(
            str(n), *(f"{1000 * seconds:.1f} ms" for seconds in (counted, statistics.median(keys), max(keys)))
        )
    return table


def _seconds(act) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin
