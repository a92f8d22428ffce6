"""What a check answers nbgrader, which reads a cell's outcome where a learner reads its words.

nbgrader takes a result that is no number for full marks. So a check that is run by `nbgrader validate` fails with the
words the learner knows, and one run by `nbgrader autograde` gives its points.
"""

from __future__ import annotations

import os
from typing import Any

from unrolled.exam.diagnose import Verdict
from unrolled.exam.show import as_html, as_note, as_text


class NotRight(Exception):
    """A check that did not pass; shown without a traceback, which would lead into the check."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Points(float):
    """What a check earned, as nbgrader reads it, and as a person does."""

    html = ""
    inputs: tuple = ()  # lessons look at a verdict's; while a notebook is graded there are none to see

    def _repr_html_(self) -> str:
        return self.html


def answered(report: Any, verdict: Verdict | None) -> Any:
    """The report, for whoever asked: as it is, or for nbgrader.

    Raises
    ------
    NotRight
        If `nbgrader validate` asks, and not all is right.
    """
    asked_by = os.environ.get("NBGRADER_EXECUTION")
    if asked_by == "validate" and not (verdict and verdict.passed):
        raise NotRight(as_text(verdict) if verdict else str(report))
    if asked_by not in ("validate", "autograde"):
        return report
    points = Points(verdict.score if verdict else 0.0)
    points.html = as_html(verdict) if verdict else as_note(str(report))
    return points
