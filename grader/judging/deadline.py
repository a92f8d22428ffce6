"""A bound on how long the trusted side works on what somebody handed in."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN = 0.5


class TooLong(Exception):
    """The time is up."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `TooLong` inside once so much processor time is used up, and again soon if somebody swallows it.

    The gentle bound: it ends a piece of the work, and the rest goes on. It reaches Python code in a process's main
    thread; for all else there is `grader.marking.workhorse`, whose processes work in theirs.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    over = False

    def ring(*_: object) -> None:
        if not over:
            raise TooLong

    started, earlier = time.process_time(), signal.signal(signal.SIGPROF, ring)
    left, interval = signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        try:
            yield
        finally:
            over = True  # or what is put back below would be interrupted, and the next piece of work be stopped
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, earlier)
        if left:
            signal.setitimer(signal.ITIMER_PROF, max(left - (time.process_time() - started), 0.001), interval)
