"""`grader export` writes what each learning platform documents, and nothing that a spreadsheet would run."""

import csv
import io
import json
import zipfile
from datetime import datetime

import pytest
from nbgrader.api import Gradebook

from grader.errors import CourseError
from grader.lms.exports import export, harmless
from grader.nbgrader.bridge import course_directory, our_config
from grader.nbgrader.gradebook import Book, Marks


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Ada earned 4.5 of 6 points, an hour late; Ben, whose name is a formula, handed in nothing."""
    course = tmp_path_factory.mktemp("exports") / "course"
    course.mkdir()
    our_config()
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        book.add_student("ada", first_name="Ada", last_name="Lovelace", email="ada@example.org", lms_user_id="101")
        book.add_student("ben", first_name="=cmd|' /C calc'!A0", last_name="Smith")
        book.add_assignment("ps1", duedate="2026-11-01 12:00:00 UTC")
        book.add_notebook("ps1", "ps1")
        book.add_grade_cell("test", "ps1", "ps1", max_score=6, cell_type="code")
    with Book(course_directory(course, our_config()), our_config()) as book:
        handed_in = datetime(2026, 11, 1, 13, 2, 3)
        book.record("ps1", [Marks("ada", "ps1", handed_in, {"test": 4.5})])
    (course / "feedback/ada/ps1").mkdir(parents=True)
    (course / "feedback/ada/ps1/ps1.html").write_text("page")
    (course / ".lms").mkdir()
    return course


WANTED = {
    "csv": {"id": "ada", "ps1": "4.5", "ps1 of": "6", "ps1 taken off for being late": "0", "lms_user_id": "101"},
    "canvas": {"Student": "Lovelace, Ada", "ID": "101", "SIS Login ID": "ada", "ps1": "4.5"},
    "moodle": {"ID number": "101", "Email address": "ada@example.org", "ps1": "4.5"},
    "gradescope": {"SID": "101", "ps1": "4.5", "ps1 - Max Points": "6", "ps1 - Lateness (H:M:S)": "01:02:03"},
    "brightspace": {"OrgDefinedId": "101", "Username": "ada", "ps1 Points Grade <Numeric MaxPoints:6>": "4.5",
                    "End-of-Line Indicator": "#"},
}  # fmt: skip


@pytest.mark.parametrize("kind", WANTED)
def test_every_platform_gets_its_columns_and_a_row_per_learner(course, kind):
    """The platform would refuse the file, or give marks to somebody else."""
    table, said = export(course, ["ps1"], kind, None, None)
    rows = list(csv.DictReader(io.StringIO(table)))
    if kind == "canvas":
        assert rows.pop(0) == dict.fromkeys(rows[0], "") | {"Student": "    Points Possible", "ps1": "6"}
        assert any("ben" in line and "grader roster" in line for line in said)
    ada, ben = rows
    assert {name: ada[name] for name in WANTED[kind]} == WANTED[kind]
    assert all(cell == "" or cell[0] not in "=+-@" for cell in ben.values())
    assert next(value for name, value in ben.items() if name.startswith("ps1")) == "", "nothing handed in is no 0"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_a_formula_becomes_text(cell):
    """A learner's name would run on the instructor's machine."""
    assert harmless(cell) == f"'{cell}" and harmless("Ada-Lou") == "Ada-Lou"


@pytest.mark.parametrize(
    "kind, folder, name",
    [
        ("canvas", "lovelaceada_101_9001", "lovelaceada_101_9001_ps1.html"),
        ("moodle", "Ada Lovelace_7001_assignsubmission_file", "Ada Lovelace_7001_assignsubmission_file/ps1.html"),
        (
            "brightspace",
            "101-7 - Ada Lovelace - Nov 1, 2026 1030 AM",
            "101-7 - Ada Lovelace - Nov 1, 2026 1030 AM/ps1.html",
        ),
        ("csv", "", "ps1/ada/ps1.html"),
    ],
)
def test_feedback_bears_the_names_that_the_platform_gave(course, tmp_path, kind, folder, name):
    """The platform would give it to nobody."""
    (course / ".lms/ps1.json").write_text(json.dumps({"ada": [kind.capitalize(), folder]}))
    _, said = export(course, ["ps1"], kind, tmp_path / "out.csv", tmp_path / "out.zip")
    assert zipfile.ZipFile(tmp_path / "out.zip").namelist() == [name]
    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0
    (course / ".lms/ps1.json").unlink()
    _, said = export(course, ["ps1"], "moodle", None, tmp_path / "out.zip")
    assert any("not collected from moodle" in line for line in said)


def test_why_there_is_no_feedback_is_said_once(course, tmp_path):
    """Who collected from elsewhere would read the same sentence three hundred times."""
    with Book(course_directory(course, our_config()), our_config()) as book:
        book.record("ps1", [Marks("ben", "ps1", None, {"test": 1.0})])
    _, said = export(course, ["ps1"], "brightspace", None, tmp_path / "out.zip")
    assert [line for line in said if "feedback" in line] == [
        "no feedback of ada, ben, ps1: it was not collected from brightspace, whose name for it is needed"
    ]


def test_a_lesson_that_is_not_there_is_said(course):
    """An empty column would be taken in as everybody's mark."""
    with pytest.raises(CourseError, match="no lesson"):
        export(course, ["ps2"], "csv", None, None)
