"""A function that doesn't come to an end is stopped, and the process that called it goes on."""

import signal
import sys
import threading
import time

import pytest

from unrolled.exam.calling import call, call_on_cases
from unrolled.exam.exercise import Case

SECONDS = 0.3


def counts(x):
    while True:
        x += 1


def swallows_everything(x):
    while True:
        try:
            x = x + 1
        except:  # noqa: E722
            x = 0


def swallows_it_twice(x):
    def inner(x):
        while True:
            try:
                x += sum(range(10))
            except:  # noqa: E722
                x = 0

    while True:
        try:
            inner(x)
        except BaseException:
            x = 3


def goes_on_finally(x):
    while True:
        try:
            x = x + 1
        finally:
            continue  # noqa: B012


def sleeps(x):
    time.sleep(60)


def generates(x):
    return sum(1 for _ in iter(int, 1))


@pytest.mark.parametrize(
    "function", [counts, swallows_everything, swallows_it_twice, goes_on_finally, sleeps, generates]
)
def test_a_function_without_an_end_is_stopped_where_it_is(function):
    """A check would hang, and with it the notebook."""
    began = time.monotonic()
    outcome = call(function, (1,), SECONDS)
    assert time.monotonic() - began < 20
    assert outcome.fault.kind == "timeout"
    assert "did not come to an end within 0.3 s" in outcome.fault.text
    assert outcome.fault.lines
    assert all("test_patience" not in line and "patience" not in line for line in outcome.fault.lines)


def test_the_lines_told_are_the_functions_own():
    """Somebody looking for an endless loop would look into the grader's code."""
    assert call(counts, (1,), SECONDS).fault.lines[-1].partition(":")[0].endswith("in counts")


def test_interrupting_says_where_it_was():
    """A learner who presses *Interrupt* would read a traceback of frames that aren't theirs."""
    timer = threading.Timer(SECONDS, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT))
    timer.start()
    outcome = call(counts, (1,), 60)
    assert outcome.fault.kind == "interrupted"
    assert "in counts" in outcome.fault.lines[-1]


def test_nothing_is_left_behind():
    """Whatever the notebook does next would be traced, or couldn't be interrupted."""
    before = signal.getsignal(signal.SIGINT), sys.gettrace(), sys.getprofile()
    call(swallows_it_twice, (1,), SECONDS)
    assert (signal.getsignal(signal.SIGINT), sys.gettrace(), sys.getprofile()) == before
    assert call(lambda x: x + 1, (1,), SECONDS).value == 2


def test_one_endless_call_is_enough():
    """Ten cases would take ten times as long to be given up."""
    calls = []

    def endless(x):
        calls.append(x)
        counts(x)

    outcomes = call_on_cases(endless, [Case((1,)), Case((2,)), Case((3,))], SECONDS)
    assert calls == [1]
    assert [outcome.fault.kind for outcome in outcomes] == ["timeout"] * 3


def test_beside_the_main_thread_functions_just_run():
    """A check from another thread would fail where signals can't be set."""
    found = []
    thread = threading.Thread(target=lambda: found.append(call(lambda x: x, (1,), SECONDS).value))
    thread.start()
    thread.join()
    assert found == [1]
