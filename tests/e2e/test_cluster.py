"""A real Dask cluster: what it grades is what one machine grades, whatever of it dies."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from importlib.util import find_spec

import psutil
import pytest

from grader.marking.cache import RESULT, Cache
from grader.sandbox.sandbox import missing_walls
from tests import undisturbed
from tests.undisturbed import ROOT, Class, assert_reached, finish

pytestmark = [
    pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is optional: pip install '.[dask]'"),
    pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here"),
    pytest.mark.full,
    pytest.mark.timeout(900),
]
DASK = [sys.executable, "-m", "dask"]
LEARNERS = 12


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """A class, and what one machine makes of it."""
    return Class(tmp_path_factory.mktemp("cluster"), LEARNERS)


class Cluster:
    """A scheduler and workers, each with its nanny, as processes of their own."""

    def __init__(self, folder, stack):
        self.folder, self.stack = folder, stack
        self.file, self.port, self.nannies = folder / "scheduler.json", 0, []
        self.start_scheduler()

    def start_scheduler(self):
        """At the same address as before, if there was one before."""
        self.file.unlink(missing_ok=True)
        where = ["--host=127.0.0.1", f"--port={self.port}", f"--scheduler-file={self.file}", "--no-dashboard"]
        self.scheduler = self._run("scheduler", *where)
        while not self.file.exists() or not self.file.read_text().rstrip().endswith("}"):
            assert self.scheduler.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.1)

    def start_workers(self, number):
        """Workers of one thread each."""
        for _ in range(number):
            where = ["--nthreads=1", "--host=127.0.0.1", "--no-dashboard", f"--local-directory={self.folder}"]
            self.nannies.append(self._run("worker", f"--scheduler-file={self.file}", *where))

    def workers(self):
        """The workers' own processes: each nanny's one child that listens."""
        children = [child for nanny in self.nannies for child in children_of(nanny.pid)]
        return [child for child in children if child.net_connections("tcp")]

    def _run(self, *command):
        log = self.stack.enter_context((self.folder / "log").open("a"))
        process = subprocess.Popen([*DASK, *command], cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        self.stack.callback(end, process)
        return process


def children_of(pid, recursive=False):
    """None, where it is gone."""
    try:
        return psutil.Process(pid).children(recursive)
    except psutil.NoSuchProcess:
        return []


def end(process):
    """End it with all it has started, and wait for it."""
    for pid in [process.pid, *(child.pid for child in children_of(process.pid, recursive=True))]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


@pytest.fixture
def cluster(tmp_path):
    """A scheduler with two workers."""
    with ExitStack() as stack:
        cluster = Cluster(tmp_path, stack)
        cluster.start_workers(2)
        yield cluster


def start(course, cluster):
    """Grade on the cluster."""
    return undisturbed.start(course, f"--scheduler={address(cluster)}")


def address(cluster):
    """The scheduler's."""
    return json.loads(cluster.file.read_text())["address"]


def wait_for_the_first(course, process):
    """Wait until something has come back from the cluster, and not all."""
    while not Cache(course).notes.of_all(RESULT):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.01)
    assert len(Cache(course).notes.of_all(RESULT)) < LEARNERS


@pytest.mark.parametrize("dying", ["worker", "nanny"])
def test_what_dies_costs_nobody_anything(class_, cluster, dying):
    """A machine that is taken away would cost a class its grades."""
    course = class_.copy(dying)
    process = start(course, cluster)
    wait_for_the_first(course, process)
    victims = {"worker": lambda: cluster.workers()[0], "nanny": lambda: psutil.Process(cluster.nannies[0].pid)}
    victims[dying]().kill()
    code, said = finish(process)
    assert code == 0, said
    assert "2 workers at tcp://127.0.0.1" in said
    assert_reached(class_, course)


def test_a_lost_scheduler_is_named_and_what_had_come_back_is_kept(class_, cluster):
    """The class would have to be graded from the beginning, and nobody would know why."""
    course = class_.copy("scheduler")
    process = start(course, cluster)
    wait_for_the_first(course, process)
    cluster.scheduler.kill()
    code, said = finish(process)
    assert code == 1 and "Traceback" not in said
    assert "is gone" in said, said
    kept = len(Cache(course).notes.of_all(RESULT))
    assert kept
    for nanny in cluster.nannies:
        end(nanny)
    cluster.start_scheduler()
    cluster.start_workers(1)
    code, said = finish(start(course, cluster))
    assert code == 0, said
    assert_reached(class_, course)


def test_no_scheduler_and_no_workers_are_said_in_time(class_, tmp_path):
    """The bar would stand still until somebody wonders."""
    with ExitStack() as stack:
        cluster = Cluster(tmp_path, stack)
        course, begun = class_.copy("nobody"), time.monotonic()
        code, said = finish(start(course, cluster))
        assert code == 1 and "0 workers at tcp://127.0.0.1" in " ".join(said.split()), said
        assert time.monotonic() - begun < 40  # ten seconds of patience, and the command's own start
    code, said = finish(start(course, cluster))
    assert code == 2 and "Traceback" not in said and "there is no Dask scheduler at tcp://127.0.0.1" in said
    shutil.rmtree(course)
