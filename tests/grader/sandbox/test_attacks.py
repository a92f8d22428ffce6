"""Notebooks that look around, talk to the grader in its own language, or sabotage what they run in."""

import os
import time

import numpy as np
import pytest

from grader.sandbox.sandbox import Sandbox
from unrolled.exam.exercise import Case

LIST_OPEN_FILES = """
import os, stat
def kinds():
    for fd in range(4096):
        try: yield fd, stat.S_IFMT(os.fstat(fd).st_mode)
        except OSError: continue
found = dict(kinds())
print(len(found), [fd for fd, kind in found.items() if kind == stat.S_IFREG])
"""


def test_nothing_is_inherited(sandbox, monkeypatch, tmp_path):
    """Passwords travel in environments, and an inherited file descriptor is a door no wall stands in."""
    monkeypatch.setenv("GRADEBOOK_PASSWORD", "hunter2")
    secret = tmp_path / "gradebook.db"
    secret.write_text("marks")
    with secret.open() as file:
        os.set_inheritable(file.fileno(), True)
        with Sandbox(limits=sandbox.limits) as fresh, fresh.session() as session:
            environment = session.run_cell("import os\nprint(sorted(os.environ.items()))").outputs[0]["text"]
            open_files = session.run_cell(LIST_OPEN_FILES).outputs[0]["text"]
    assert "HOME" in environment
    assert "hunter2" not in environment
    count, regular = open_files.split(maxsplit=1)
    assert regular.strip() == "[]"
    assert int(count) <= 8  # three to nowhere, two pipes, three of the event loop


def test_answers_are_not_in_memory(session):
    """What was never there can't be found, however hard one looks."""
    source = """
import gc, sys
names = [name for name in sys.modules if name.startswith(("solutions", "grader"))]
print(names)
"""
    text = session.run_cell(source).outputs[0]["text"]
    assert "solutions" not in text
    assert all(name.startswith("grader.confined") for name in eval(text) if name != "grader")


FORGERIES = {
    "rubbish": "os.write(out, b'rubbish' * 10)",
    "a frame with another nonce": "os.write(out, struct.pack('!I16s', 2, bytes(16)) + b'{}')",
    "a truncated frame": "os.write(out, struct.pack('!I16s', 1000, bytes(16)) + b'{')",
    "an enormous frame": "os.write(out, struct.pack('!I16s', 2**32 - 1, bytes(16)))",
}
FIND_THE_PIPE = """
import os, stat, struct, fcntl
pipes = [fd for fd in range(3, 64) if (lambda: True)() and _is_pipe(fd)]
out = next(fd for fd in pipes if fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY)
"""
IS_PIPE = """
import os, stat
def _is_pipe(fd):
    try: return stat.S_ISFIFO(os.fstat(fd).st_mode)
    except OSError: return False
"""


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_forged_reply_ends_that_submission_and_earns_nothing(sandbox, forgery):
    """The pipe is the only way to the trusted side; what arrives there must be what was asked for."""
    with sandbox.session() as session:
        session.run_cell(IS_PIPE)
        session.run_cell(FIND_THE_PIPE)
        result = session.run_cell(forgery)
        outcome = session.call("f", [Case()])[0]
        assert result.status == "died" or outcome.fault.kind in ("protocol", "undefined")
        assert session.call("f", [Case()])[0].fault
        assert session.ended.kind == "protocol"
    with sandbox.session() as session:
        assert session.run_cell("1").status == "ok"


def test_forged_reply_sent_by_a_thread_between_requests_is_noticed(sandbox):
    """A thread has all the time it wants to study the protocol."""
    with sandbox.session() as session:
        session.run_cell(IS_PIPE)
        session.run_cell(FIND_THE_PIPE)
        session.run_cell("import threading\nthreading.Timer(0.1, os.write, (out, b'x')).start()")
        time.sleep(0.3)
        assert session.call("f", [Case()])[0].fault.kind == "protocol"
        assert session.run_cell("1").fault.kind == "protocol"


def test_forged_but_well_formed_reply_is_just_a_value(sandbox):
    """Whoever writes a perfect frame has answered the question, with a number of their own making."""
    steal = """
import sys, json, os, struct
def f(x):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals: frame = frame.f_back
    body = json.dumps({"outcomes": [{"value": 42, "mutated": []}]}).encode()
    os.write(frame.f_locals["replies"], struct.pack("!I16s", len(body), frame.f_locals["nonce"]) + body)
    return 1
"""
    with sandbox.session() as session:
        assert session.run_cell(steal).status == "ok"
        (outcome,) = session.call("f", [Case((np.ones(2),))])
        assert outcome.value == 42
        assert session.call("f", [Case((np.ones(2),))])[0].fault.kind == "protocol"


def test_closed_pipe_is_the_learners_fault(sandbox):
    """Hanging up must not look like our failure, which would be tried again and again."""
    with sandbox.session() as session:
        session.run_cell(IS_PIPE)
        session.run_cell(FIND_THE_PIPE)
        result = session.run_cell("os.close(out); import time; time.sleep(5)")
        assert (result.status, result.fault.kind) == ("died", "protocol")


def test_writes_to_standard_output_lead_nowhere(session):
    """File descriptor 1 must not be the grader's terminal, nor its pipe."""
    assert session.run_cell("import os\nos.write(1, b'x'); os.write(2, b'x')").status == "ok"
    assert session.run_cell("os.system('echo hi')").status in ("ok", "error")


SABOTAGE = {
    "patched json": "import json\njson.dumps = lambda *a, **k: '{}'",
    "patched os.write": "import os\nos.write = lambda fd, data: len(data)",
    "patched codec": "import unrolled.exam.calling as c\nc.encode = c.decode = lambda *a: 1 / 0",
    "hooked kernel": "get_ipython().kernel.session.send = None",
    "closed streams": "import sys\nsys.stdout.close(); sys.stdout = None",
    "input transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['raise SystemExit'])",
    "broken builtins": "import builtins\nbuiltins.len = None",
    "post hook": "get_ipython().events.register('post_run_cell', lambda r: 1 / 0)",
    "tracing": "import sys\nsys.settrace(lambda *a: 1 / 0)",
    "exit hook": "import atexit\natexit.register(lambda: open('x', 'w'))",
}


@pytest.mark.parametrize("source", SABOTAGE.values(), ids=SABOTAGE)
def test_sabotage_hurts_only_its_own_submission(sandbox, source):
    """Whatever is patched in there, out here it is a fault or an outcome, never an exception."""
    with sandbox.session() as session:
        session.run_cell("def f(x):\n    return x")
        session.run_cell(source)
        session.run_cell("print('still here')")
        (outcome,) = session.call("f", [Case((1,))])
        assert outcome.fault or outcome.value == 1
    with sandbox.session() as session:
        assert session.run_cell("1").status == "ok"
