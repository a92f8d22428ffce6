"""What confining a submission costs: a process born and ended with all walls of this machine, and with none."""

from __future__ import annotations

import statistics
import time

from rich.table import Table

from benchmarks.budget import Budget
from grader.sandbox.sandbox import Sandbox, missing_walls

ALLOTTED, ROUNDS, ALLOWED = 10, 200, 10


def run(budget: Budget) -> Table:
    """Measure both in turns, so that a busy machine slows both."""
    table = Table("one process, median of each", "milliseconds")
    if missing := missing_walls():
        table.title = "Confinement"
        table.add_row("; ".join(missing), "")
        return table
    with Sandbox() as walled, Sandbox(isolation="none") as bare:
        for sandbox in (walled, bare):
            _measure(sandbox)
        pairs = [(_measure(walled), _measure(bare)) for _ in budget.rounds(ROUNDS)]
    table.title = f"Confinement, {len(pairs)} times each"
    walled_ms, bare_ms = ([1000 * total for total, _ in side] for side in zip(*pairs))
    raising = [1000 * walls for (_, walls), _ in pairs]
    table.add_row("born, confined and ended", f"{statistics.median(walled_ms):.1f}")
    table.add_row("born and ended", f"{statistics.median(bare_ms):.1f}")
    extra = statistics.median(a - b for a, b in zip(walled_ms, bare_ms))
    inside = statistics.median(raising)
    table.add_row("difference", f"{extra:.1f}")
    table.add_row("raising the walls, measured inside", f"{inside:.1f}")
    table.add_row(f"a submission, which has two of them (at most {ALLOWED})", f"{2 * max(extra, inside):.1f}")
    return table


def _measure(sandbox: Sandbox) -> tuple[float, float]:
    """Seconds that one session takes from fork to end, and those in which its walls go up."""
    begin = time.perf_counter()
    with sandbox.session() as session:
        pass
    return time.perf_counter() - begin, session.timings["confine"]
