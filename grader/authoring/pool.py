"""Something to be done for every exercise, by as many processes as there are processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
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
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(todo) or 1), context) as pool:
        futures = [pool.submit(function, *item) for item in todo]
        return [future.result() for future in track(futures, label, console=console, transient=True)]
