"""What every test runs under: no screen, repeatable random examples, and nobody's own Jupyter settings."""

import os
import tempfile

from hypothesis import settings

_home = tempfile.TemporaryDirectory(prefix="unrolled-tests-")
os.environ |= {
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",  # tests run side by side: more threads would wait for one another
    "OPENBLAS_NUM_THREADS": "1",
    "IPYTHONDIR": os.path.join(_home.name, "ipython"),
    "JUPYTER_CONFIG_DIR": os.path.join(_home.name, "config"),
    "JUPYTER_DATA_DIR": os.path.join(_home.name, "data"),
    "JUPYTER_RUNTIME_DIR": os.path.join(_home.name, "runtime"),
}

# A loaded machine is no counterexample, and a test that fails must fail for the next reader too.
settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("repeatable")


def pytest_terminal_summary(terminalreporter):
    """Print what tests have to tell besides passing: how much was tried, for one."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    notes = [value for report in reports for name, value in getattr(report, "user_properties", ()) if name == "note"]
    for note in dict.fromkeys(notes):
        terminalreporter.write_line(note)
