"""One warm parent for all tests that run learners' code."""

import dataclasses

import pytest

from grader.confined.limits import MIB, Limits
from grader.sandbox.sandbox import Sandbox, missing_walls

QUICK = dataclasses.replace(
    Limits(), cell_seconds=1.0, call_seconds=1.0, session_seconds=20.0, grace_seconds=0.3, memory=300 * MIB
)


@pytest.fixture(scope="session")
def sandbox():
    if missing := missing_walls():
        pytest.skip(f"nothing can be confined here: {missing}")
    with Sandbox(limits=QUICK) as sandbox:
        yield sandbox


@pytest.fixture
def session(sandbox):
    with sandbox.session() as session:
        yield session
