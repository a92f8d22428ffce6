"""The warm parent: imports everything once, then forks one confined process per submission.

It runs no learner's code and reads nothing a learner's process says. The trusted side tells it what to do over a
socket, one JSON line at a time: fork, signal, reap, usage.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.confined import child, landlock, syscalls, system
from grader.confined.facts import answer_from_memory
from grader.confined.kernel import ConfinedKernel, draw_without_a_screen, settle
from grader.confined.limits import BROKEN, OUT_OF_MEMORY, Limits
from grader.confined.recorder import Recorder
from grader.confined.scratch import Scratch, remove_tree
from grader.confined.threads import use_threads
from grader.confined.walls import Plan

_WARMING_CELL = """
import numpy as np, matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.plot(np.random.default_rng(0).normal(size=3), label="a"); ax.set_title("t"); ax.legend()
plt.show()
def fail(x):
    return x / 0
fail(1)
"""
_NOBODY = 65534
_UNKNOWN_ADDRESS_SPACE = 4 * 2**30
_OTHERS_MAY_START = 256
_WATCH_EVERY = 0.05


class WarmParent:
    """State of the warm parent.

    Parameters
    ----------
    config : dict
        See `grader.sandbox.launch`.
    """

    def __init__(self, config: dict[str, Any], control: socket.socket):
        self.config = config
        self.control = control
        self.limits = Limits(**config["limits"])
        self.bounded = False
        if config["outer"] != "none":
            self._bound_scratch()
        self.scratch = Scratch(config["scratch"], self.limits, own_mount=config["outer"] != "none")
        self.child, self.twin, self.parted = 0, [], False
        settle(config["scratch"])
        self.kernel = _warm_kernel(self.limits)
        self.plan = self._make_plan()
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                system.use_large_pages()

    def part(self, shown: socket.socket) -> None:
        """Become two, where there are namespaces: this one goes on, the other takes its commands from `shown`.

        Whatever may be shown to anybody is run by the other. What has been run on hidden inputs has left no trace
        where that is: no number of a process, no file, no message.
        """
        unused = shown
        if self.config["outer"] != "none":
            with contextlib.suppress(PermissionError):  # a bubblewrap may keep the power to itself
                if system.enter_sibling():
                    unused, self.control = self.control, shown
                    self._bound_scratch()
                else:
                    self.twin = _children()
                self.parted = True
            system.give_up_mounting()
        unused.close()

    def serve(self) -> None:
        """Do what the trusted side says until it is gone."""
        self._send({"ready": True, "uid": self.plan.uid, "parted": self.parted, "bounded": self.bounded})
        while True:
            while self.child and not (self.bounded or select.select([self.control], [], [], _WATCH_EVERY)[0]):
                self._stop_if_full()
            line, fds = _receive(self.control)
            if not line:
                return
            request = json.loads(line)
            answer = getattr(self, f"do_{request.pop('do')}")(*fds, **request)
            for fd in fds:
                os.close(fd)
            self._send(answer)

    def leave(self) -> None:
        """End the confined process; leave no file behind."""
        self.do_reap(0)
        with contextlib.suppress(OSError):
            if self.config["outer"] == "none":
                remove_tree(Path(self.config["scratch"]))

    def _bound_scratch(self) -> None:
        """Have the kernel itself bound what the scratch folder holds, however fast files are made."""
        size = f"size={self.limits.scratch},nr_inodes={self.limits.files + 100},mode=0711"
        with contextlib.suppress(PermissionError):  # bubblewrap's own is bounded in size, and files are counted
            system.mount_in_memory(self.config["scratch"], size)
            self.bounded = True

    def _stop_if_full(self) -> None:
        """Have nothing go on being written while the trusted side is busy with something else; it will find out."""
        used, files = self.scratch.usage()
        if used > self.limits.scratch or files > self.limits.files:
            self.do_signal(signal.SIGSTOP)

    def do_fork(self, requests: int, replies: int, trial: list[str] | None, seconds: float) -> dict:
        """Fork a confined process that talks over the two given pipe ends, and may work so long."""
        if self.child:
            raise RuntimeError("the session before is still open")
        started = time.monotonic()
        folder = self.scratch.new(self.plan.uid)
        self.child = os.fork()
        if self.child == 0:
            self._be_child(folder, requests, replies, trial, replace(self.limits, session_seconds=seconds))
        return {"seconds": time.monotonic() - started}

    def do_signal(self, number: int) -> dict:
        """Send a signal to the confined process, if it still lives."""
        if self.child:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.child, number)
        return {}

    def do_usage(self) -> dict:
        """What the scratch folder holds, how long the process ran, and how long others kept it from running."""
        used, files = self.scratch.usage()
        ran, kept_waiting = _running_and_waiting(self.child)
        return {"bytes": used, "files": files, "ran": ran, "kept_waiting": kept_waiting}

    def do_reap(self, patience: float) -> dict:
        """Wait a little for the process to end by itself, then end it, with all it may have started."""
        if not self.child:
            return {}
        end = _wait(self.child, patience)
        killed = end is None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.child, signal.SIGKILL)
        if killed:
            os.kill(self.child, signal.SIGKILL)
            end = os.wait4(self.child, 0)[1:]
        self.child = 0
        _sweep(self.twin)
        self.scratch.remove()
        status, used = end
        cpu_seconds = used.ru_utime + used.ru_stime
        return {"status": status, "killed": killed, "cpu_seconds": cpu_seconds, "memory": used.ru_maxrss * 1024}

    def _be_child(self, folder: str, requests: int, replies: int, trial: list[str] | None, limits: Limits) -> None:
        try:
            os.setsid()
            self.control.detach()
            child.serve(self.kernel, self.plan, limits, folder, requests, replies, trial)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except BaseException:
            os._exit(BROKEN)
        os._exit(0)

    def _make_plan(self) -> Plan:
        confine = self.config["confine"]
        uid = _mapped(self.config["uid"]) if confine and os.geteuid() == 0 else None
        return Plan(
            confine=confine,
            landlock_abi=landlock.abi() if confine else 0,
            uid=uid,
            user_threads=_threads_of_user() if uid is None else 0,
            address_space=_address_space(),
            readable=tuple(landlock.open_readable(self.config["readable"])) if confine else (),
            filter=syscalls.compile_filter() if confine else b"",
        )

    def _send(self, message: dict) -> None:
        self.control.sendall(json.dumps(message).encode() + b"\n")


def _warm_kernel(limits: Limits) -> ConfinedKernel:
    kernel = ConfinedKernel.start_one(Recorder(limits))
    kernel.open_loop()
    _, outputs = kernel.run(_WARMING_CELL, 1)
    kernel.close_loop()
    if outputs[-1].get("ename") != "ZeroDivisionError":
        raise RuntimeError(f"the warming cell did not end as it should: {outputs}")
    draw_without_a_screen()
    use_threads()
    answer_from_memory()
    _import_package("unrolled")
    kernel.forget()  # and with it all garbage
    np.random.seed(0)  # noqa: NPY002  learners may use the old interface: then their runs repeat
    gc.freeze()
    gc.enable()
    return kernel


def _import_package(name: str) -> None:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        importlib.import_module(module.name)


def _mapped(uid: int | None) -> int | None:
    """`uid` if this user namespace has it, else nobody's if it has that, else none."""
    ranges = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    wanted = [] if uid is None else [uid, _NOBODY]
    return next((uid for uid in wanted if any(first <= uid < first + count for first, _, count in ranges)), None)


