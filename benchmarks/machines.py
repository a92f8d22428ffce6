"""A Dask cluster on this machine, of one worker and of two: how much faster two grade."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from rich.table import Table

from benchmarks.budget import Budget
from benchmarks.grading import HEADS, LESSON, make_course, timed

ALLOTTED, LEARNERS, FEW, ROUNDS = 115, 28, 4, 1


def run(budget: Budget) -> Table:
    """Grade a class on either, in turns, once the workers are warm."""
    table = Table(*HEADS, title=f"Seconds of the clock for {LEARNERS - FEW} submissions of {LESSON} more, through Dask")
    if not find_spec("distributed"):
        table.add_row("Dask is not installed: pip install '.[dask]'", "", "", "")
        return table
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in budget.rounds(ROUNDS):
        for workers, times in seconds.items():
            times.append(on(workers))
    for workers, times in seconds.items():
        table.add_row(f"{workers} of one thread", *(f"{of(times):.1f}" for of in (min, median, max)))
    ratios = [one / two for one, two in zip(seconds[1], seconds[2])]
    table.add_row("times as fast with two (goal: 1.8)", *(f"{of(ratios):.2f}" for of in (min, median, max)))
    return table


def on(workers: int) -> float:
    """Seconds for all but a few of a class on so many workers that have graded before: the command's start is off."""
    with tempfile.TemporaryDirectory(prefix="unrolled-benchmark-") as folder, cluster(workers) as url:
        seconds = {}
        for name, learners in (("warm", FEW), ("few", FEW), ("course", LEARNERS)):
            course = make_course(Path(folder, name), learners)
            seconds[name] = timed("grader", "grade", LESSON, "--scheduler", url, cwd=course)
    return seconds["course"] - seconds["few"]


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler and its workers, processes of their own; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = f"tcp://127.0.0.1:{port}"
    commands = [["dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    commands += [["dask_worker", url, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]] * workers
    started = [_start(*command) for command in commands]
    time.sleep(5)
    try:
        yield url
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)


def _start(module: str, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
