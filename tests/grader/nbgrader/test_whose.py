"""Whose an upload is, whatever pattern reads its name and whatever its learner called the file."""

import re
import time

import pytest

from grader.nbgrader.whose import Unclear, read

COURSE = "/home/x/my_attempt_1_course/downloaded/ps1/extracted/"
PATTERNS = {
    "greedy": r".*_(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)",
    "to the end": r".*_(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)\.ipynb$",
    "one file": r".*_(?P<student_id>\w+)_attempt_(?P<timestamp>.*)_(?P<file_id>ps1)\.ipynb",
    "not greedy": r".*?_(?P<student_id>\w+?)_attempt_(?P<timestamp>[0-9-]+)_(?P<file_id>\w+)",
    "sets and groups": r".*_(?P<student_id>(?:[^])(\W_]|[)(])+)_attempt_(?P<timestamp>[0-9-]+)_(?P<file_id>\w+)",
}
UPLOADS = ("ps1_ada_attempt_2026-01-01-10-00-00_ps1.ipynb", "a_ps1_ada_attempt_2026_ps1.ipynb")
FOREIGN = (
    "ps1_eve_attempt_2026-01-01_x_ada_attempt_2099-01-01_ps1.ipynb",
    "ps1_eve_attempt_2026-01-01_x-y z_ada_attempt_2099_ps1.ipynb",
    "ps1_e-ve_attempt_2026_x_ada_attempt_2099_ps1.ipynb",
    "ps1_eve_attempt_2026_x/y_ada_attempt_2099_ps1.ipynb",
    "ps1_eve_attempt_2026_ps1.ipynb_ada_attempt_2099_ps1.ipynb",
)
OTHERS = {  # as Canvas, Moodle and Brightspace name what they give out
    r".*/(?P<student_id>[a-z]+)(_LATE)?_\d+_\d+_(?P<file_id>.*)": ("adalove_LATE_12_34_ps1.ipynb", "adalove"),
    r".*/[^/]+?_(?P<student_id>\d+)_assignsubmission_file_/?(?P<file_id>.*)": (
        "Ada van Love_77_assignsubmission_file_/ps1.ipynb",
        "77",
    ),
    r".*/\d+-\d+ - (?P<student_id>[^/]+?) - (?P<timestamp>[^/]+) - (?P<file_id>[^/]+)": (
        "12-34 - Ada Love - May 1, 2026 1000 AM - ps1.ipynb",
        "Ada Love",
    ),
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
@pytest.mark.parametrize("name", UPLOADS)
def test_honest_uploads_are_their_owners(pattern, name):
    """A class could not be collected."""
    if pattern == PATTERNS["not greedy"] and name.startswith("a_"):
        pattern = pattern.replace(".*?_", ".*ps1_")
    assert read(pattern, COURSE + name, len(COURSE))["student_id"] == "ada"


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
@pytest.mark.parametrize("name", FOREIGN)
def test_no_name_of_a_file_makes_it_somebody_elses(pattern, name):
    """One learner would replace another's work."""
    try:
        assert read(pattern, COURSE + name, len(COURSE))["student_id"] == "eve"
    except Unclear as error:
        assert "learner" in str(error)


@pytest.mark.parametrize(("pattern", "upload"), OTHERS.items())
def test_other_systems_names_are_read(pattern, upload):
    """The check would know one LMS only."""
    name, learner = upload
    assert read(pattern, COURSE + name, len(COURSE))["student_id"] == learner


def test_a_pattern_that_takes_for_ever_says_so():
    """One name would hold up the class."""
    started = time.process_time()
    with pytest.raises(Unclear, match="too long"):
        read(r"(.*)*_(?P<student_id>\w+)_attempt_(?P<file_id>.)", COURSE + "a_" * 450, len(COURSE))
    assert time.process_time() - started < 10


def test_a_name_without_a_learner_is_nobodys():
    """Whatever lies in the folder would be somebody's work."""
    with pytest.raises(Unclear, match="does not say whose"):
        read(PATTERNS["greedy"], COURSE + "notes.ipynb", len(COURSE))
    with pytest.raises(Unclear, match="too long"):
        read(PATTERNS["greedy"], COURSE + "a" * 2000, len(COURSE))
    assert re.match(PATTERNS["greedy"], COURSE + UPLOADS[0])
