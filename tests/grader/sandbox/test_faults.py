"""Notebooks that loop, crash, flood, sleep and hang on: each fault named, none outliving its submission."""

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.confined.limits import MIB, Limits
from grader.errors import InfrastructureError
from grader.sandbox import outer
from grader.sandbox.sandbox import Sandbox
from unrolled.exam.exercise import Case

QUICK = Limits(cell_seconds=1.0, grace_seconds=0.3, memory=300 * MIB)


@pytest.fixture
def patient(session):
    """A session that waits long enough for other limits to bite first, on a busy machine too."""
    session.limits = dataclasses.replace(session.limits, cell_seconds=15.0, call_seconds=15.0)
    session.left = 60.0
    return session


def test_endless_loop_is_interrupted_and_the_notebook_goes_on(session):
    """One forgotten increment must not cost the rest of the notebook."""
    session.run_cell("x = 5")
    result = session.run_cell("print('before')\nwhile True: pass")
    assert (result.status, result.fault.kind) == ("timeout", "timeout")
    assert "loop that never ends" in result.fault.text
    assert result.outputs[0]["text"] == "before\n"
    assert session.run_cell("assert x == 5").status == "ok"
    assert session.restarts == session.limits.restarts


def test_endless_function_leaves_the_other_cases_their_outcomes(session):
    """Partial credit: only what did not finish is lost."""
    session.run_cell("def f(x):\n    while x > 1: pass\n    return x")
    first, second, third = session.call("f", [Case((0,)), Case((5,)), Case((1,))])
    assert first.value == 0
    assert second.fault.kind == third.fault.kind == "timeout"
    assert session.call("f", [Case((1,))])[0].value == 1


def test_swallowed_interrupt_is_answered_with_a_kill(session):
    """`except:` in a loop is an ordinary mistake, and an ordinary trick."""
    session.run_cell("x = 5")
    session.run_cell("import time")
    result = session.run_cell("while True:\n    try: time.sleep(60)\n    except BaseException: pass")
    assert result.status == "timeout"
    assert session.run_cell("assert x == 5").status == "ok"
    assert session.restarts == session.limits.restarts - 1


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.sleep(60)",
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(60)",
        "import ctypes\nctypes.CDLL(None)['raise'](20)\nwhile True: pass",
        "import re\nre.match('(a+)+b', 'a' * 60)",
        "import threading\nthreading.Event().wait()",
        "import numpy as np\nwhile True: np.ones((500, 500)) @ np.ones((500, 500))",
    ],
    ids=["sleep", "deaf sleep", "stop itself", "slow C code", "wait for nothing", "heavy computing"],
)
def test_whatever_does_not_end_is_ended_in_time(session, source):
    """A grader that waits for one learner makes all of them wait."""
    started = time.monotonic()
    assert session.run_cell(source).status == "timeout"
    assert time.monotonic() - started < 8  # a second, and what a busy machine keeps it waiting


def test_whole_notebook_has_a_deadline_too(sandbox):
    """Forty cells, each just below its limit, must not take a quarter of an hour."""
    with sandbox.session() as session:
        session.left = 0.5
        statuses = [session.run_cell("import time\ntime.sleep(0.4)").status for _ in range(9)]
        assert statuses[-1] == "timeout"
        fault = session.call("f", [Case()])[0].fault
        assert "whole notebook" in fault.text


DEATHS = {
    "segfault": ("import ctypes\nctypes.string_at(0)", "crash", "SIGSEGV"),
    "abort": ("import os\nos.abort()", "crash", "SIGABRT"),
    "deep recursion": (
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self): return repr(self)\nrepr(A())",
        # From 3.12 on it is an error in time, and shown, which with so many levels may take too long.
        *(("crash", "SEGV") if sys.version_info < (3, 12) else ("", "")),
    ),
    "os._exit": ("import os\nos._exit(0)", "exit", "ended Python"),
    "terminate": ("import os\nos.kill(os.getpid(), 15)", "crash", "SIGTERM"),
    "C's exit": ("import ctypes\nctypes.CDLL(None).exit(0)", "exit", "ended Python"),
}


@pytest.mark.parametrize(("source", "kind", "text"), DEATHS.values(), ids=DEATHS)
def test_death_costs_only_the_cell_that_caused_it(session, source, kind, text):
    """What was defined before is there again; what comes later still earns its points."""
    session.run_cell("def f(x):\n    return x + 1")
    result = session.run_cell(source)
    assert result.status in ("died", "error", *(() if kind else ("timeout",)))
    if kind:
        assert result.fault.kind == kind
        assert text in result.fault.text
    assert session.call("f", [Case((1,))])[0].value == 2


