"""The class of the demo is believable, and comes out as it was made."""

import json

import pytest

from grader.errors import CourseError
from grader.marking.demo import MARK, demo
from grader.marking.report import GRADES

LESSONS = ["02_definition"]
LEARNERS = 16


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of sixteen, graded, with everybody's habit in it."""
    folder = tmp_path_factory.mktemp("demo") / "course"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.marking.demo.lesson_names", lambda: LESSONS)
        patch.setenv("COLUMNS", "80")
        assert demo(folder, LEARNERS) == 0
    return folder


@pytest.fixture(scope="module")
def grades(course):
    """What the grading found out."""
    return json.loads((course / GRADES).read_text())["lessons"]["02_definition"]


def test_the_right_ones_have_all_points(grades):
    """Right answers in another style would lose points."""
    assert sum(grade["score"] == grade["max_score"] for grade in grades.values()) >= 3


def test_only_the_broken_file_failed(grades):
    """Trouble in one notebook would cost others their grades."""
    assert [learner for learner, grade in grades.items() if grade["status"] == "failed"] == ["kofi"]


def test_the_cheat_has_nothing(grades):
    """Printed scores and patched functions would earn points."""
    assert grades["mateo"]["score"] == 0


def test_known_mistakes_are_named(grades):
    """The instructor would not learn what to talk about."""
    named = {e["misconception"] for grade in grades.values() for e in grade["exercises"].values()} - {None}
    assert len(named) >= 3


def test_an_endless_loop_costs_only_its_own_cell(grades):
    """One forgotten loop would cost a learner the lesson."""
    assert grades["hana"]["score"] > 0


def test_pages_are_written_for_the_class_and_for_everybody_graded(course, grades):
    """Learners would get no feedback."""
    page = (course / "report" / "index.html").read_text()
    for learner, grade in grades.items():
        if grade["status"] == "graded":
            assert learner in page
            assert (course / "feedback" / learner / "02_definition" / "02_definition.html").is_file()


def test_what_everybody_has_is_not_copied_for_each(course):
    """A class's folder would hold the lesson's key three times a learner."""
    assert list(course.glob("submitted/*/*/*.key.json"))
    assert not [*course.glob("autograded/*/*/*.key.json"), *course.glob("feedback/*/*/*.key.json")]


def test_a_real_class_is_left_alone(course, tmp_path):
    """Made-up learners would get into an instructor's gradebook."""
    (tmp_path / "submitted" / "someone").mkdir(parents=True)
    with pytest.raises(CourseError, match="real class"):
        demo(tmp_path)
    assert (course / MARK).is_file()
