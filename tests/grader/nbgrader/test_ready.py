"""`grader doctor` says what a course lacks, and the command it names mends it."""

import subprocess

import pytest
from nbgrader.api import Gradebook

from grader.doctor import show_course
from grader.nbgrader.ready import parts
from tests.courses import ordinary


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A course with one assignment, nobody enrolled, and an exchange of its own."""
    course = tmp_path_factory.mktemp("ready") / "course"
    ordinary(course)
    exchange = course.parent / "exchange"
    (course / "nbgrader_config.py").write_text(f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n")
    return course


def named(course):
    return {part.name: part for part in parts(course)}


def mend(part):
    """Do what the command says, as somebody who needs no `sudo` here."""
    subprocess.run(part.mend.removeprefix("sudo "), shell=True, check=True)


def test_a_course_that_is_not_there_is_built_first(tmp_path):
    """Whoever begins would be told of six things that are missing, and of none that comes first."""
    (part,) = parts(tmp_path / "course")
    assert not part.ready
    assert part.mend.startswith("grader build --course ")


@pytest.mark.parametrize("name", ["exchange", "permissions"])
def test_the_command_named_makes_it_ready(built, name):
    """An instructor would type what the doctor says, and nothing would be better."""
    built.chmod(0o755)
    before = named(built)[name]
    assert not before.ready
    mend(before)
    assert named(built)[name].ready, named(built)[name]


@pytest.mark.parametrize("mode", [0o755, 0o777, 0o700])
def test_an_exchange_learners_cannot_use_is_named(built, mode):
    """Every learner would read "please contact your instructor"."""
    exchange = built.parent / "exchange"
    exchange.mkdir(exist_ok=True)
    exchange.chmod(mode)
    part = named(built)["exchange"]
    assert not part.ready and f"{mode:o}" in part.detail
    mend(part)
    assert named(built)["exchange"].ready


def test_gradebook_and_roster_are_counted(built):
    """An empty roster would come to light when everybody had been graded, or nobody."""
    found = named(built)
    assert (found["database"].ready, found["database"].detail) == (True, "1 released")
    assert not found["roster"].ready
    with Gradebook(f"sqlite:///{built}/gradebook.db", "unrolled") as gradebook:
        gradebook.add_student("zoe")
    assert named(built)["roster"].detail == "1 learners"


def test_no_gradebook_is_made_by_asking(tmp_path):
    """The doctor would leave a course behind that nobody built."""
    assert not named(tmp_path)["database"].ready
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.ClearOutput.enabled = False", "ClearOutput.enabled"),
        ("1/0", "ZeroDivisionError"),
        ("c.ConfinedExecute.isolation = 'none'", "without walls"),
    ],
)
def test_settings_of_the_course_are_read_and_what_is_wrong_with_them_said(tmp_path, line, said):
    """A setting would be found wrong on the evening the grades are due."""
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{line}\n")
    assert said in named(tmp_path)["settings"].detail


def test_all_of_it_fits_a_terminal(built, capsys, monkeypatch):
    """Commands would be cut off in a narrow window."""
    monkeypatch.setenv("COLUMNS", "80")
    show_course(built, parts(built))
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    assert "formgrader" in shown
