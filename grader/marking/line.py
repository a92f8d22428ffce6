"""Whose turn it is: first come, first served, but nobody's turn costs the others more than it costs anybody else's."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable, Iterable

from grader.marking.arrivals import Arrival

USUAL = 1.0
"""Seconds that a grading takes as long as nothing else is known."""


class Line:
    """What waits to be graded.

    Each has its turn when it came; who has just had others pay for a long grading, or has several waiting, has it later
    by what those took: a fair queue by virtual starting times (Goyal, Vin and Cheng 1996).

    Parameters
    ----------
    clock : callable
        Seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock, self.count = clock, itertools.count()
        self.waiting: list[tuple[float, int, Arrival]] = []
        self.until: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self.waiting)

    def extend(self, arrivals: Iterable[Arrival]) -> None:
        """Let them stand in line."""
        for arrival in arrivals:
            turn = max(self.clock(), self.until.get(arrival.learner, 0.0))
            self.until[arrival.learner] = turn + USUAL
            heapq.heappush(self.waiting, (turn, next(self.count), arrival))

    def next(self) -> Arrival:
        """Whose turn it is."""
        return heapq.heappop(self.waiting)[2]

    def took(self, arrival: Arrival, seconds: float) -> None:
        """A grading of this learner's work took so long, as everybody else saw."""
        self.until[arrival.learner] = max(self.until.get(arrival.learner, 0.0), self.clock() + seconds - USUAL)
