"""nbgrader reads of a check what a learner reads."""

import pytest

from unrolled.desk.answering import NotRight, answered
from unrolled.exam.diagnose import PartVerdict, Verdict

HALF = Verdict("f", 1.0, 2.0, (PartVerdict("a", 1.0, 1.0), PartVerdict("b", 1.0, 0.0)), "Half of it.")
ALL = Verdict("f", 2.0, 2.0, (PartVerdict("a", 2.0, 2.0),), "", status="passed")


@pytest.mark.parametrize("verdict, points", [(HALF, "1.0"), (ALL, "2.0"), (None, "0.0")])
def test_autograde_gets_points(monkeypatch, verdict, points):
    """nbgrader gives full marks for whatever is no number."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    given = answered("a note", verdict)
    assert repr(given) == points
    assert (verdict.message if verdict else "a note") in given._repr_html_()


def test_validate_fails_with_the_learners_words(monkeypatch):
    """ "Success!" would greet whoever did nothing."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert repr(answered("the report", ALL)) == "2.0"
    for verdict, words in ((HALF, "Half of it."), (None, "a note")):
        with pytest.raises(NotRight, match=words) as failure:
            answered("a note", verdict)
        assert words in "".join(failure.value._render_traceback_())


def test_a_learner_gets_the_report(monkeypatch):
    """A number would take the place of the verdict's words."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    assert answered("the report", HALF) == "the report"
