"""A class's list, as each learning platform exports it, becomes nbgrader's roster."""

import io

import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from grader.errors import CourseError
from grader.lms.people import Person
from grader.lms.rosters import read_roster, take_roster
from grader.nbgrader.bridge import our_config

ADA = Person("ada", "Ada", "Lovelace", "ada@example.org", "101")
LISTS = {
    "nbgrader": ("id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@example.org,101\n", ADA),
    "Canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,02 (55)\n,,,,,Manual Posting\n    Points Possible,,,,,15\n"
        '"Lovelace, Ada",101,S1,ada,A,7\n"Student, Test",999,,,A,\n',
        Person("ada", "Ada", "Lovelace", "", "101"),
    ),
    "Brightspace": (
        "OrgDefinedId,Username,Last Name,First Name,Email,02 Points Grade <Numeric MaxPoints:15>,"
        "End-of-Line Indicator\n#101,#ada,Lovelace,Ada,ada@example.org,7,#\n",
        ADA,
    ),
    "Gradescope": (
        "First Name,Last Name,SID,Email,Role,Section\nAda,Lovelace,101,ada@example.org,Student,A\n"
        "Ina,Structor,1,ina@example.org,Instructor,\n",
        Person("101", "Ada", "Lovelace", "ada@example.org", "101"),
    ),
    "Moodle": (
        "Identifier,Full name,ID number,Email address,Status,Grade\n"
        "Participant 7001,Ada Lovelace,101,ada@example.org,Submitted,\n",
        Person("101", "Ada", "Lovelace", "ada@example.org", "101"),
    ),
    "Blackboard": (
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\n"Lovelace"\t"Ada"\t"ada"\t"S1"\t"2026"\n',
        Person("ada", "Ada", "Lovelace", "", "ada"),
    ),
    "Google Classroom": (
        "Last Name,First Name,Email Address,02\nDate,,,2026-11-01\nPoints,,,15\nLovelace,Ada,ada@example.org,7\n",
        Person("ada@example.org", "Ada", "Lovelace", "ada@example.org", "ada@example.org"),
    ),
}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("platform", LISTS)
def test_every_platforms_list_is_read(tmp_path, platform, encoding):
    """Whoever has 300 learners would type their ids."""
    text, person = LISTS[platform]
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    assert read_roster(path) == (platform, [person], [])


def test_the_gradebook_learns_and_forgets_nobody(tmp_path):
    """A second list would make a second learner of each, or remove whoever has left with all their marks."""
    course, path, console = tmp_path / "course", tmp_path / "list.csv", Console(width=80, file=io.StringIO())
    our_config()
    path.write_text("id,email\nada,ada@example.org\nben,\nben,\n,nobody@example.org\n")
    assert take_roster(course, path, None, console) == 1
    path.write_text(LISTS["Gradescope"][0])
    assert take_roster(course, path, None, console) == 0
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        known = {student.id: (student.last_name, student.lms_user_id) for student in book.students}
    assert known == {"ada": ("Lovelace", "101"), "ben": (None, None)}
    said = " ".join(console.file.getvalue().split())
    assert (
        "learners: 2, 2 new" in said and "ben is on it more than once" in said and "no id that can be used for" in said
    )
    assert "learners: 1, 0 new, 1 changed" in said and "not on this list: ben" in said


def test_two_people_with_one_address_stay_two(tmp_path):
    """One of two learners with the family's address would be gone, and the other have the name of both by turns."""
    course, path, console = tmp_path / "course", tmp_path / "list.csv", Console(width=200, file=io.StringIO())
    our_config()
    path.write_text("id,first_name,email\nada,Ada,home@example.org\nben,Ben,Home@example.org\n")
    for _ in range(2):
        assert take_roster(course, path, None, console) == 0
        with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
            assert {student.id: student.first_name for student in book.students} == {"ada": "Ada", "ben": "Ben"}
    assert "ada, ben have one e-mail address, home@example.org" in console.file.getvalue()
    assert "0 new, 0 changed, 2 as before" in console.file.getvalue()


def test_what_is_no_list_is_said(tmp_path):
    """A spreadsheet's own format, or the wrong export, would end in a traceback."""
    path = tmp_path / "list.csv"
    for data in (b"", b"PK\x03\x04\x00\xff", b"a,b\n1,2\n", b"\xff\xfe\x00"):
        path.write_bytes(data)
        with pytest.raises(CourseError, match="export it as CSV"):
            read_roster(path)
