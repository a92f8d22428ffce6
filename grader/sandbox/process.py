"""One confined process, as the trusted side has it in hand."""

from __future__ import annotations

import contextlib
import secrets
import signal
import time
from typing import Protocol

from grader.confined.frames import HELLO
from grader.confined.limits import Limits
from grader.errors import ConfinementFailed, InfrastructureError
from grader.sandbox import replies

_PATIENCE = 20.0
_MOST_LONGER = 5
_WORTH_WAITING = 0.05
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
        self.pipes = replies.Pipes(self.check_usage)
        self.kept_waiting = self._unchecked = 0.0
        try:
            forked = sandbox.command("fork", self.pipes.theirs, trial=trial)
            self.fork_seconds = forked["seconds"]
            self.pipes.hand_over()
            self.hello = self._read_hello()
        except BaseException:
            with contextlib.suppress(InfrastructureError):
                self.close()
            raise

    def ask(self, request: dict, seconds: float) -> tuple[dict, bool]:
        """The reply to a request, and whether it took an interrupt to get it; raises `replies.Broken`."""
        nonce, started = secrets.token_bytes(16), time.monotonic()
        try:
            self.pipes.send(nonce, request, time.monotonic() + seconds)
            body, late = self._receive(nonce, seconds), False
        except replies.Late:
            self.sandbox.command("signal", number=signal.SIGINT)
            grace = time.monotonic() + self.limits.grace_seconds
            body, late = self.pipes.receive(nonce, grace, self.limits.reply_bytes), True
        self._unchecked += time.monotonic() - started
        if self._unchecked > _CHECK_EVERY:
            self.check_usage()
        return replies.parse(body), late

    def _receive(self, nonce: bytes, seconds: float) -> bytes:
        """Wait for a reply; on a busy machine as much longer as the process had to wait for a processor."""
        started, waited = time.monotonic(), self.kept_waiting
        deadline, latest = started + seconds, started + _MOST_LONGER * seconds
        while True:
            try:
                return self.pipes.receive(nonce, deadline, self.limits.reply_bytes)
            except replies.Late:
                self.check_usage()
                fair = min(latest, started + seconds + self.kept_waiting - waited)
                if fair < deadline + _WORTH_WAITING:
                    raise
                deadline = fair

    def check_usage(self) -> None:
        """Raise `FullScratch` if the scratch folder holds more than it may."""
        usage = self.sandbox.command("usage")
        self._unchecked = 0.0
        self.kept_waiting = usage["kept_waiting"]
        if usage["bytes"] > self.limits.scratch or usage["files"] > self.limits.files:
            raise FullScratch

    def close(self, patience: float = 0) -> dict:
        """End the process, having waited a little for it to end by itself; returns how it ended."""
        self.pipes.close()
        return self.sandbox.command("reap", patience=patience)

    def _read_hello(self) -> dict:
        try:
            hello = replies.parse(self.pipes.receive(HELLO, time.monotonic() + _PATIENCE, self.limits.reply_bytes))
        except replies.Broken as error:
            raise ConfinementFailed.refused("a new process", repr(error)) from None
        if "refused" in hello:
            raise ConfinementFailed.refused("a wall", hello["refused"])
        return hello
