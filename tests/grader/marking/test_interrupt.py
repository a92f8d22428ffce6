"""Ctrl-C ends a grading at once, in a line, and costs nothing."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from grader.sandbox.sandbox import missing_walls
from tests.courses import hand_in, ordinary

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="needs Landlock and seccomp")
GRADER = Path(sys.executable).with_name("grader")


WORKERS_START = "multiprocessing.forkserver"
SUBMISSIONS_RUN = "grader.confined"


def interrupted(course, sign, signalled):
    """What `grader grade` says when it is interrupted as soon as one of its processes has this in its command."""
    command = subprocess.Popen(
        [GRADER, "grade", "ps1", "--course", course], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    while not any(sign in words for words in commands(command.pid)):
        assert command.poll() is None
        time.sleep(0.01)
    signalled(command.pid, signal.SIGINT)
    said, _ = command.communicate(timeout=60)
    return command.returncode, said


def commands(pid):
    """The command lines of all that a process has started."""
    for process in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.Error):
            yield " ".join(process.cmdline())


@pytest.mark.parametrize("signalled", [os.killpg, os.kill])
@pytest.mark.parametrize("sign", [WORKERS_START, SUBMISSIONS_RUN])
def test_an_interrupted_run_says_so_in_a_line(tmp_path, sign, signalled):
    """The instructor would see a page of tracebacks, or wait for an endless loop to be stopped."""
    course = tmp_path / "course"
    ordinary(course)
    for learner in ("ada", "ben", "eve"):
        hand_in(course, learner, "ps1", {"square": "while True:\n    pass"})
    code, said = interrupted(course, sign, signalled)
    assert code == 128 + signal.SIGINT
    assert "Traceback" not in said
    assert "the next run goes on from there" in said
