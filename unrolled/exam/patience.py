"""Stopping a function that doesn't come to an end, or that the learner interrupts, while the process lives on.

After its time a watchdog sends the main thread the signal that Jupyter's *Interrupt* sends. Its handler raises
`Stopped` where the function is. A bare `except:` there would swallow that: so the next line of the function raises it
once more, and what watches their ends sees to it that the function outside of it does, too.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from types import CodeType, FrameType
from typing import Any

SECONDS = 10
PLAYING_SECONDS = 60  # what is handed in is run on long sequences
_AGAIN = 0.05


class Stopped(BaseException):
    """Raised inside a function that is stopped.

    Attributes
    ----------
    late : bool
        Whether its time was up; otherwise the learner interrupted it.
    frames : traceback.StackSummary
        Where it was.
    """

    def __init__(self, late: bool, frames: traceback.StackSummary):
        super().__init__("stopped")
        self.late, self.frames = late, frames


@contextlib.contextmanager
def patience(seconds: float | None, above: CodeType) -> Iterator[None]:
    """Raise `Stopped` in what runs here after `seconds`, or when the learner interrupts.

    Without seconds, outside of the main thread, and where there are no threads, nothing is stopped.

    Parameters
    ----------
    seconds : float or None
    above : code
        The code of the function that calls the learner's: frames up to it are of no interest.
    """
    if seconds is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    stop = _Stop(time.monotonic() + seconds, above)
    before, tracing, profiling = signal.signal(signal.SIGINT, stop.handle), sys.gettrace(), sys.getprofile()
    try:
        with contextlib.suppress(RuntimeError):  # no threads in a browser
            threading.Thread(target=stop.watch, daemon=True).start()
        yield
    finally:
        stop.over.set()
        if stop.raised:
            sys.settrace(tracing)
            sys.setprofile(profiling)
        signal.signal(signal.SIGINT, before)


class _Stop:
    """One function's deadline: what watches it, and what ends it."""

    def __init__(self, deadline: float, above: CodeType):
        self.deadline, self.above, self.over = deadline, above, threading.Event()
        self.raised: Stopped | None = None
        self.under_way: list[FrameType] = []

    def watch(self) -> None:
        """Wait for the end, and interrupt the main thread again and again from the deadline on."""
        while not self.over.wait(max(self.deadline - time.monotonic(), 0) or _AGAIN):
            if time.monotonic() >= self.deadline:
                _interrupt()

    def handle(self, _: int, frame: FrameType | None) -> None:
        """Handle the signal: stop the function where it is, and let nothing that is left of it run."""
        if self.over.is_set():
            return
        inside = list(self._inside(frame))
        if self.raised is None:
            late = time.monotonic() >= self.deadline
            self.raised = Stopped(late, traceback.StackSummary.extract((f, f.f_lineno) for f in reversed(inside)))
        sys.setprofile(self._at_the_end)
        self.under_way = inside
        self._arm(inside[0])
        raise self.raised

    def _inside(self, frame: FrameType | None) -> Iterator[FrameType]:
        while frame is not None and frame.f_code is not self.above:
            yield frame
            frame = frame.f_back

    def _arm(self, frame: FrameType) -> None:
        frame.f_trace = self._next_line
        sys.settrace(lambda *_: None)  # without a global one the frames' own aren't called

    def _next_line(self, frame: FrameType, event: str, _: Any) -> Any:
        if event != "line":  # an exception on its way is still inside the `try` that would swallow it
            return self._next_line
        raise self.raised

    def _at_the_end(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "return" and any(frame.f_back is one for one in self.under_way):
            self._arm(frame.f_back)


def _interrupt() -> None:
    """Interrupt the main thread, out of a call that waits, too, where the system can."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        signal.raise_signal(signal.SIGINT)
