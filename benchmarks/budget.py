"""How long a benchmark may go on: all together end within ten minutes, on a busy machine too."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLACK = 1.07


class Budget:
    """Seconds of the clock for one benchmark, which measures as often as they allow.

    Parameters
    ----------
    seconds : float
        What it takes at most on a machine that does nothing else; a little later it is stopped.
    """

    def __init__(self, seconds: float):
        self.seconds, self.began, self._longest = seconds, time.monotonic(), 0.0

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self.began + self.seconds - time.monotonic()

    def rounds(self, most: int) -> Iterator[int]:
        """Numbers of rounds: one in any case, then as long as another fits into what is left."""
        for number in range(most):
            begin = time.monotonic()
            yield number
            self._longest = max(self._longest, time.monotonic() - begin)
            if self._longest > self.left:
                return

    @contextmanager
    def enforced(self) -> Iterator[None]:
        """Raise TimeoutError once it has gone on for that and a little more."""
        before = signal.signal(signal.SIGALRM, self._stop)
        signal.setitimer(signal.ITIMER_REAL, SLACK * self.seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _stop(self, *_: object) -> None:
        raise TimeoutError(f"stopped after {SLACK * self.seconds:.0f} s: this machine is too busy, or too slow")
