"""Many tasks through an executor of `concurrent.futures`: threads here, each with a process at work, or a cluster."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from itertools import islice
from multiprocessing import resource_tracker
from threading import Barrier
from typing import Any

from grader.marking.workhorse import Workhorse, workhorse

Opener = Callable[[], AbstractContextManager[Executor]]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Local:
    """Opens a pool of threads of this process, each of which has a workhorse: a process, started clean.

    All start at once, in the background, and stay until it is closed.

    Parameters
    ----------
    jobs : int
    isolation : {"strict", "none"}, optional
        What the workers can expect to grade with; they prepare for it at once.
    prepare : callable, optional
        What they prepare with instead.
    """

    def __init__(self, jobs: int, isolation: str | None = None, prepare: Callable[[], Any] | None = None):
        self.prepare = prepare or (isolation and partial(_prepare, isolation))
        self.horses: list[Workhorse] = []
        self.pool = ThreadPoolExecutor(jobs, initializer=self._begin)
        self.together = Barrier(jobs)
        for _ in range(jobs):
            self.pool.submit(self.together.wait)

    def __enter__(self) -> Local:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        self.close(at_once=kind is not None and issubclass(kind, KeyboardInterrupt))

    @contextmanager
    def __call__(self) -> Iterator[Executor]:
        """The pool."""
        yield self.pool

    def close(self, at_once: bool = False) -> None:
        """End all its processes; at once, where nobody waits for what they are at."""
        for horse in self.horses if at_once else ():
            horse.give_up()
        self.together.abort()  # else whoever came waits for those who are cancelled before they began
        self.pool.shutdown(wait=True, cancel_futures=True)
        for horse in self.horses:
            horse.close()

    def _begin(self) -> None:
        if os.name == "posix":
            resource_tracker.ensure_running()  # now, because it lets Ctrl-C through again
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which children inherit
        horse = workhorse(self.prepare)
        self.horses.append(horse)
        with suppress(EOFError, ConnectionError):  # what forks them was killed: it shows when there is work
            horse.start()


def _prepare(isolation: str) -> None:
    from grader.marking.worker import prepare

    prepare(isolation)


class Stream:
    """Tasks under way in an executor, taken as they finish.

    Parameters
    ----------
    executor : Executor
    """

    def __init__(self, executor: Executor):
        self.executor = executor
        self.running: dict[Future, Any] = {}

    def __len__(self) -> int:
        return len(self.running)

    def submit(self, key: Any, function: Callable, *arguments: Any) -> None:
        """Have a function called; `key` says later which call it was."""
        self.running[self.executor.submit(function, *arguments)] = key

    def finished(self, timeout: float | None = None) -> Iterator[tuple[Any, Any, Exception | None]]:
        """Key, value and error of what has finished, once something has or the time (in seconds) is over.

        One of value and error is None.
        """
        for future in wait(self.running, timeout, FIRST_COMPLETED).done:
            yield self.running.pop(future), *_came_of(future)


def run_all(
    opener: Opener, function: Callable, tasks: Iterable[tuple[Any, tuple]], window: int
) -> Iterator[tuple[Any, Any, Exception | None]]:
    """Call `function` on the arguments of every task.

    Parameters
    ----------
    opener : callable
        Opens an executor.
    tasks : iterable of (key, arguments)
        Drawn only as fast as they are worked off.
    window : int
        How many are under way at once.

    Yields
    ------
    key, value, error
        In the order they finish; one of value and error is None.

    Raises
    ------
    CancelledError
        If what was under way was given up: the cluster is gone.
    """
    tasks = iter(tasks)
    with opener() as executor:
        stream = Stream(executor)
        while True:
            for key, arguments in islice(tasks, window - len(stream)):
                stream.submit(key, function, *arguments)
            if not stream:
                return
            yield from stream.finished()


def _came_of(future: Future) -> tuple[Any, Exception | None]:
    try:
        return future.result(), None
    except CancelledError:  # by a cluster that is gone: what is submitted now would wait for ever
        raise
    except Exception as error:
        return None, error
