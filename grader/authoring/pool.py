"""Something to be done for every exercise or lesson, by as many processes as there are processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from grader.quick_start import ONE_THREAD

Found = TypeVar("Found")


def for_each_exercise(
    function: Callable[..., Found], todo: Sequence[tuple], label: str, console: Console
) -> list[Found]:
    """What `function(*item)` returns for every item, in their order, with a bar while it takes.

    Parameters
    ----------
    function : callable
        Of a module, as other processes must find it.
    todo : sequence of tuple
        Names, numbers: what can be sent to them.
    """
    os.environ.update(ONE_THREAD)  # processes share the processors already
    pool = _pool(min(os.cpu_count() or 1, len(todo) or 1))
    futures = [pool.submit(function, *item) for item in reversed(todo)][::-1]  # later lessons take longest
    return [future.result() for future in track(futures, label, console=console, transient=True)]


@lru_cache
def _pool(processes: int) -> ProcessPoolExecutor:
    """Processes that stay for what is to be done next, as they take seconds to import everything."""
    return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"))
