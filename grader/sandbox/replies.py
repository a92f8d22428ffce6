"""The trusted side's half of the conversation with a confined process: every byte that arrives is hostile.

Whatever arrives becomes a reply to the one request that was sent, or one of the `Broken` below. A reply is UTF-8,
every field of it is held against what was asked, text is made harmless to store (no lone surrogates, no NUL), numbers
and arrays go through `unrolled.exam.codec`, and anything unexpected ends the conversation.

    run    {"status": "ok" | "error", "outputs": [output, ...]}          as nbformat has them
    call   {"outcomes": [outcome, ...]}                                   at most one a case, in their order
    get    {"outcomes": [outcome]}
    outcome   {"value": value, "mutated": [place, ...]}                   places of arguments the case has, each once
              {"fault": [kind, text, [line, ...]], "mutated": [...]}
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import sys
from collections.abc import Callable, Sequence
from typing import Any

from grader.confined.frames import HEADER, pack
from unrolled.exam.calling import Fault, Outcome
from unrolled.exam.codec import decode

_STRUCTURE = b"[{,"
_UNSTORABLE = re.compile(rb"\\u(d[89a-f]|0000)", re.IGNORECASE)  # surrogates, mostly in pairs, and NUL
_MOST_STRUCTURE = 1_000_000
_LONGEST_TEXT, _LONGEST_FAULT = 20_000, 2_000
_MOST_LINES = 20
_PIPE_SIZE = 2**20
_LOOK_EVERY = 0.25


class Broken(Exception):
    """The conversation can't go on."""


class Late(Broken):
    """No complete reply before the deadline."""


class Closed(Broken):
    """The other side is gone."""


class Malformed(Broken):
    """Something arrived that is no reply."""


class TooMuch(Broken):
    """A reply larger than allowed."""


class Pipes:
    """Two pipes to a confined process.

    Parameters
    ----------
    meanwhile : callable
        Called every now and then while waiting; may raise to give up.
    clock : callable
        The seconds that deadlines are told in. What it shows may change with what `meanwhile` finds out.

    Attributes
    ----------
    theirs : tuple of int
        The ends the confined process gets: requests to read, replies to write.
    """

    def __init__(self, meanwhile: Callable[[], None], clock: Callable[[], float]) -> None:
        self.meanwhile, self.clock = meanwhile, clock
        self._arrived = bytearray()
        requests, self._out = os.pipe()
        self._in, replies = os.pipe()
        self.theirs = (requests, replies)
        self._polls = {self._out: _poll(self._out, select.POLLOUT), self._in: _poll(self._in, select.POLLIN)}
        for fd in (self._out, self._in):
            os.set_blocking(fd, False)
            _enlarge(fd)

    def hand_over(self) -> None:
        """Close the ends that are now the confined process's."""
        for fd in self.theirs:
            os.close(fd)
        self.theirs = ()

    def close(self) -> None:
        """Close everything still open here."""
        for fd in (*self.theirs, self._out, self._in):
            os.close(fd)

    def send(self, nonce: bytes, message: Any, deadline: float) -> None:
        """Send a request. Anything that arrived before it was not asked for."""
        if self._arrived or self._polls[self._in].poll(0):
            raise self._unasked()
        rest = memoryview(pack(nonce, message))
        while rest:
            try:
                rest = rest[os.write(self._out, rest) :]
            except BlockingIOError:
                self._await(self._out, deadline)
            except BrokenPipeError:
                raise Closed from None

    def receive(self, nonce: bytes, deadline: float, most: int) -> bytes:
        """The body of the reply to the request with this nonce. After `Late`, may be called again."""
        self._gather(HEADER.size, deadline)
        length, echo = HEADER.unpack_from(self._arrived)
        if echo != nonce:
            raise Malformed("a reply that answers no request")
        if length > most:
            raise TooMuch
        self._gather(HEADER.size + length, deadline)
        body = bytes(self._arrived[HEADER.size : HEADER.size + length])
        del self._arrived[: HEADER.size + length]  # what is left was not asked for
        return body

    def _gather(self, size: int, deadline: float) -> None:
        while len(self._arrived) < size:
            self._await(self._in, deadline)
            try:
                chunk = os.read(self._in, _PIPE_SIZE)
            except BlockingIOError:
                continue
            if not chunk:
                raise Closed
            self._arrived += chunk

    def _unasked(self) -> Broken:
        try:
            return Malformed("a reply nobody asked for") if self._arrived or os.read(self._in, 1) else Closed()
        except BlockingIOError:
            return Malformed("a reply nobody asked for")

    def _await(self, fd: int, deadline: float) -> None:
        while (left := deadline - self.clock()) > 0:
            if self._polls[fd].poll(min(left, _LOOK_EVERY) * 1000):
                return
            self.meanwhile()
        raise Late


