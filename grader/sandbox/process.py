"""One confined process, as the trusted side has it in hand."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import time
from functools import lru_cache
from typing import Protocol

from grader.confined.frames import HELLO
from grader.confined.limits import Limits
from grader.errors import ConfinementFailed, InfrastructureError
from grader.sandbox import replies

_PATIENCE = 60.0
_CHECK_EVERY = 0.05


class Commander(Protocol):
    """Whoever can make the warm parent do things: a `grader.sandbox.sandbox.Sandbox`."""

    limits: Limits

    def command(self, do: str, fds: tuple[int, ...] = (), **details: object) -> dict:
        """Have the warm parent do something; returns its answer."""


class FullScratch(replies.Broken):
    """More files, or larger ones, than a submission may write."""


class Forked:
    """One confined process: ask it, interrupt it, end it."""

    def __init__(self, sandbox: Commander, trial: list[str] | None = None):
        self.sandbox = sandbox
        self.limits = sandbox.limits
        self.pipes = replies.Pipes(self.check_usage, self.clock)
        self._ran = self._kept_waiting = self._unchecked = 0.0
        self._apart, self._paused = _now(), None
        try:
            forked = sandbox.command("fork", self.pipes.theirs, trial=trial, seconds=self.limits.session_seconds)
            self.fork_seconds = forked["seconds"]
            self.pipes.hand_over()
            self.hello = self._read_hello()
            self._paused = _now()
        except BaseException:
            with contextlib.suppress(InfrastructureError):
                self.close()
            raise

    def ask(self, request: dict, seconds: float) -> tuple[dict, bool]:
        """The reply to a request, and whether it took an interrupt to get it; raises `replies.Broken`."""
        self._apart, self._paused = self._apart + _now() - self._paused, None
        started = self.clock()
        try:
            body, late = self._receive(request, started + seconds)
        finally:
            self._paused = _now()
        self._unchecked += self.clock() - started
        if self._unchecked > _CHECK_EVERY:
            self.check_usage()
        return replies.parse(body), late

    def _receive(self, request: dict, deadline: float) -> tuple[bytes, bool]:
        nonce, most = secrets.token_bytes(16), self.limits.reply_bytes
        try:
            self.pipes.send(nonce, request, deadline)
            return self.pipes.receive(nonce, deadline, most), False
        except replies.Late:
            self.sandbox.command("signal", number=signal.SIGINT)
            return self.pipes.receive(nonce, self.clock() + self.limits.grace_seconds, most), True

    def clock(self) -> float:
        """Seconds the process has spent on what it was asked, but for those in which others had the processor.

        What its main thread has run counts in any case: so the clock goes on, however busy the machine.
        """
        now = _now() if self._paused is None else self._paused
        return max(now - self._apart - self._kept_waiting, self._ran)

    def check_usage(self) -> None:
        """Raise `FullScratch` if the scratch folder holds more than it may."""
        usage = self.sandbox.command("usage")
        self._unchecked = 0.0
        self._ran, self._kept_waiting = usage["ran"], usage["kept_waiting"]
        if usage["bytes"] > self.limits.scratch or usage["files"] > self.limits.files:
            raise FullScratch

    def close(self, patience: float = 0) -> dict:
        """End the process, having waited a little for it to end by itself; returns how it ended."""
        self.pipes.close()
        return self.sandbox.command("reap", patience=patience)

    def _read_hello(self) -> dict:
        try:
            hello = replies.parse(self.pipes.receive(HELLO, self.clock() + _PATIENCE, self.limits.reply_bytes))
        except replies.Broken as error:
            raise ConfinementFailed.refused("a new process", repr(error)) from None
        if "refused" in hello:
            raise ConfinementFailed.refused("a wall", hello["refused"])
        return hello


def _now() -> float:
    """Seconds, without those in which this process was ready to run and others had the processor."""
    waited = 0.0
    with contextlib.suppress(OSError, ValueError, IndexError):
        waited = int(os.pread(_own_schedstat(os.getpid()), 200, 0).split()[1]) / 1e9
    return time.monotonic() - waited


@lru_cache(maxsize=1)
def _own_schedstat(pid: int) -> int:
    """The kernel's account of this process's main thread, kept open: read a hundred times a submission."""
    return os.open("/proc/self/schedstat", os.O_RDONLY)
