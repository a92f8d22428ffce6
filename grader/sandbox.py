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
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader import launch, replies
from grader.confined import landlock
from grader.confined.frames import HELLO
from grader.confined.limits import OUT_OF_MEMORY, Limits
from grader.errors import ConfinementFailed, InfrastructureError, IsolationUnavailable, WarmParentLost
from unrolled.calling import Fault, Outcome
from unrolled.codec import encode

_PATIENCE_AT_START = 60.0
_PATIENCE = 20.0
_PATIENCE_FOR_THE_DYING = 0.2


@dataclass(frozen=True)
class CellResult:
    """What running a cell gave.

    Attributes
    ----------
    status : {"ok", "error", "timeout", "died"}
    outputs : list of dict
        As nbformat has them.
    fault : Fault or None
        For "timeout" and "died": what happened, in words for the learner.
    """

    status: str
    outputs: list[dict] = field(default_factory=list)
    fault: Fault | None = None


class Stopped(Exception):
    """The confined process could not finish what it was asked for, by its own fault."""

    def __init__(self, fault: Fault):
        super().__init__(fault.text)
        self.fault = fault


class Sandbox:
    """A warm parent, and the sessions forked from it, one at a time.

    Parameters
    ----------
    limits : Limits
    isolation : {"strict", "none"}
        "none" is for machines that can't confine anything and for code you trust.
    secrets : iterable of path
        Must be out of a submission's reach, besides the course's own answers; tried out at the start.
    """

    def __init__(self, limits: Limits = Limits(), isolation: str = "strict", secrets: Iterable[str | Path] = ()):
        if isolation not in ("strict", "none"):
            raise ValueError(f"isolation must be 'strict' or 'none', not {isolation!r}")
        self.limits = limits
        self.confine = isolation == "strict"
        self.hidden = [*launch.secrets_of_course(), *map(Path, secrets)]
        self.walls: list[str] = []
        self._process = None
        if self.confine and (missing := missing_walls()):
            raise IsolationUnavailable.missing(missing)
        self._start()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def session(self) -> Session:
        """Fork a process for one submission."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        self._wait_until_ready()
        return Session(self)

    def close(self) -> None:
        """End the warm parent and everything forked from it."""
        if self._process is None:
            return
        self._control.close()
        try:
            self._process.wait(5)
        except Exception:
            self._process.kill()
            self._process.wait()
        self._process = None
        self._last_words.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def command(self, do: str, fds: Sequence[int] = (), **details: Any) -> dict:
        """Have the warm parent do something; returns its answer."""
        try:
            line = json.dumps({"do": do, **details}).encode() + b"\n"
            socket.send_fds(self._control, [line], fds)
            return self._answer(_PATIENCE)
        except (OSError, ValueError) as error:
            raise WarmParentLost.silent(do) from error

    def _start(self) -> None:
        self._last_words = tempfile.TemporaryFile()
        self._process, self._control, self._scratch = launch.start(self.limits, self.confine, self.hidden, self._last_words)
        self._ready = False

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        try:
            self.greeting = self._answer(_PATIENCE_AT_START)
        except (OSError, ValueError):
            raise WarmParentLost.at_start(self._read_last_words()) from None
        if "ready" not in self.greeting:
            raise WarmParentLost.at_start(str(self.greeting.get("failed")))
        if self.confine:
            self._try_the_walls()
        self._ready = True

    def _try_the_walls(self) -> None:
        """Have a process try from inside what must be refused."""
        with contextlib.closing(Forked(self, trial=[str(path) for path in self.hidden])) as forked:
            self.walls = forked.hello["walls"]
            if leaks := forked.hello["leaks"]:
                raise ConfinementFailed.leaky(leaks)

    def _answer(self, patience: float) -> dict:
        self._control.settimeout(patience)
        line = b""
        while not line.endswith(b"\n"):
            chunk = self._control.recv(65536)
            if not chunk:
                raise ConnectionResetError
            line += chunk
        return json.loads(line)

    def _read_last_words(self) -> str:
        self._last_words.seek(0)
        return self._last_words.read()[-4000:].decode("utf-8", "replace")


class Forked:
    """One confined process: ask it, interrupt it, end it."""

    def __init__(self, sandbox: Sandbox, trial: list[str] | None = None):
        self.sandbox = sandbox
        self.limits = sandbox.limits
        self.pipes = replies.Pipes(self.check_usage)
        try:
            self.fork_seconds = sandbox.command("fork", self.pipes.theirs, trial=trial)["seconds"]
            self.pipes.hand_over()
            self.hello = self._read_hello()
        except BaseException:
            with contextlib.suppress(InfrastructureError):
                self.close()
            raise

    def ask(self, request: dict, seconds: float) -> tuple[dict, bool]:
        """The reply to a request, and whether it took an interrupt to get it; raises `replies.Broken`."""
        nonce = secrets.token_bytes(16)
        deadline = time.monotonic() + seconds
        try:
            self.pipes.send(nonce, request, deadline)
            body, late = self.pipes.receive(nonce, deadline, self.limits.reply_bytes), False
        except replies.Late:
            self.sandbox.command("signal", number=signal.SIGINT)
            grace = time.monotonic() + self.limits.grace_seconds
            body, late = self.pipes.receive(nonce, grace, self.limits.reply_bytes), True
        self.check_usage()
        return replies.parse(body), late

    def check_usage(self) -> None:
        """Raise `replies.TooMuch` if the scratch folder holds more than it may."""
        usage = self.sandbox.command("usage")
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


class FullScratch(replies.Broken):
    """More files, or larger ones, than a submission may write."""


class Session:
    """One submission's process, set up again (a few times) when the submission brings it down.

    Attributes
    ----------
    timings : dict
        Seconds that forking and confining took.
    """

    def __init__(self, sandbox: Sandbox):
        self.sandbox = sandbox
        self.limits = sandbox.limits
        self.left = self.limits.session_seconds
        self.shown_left = self.limits.shown_bytes
        self.restarts = self.limits.restarts
        self.ended: Fault | None = None
        self.count = 0
        self._completed: list[tuple[int, str]] = []
        self._forked: Forked | None = Forked(sandbox)
        hello = self._forked.hello
        self.timings = {"fork": self._forked.fork_seconds, "confine": hello["seconds"], "setup": hello["setup"]}

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and everything it has left behind."""
        if self._forked:
            forked, self._forked = self._forked, None
            forked.close()

    def run_cell(self, source: str) -> CellResult:
        """Run a code cell."""
        self.count += 1
        try:
            (status, outputs), late = self._ask(_cell(self.count, source), self.limits.cell_seconds, replies.cell)
        except Stopped as stop:
            return CellResult("timeout" if stop.fault.kind == "timeout" else "died", [_as_output(stop.fault)], stop.fault)
        if late:
            fault = _too_slow(self.limits.cell_seconds)
            return CellResult("timeout", [*outputs, _as_output(fault)], fault)
        self._completed.append((self.count, source))
        return CellResult(status, self._within_budget(outputs))

    def call(self, name: str, cases: Sequence[Any]) -> list[Outcome]:
        """Call the submission's function `name` on the arguments of every case; one outcome each."""
        request = {"do": "call", "name": name, "cases": [encode(case.args) for case in cases]}
        return self._outcomes(request, len(cases))

    def get(self, name: str) -> Outcome:
        """The value of the submission's variable `name`."""
        return self._outcomes({"do": "get", "name": name}, 1)[0]

    def _outcomes(self, request: dict, number: int) -> list[Outcome]:
        try:
            got, late = self._ask(request, self.limits.call_seconds, lambda reply: replies.outcomes(reply, number))
        except Stopped as stop:
            return [Outcome(fault=stop.fault)] * number
        why = _too_slow(self.limits.call_seconds) if late else Fault("KeyboardInterrupt", "it interrupted itself")
        return got + [Outcome(fault=why)] * (number - len(got))

    def _ask(self, request: dict, seconds: float, understand: Callable[[dict], Any]) -> tuple[Any, bool]:
        self._revive()
        return self._ask_once(request, seconds, understand)

    def _ask_once(self, request: dict, seconds: float, understand: Callable[[dict], Any]) -> tuple[Any, bool]:
        if self.ended:
            raise Stopped(self.ended)
        if self.left <= 0:
            raise Stopped(self._end(_used_up(self.limits.session_seconds)))
        started = time.monotonic()
        try:
            reply, late = self._forked.ask(request, min(seconds, self.left))
            return understand(reply), late
        except replies.Broken as broken:
            raise Stopped(self._bury(broken, seconds)) from None
        finally:
            self.left -= time.monotonic() - started

    def _revive(self) -> None:
        """Fork again and repeat the completed cells, leaving out those that now fail to complete."""
        while self._forked is None and not self.ended:
            if self.restarts == 0:
                self._end(Fault("crash", f"not run: the notebook brought its Python process down {self.limits.restarts + 1} times"))
                return
            self.restarts -= 1
            self._forked = Forked(self.sandbox)
            for cell in list(self._completed):
                try:
                    self._ask_once(_cell(*cell), self.limits.cell_seconds, replies.cell)
                except Stopped:
                    self._completed.remove(cell)
                    break

    def _bury(self, broken: replies.Broken, seconds: float) -> Fault:
        """End the process after a broken conversation; returns whose fault it was, in words."""
        forked, self._forked = self._forked, None
        end = forked.close(_PATIENCE_FOR_THE_DYING if isinstance(broken, replies.Closed) else 0)
        match broken:
            case replies.Late():
                return _too_slow(seconds)
            case replies.Malformed():
                return self._end(Fault("protocol", f"stopped: the notebook tampered with the grader's connection ({broken})"))
            case replies.TooMuch():
                return Fault("flood", f"gave back more than {self.limits.reply_bytes / 2**20:.0f} MiB")
            case FullScratch():
                return Fault("disk", f"wrote more than {self.limits.scratch / 2**20:.0f} MiB or {self.limits.files:,} files")
        return self._how_it_died(end)

    def _how_it_died(self, end: dict) -> Fault:
        if end["killed"]:
            return self._end(Fault("protocol", "stopped: the notebook closed the grader's connection"))
        code = os.waitstatus_to_exitcode(end["status"])
        if code == OUT_OF_MEMORY or code == -signal.SIGKILL:
            return Fault("memory", f"needed more memory than the {self.limits.memory / 2**20:.0f} MiB it may use")
        if code == -signal.SIGXCPU:
            return _used_up(self.limits.session_seconds)
        if code < 0:
            name = signal.Signals(-code).name
            return Fault("crash", f"crashed Python itself ({name}): endless recursion, or a library used in a way it can't stand")
        return Fault("exit", "ended Python instead of finishing")

    def _end(self, fault: Fault) -> Fault:
        self.ended = fault
        return fault

    def _within_budget(self, outputs: list[dict]) -> list[dict]:
        self.shown_left -= len(json.dumps(outputs))
        if self.shown_left >= 0:
            return outputs
        note = f"[output left out: the notebook showed more than {self.limits.shown_bytes / 2**20:.0f} MiB]\n"
        return [{"output_type": "stream", "name": "stderr", "text": note}]


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


def _cell(count: int, source: str) -> dict:
    return {"do": "run", "source": source, "count": count}


def _too_slow(seconds: float) -> Fault:
    return Fault("timeout", f"did not finish within {seconds:g} s: look for a loop that never ends")


def _used_up(seconds: float) -> Fault:
    return Fault("timeout", f"the whole notebook may take {seconds:g} s, and they are used up")


def _as_output(fault: Fault) -> dict:
    return {"output_type": "error", "ename": fault.kind.capitalize(), "evalue": fault.text, "traceback": [fault.text]}