def _poll(fd: int, event: int) -> select.poll:
    poll = select.poll()
    poll.register(fd, event)
    return poll


def _enlarge(fd: int) -> None:
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)


def parse(body: bytes) -> dict:
    """Hostile bytes as a JSON object of bearable size."""
    if sum(body.count(sign) for sign in (_STRUCTURE[i : i + 1] for i in range(len(_STRUCTURE)))) > _MOST_STRUCTURE:
        raise TooMuch
    try:
        reply = _from_json(body.decode())  # left to itself, json would take UTF-16, too
        if _UNSTORABLE.search(body):
            reply = _plain(reply)
    except (ValueError, RecursionError, MemoryError):
        raise Malformed("no JSON") from None
    if not isinstance(reply, dict):
        raise Malformed("no JSON object")
    return reply


def _no_constant(name: str) -> None:
    raise ValueError(name)


_from_json = json.JSONDecoder(parse_constant=_no_constant).decode


def outcomes(reply: dict, arguments: Sequence[int]) -> list[Outcome]:
    """The outcomes a reply holds, at most one for each number of arguments that was called with."""
    packed = reply.get("outcomes")
    if reply.keys() != {"outcomes"} or not isinstance(packed, list) or len(packed) > len(arguments):
        raise Malformed("no list of outcomes")
    return [_outcome(item, number) for item, number in zip(packed, arguments)]


def cell(reply: dict) -> tuple[str, list[dict]]:
    """The status and the outputs of a cell."""
    shown = reply.get("outputs")
    if reply.keys() != {"status", "outputs"} or reply["status"] not in ("ok", "error") or not isinstance(shown, list):
        raise Malformed("no outputs")
    return reply["status"], [_output(item) for item in shown]


def harmless(text: str) -> str:
    """`text` without what can't be stored: lone surrogates, NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "�")


def _outcome(item: Any, arguments: int) -> Outcome:
    match item:
        case {"value": value, "mutated": list(places), **rest} if not rest and _are_places(places, arguments):
            return Outcome(_value(value), mutated=tuple(places))
        case {"fault": fault, "mutated": list(places), **rest} if not rest and _are_places(places, arguments):
            return Outcome(fault=_fault(fault), mutated=tuple(places))
    raise Malformed("no outcome")


def _are_places(places: list, arguments: int) -> bool:
    return places == sorted(set(range(arguments)).intersection(filter(_is_number, places)))


def _is_number(place: Any) -> bool:
    return type(place) is int


def _fault(parts: Any) -> Fault:
    match parts:
        case [str(kind), str(text), list(lines)] if all(isinstance(line, str) for line in lines):
            short = (_short(line, _LONGEST_FAULT) for line in lines[:_MOST_LINES])
            return Fault(_short(kind, _LONGEST_FAULT), _short(text, _LONGEST_FAULT), tuple(short))
    raise Malformed("no fault")


def _value(encoded: Any) -> Any:
    _refuse_references(encoded)
    try:
        return decode(encoded)
    except Exception:
        raise Malformed("no value") from None


def _refuse_references(encoded: Any) -> None:
    """A reply holds numbers and texts; generators and functions travel the other way only."""
    pending = [encoded]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            if item.keys() & {"function", "rng"}:
                raise Malformed("no value")
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)


def _output(item: Any) -> dict:
    match item:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return {"output_type": "stream", "name": name, "text": harmless(text)}
        case {"output_type": "error", "ename": str(name), "evalue": str(value), "traceback": list(lines)}:
            if all(isinstance(line, str) for line in lines):
                short = [_short(line) for line in lines[:100]]
                return {"output_type": "error", "ename": _short(name), "evalue": _short(value), "traceback": short}
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data), "metadata": dict(metadata)}:
            shown = {"output_type": kind, "data": _bundle(data), "metadata": _plain(metadata)}
            return shown if kind == "display_data" else shown | {"execution_count": _count(item.get("execution_count"))}
    raise Malformed("no output")


def _bundle(data: dict) -> dict:
    """A MIME bundle; text formats hold text, JSON formats hold JSON."""
    return {
        harmless(mime): _plain(value)
        for mime, value in data.items()
        if isinstance(value, str) or mime == "application/json" or mime.endswith("+json")
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {harmless(key): _plain(item) for key, item in value.items()}
    return value


def _count(number: Any) -> int | None:
    return number if type(number) is int and 0 <= number < 10**6 else None


def _short(text: str, most: int = _LONGEST_TEXT) -> str:
    return harmless(text[:most])