def _threads_of_user() -> int:
    total = _OTHERS_MAY_START
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            total += int(fields["Threads"]) if int(fields["Uid"].split()[0]) == os.getuid() else 0
    return total


def _running_and_waiting(pid: int) -> tuple[float, float]:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return running_and_waiting(Path(f"/proc/{pid}/schedstat").read_text(), Path(f"/proc/{pid}/stat").read_text())
    return 0.0, 0.0


def running_and_waiting(of_main_thread: str, of_process: str) -> tuple[float, float]:
    """Seconds a process's main thread ran, and those it was ready to and others, not its own threads, kept it from it.

    Parameters
    ----------
    of_main_thread, of_process : str
        The kernel's `schedstat` and `stat`.
    """
    running, waiting = (int(number) / 1e9 for number in of_main_thread.split()[:2])
    user, system = of_process.rpartition(")")[2].split()[11:13]
    of_all_threads = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return running, max(waiting - max(of_all_threads - running, 0.0), 0.0)


def _address_space() -> int:
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return _UNKNOWN_ADDRESS_SPACE


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    line, fds, _, _ = socket.recv_fds(control, 65536, 4)
    while line and not line.endswith(b"\n"):
        more = control.recv(65536)
        line = line + more if more else b""
    return line, fds


def _wait(pid: int, patience: float) -> tuple[int, Any] | None:
    """The exit status of `pid` and what it used, or None if it still lives after `patience` seconds."""
    deadline = time.monotonic() + patience
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return status, used
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.002)


def _sweep(but: Collection[int]) -> None:
    """End whatever the confined process has left behind."""
    while orphans := [pid for pid in _children() if pid not in but]:
        for orphan in orphans:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(orphan, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(orphan, 0)


def _children() -> list[int]:
    with contextlib.suppress(OSError):
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    return []


def main() -> None:
    """Start from the command line: the configuration is the only argument."""
    config = json.loads(sys.argv[1])
    control, shown = (socket.socket(fileno=fd) for fd in config["controls"])
    for end in (control, shown):
        end.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (resource.getrlimit(resource.RLIMIT_DATA)[1],) * 2)
    if sys.platform == "linux":
        system.prctl(system.PR_SET_CHILD_SUBREAPER, 1)
    parent = None
    try:
        parent = WarmParent(config, control)
        parent.part(shown)
        parent.serve()
    except (BrokenPipeError, ConnectionResetError):
        pass
    except BaseException:
        with contextlib.suppress(OSError):
            (parent.control if parent else control).sendall(
                json.dumps({"failed": traceback.format_exc()[-4000:]}).encode() + b"\n"
            )
    finally:
        if parent:
            parent.leave()
    os._exit(0)
