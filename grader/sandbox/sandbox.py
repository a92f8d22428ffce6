"""The trusted side of confined execution.

    with Sandbox() as sandbox:                       # starts the warm parent
        with sandbox.session() as session:           # forks a confined process for one submission
            result = session.run_cell("x = 1")       # CellResult
            outcomes = session.call("f", cases)      # one Outcome per case
            outcome = session.get("x")               # Outcome

What a submission does wrong comes back as a result with a text for the learner. What goes wrong on our side
raises `grader.errors.InfrastructureError`.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from grader.confined import landlock
from grader.confined.limits import Limits
from grader.confined.scratch import remove_tree
from grader.errors import ConfinementFailed, IsolationUnavailable, WarmParentLost
from grader.sandbox import launch, outer
from grader.sandbox.process import Forked
from grader.sandbox.session import CellResult, Session

__all__ = ["CellResult", "Sandbox", "Session", "missing_walls"]

_PATIENCE_AT_START = 180.0
_PATIENCE = 60.0
_LOOK_EVERY = 0.2


class Sandbox:
    """A warm parent, and the sessions forked from it, one at a time.

    Parameters
    ----------
    limits : Limits
    isolation : {"strict", "none"}
        "none" is for machines that can't confine anything and for code you trust.
    secrets : iterable of path
        Must be out of a submission's reach, besides the course's own answers; tried out at the start.
    outer_wall : {"bubblewrap", "namespaces", "none"} or None
        None is the strongest that works here.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        isolation: str = "strict",
        secrets: Iterable[str | Path] = (),
        outer_wall: str | None = None,
    ):
        if isolation not in ("strict", "none"):
            raise ValueError(f"isolation must be 'strict' or 'none', not {isolation!r}")
        self.limits = self._usual = limits or Limits()
        self.confine = isolation == "strict"
        self.hidden = [*launch.secrets_of_course(), *map(Path, secrets)]
        self.outer_wall = (outer_wall or outer.best()[0]) if self.confine else outer.NONE
        self.walls: list[str] = []
        self._process: subprocess.Popen | None = None
        if sys.platform == "win32":
            raise IsolationUnavailable.no_fork()
        if self.confine and (missing := missing_walls()):
            raise IsolationUnavailable.missing(missing)
        self._start()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def session(self, shown: bool = False) -> Session:
        """Fork a process for one submission; on its other side, if what comes of it may be shown."""
        if self._process is None or self._process.poll() is not None or any(side.lost for side in self._sides):
            self._replace()
        self._wait_until_ready()
        try:
            return Session(self._sides[shown])
        except WarmParentLost:  # it died unnoticed since the last session
            self._replace()
            self._wait_until_ready()
            return Session(self._sides[shown])

    def pace(self, seconds: float) -> None:
        """From the next session on, a cell may take so long."""
        self.limits = self._usual.paced(seconds)
        for side in self._sides:
            side.limits = self.limits

    def _replace(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        """End the warm parent and everything forked from it."""
        if self._process is None:
            return
        for side in self._sides:
            side.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        with contextlib.suppress(OSError):  # what bubblewrap has begun outlives it, if it is killed then
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        self._last_words.close()
        if self._scratch:
            with contextlib.suppress(OSError):
                remove_tree(self._scratch)

    def _start(self) -> None:
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115  open as long as the process lives
        started = launch.start(self.limits, self.confine, self.hidden, self.outer_wall, self._last_words)
        self._process, self._scratch, self._ready = started.process, started.scratch, False
        self._sides = [Side(self.limits, control) for control in started.controls]

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        for side in self._sides:
            self._greet(side)
            if self.confine:
                self._try_the_walls(side)
            if not self.greeting["parted"]:
                self._sides[1].control.close()
                self._sides = [side, side]
                break
        self._ready = True

    def _greet(self, side: Side) -> None:
        try:
            self._wait_for_word(side)
            self.greeting = side.answer(_PATIENCE_AT_START)
        except (OSError, ValueError):
            raise WarmParentLost.at_start(self._read_last_words()) from None
        if "ready" not in self.greeting:
            raise WarmParentLost.at_start(str(self.greeting.get("failed")))

    def _wait_for_word(self, side: Side) -> None:
        """Until it says something, or can't any more, though what it has begun may hold the line open."""
        deadline = time.monotonic() + _PATIENCE_AT_START
        side.control.settimeout(_LOOK_EVERY)
        while not _has_word(side.control):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise ConnectionResetError

    def _try_the_walls(self, side: Side) -> None:
        """Have a process try from inside what must be refused."""
        with contextlib.closing(Forked(side, trial=[str(path) for path in self.hidden])) as forked:
            self.walls = forked.hello["walls"]
            if leaks := forked.hello["leaks"]:
                raise ConfinementFailed.leaky(leaks)

    def _read_last_words(self) -> str:
        self._last_words.seek(0)
        return self._last_words.read()[-4000:].decode("utf-8", "replace")


class Side:
    """A warm parent, or its twin, to be told what to do."""

    def __init__(self, limits: Limits, control: socket.socket):
        self.limits, self.control, self.lost = limits, control, False

    def command(self, do: str, fds: Sequence[int] = (), **details: Any) -> dict:
        """Have it do something; returns its answer."""
        try:
            line = json.dumps({"do": do, **details}).encode() + b"\n"
            socket.send_fds(self.control, [line], fds)
            answer = self.answer(_PATIENCE)
        except (OSError, ValueError) as error:
            self.lost = True
            raise WarmParentLost.silent(do) from error
        if "failed" in answer:
            self.lost = True
            raise WarmParentLost.silent(do, answer["failed"])
        return answer

    def answer(self, patience: float) -> dict:
        """What it says next."""
        self.control.settimeout(patience)
        line = b""
        while not line.endswith(b"\n"):
            chunk = self.control.recv(65536)
            if not chunk:
                raise ConnectionResetError
            line += chunk
        return json.loads(line)


def _has_word(control: socket.socket) -> bool:
    """Or has closed the line, which `Side.answer` will say."""
    try:
        control.recv(1, socket.MSG_PEEK)
    except TimeoutError:
        return False
    return True


def missing_walls() -> list[str]:
    """What this machine lacks to confine anything; empty where it can."""
    if sys.platform != "linux":
        return [f"{sys.platform} has neither Landlock nor seccomp"]
    missing = [] if landlock.abi() else ["this kernel has no Landlock"]
    try:
        import pyseccomp  # noqa: F401
    except Exception as error:
        missing.append(f"seccomp can't be used: {error}")
    return missing
