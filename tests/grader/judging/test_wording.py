"""Feedback says what a check says: of wrong answers that nobody foresaw, too."""

import numpy as np

import solutions
from grader.judging.grading import _worded, help_in_key, public_examination, unjudged
from unrolled.exam.calling import outcomes_of

STEP = solutions.find("gru_step")


def with_the_sign_of_z_turned(x, h, params):
    (r_x, z_x, n_x), (r_h, z_h, n_h), (r_0, z_0, n_0) = (np.split(params[name], 3) for name in ("u_x", "u_h", "u_0"))
    r, z = (1 / (1 + np.exp(-a)) for a in (x @ r_x.T + h @ r_h.T + r_0, x @ z_x.T - h @ z_h.T + z_0))
    n = np.tanh(x @ n_x.T + (r * h) @ n_h.T + n_0)
    return z * h + (1 - z) * n


def test_feedback_names_the_change_that_a_check_names():
    """A learner would hear less from the marks than from the check."""
    exam = public_examination(STEP.lesson, STEP.name)
    given = outcomes_of(exam, with_the_sign_of_z_turned, STEP.tools)
    secret = unjudged(exam, "Not right yet.")
    told = _worded(STEP, secret, lambda: secret, given)
    assert told.message == (
        "These are the numbers that come out if the term with `h` and `u_h` has the other sign in `z`."
    )
    assert told.score == 0


def test_without_a_key_there_is_simply_less_to_say():
    """Grading would fail for a lesson that isn't built."""
    assert help_in_key("99_nowhere", "gru_step") == {}
