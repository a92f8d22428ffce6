"""The class page says what happened in the class, and shows learners' text as text."""

import json

import pytest

from grader.marking.report import common_mistakes, difficulty, histogram, write_report


def result(score, status, misconception=None, message=""):
    return {"score": score, "max_score": 2.0, "status": status, "misconception": misconception, "message": message}


def graded(**results):
    return {"status": "graded", "score": 1.0, "max_score": 2.0, "exercises": results}


def test_every_score_is_in_one_bar():
    """Full marks, or an empty lesson, would fall off the histogram."""
    assert histogram([0.0, 0.9, 5.0, 10.0], 10.0) == (2, 0, 0, 0, 0, 1, 0, 0, 0, 1)
    assert sum(histogram([0.0, 0.0], 0.0)) == 0


def test_difficulty_tells_wrong_from_not_begun():
    """An exercise nobody reached would look like one nobody understands."""
    found = difficulty(
        "f",
        {
            "ann": graded(f=result(2.0, "passed")),
            "bob": graded(f=result(1.0, "failed")),
            "cem": graded(f=result(0.0, "failed")),
            "dee": graded(f=result(0.0, "unsolved")),
        },
    )
    assert (found.full, found.some, found.none, found.unsolved, found.mean) == (1, 1, 1, 1, 0.375)


def test_the_most_common_mistake_comes_first():
    """The instructor would talk about the rare one."""
    class_ = {
        "ann": graded(f=result(0.0, "failed", "rare")),
        "bob": graded(f=result(0.0, "failed", "usual, odd")),
        "cem": graded(f=result(0.0, "failed", "usual")),
    }
    assert [(m.name, m.learners) for m in common_mistakes("99_none", class_)] == [
        ("usual", ("bob", "cem")),
        ("rare", ("ann",)),
        ("odd", ("bob",)),
    ]


def test_learners_text_stays_text(tmp_path):
    """A name or message could run as script in the instructor's browser."""
    hostile = "<script>alert(1)</script>"
    lessons = {"01_x": {hostile: graded(f=result(0.0, "failed", hostile, '"><img src=x onerror=alert(1)>'))}}
    (tmp_path / "grades.json").write_text(json.dumps({"lessons": lessons}))
    html = write_report(tmp_path).read_text()
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_without_grades_there_is_no_page(tmp_path):
    """An empty page would look like an empty class."""
    with pytest.raises(FileNotFoundError):
        write_report(tmp_path)
