"""Every task gets an answer, whatever happens to the processes that work on it."""

import os
import sys

import pytest

from grader.errors import CourseError
from grader.executing import local, run_all, scheduler


def work(task):
    return {"die": lambda: os._exit(9), "raise": lambda: int("x")}.get(task, lambda: task * 2)()


def outcome(tasks, jobs=2):
    found = run_all(local(jobs), work, ((task, (task,)) for task in tasks), window=2 * jobs)
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


def test_tasks_are_drawn_only_as_fast_as_they_are_worked_off():
    """A class of thousands would be read into memory at once."""
    drawn = []
    tasks = ((drawn.append(task) or task, (task,)) for task in range(50))
    first = next(run_all(local(1), work, tasks, window=2))
    assert first[1] is not None
    assert len(drawn) < 10


def test_a_cluster_without_dask_is_refused(monkeypatch):
    """The instructor would see a traceback instead of what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match="pip install distributed"):
        scheduler("tcp://nowhere")
