"""Every task gets an answer, whatever happens to the processes that work on it."""

import contextlib
import os
import sys
import threading
import time

import psutil
import pytest

from grader.errors import CourseError
from grader.marking.executing import Local, run_all, scheduler


def work(task):
    return {"die": lambda: os._exit(9), "raise": lambda: int("x")}.get(task, lambda: task * 2)()


def outcome(tasks, jobs=2):
    with Local(jobs) as local:
        found = run_all(local, work, ((task, (task,)) for task in tasks), window=2 * jobs)
        return {key: value if error is None else type(error).__name__ for key, value, error in found}


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Worker processes must find this module under the name pytest gave it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules[__name__])


def test_tasks_are_worked_off():
    """Submissions would be left ungraded."""
    assert outcome(range(20)) == {task: task * 2 for task in range(20)}


def test_a_task_that_kills_its_worker_takes_no_other_with_it():
    """One submission that crashes the grader would leave its neighbours without a grade."""
    assert outcome([1, "die", 2, "raise", 3]) == {1: 2, 2: 4, 3: 6, "die": "BrokenProcessPool", "raise": "ValueError"}


def test_a_killed_forkserver_is_replaced():
    """A class would be left ungraded because of a process that does nothing but fork."""
    killer = threading.Thread(target=kill_forkservers, args=(2,))
    killer.start()
    assert outcome(range(8)) == {task: task * 2 for task in range(8)}
    killer.join()


def kill_forkservers(times):
    """Kill what this process forks its workers from, each as soon as it can be seen."""
    killed, deadline = set(), time.monotonic() + 5
    while len(killed) < times and time.monotonic() < deadline:
        for child in psutil.Process().children():
            with contextlib.suppress(psutil.Error):
                if child.pid not in killed and "multiprocessing.forkserver" in " ".join(child.cmdline()):
                    child.kill()
                    killed.add(child.pid)


def test_tasks_are_drawn_only_as_fast_as_they_are_worked_off():
    """A class of thousands would be read into memory at once."""
    drawn = []
    tasks = ((drawn.append(task) or task, (task,)) for task in range(50))
    with Local(1) as local:
        first = next(run_all(local, work, tasks, window=2))
        assert first[1] is not None
        assert len(drawn) < 10


def test_a_cluster_without_dask_is_refused(monkeypatch):
    """The instructor would see a traceback instead of what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match="pip install distributed"):
        scheduler("tcp://nowhere")
