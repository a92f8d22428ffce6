"""Worker processes are forked from one that has imported this: whatever all of them need is made ready here, once.

`nbgrader`, imported as a whole, brings its four server extensions, and with them the exchange and a web server. Workers
use two of its modules that need none of this: here the package is found, but not run.
"""

import contextlib
import gc
import importlib.util
import signal
import sys
from importlib.metadata import version

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which then ends its workers
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
gc.disable()  # nothing made here is garbage

import grader.quick_start  # noqa: E402, F401

if "nbgrader" not in sys.modules:
    sys.modules["nbgrader"] = importlib.util.module_from_spec(importlib.util.find_spec("nbgrader"))
    sys.modules["nbgrader"].__version__ = version("nbgrader")  # whoever needs more of it after all can have it

from grader.marking import worker  # noqa: E402, F401
from grader.nbgrader import feedback, marks  # noqa: E402, F401

with contextlib.suppress(Exception):  # what is wrong shows, page by page, when pages are made
    feedback.prepare()
gc.freeze()
gc.enable()
