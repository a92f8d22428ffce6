"""The warm parent tells what a submission is to blame for from what others do."""

import os

from grader.confined.warm import running_and_waiting

TICKS = os.sysconf("SC_CLK_TCK")


def stat(user, system):
    return f"7 (a) b) c) R {' '.join(['0'] * 10)} {int(user * TICKS)} {int(system * TICKS)} 0 0 20 0"


def test_time_that_its_own_threads_took_is_its_own():
    """A submission would get fifty seconds instead of ten by keeping its own processors busy."""
    ran, waited = 2_000_000_000, 8_000_000_000
    assert running_and_waiting(f"{ran} {waited} 5", stat(1.5, 0.5)) == (2.0, 8.0)
    assert running_and_waiting(f"{ran} {waited} 5", stat(4.0, 1.0)) == (2.0, 5.0)
    assert running_and_waiting(f"{ran} {waited} 5", stat(18.0, 0.0)) == (2.0, 0.0)