@pytest.mark.parametrize("source", ["exit()", "quit()", "import sys\nsys.exit(1)", "raise KeyboardInterrupt"])
def test_leaving_politely_costs_nothing(session, source):
    """Some learners end their notebook with exit()."""
    session.run_cell("x = 1")
    session.run_cell(source)
    assert session.get("x").value == 1
    assert session.restarts == session.limits.restarts


def test_function_that_exits_or_crashes_is_a_fault_of_that_call(session):
    """Not of the exercises after it."""
    session.run_cell("import os, sys, ctypes\ndef a(x): sys.exit()\ndef b(x): os._exit(3)\ndef c(x): return x")
    assert session.call("a", [Case((1,))])[0].fault.kind == "SystemExit"
    assert session.call("b", [Case((1,))] * 2)[1].fault.kind == "exit"
    assert session.call("c", [Case((1,))])[0].value == 1


def test_process_that_dies_again_and_again_is_given_up(session):
    """Bounded restarts: dying must not be a way to use the machine for long."""
    for _ in range(session.limits.restarts + 1):
        assert session.run_cell("import os\nos._exit(0)").fault.kind == "exit"
    assert "brought its Python process down" in session.run_cell("1").fault.text
    assert session.call("f", [Case()])[0].fault


def test_too_much_memory_is_named(patient):
    """A learner who builds a list of a billion must read that, not a signal's number."""
    result = patient.run_cell("x = bytearray(4 << 30)")
    assert result.outputs[-1]["ename"] == "MemoryError"
    patient.run_cell("def f(x):\n    y = []\n    while True: y.append(bytearray(50 << 20))")
    assert patient.call("f", [Case((1,))])[0].fault.kind in ("MemoryError", "memory")
    assert patient.run_cell("1").status == "ok"


def test_flood_of_text_is_cut_with_a_note(patient):
    """A million printed lines must neither fill the disk nor the feedback page."""
    result = patient.run_cell("print('head')\nfor i in range(10**5): print('x' * 100)")
    text = "".join(output.get("text", "") for output in result.outputs)
    assert text.startswith("head\n")
    assert "output truncated" in text
    assert len(text) < 2 * patient.limits.stream_bytes
    result = patient.run_cell("print('y' * 10**7)\n'z' * 10**7")
    assert len(str(result.outputs)) < 10 * 2**20
    assert "output truncated" in str(result.outputs[-1])


def test_flood_of_pictures_and_results_is_cut(patient):
    """Nor may a million plots."""
    result = patient.run_cell("for i in range(600): display(i)")
    assert len(result.outputs) <= patient.limits.outputs + 1
    assert "output truncated" in result.outputs[-1]["text"]


def test_huge_repr_and_huge_error_are_bounded(patient):
    """A repr or a message of a gigabyte must not reach the notebook."""
    result = patient.run_cell("class A:\n    def __repr__(self): return 'r' * 10**7\nA()")
    assert len(str(result.outputs)) < 10 * 2**20
    result = patient.run_cell("raise ValueError('v' * 10**7)")
    assert len(str(result.outputs)) < 10**6


def test_enormous_value_is_refused(patient):
    """The trusted side must not be fed until it bursts."""
    patient.run_cell("import numpy as np\ndef f(x): return np.zeros(9 * 10**6)\ndef g(x): return 'x' * (65 << 20)")
    assert patient.call("f", [Case((1,))])[0].fault.kind in ("unsupported", "memory", "MemoryError")
    assert patient.call("g", [Case((1,))])[0].fault.kind in ("flood", "memory", "MemoryError")
    assert patient.run_cell("1").status == "ok"


def test_full_scratch_folder_ends_the_cell(patient):
    """A submission must not fill the machine's disk."""
    result = patient.run_cell("for i in range(10**4): open(f'{i}', 'wb').write(bytes(1 << 20))")
    assert result.status in ("died", "error")
    assert "wrote more than" in str(result.fault) or "No space" in result.outputs[-1]["evalue"]


def test_many_small_files_end_the_cell(patient):
    """Nor use up its inodes."""
    result = patient.run_cell("for i in range(10**6): open(f'{i}', 'w').close()")
    assert result.status in ("died", "error")


def test_one_large_file_is_refused(patient):
    """The file size limit bites before the scratch limit."""
    result = patient.run_cell("f = open('f', 'wb')\nfor i in range(100): f.write(bytes(1 << 20))")
    assert result.status in ("error", "died")


