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
        raise CourseError.no_scheduler(url, error) from error
    try:
        yield client
    except CancelledError as error:
        raise CourseError.lost_scheduler(url) from error
    finally:
        client.close(timeout=PATIENCE)


def workers_of(client: Any, url: str) -> int:
    """How many workers there are; all of them grade as this grader does.

    Raises
    ------
    CourseError
        If there is none, or one grades otherwise.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        found = client.run(fingerprint, "", on_error="return")
    except TimeoutError as error:
        raise CourseError.no_workers(url, PATIENCE) from error
    except OSError as error:
        raise CourseError.lost_scheduler(url) from error
    others = sorted(address for address, print_ in found.items() if print_ != fingerprint(""))
    if others:
        raise CourseError.other_graders(others[0], len(others), len(found), found[others[0]])
    return len(found)
