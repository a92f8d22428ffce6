"""One submission's process: confined, then at the service of the trusted side until it is killed."""

from __future__ import annotations

import base64
import contextlib
import os
import random
import signal
import sys
import time
from typing import Any

from grader.confined import frames
from grader.confined.kernel import ConfinedKernel, settle
from grader.confined.limits import Limits
from grader.confined.walls import Plan, WallError, close_all_but, raise_walls
from unrolled.exam.calling import Fault, Outcome, call, take_value
from unrolled.exam.codec import decode, encode


def serve(
    kernel: ConfinedKernel,
    plan: Plan,
    limits: Limits,
    scratch: str,
    requests: int,
    replies: int,
    trial: list[str] | None,
) -> None:
    """Raise the walls, say so, and answer requests until the other side closes the pipe.

    Parameters
    ----------
    trial : list of str or None
        Paths that must be out of reach. If given, try the walls instead of serving, and report what they let through.
    """
    parent = os.getppid()
    started = time.monotonic()
    close_all_but({requests, replies, *(fd for fd, _ in plan.readable)})
    kernel.open_loop()
    settle(scratch)
    confining = time.monotonic()
    try:
        walls = raise_walls(plan, limits, scratch)
    except WallError as error:
        frames.write(replies, frames.HELLO, {"refused": str(error)})
        return
    if trial is not None:
        frames.write(replies, frames.HELLO, {"walls": walls, "leaks": try_walls(trial, parent)})
        return
    random.seed(0)  # Python gives every forked process another seed
    finished = time.monotonic()
    frames.write(replies, frames.HELLO, {"walls": walls, "seconds": finished - confining, "setup": finished - started})
    _answer_all(kernel, requests, replies)


def _answer_all(kernel: ConfinedKernel, requests: int, replies: int) -> None:
    while True:
        try:
            nonce, request = frames.read(requests)
        except EOFError:
            return
        frames.write(replies, nonce, _answer(kernel, request))


def _answer(kernel: ConfinedKernel, request: dict) -> dict:
    """The answer to one request; only while it is worked out can it be interrupted."""
    answer = None
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        answer = _ANSWERS[request["do"]](kernel, request)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return answer or _ANSWERS[request["do"]](kernel, request | {"interrupted": True})


def _run(kernel: ConfinedKernel, request: dict) -> dict:
    if request.get("interrupted"):
        return {"status": "error", "outputs": [] if request["quiet"] else kernel.recorder.finish()}
    status, outputs = kernel.run(request["source"], request["count"], request["lenient"], request["quiet"])
    return {"status": status, "outputs": outputs}


def _put(_: ConfinedKernel, request: dict) -> dict:
    """A piece of a file that lies beside the notebook; all of them come before the first cell."""
    name, done = request["name"], False
    if not request.get("interrupted"):
        with contextlib.suppress(OSError):  # more folders, say, than there may be
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "ab") as file:
                file.write(base64.b64decode(request["data"]))
            done = True
    return {"status": "ok" if done else "error", "outputs": []}


def _call(kernel: ConfinedKernel, request: dict) -> dict:
    if request.get("interrupted"):
        return {"outcomes": []}
    name = request["name"]
    function = kernel.shell.user_ns.get(name)
    if not callable(function):
        what = "not defined" if function is None else f"no function, but a {type(function).__name__}"
        wrong = f"`{name}` is {what}"
        return {"outcomes": [_pack(Outcome(fault=Fault("undefined", wrong)))] * len(request["cases"])}
    outcomes: list[dict] = []
    try:
        for case in request["cases"]:
            outcomes.append(_pack(call(function, decode(case), keep=encode), packed=True))
    except KeyboardInterrupt:
        pass
    return {"outcomes": outcomes}


def _get(kernel: ConfinedKernel, request: dict) -> dict:
    name = request["name"]
    if request.get("interrupted") or name not in kernel.shell.user_ns:
        return {"outcomes": [_pack(Outcome(fault=Fault("undefined", f"`{name}` is not defined")))]}
    return {"outcomes": [_pack(take_value(kernel.shell.user_ns[name]))]}


def _pack(outcome: Outcome, packed: bool = False) -> dict[str, Any]:
    if outcome.fault:
        fault = outcome.fault
        return {"fault": [fault.kind, fault.text, list(fault.lines)], "mutated": list(outcome.mutated)}
    value = outcome.value if packed else encode(outcome.value)
    return {"value": value, "mutated": list(outcome.mutated)}


_ANSWERS = {"put": _put, "run": _run, "call": _call, "get": _get}


def try_walls(secrets: list[str], parent: int) -> list[str]:
    """Try, from inside the walls, what must be refused; return what was not."""
    attempts = {
        "starting a process": lambda: os._exit(0) if os.fork() == 0 else None,
        "running a program": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
        "signalling the warm parent": lambda: os.kill(parent, 0),
        "reading /proc": lambda: os.close(os.open("/proc/self/environ", os.O_RDONLY)),
        "reading /etc/passwd": lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
        "writing to /tmp": lambda: open(f"/tmp/.unrolled-{os.getpid()}", "w").close(),
        "opening a socket": _open_socket,
    }
    attempts |= {f"reading {secret}": lambda secret=secret: _look_at(secret) for secret in secrets}
    return [what for what, attempt in attempts.items() if _succeeds(attempt)]


def _open_socket() -> None:
    import socket

    socket.socket().close()


def _look_at(path: str) -> None:
    os.listdir(path) if os.path.isdir(path) else open(path, "rb").close()


def _succeeds(attempt: Any) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