def test_deep_folders_are_removed(sandbox):
    """A tree too deep for a path must not stay behind."""
    before = _files(sandbox)
    with sandbox.session() as session:
        session.run_cell("import os\nfor i in range(1500):\n    os.mkdir('d' * 200); os.chdir('d' * 200)")
        session.run_cell("import os\nopen('f', 'w').close()")
    assert _files(sandbox) <= before + 5  # the kernel counts roughly


def test_nothing_is_left_when_a_session_ends(sandbox):
    """No process, no thread, no file of one submission may outlive into the next."""
    before = _files(sandbox)
    with sandbox.session() as session:
        session.run_cell("import threading as t\nfor _ in range(5): t.Timer(9, print).start()")
        session.run_cell("open('left', 'w').write('x' * 1000)")
        family = _family(sandbox)
        assert len(os.listdir(f"/proc/{family[-1]}/task")) == 6
    assert not _alive(family[-1])
    assert family[-1] not in _family(sandbox)
    assert _files(sandbox) <= before + 5  # the kernel counts roughly


def test_threads_are_bounded(patient):
    """A bomb of threads must be defused by a limit."""
    start = "for n in range(10**4): threading.Thread(target=time.sleep, args=(9,)).start()"
    source = f"import threading, time\ntry:\n    {start}\nexcept RuntimeError: print('stopped at', n)"
    result = patient.run_cell(source)
    assert "stopped at" in result.outputs[0]["text"]


def test_killed_from_outside_is_not_the_learners_fault(sandbox):
    """Whoever kills a process, the learner keeps the right to be graded again."""
    with sandbox.session() as session:
        os.kill(_family(sandbox)[-1], signal.SIGKILL)
        with pytest.raises(InfrastructureError):
            session.run_cell("1")


@pytest.mark.parametrize("member", [0, -2], ids=["outermost", "warm parent"])
def test_lost_warm_parent_is_ours_and_replaced(member):
    """A submission that was interrupted can be graded again, by a new one; nothing of the old one lives on."""
    with Sandbox(limits=QUICK) as sandbox:
        session = sandbox.session()
        session.run_cell("import threading\nthreading.Timer(60, print).start()")
        family = _family(sandbox)
        os.kill(family[member], signal.SIGKILL)
        with contextlib.suppress(InfrastructureError):
            assert session.run_cell("1").status == "ok"
        _wait_until_dead(family[member : member + 1 or None])
        with sandbox.session() as fresh:
            assert fresh.run_cell("1").status == "ok"
        _wait_until_dead(family)


def test_outer_wall_killed_while_it_is_put_up_leaves_nothing_behind(monkeypatch, tmp_path):
    """Bubblewrap's child waits for its word, with our line open: for ever, if nobody looks after it."""
    begun = ["sh", "-c", 'sleep 600 & echo $! >"$0"; kill -9 $$', str(tmp_path / "pid")]
    monkeypatch.setattr(outer, "bubblewrap", lambda *_: begun)
    started = time.monotonic()
    with Sandbox(outer_wall="bubblewrap") as sandbox, pytest.raises(InfrastructureError):
        sandbox.session()
    assert time.monotonic() - started < 30  # three minutes is what it may take to start
    _wait_until_dead([int((tmp_path / "pid").read_text())])


def test_nothing_outlives_a_killed_grader():
    """Whoever kills the grader must not find learners' code running on, or files of it, afterwards."""
    program = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from grader.sandbox.sandbox import Sandbox\n"
        "sandbox = Sandbox(outer_wall='none')\n"
        "session = sandbox.session()\n"
        "print(sandbox._process.pid, sandbox._scratch, flush=True)\n"
        "session.run_cell('while True: pass')"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parents[3])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as grader:
        pid, folder = grader.stdout.readline().split()
        family = _descend(int(pid))
        assert len(family) == 2
        assert Path(folder).is_dir()
        grader.kill()
    _wait_until_dead(family)
    assert not Path(folder).exists()


def _files(sandbox):
    """How many files there are on a fresh session's file system."""
    with sandbox.session() as session:
        return session.sandbox.command("usage")["files"]


def _wait_until_dead(pids, seconds=2.0):
    deadline = time.monotonic() + seconds
    while any(map(_alive, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _family(sandbox):
    """The outer wall's processes, the warm parent, and last the confined process."""
    return _descend(sandbox._process.pid)


def _descend(pid):
    family = [pid]
    while children := Path(f"/proc/{family[-1]}/task/{family[-1]}/children").read_text().split():
        family.append(int(children[-1]))
    return family


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
