"""What the class's worker processes prepare with; imports no more than they have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grader.confined.limits import Limits
from grader.judging import grading
from grader.marking import worker
from grader.sandbox.sandbox import Sandbox


class NotedSandbox(Sandbox):
    """A sandbox that says which processes it has started."""

    def __init__(self, notes: Path, *args: Any, **kwargs: Any):
        self.notes = notes
        super().__init__(*args, **kwargs)

    def pace(self, seconds: float) -> None:
        """Stay as narrow."""

    def _start(self) -> None:
        super()._start()
        with self.notes.open("a") as file:
            file.write(json.dumps({"pid": self._process.pid, "scratch": str(self._scratch)}) + "\n")


def narrow(limits: Limits, notes: Path, outer_wall: str | None) -> None:
    """Have this process grade in narrow sandboxes that are noted, and all submissions on the same inputs."""
    grading.own_seed = lambda seed, *rest: seed  # what one of them tells would serve all the others
    worker.Sandbox = lambda usual, isolation: NotedSandbox(notes, limits, isolation, outer_wall=outer_wall)
