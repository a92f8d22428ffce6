"""A Dask cluster to grade on: looked at before anything is sent to it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from typing import Any

from grader.errors import CourseError
from grader.marking.cache import fingerprint
from grader.marking.executing import Opener

PATIENCE = 10.0


class ClusterError(CourseError):
    """The cluster isn't there, is gone, or grades otherwise."""

    @classmethod
    def no_scheduler(cls, url: str, error: BaseException) -> ClusterError:
        """Nobody answers where the cluster should be."""
        return cls.of_arguments(f"there is no Dask scheduler at {url}: {type(error).__name__}: {error}"[:500])

    @classmethod
    def lost_scheduler(cls, url: str) -> ClusterError:
        """The cluster went away while it graded."""
        return cls(f"the scheduler at {url} is gone; what had come back is kept: start it, and grade again")

    @classmethod
    def no_workers(cls, url: str, seconds: float) -> ClusterError:
        """A cluster without anybody who works."""
        return cls(f"0 workers at {url}, also after {seconds:g} s: start some (dask worker {url}), and grade again")

    @classmethod
    def other_graders(cls, address: str, some: int, all_: int, found: object) -> ClusterError:
        """Workers that would judge otherwise."""
        why = f" ({type(found).__name__}: {found})" if isinstance(found, BaseException) else ""
        return cls(
            f"{some} of {all_} workers, {address} for one, can't grade as this grader does{why}: install the same "
            "version of Unrolled, with the packages of its lock file, there and here; nothing was sent"
        )


def scheduler(url: str, tell: Callable[[str], Any] = lambda text: None) -> Opener:
    """Opens the executor of a Dask cluster.

    Parameters
    ----------
    url : str
        The scheduler's.
    tell : callable
        Told how many workers there are, once.

    Raises
    ------
    CourseError
        If Dask isn't installed; when it is opened, if there is no scheduler, no worker, or another grader on one.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError.of_arguments(
            "--scheduler needs Dask: pip install '.[dask]', here and on the cluster"
        ) from error
    for name in ("distributed", "distributed.client"):  # what goes wrong is said here, and shorter
        logging.getLogger(name).setLevel(logging.CRITICAL)
    told: set[int] = set()

    @contextmanager
    def opened() -> Iterator[Executor]:
        with _connected(Client, url) as client:
            workers = workers_of(client, url)
            if workers not in told:
                told.add(workers)
                tell(f"{workers} worker{'s' * (workers != 1)} at {url}")
            yield client.get_executor()

    return opened


@contextmanager
def _connected(kind: type, url: str) -> Iterator[Any]:
    try:
        client = kind(url, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError.no_scheduler(url, error) from error
    try:
        yield client
    except CancelledError as error:
        raise ClusterError.lost_scheduler(url) from error
    finally:
        client.close(timeout=PATIENCE)


def workers_of(client: Any, url: str) -> int:
    """How many workers there are; all of them grade as this grader does.

    Raises
    ------
    ClusterError
        If there is none, or one grades otherwise.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        found = client.run(fingerprint, "", on_error="return")
    except TimeoutError as error:
        raise ClusterError.no_workers(url, PATIENCE) from error
    except OSError as error:
        raise ClusterError.lost_scheduler(url) from error
    others = sorted(address for address, print_ in found.items() if print_ != fingerprint(""))
    if others:
        raise ClusterError.other_graders(others[0], len(others), len(found), found[others[0]])
    return len(found)
