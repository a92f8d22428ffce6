"""How to grade."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from grader.marking import cluster, executing


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes
    ----------
    jobs : int
        Worker processes.
    isolation : {"strict", "none"} or None
        None is what nbgrader's configuration says.
    scheduler : str or None
        Address of a Dask cluster.
    db : str or None
        SQLAlchemy URL of the gradebook.
    executor : callable or None
        Opens the executor to use, instead of one of `jobs` processes or the scheduler's.
    enrol : bool
        Whether learners whom the gradebook doesn't know are enrolled, even where there is a roster.
    force : bool
        Whether all is graded anew, also what has not changed.
    """

    jobs: int = field(default_factory=executing.cores)
    isolation: str | None = None
    scheduler: str | None = None
    db: str | None = None
    executor: executing.Opener | None = None
    enrol: bool = False
    force: bool = False

    @contextmanager
    def opener(self, tell: Callable[[str], Any]) -> Iterator[executing.Opener]:
        """What opens the executor, as long as it is needed."""
        if self.executor or self.scheduler:
            yield self.executor or cluster.scheduler(self.scheduler, tell)
        else:
            with executing.Local(self.jobs, self.isolation) as local:
                yield local
