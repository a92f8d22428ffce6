"""A submission's clock stands still while others have the processor."""

import contextlib
import os
import threading
import time

import pytest

from grader.confined import frames
from grader.confined.limits import Limits
from grader.sandbox import process, replies
from grader.sandbox.process import Forked
from grader.sandbox.session import Session

QUICK = Limits(cell_seconds=0.3, call_seconds=0.3, grace_seconds=0.3)


class Machine:
    """Stands for a warm parent: what it forks answers after so many seconds, others having had so many of them."""

    def __init__(self, takes, others, share=0.0, limits=QUICK):
        self.limits, self.takes, self.others, self.share = limits, takes, others, share
        self.asked = time.monotonic()

    def command(self, do, fds=(), **details):
        """What a warm parent says."""
        if do == "fork":
            threading.Thread(target=self.answer, args=[os.dup(fd) for fd in fds], daemon=True).start()
            return {"seconds": 0.0}
        took = time.monotonic() - self.asked
        usage = {"bytes": 0, "files": 0, "ran": self.share * took, "kept_waiting": min(self.others, took)}
        return usage if do == "usage" else {}

    def answer(self, requests, replies):
        """Say hello, and answer one request."""
        frames.write(replies, frames.HELLO, {"seconds": 0.0, "setup": 0.0})
        nonce, _ = frames.read(requests)
        self.asked = time.monotonic()
        time.sleep(self.takes)
        with contextlib.suppress(OSError):  # nobody waits any more
            frames.write(replies, nonce, {"status": "ok", "outputs": []})


def test_what_others_take_is_not_the_submissions(request):
    """A mark, and what is said with it, would depend on who else is graded beside it."""
    session = Session(Machine(takes=0.9, others=60.0))
    request.addfinalizer(session.close)
    assert session.run_cell("1").status == "ok"
    assert session.used < 0.3


def test_what_the_grader_itself_waits_for_is_not_the_submissions(monkeypatch):
    """A reply that lies there unread would be late."""
    session, beginning = Session(Machine(takes=0.0, others=0.0)), time.monotonic()
    monkeypatch.setattr(process, "_now", lambda: beginning)
    assert session.run_cell("1").status == "ok"
    assert session.used < 1e-6
    session.close()


def test_what_it_ran_counts_however_busy_the_machine(request):
    """A loop that never ends would go on for as long as others work."""
    forked = Forked(Machine(takes=9.0, others=9.0, share=0.5))
    request.addfinalizer(forked.close)
    with pytest.raises(replies.Late):
        forked.ask({}, 0.3)
    assert 0.5 < forked.clock() < 30
