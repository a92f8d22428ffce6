"""Many tasks through an executor of `concurrent.futures`, whatever happens to its processes."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import resource_tracker
from typing import Any

from grader.errors import CourseError, ProcessLost

TRIES = 3
_UNTIL_IT_IS_GONE = 0.3
Opener = Callable[[], AbstractContextManager[Executor]]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Local:
    """Opens a pool of processes of this machine, each started clean.

    The pool starts at once, in the background, and stays until it breaks or is closed.

    Parameters
    ----------
    jobs : int
    isolation : {"strict", "none"}, optional
        What the workers can expect to grade with; they prepare for it at once.
    """

    def __init__(self, jobs: int, isolation: str | None = None):
        self.jobs, self.isolation = jobs, isolation
        self._begin()

    def __enter__(self) -> Local:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        if kind and issubclass(kind, KeyboardInterrupt):
            self._kill()  # nobody waits for what they are at
        self.close()

    @contextmanager
    def __call__(self) -> Iterator[Executor]:
        """The pool, or another where that is broken."""
        try:
            self._pool.result().submit(os.getpid)
        except BrokenExecutor:
            self.close()
            self._begin()
        yield self._pool.result()

    def close(self) -> None:
        """End all its processes."""
        self._pool.result().shutdown(wait=True, cancel_futures=True)

    def _kill(self) -> None:
        self._pool.result()
        for worker in multiprocessing.active_children():
            worker.kill()

    def _begin(self) -> None:
        starter = ThreadPoolExecutor(1)
        self._pool = starter.submit(self._started)
        starter.shutdown(wait=False)

    def _started(self) -> ProcessPoolExecutor:
        for _ in range(TRIES):
            others = set(multiprocessing.active_children())
            try:
                return self._new_pool()
            except (EOFError, ConnectionError):  # what forks the workers was killed meanwhile
                for worker in set(multiprocessing.active_children()) - others:
                    worker.kill()
                time.sleep(_UNTIL_IT_IS_GONE)
        raise ProcessLost.workers()

    def _new_pool(self) -> ProcessPoolExecutor:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(["grader.marking.quick_worker"])
            resource_tracker.ensure_running()  # now, because it lets Ctrl-C through again
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which children inherit
        pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_prepare, initargs=(self.isolation,))
        # All start at once: a process that starts while another one dies would never be ended, and be waited for.
        pool._safe_to_dynamically_spawn_children = False
        pool.submit(os.getpid)
        return pool


def _prepare(isolation: str | None) -> None:
    """Get a worker process ready before there is anything to grade."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coordinator, which then ends this process
    end_with_coordinator()
    if isolation:
        from grader.marking.worker import prepare

        prepare(isolation)


def end_with_coordinator() -> None:
    """Have this worker end when the process that started the pool does, however that happens."""
    sentinel = multiprocessing.parent_process().sentinel
    threading.Thread(target=_wait_and_end, args=(sentinel,), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


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
