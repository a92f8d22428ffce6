"""One submission in the sandbox: its cells run, its functions called, its faults put into words."""

from __future__ import annotations

import base64
import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from grader.confined.limits import MIB, OUT_OF_MEMORY
from grader.errors import ConfinementFailed, ProcessLost
from grader.sandbox import replies
from grader.sandbox.process import Commander, Forked, FullScratch
from unrolled.exam.calling import Fault, Outcome
from unrolled.exam.codec import encode

_PATIENCE_FOR_THE_DYING = 2.0
_LONGEST_NUMBER = 100
_PIECE = 4 * MIB


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


class Session:
    """One submission's process, set up again (a few times) when the submission brings it down.

    Attributes
    ----------
    timings : dict
        Seconds that forking and confining took.
    """

    def __init__(self, sandbox: Commander):
        self.sandbox = sandbox
        self.limits = sandbox.limits
        self.left = self.limits.session_seconds
        self.shown_left = self.limits.shown_bytes
        self.restarts = self.limits.restarts
        self.ended: Fault | None = None
        self.count = 0
        self._completed: list[dict] = []
        self._forked: Forked | None = Forked(sandbox)
        hello = self._forked.hello
        self.timings = {"fork": self._forked.fork_seconds, "confine": hello["seconds"], "setup": hello["setup"]}

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def used(self) -> float:
        """Seconds used up, those left out in which others had the processor."""
        return self.limits.session_seconds - self.left

    def close(self) -> None:
        """End the process and everything it has left behind."""
        if self._forked:
            forked, self._forked = self._forked, None
            forked.close()

    def put(self, files: Mapping[str, bytes]) -> None:
        """Put files into the scratch folder, before anything is run there; what finds no place there is left out.

        Raises
        ------
        InfrastructureError
            If that can't be done: nobody's code has any part in it.
        """
        for name, data in self._fitting(files):
            for start in range(0, len(data) or 1, _PIECE):
                piece = base64.b64encode(data[start : start + _PIECE]).decode()
                request = {"do": "put", "name": name, "data": piece}
                try:
                    (status, _), late = self._ask(request, self.limits.cell_seconds, replies.cell)
                except Stopped as stop:
                    raise ConfinementFailed.no_room(name, stop) from stop
                if late:
                    raise ConfinementFailed.no_room(name, "it takes too long")
                if status == "ok":
                    self._completed.append(request)

    def _fitting(self, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        """As many files as leave room for what the notebook itself writes."""
        left = self.limits.scratch * 3 // 4
        for name, data in islice(files.items(), self.limits.files // 2):
            left -= len(data)
            if left < 0:
                return
            yield name, data

    def run_cell(self, source: str, lenient: bool = False, quiet: bool = False) -> CellResult:
        """Run a code cell; a lenient run goes on after a line that only fails for where it is run.

        Of a quiet one there are no outputs.
        """
        self.count += 1
        cell = {"do": "run", "source": source, "count": self.count, "lenient": lenient, "quiet": quiet}
        try:
            (status, outputs), late = self._ask(cell, self.limits.cell_seconds, replies.cell)
        except Stopped as stop:
            status = "timeout" if stop.fault.kind == "timeout" else "died"
            return CellResult(status, [_as_output(stop.fault)], stop.fault)
        if late:
            fault = _too_slow(self.limits.cell_seconds)
            return CellResult("timeout", [*outputs, _as_output(fault)], fault)
        self._completed.append(cell)
        return CellResult(status, self._within_budget(outputs))

    def call(self, name: str, cases: Sequence[Any]) -> list[Outcome]:
        """Call the submission's function `name` on the arguments of every case; one outcome each."""
        request = {"do": "call", "name": name, "cases": [encode(case.args) for case in cases]}
        return self._outcomes(request, [len(case.args) for case in cases])

    def get(self, name: str) -> Outcome:
        """The value of the submission's variable `name`."""
        return self._outcomes({"do": "get", "name": name}, [0])[0]

    def _outcomes(self, request: dict, arguments: Sequence[int]) -> list[Outcome]:
        try:
            got, late = self._ask(request, self.limits.call_seconds, lambda reply: replies.outcomes(reply, arguments))
        except Stopped as stop:
            return [Outcome(fault=stop.fault)] * len(arguments)
        why = _too_slow(self.limits.call_seconds) if late else Fault("KeyboardInterrupt", "it interrupted itself")
        return got + [Outcome(fault=why)] * (len(arguments) - len(got))

    def _ask(self, request: dict, seconds: float, understand: Callable[[dict], Any]) -> tuple[Any, bool]:
        self._revive()
        return self._ask_once(request, seconds, understand)

    def _ask_once(self, request: dict, seconds: float, understand: Callable[[dict], Any]) -> tuple[Any, bool]:
        if self.ended:
            raise Stopped(self.ended)
        if self.left <= 0:
            raise Stopped(self._end(_used_up(self.limits.session_seconds)))
        forked, before = self._forked, self._forked.clock()
        try:
            reply, late = forked.ask(request, min(seconds, self.left))
            return understand(reply), late
        except replies.Broken as broken:
            raise Stopped(self._bury(broken, seconds)) from None
        finally:
            self.left -= forked.clock() - before

    def _revive(self) -> None:
        """Fork again and repeat the completed cells, leaving out those that now fail to complete."""
        while self._forked is None and not self.ended:
            if self.restarts == 0:
                times = self.limits.restarts + 1
                self._end(Fault("crash", f"not run: the notebook brought its Python process down {times} times"))
                return
            self.restarts -= 1
            self._forked = Forked(self.sandbox)
            for cell in list(self._completed):
                try:
                    self._ask_once(cell, self.limits.cell_seconds, replies.cell)
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
                return self._end(Fault("protocol", f"stopped: it tampered with the grader's connection ({broken})"))
            case replies.TooMuch():
                return Fault("flood", f"gave back more than {self.limits.reply_bytes / MIB:.0f} MiB")
            case FullScratch():
                most = f"{self.limits.scratch / MIB:.0f} MiB or {self.limits.files:,} files"
                return Fault("disk", f"wrote more than {most}")
        return self._how_it_died(end)

    def _how_it_died(self, end: dict) -> Fault:
        if end["killed"]:
            return self._end(Fault("protocol", "stopped: it closed the grader's connection"))
        code = os.waitstatus_to_exitcode(end["status"])
        if code == -signal.SIGKILL:
            return self._who_killed_it(end)
        if code == OUT_OF_MEMORY:
            return self._too_large()
        if code == -signal.SIGXCPU:
            return _used_up(self.limits.session_seconds)
        if code < 0:
            why = "endless recursion, or a library used wrongly"
            return Fault("crash", f"crashed Python itself ({_name(-code)}): {why}")
        return Fault("exit", "ended Python instead of finishing")

    def _who_killed_it(self, end: dict) -> Fault:
        """A submission can't kill itself: the system did, for a reason that shows in what was used; or somebody."""
        if end["cpu_seconds"] > self.limits.session_seconds:
            return _used_up(self.limits.session_seconds)
        if end["memory"] > self.limits.memory:
            return self._too_large()
        raise ProcessLost.killed()

    def _too_large(self) -> Fault:
        return Fault("memory", f"needed more memory than the {self.limits.memory / MIB:.0f} MiB it may use")

    def _end(self, fault: Fault) -> Fault:
        self.ended = fault
        return fault

    def _within_budget(self, outputs: list[dict]) -> list[dict]:
        self.shown_left -= len(json.dumps(outputs))
        if self.shown_left >= 0:
            return outputs
        note = f"[output left out: the notebook showed more than {self.limits.shown_bytes / MIB:.0f} MiB]\n"
        deciding = [output for output in outputs if output["output_type"] == "error" or _is_number(output)]
        return [{"output_type": "stream", "name": "stdout", "text": note}, *deciding]


def _is_number(output: dict) -> bool:
    """Whether it is a result as tests give for part of their points."""
    text = output.get("data", {}).get("text/plain", "")
    return output["output_type"] == "execute_result" and len(text) < _LONGEST_NUMBER


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _too_slow(seconds: float) -> Fault:
    return Fault("timeout", f"did not finish within {seconds:g} s: look for a loop that never ends")


def _used_up(seconds: float) -> Fault:
    return Fault("timeout", f"the whole notebook may take {seconds:g} s, and they are used up")


def _as_output(fault: Fault) -> dict:
    return {"output_type": "error", "ename": fault.kind.capitalize(), "evalue": fault.text, "traceback": [fault.text]}
