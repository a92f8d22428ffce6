"""What being late costs, as the course's own plugin says."""

from __future__ import annotations

from collections.abc import Iterable

from nbgrader.api import SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from grader.errors import CourseError


def penalise(config: Config, submissions: Iterable[SubmittedAssignment]) -> None:
    """Take off what the settings say for being late.

    Raises
    ------
    CourseError
        If the plugin fails: a program of the course's.
    """
    try:
        step = AssignLatePenalties(config=config)
        if step.enabled:
            step.init_plugin()
            for submission in submissions:
                for notebook in submission.notebooks:
                    notebook.late_submission_penalty = _penalty(step, submission, notebook)
    except Exception as error:
        said = f"what is taken off for being late can't be found out ({type(error).__name__}: {error})"
        raise CourseError.of_arguments(
            f"{said}: mend c.AssignLatePenalties.plugin_class in nbgrader_config.py. Marks are as before"
        ) from error


def _penalty(step: AssignLatePenalties, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> float | None:
    late = submission.total_seconds_late
    if late <= 0:
        return None
    penalty = step.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
    return None if penalty is None else step._check_late_penalty(notebook, penalty)
