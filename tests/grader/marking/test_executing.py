"""Every task gets an answer, whatever happens to the processes that work on it."""

import contextlib
import multiprocessing
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import psutil
import pytest

from grader.errors import CourseError, StandsStill, TookTooLong, TookTooMuch
from grader.marking.cache import fingerprint
from grader.marking.cluster import scheduler, workers_of
from grader.marking.executing import Local, run_all
from grader.marking.workhorse import Bounds, Workhorse, supervised

BOUNDS = Bounds(cpu=1, wall=280)
BACKTRACKING = "(a+)+b", "a" * 40


def act(task):
    """What a workhorse does here."""
    deeds = {
        "fill": lambda: [bytearray(2**28) for _ in range(64)],
        "die": lambda: os._exit(9),
        "raise": lambda: int("x"),
        "spin": lambda: re.match(*BACKTRACKING),
    }
    return deeds.get(task, lambda: task * 2)()


def work(task):
    return supervised(act, task, bounds=BOUNDS)


def outcome(tasks, jobs=2):
    with Local(jobs) as local:
        found = run_all(local, work, ((task, (task,)) for task in tasks), window=2 * jobs)
        return {key: value if error is None else type(error).__name__ for key, value, error in found}


def test_tasks_are_worked_off():
    """Submissions would be left ungraded."""
    assert outcome(range(20)) == {task: task * 2 for task in range(20)}


def test_a_task_that_kills_its_process_takes_no_other_with_it():
    """One submission that crashes the grader would leave its neighbours without a grade."""
    assert outcome([1, "die", 2, "raise", 3]) == {1: 2, 2: 4, 3: 6, "die": "ProcessLost", "raise": "ValueError"}


def test_a_task_without_end_is_ended_even_where_no_alarm_is_heard():
    """A regular expression at work in C hears none: one submission would keep the class waiting for ever."""
    assert outcome([1, "spin", 2]) == {1: 2, 2: 4, "spin": "TookTooLong"}


def test_a_task_that_fills_the_memory_is_stopped_by_name():
    """One submission would take a small machine's memory, and with it everybody else's grading."""
    with pytest.raises(TookTooMuch, match="memory"):
        supervised(act, "fill", bounds=Bounds(cpu=60, wall=280))
    assert work("x") == "xx"


def test_a_task_that_waits_without_end_is_ended_too(monkeypatch):
    """Nothing uses up the processor time of a process that waits."""
    horse = Workhorse()
    with pytest.raises(StandsStill):
        horse.call(time.sleep, 600, bounds=Bounds(cpu=5, wall=0.5))
    assert horse.call(act, 4, bounds=BOUNDS) == 8
    horse.close()


def test_a_cluster_s_threads_are_bounded_as_well():
    """There, work runs in threads, which no alarm reaches, of processes that may not have children."""
    multiprocessing.current_process()._config["daemon"] = True
    try:
        with ThreadPoolExecutor(1) as pool:
            found = {key: error for key, _, error in run_all(lambda: nullcontext(pool), work, [("s", ("spin",))], 2)}
    finally:
        multiprocessing.current_process()._config["daemon"] = False
    assert isinstance(found["s"], TookTooLong)


SPINNING = """
import re
from grader.marking.workhorse import Bounds, supervised
supervised(re.match, "(a+)+b", "a" * 40, bounds=Bounds(cpu=600, wall=600))
"""


def test_processes_end_with_the_coordinator_whatever_they_do():
    """A worker that spins on in C would keep a processor busy for ever after the coordinator was killed."""
    coordinator = subprocess.Popen([sys.executable, "-c", SPINNING], cwd=Path(__file__).parents[2])
    horse = wait_for(lambda: spinning_below(coordinator.pid))
    coordinator.kill()
    coordinator.wait()
    assert wait_for(lambda: not works(horse))


def works(pid):
    """Whether there is such a process, and nobody only waits to hear how it ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def spinning_below(pid):
    """The process that a process has its work done by, once it is at work: what forks it has used less time."""
    children = psutil.Process(pid).children(recursive=True)
    times = {child.pid: sum(child.cpu_times()[:2]) for child in children}
    grandchildren = [child.pid for child in children if child.ppid() != pid]
    return next((child for child in grandchildren if times[child] > 1), None)


def wait_for(condition, seconds=30):
    """What `condition` gives as soon as it gives anything."""
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


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


def test_a_pool_closed_before_its_workers_have_begun_ends():
    """A mistyped lesson would leave the command waiting for ever, wherever workers begin slowly."""
    first = threading.Lock()

    class Slow(Local):
        def _begin(self):
            if not first.acquire(blocking=False):
                time.sleep(0.5)

    pool = Slow(jobs=2)
    while not pool.together.n_waiting:
        time.sleep(0.01)
    closing = threading.Thread(target=pool.close, daemon=True)
    closing.start()
    closing.join(20)
    assert not closing.is_alive()


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
    with pytest.raises(CourseError, match=r"pip install .*dask"):
        scheduler("tcp://nowhere")


class Cluster:
    """Stands for Dask's client: workers, and what each says its grader is."""

    def __init__(self, **prints):
        self.prints, self.sent = prints, []

    def wait_for_workers(self, n_workers, timeout):
        assert timeout <= 10
        if len(self.prints) < n_workers:
            raise TimeoutError

    def run(self, function, *arguments, on_error):
        self.sent.append((function, arguments, on_error))
        return self.prints


def test_a_cluster_without_workers_is_refused_with_their_number():
    """The bar would stand at nothing until somebody wonders."""
    with pytest.raises(CourseError, match="0 workers at tcp://here"):
        workers_of(Cluster(), "tcp://here")


def test_workers_with_another_grader_get_nothing():
    """Half of a class would be graded by last year's rules."""
    mine = fingerprint("")
    assert workers_of(Cluster(a=mine, b=mine), "tcp://here") == 2
    for other in ("0" * 64, ModuleNotFoundError("No module named 'grader'")):
        with pytest.raises(CourseError, match="1 of 2 workers, b for one, can't grade") as refused:
            workers_of(Cluster(a=mine, b=other), "tcp://here")
        assert "nothing was sent" in str(refused.value)


def test_what_a_lost_cluster_had_under_way_ends_the_run():
    """More would be submitted to nobody, and waited for without end."""
    future = Future()
    future.cancel()
    future.set_running_or_notify_cancel()
    lost = type("Lost", (), {"submit": lambda self, *_: future})()
    with pytest.raises(CancelledError):
        next(run_all(lambda: nullcontext(lost), work, [("ada", (1,))], 2))
