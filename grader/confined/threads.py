"""What programs use processes and locks between processes for, done by threads: no process can be started here."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import multiprocessing.synchronize
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import BaseContext
from multiprocessing.pool import ThreadPool
from typing import Any

LOCKS = ("Barrier", "BoundedSemaphore", "Condition", "Event", "Lock", "RLock", "Semaphore")


class Executor(ThreadPoolExecutor):
    """Stands where `ProcessPoolExecutor` did."""

    def __init__(
        self,
        max_workers: int | None = None,
        mp_context: Any = None,
        initializer: Callable | None = None,
        initargs: tuple = (),
        *,
        max_tasks_per_child: int | None = None,
    ):
        super().__init__(max_workers, initializer=initializer, initargs=initargs)


def pool(
    processes: int | None = None, initializer: Callable | None = None, initargs: tuple = (), *more: Any, **rest: Any
) -> ThreadPool:
    """Stands where `multiprocessing.Pool` did."""
    return ThreadPool(processes, initializer, initargs)


def use_threads() -> None:
    """Have `multiprocessing` and `concurrent.futures` make pools of threads, and locks that threads know."""
    for name in LOCKS:
        setattr(multiprocessing.synchronize, name, _without_context(getattr(threading, name)))
    multiprocessing.Pool, BaseContext.Pool = pool, lambda context, *args, **more: pool(*args, **more)
    concurrent.futures.ProcessPoolExecutor = Executor


def _without_context(make: Callable) -> Callable:
    return lambda *args, ctx=None: make(*args)
