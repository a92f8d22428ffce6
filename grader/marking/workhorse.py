"""A process of its own for work of ours on what somebody handed in: it can be killed, whatever it is doing.

    value = supervised(function, *arguments, bounds=Bounds(...))

An alarm reaches Python code in a process's main thread and nothing else: no regular expression at work in C, and no
thread of a cluster's worker. So whoever is to work on a submission (in `grader grade`, on a cluster, in nbgrader, in
formgrader) has it done by a process that the kernel ends when it has used up its processor time, and this one when it
has kept everybody waiting. The next piece of work gets another.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import ceil
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from types import ModuleType
from typing import Any

from grader.errors import InfrastructureError, ProcessLost, StandsStill, TookTooLong, TookTooMuch

TRIES = 3
MOST_MEMORY = 3 * 2**30
_UNTIL_IT_IS_GONE = 0.3
_mine, _starting = threading.local(), threading.Lock()


@dataclass(frozen=True)
class Bounds:
    """How long a piece of work may take.

    Attributes
    ----------
    cpu : float
        Seconds of processor time of ours. Whatever uses more is at fault itself.
    wall : float
        Seconds in all, far more than any work waits: then the machine is at fault.
    """

    cpu: float
    wall: float


class Workhorse:
    """A process that does one piece of work after the other, and is replaced where it dies of one.

    Parameters
    ----------
    prepare : callable, optional
        Called in every new process, before there is any work.
    """

    def __init__(self, prepare: Callable[[], Any] | None = None):
        self.prepare, self.closed = prepare, False
        self._process: multiprocessing.Process | None = None

    def start(self) -> None:
        """Start the process, if there is none."""
        if self._process is None:
            ours, theirs = multiprocessing.Pipe()
            with theirs, _as_any_process():
                process = _context().Process(target=_serve, args=(theirs, self.prepare), daemon=True)
                process.start()
            self._process, self._connection = process, ours

    def call(self, function: Callable, *arguments: Any, bounds: Bounds) -> Any:
        """What `function`, which both sides can import, returns there; raises what it raises there.

        Raises
        ------
        TookTooLong, TookTooMuch
            If it used up its processor time, or its memory.
        StandsStill
            If there was no end of waiting.
        ProcessLost
            If its process died of something else.
        """
        try:
            value, error = self._answer((function, arguments, bounds.cpu), bounds.wall)
        except (EOFError, ConnectionError) as error:
            raise self._why(self._end(), bounds.cpu) from error
        except BaseException:  # whatever it is at, nobody will ask for it
            self._end()
            raise
        if error is not None:
            raise error
        return value

    def _answer(self, request: tuple, wall: float) -> tuple[Any, Exception | None]:
        if self.closed:
            raise EOFError
        self.start()
        self._connection.send(request)
        if self._connection.poll(wall):
            return self._connection.recv()
        raise StandsStill.after(wall)

    def give_up(self) -> None:
        """End the process at once, and start no other."""
        self.closed = True
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End the process when it has done its work, and start no other."""
        self.closed = True
        if self._process is not None:
            self._connection.close()
            self._process.join()

    def _end(self) -> int | None:
        """End the process; returns how it ended, or None where there was none."""
        process, self._process = self._process, None
        if process is None:
            return None
        self._connection.close()
        process.kill()
        process.join()
        return process.exitcode

    @staticmethod
    def _why(exitcode: int | None, cpu: float) -> Exception:
        if exitcode is None:  # what forks the processes was killed
            time.sleep(_UNTIL_IT_IS_GONE)
            return ProcessLost.workers()
        return TookTooLong.of_ours(cpu) if exitcode == -signal.SIGXCPU else ProcessLost.of_ours()


def supervised(function: Callable, *arguments: Any, bounds: Bounds) -> Any:
    """`function(*arguments)` by this thread's workhorse; begun again, twice, where that is killed by somebody else."""
    horse = workhorse()
    for left in reversed(range(TRIES)):
        try:
            return horse.call(function, *arguments, bounds=bounds)
        except ProcessLost:
            if not left or horse.closed:
                raise
    raise AssertionError("unreachable")


def workhorse(prepare: Callable[[], Any] | None = None) -> Workhorse:
    """This thread's workhorse."""
    if not hasattr(_mine, "horse"):
        _mine.horse = Workhorse(prepare)
    return _mine.horse


def _context() -> Any:
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["grader.marking.quick_worker"])
    return context


@contextmanager
def _as_any_process() -> Iterator[None]:
    """Let a daemon, as a cluster's worker is, have children, and have none of them import the program that runs here.

    Ours end with this process, whatever happens; and what they need has a module of its own.
    """
    config = multiprocessing.current_process()._config
    with _starting:
        program, daemon, config["daemon"] = sys.modules["__main__"], config.get("daemon"), False
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            config["daemon"], sys.modules["__main__"] = daemon, program


def _serve(connection: Connection, prepare: Callable[[], Any] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coordinator, which then ends this process
    if prepare:
        prepare()
    _bound_memory()
    with suppress(EOFError, ConnectionError):
        while True:
            function, arguments, cpu = connection.recv()
            _bound(cpu)
            with _ending_with(connection):
                outcome = _outcome(function, arguments)
            connection.send_bytes(outcome)


@contextmanager
def _ending_with(connection: Connection) -> Iterator[None]:
    """Have the kernel end this process when the other side is gone, whatever it is doing then."""
    import fcntl

    flags = fcntl.fcntl(connection.fileno(), fcntl.F_GETFL)
    fcntl.fcntl(connection.fileno(), fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection.fileno(), fcntl.F_SETFL, flags | os.O_ASYNC)  # hanging up sends SIGIO, which ends it
    if connection.poll():
        raise EOFError
    yield
    fcntl.fcntl(connection.fileno(), fcntl.F_SETFL, flags)


def _outcome(function: Callable, arguments: tuple) -> bytes:
    try:
        return ForkingPickler.dumps((function(*arguments), None))
    except MemoryError:
        return ForkingPickler.dumps((None, _who_fills_the_memory()))
    except Exception as error:
        with suppress(Exception):
            return ForkingPickler.dumps((None, error))
        return ForkingPickler.dumps((None, InfrastructureError(f"{type(error).__name__}: {error}")))


def _bound_memory() -> None:
    """Have the kernel give this process no more than so much; who starts others from here lifts that again."""
    import resource

    hardest = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = MOST_MEMORY if hardest == resource.RLIM_INFINITY else min(MOST_MEMORY, hardest)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hardest))


def _who_fills_the_memory() -> Exception:
    """Whoever had us use much of what this process may; else the machine, which has less than that."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return (
        TookTooMuch.of_ours(MOST_MEMORY)
        if used > MOST_MEMORY / 4
        else InfrastructureError("this machine has too little memory")
    )


def _bound(cpu: float) -> None:
    """Have the kernel end this process once it has used so much more processor time."""
    import resource

    hardest = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time() + cpu), hardest))
