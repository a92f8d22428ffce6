"""Points nbgrader at `course/` and at this repository's way of running submissions.

Add your own settings below, a late penalty for instance, or the folder of your exchange:

    c.LateSubmissionPlugin.penalty_method = "zero"
    c.Exchange.root = "/srv/nbgrader/exchange"
"""

from pathlib import Path

from grader.nbgrader.bridge import configure

c = get_config()  # noqa: F821 — nbgrader's, when it reads this file
configure(c, Path(__file__).resolve().parent)
