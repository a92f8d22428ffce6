"""Points nbgrader at `course/` and at this repository's way of running submissions.

Your course's own settings belong into `course/nbgrader_config.py`, which is read after this file:

    c = get_config()
    c.LateSubmissionPlugin.penalty_method = "zero"
    c.Exchange.root = "/srv/exchange"
"""

from pathlib import Path

from grader.nbgrader.bridge import configure

c = get_config()  # noqa: F821 — nbgrader's, when it reads this file
configure(c, Path(__file__).resolve().parent)
