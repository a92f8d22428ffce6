"""Many tasks through an executor of `concurrent.futures`, whatever happens to its processes."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from grader.errors import CourseError

TRIES = 3
PRELOADED = ["grader.quick_start", "grader.worker", "grader.nbgrader_marks", "grader.nbgrader_feedback"]
Opener = Callable[[], AbstractContextManager[Executor]]


def local(jobs: int) -> Opener:
    """Opens a pool of `jobs` processes of this machine, each started clean."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"

    @contextmanager
    def opened() -> Iterator[Executor]:
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(PRELOADED)
        pool = ProcessPoolExecutor(jobs, mp_context=context)
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    return opened


def scheduler(url: str) -> Opener:
    """Opens the executor of a Dask cluster.

    Raises
    ------
    CourseError
        If Dask isn't installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError.of_arguments(
            "--scheduler needs Dask: pip install distributed, here and on the cluster"
        ) from error

    @contextmanager
    def opened() -> Iterator[Executor]:
        with Client(url) as client:
            yield client.get_executor()

    return opened


def run_all(
    opener: Opener, function: Callable, tasks: Iterable[tuple[Any, tuple]], window: int
) -> Iterator[tuple[Any, Any, Exception | None]]:
    """Call `function` on the arguments of every task.

    When a worker process dies, whatever was under way is begun again, one task at a time, so that the one that kills
    its worker is found out; it is given up after three tries.

    Parameters
    ----------
    opener : callable
        Opens an executor, as often as asked.
    tasks : iterable of (key, arguments)
        Drawn only as fast as they are worked off.
    window : int
        How many are under way at once.

    Yields
    ------
    key, value, error
        In the order they finish; one of value and error is None.
    """
    tasks, suspects, finished = iter(tasks), deque(), False
    while not finished:
        with opener() as executor:
            finished = yield from _drain(executor, function, tasks, suspects, window)


def _drain(executor: Executor, function: Callable, tasks: Iterator, suspects: deque, window: int) -> Iterator:
    """Work until all is done (True) or the executor breaks (False); then `suspects` holds what was under way."""
    while suspects:
        key, arguments, tries = suspects.popleft()
        try:
            yield key, executor.submit(function, *arguments).result(), None
        except BrokenExecutor as error:
            if tries < TRIES:
                suspects.append((key, arguments, tries + 1))
            else:
                yield key, None, error
            return False
        except Exception as error:
            yield key, None, error
    running: dict[Future, tuple[Any, tuple]] = {}
    while True:
        try:
            for key, arguments in _next(tasks, window - len(running)):
                running[executor.submit(function, *arguments)] = key, arguments
        except BrokenExecutor:
            suspects.append((key, arguments, 1))
        if not running:
            return not suspects
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            key, arguments = running.pop(future)
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                suspects.append((key, arguments, 1))
            elif error is not None:
                yield key, None, error
            else:
                yield key, future.result(), None
        if suspects:
            suspects.extend((key, arguments, 1) for key, arguments in running.values())
            return False


def _next(tasks: Iterator, count: int) -> Iterator:
    for _ in range(count):
        try:
            yield next(tasks)
        except StopIteration:
            return
