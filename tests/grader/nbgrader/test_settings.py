"""nbgrader's settings count for `grader grade` as they do for nbgrader, or are refused by name."""

import io
import json
import shutil
import stat
from contextlib import nullcontext

import nbformat
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook
from rich.console import Console

from grader.cli import main
from grader.errors import CourseError
from grader.marking import executing
from grader.marking.run import Options, grade
from grader.sandbox.sandbox import missing_walls
from tests.courses import hand_in, ordinary

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")
RIGHT = "def square(x):\n    return x ** 2"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    course = tmp_path_factory.mktemp("settings") / "course"
    ordinary(course)
    hand_in(course, "ada", "ps1", {"square": RIGHT})
    hand_in(course, "ben", "ps1", {"square": RIGHT})
    return course


@pytest.fixture(scope="module")
def pool():
    with executing.Local(1) as local, local() as pool:
        yield pool


@pytest.fixture
def course(template, tmp_path):
    shutil.copytree(template, tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def graded(course, pool):
    """Grades the course with these lines in its configuration; status by learner, and what the terminal showed."""

    def run(*lines, lessons=()):
        (course / "nbgrader_config.py").write_text("c = get_config()\n" + "\n".join(lines) + "\n")
        console = Console(width=200, file=io.StringIO())
        options = Options(jobs=1, executor=lambda: nullcontext(pool))
        grade(course, lessons, course / "out.json", options, console)
        results = json.loads((course / "out.json").read_text())["lessons"].get("ps1", {})
        return {name: (r["status"], r["score"]) for name, r in results.items()}, console.file.getvalue()

    return run


def rows(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        return {submission.student_id: submission.score for submission in book.assignment_submissions("ps1")}


@pytest.mark.parametrize(
    "line",
    [
        "c.Execute.startup_timeout = 5",
        "c.NotebookClient.skip_cells_with_tag = 'x'",
        "c.Execute.enabled = False",
        "c.ClearOutput.enabled = False",
        "c.Autograde.pre_convert_hook = print",
        "c.HTMLExporter.theme = 'dark'",
        "c.OverwriteCells.missing_cell_notification = ''",
        "c.BaseConverter.post_convert_hook = print",
        "c.Autograde.autograde_preprocessors = []",
    ],
)
def test_what_cannot_be_heeded_is_refused_by_name(graded, line):
    """An instructor's setting would be passed over in silence."""
    name = line.removeprefix("c.").partition(" ")[0].partition(".")[2]
    with pytest.raises(CourseError, match=rf"\w+\.{name}\b.* docs/nbgrader.md"):
        graded(line)


@pytest.mark.parametrize("line", [
    "x = (",
    "1 / 0",
    "c.AssignLatePenalties.plugin_class = 'nowhere.Plugin'",
])  # fmt: skip
def test_settings_that_cannot_be_used_are_said_in_a_sentence(graded, line):
    """A typing error in a file that is a program would end every command in forty lines of traceback."""
    with pytest.raises(CourseError, match="nbgrader_config") as refused:
        graded(line)
    assert refused.value.unusable and str(refused.value).count("\n") <= 1


@pytest.mark.parametrize("line", ["c.CourseDirectory.course_id = 5", "c.Autograde.create_student = 'perhaps'"])
def test_a_setting_of_another_kind_is_said_in_a_sentence(course, line):
    """A number in place of a text would end every command in forty lines of traceback."""
    (course / "nbgrader_config.py").write_text(f"c = get_config()\n{line}\n")
    shown = CliRunner().invoke(main, ["grade", "--course", str(course)])
    assert shown.exit_code == 2 and "Mend this setting" in shown.output and "Traceback" not in shown.output


def test_usual_values_are_no_reason_to_refuse(graded):
    """A configuration file with nbgrader's defaults written out would stop grading."""
    lines = ("c.Execute.interrupt_on_timeout = True", "c.BaseConverter.force = True", "c.ClearOutput.enabled = True")
    assert graded(*lines)[0]["ada"] == ("graded", 4.5)


def test_folders_are_where_the_settings_have_them(course, graded):
    """What was handed in elsewhere would count as nothing handed in."""
    (course / "submitted").rename(course / "inbox")
    (course / "ps1" / "inbox").mkdir(parents=True)
    for learner in ("ada", "ben"):
        (course / "inbox" / learner / "ps1").rename(course / "ps1" / "inbox" / learner)
    for step in ("source", "release"):
        shutil.copytree(course / step / "ps1", course / "ps1" / step)
    results, _ = graded(
        "c.CourseDirectory.directory_structure = '{assignment_id}/{nbgrader_step}/{student_id}'",
        "c.CourseDirectory.submitted_directory = 'inbox'",
        "c.CourseDirectory.autograded_directory = 'done'",
        "c.CourseDirectory.feedback_directory = 'back'",
    )
    assert results == {"ada": ("graded", 4.5), "ben": ("graded", 4.5)}
    assert (course / "ps1" / "done" / "ada" / "ps1.ipynb").is_file()
    assert (course / "ps1" / "back" / "ben" / "ps1.html").is_file()


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("c.CourseDirectory.student_id = 'b*'", {"ben"}),
        ("c.CourseDirectory.student_id_exclude = 'ben,cyd'", {"ada"}),
        ("c.CourseDirectory.notebook_id = 'p*'", {"ada", "ben"}),
        ("c.CourseDirectory.notebook_id = 'q'", set()),
        ("c.CourseDirectory.assignment_id = 'ps1'", {"ada", "ben"}),
    ],
)
def test_only_those_asked_for_are_graded(course, graded, line, wanted):
    """Whoever was left out on purpose would be graded all the same."""
    graded(line)
    assert set(rows(course)) == wanted


def test_learners_nobody_enrolled_are_named_where_they_are_not_to_be_enrolled(course, graded):
    """A mistyped folder would become a learner."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        book.add_student("ada")
    _, shown = graded("c.Autograde.create_student = False")
    assert set(rows(course)) == {"ada"}
    assert "ben is not enrolled" in shown


def test_the_time_for_a_cell_is_the_one_set(course, graded):
    """An author's `sleep` would be cut off, or a loop that never ends run on."""
    slow = "import time\ntime.sleep(1.5)\n"
    hand_in(course, "ada", "ps1", {"square": slow + RIGHT})
    assert graded("c.Execute.timeout = 1")[0] == {"ada": ("graded", 0.0), "ben": ("graded", 4.5)}
    assert graded("c.ExecutePreprocessor.timeout = 20")[0]["ada"] == ("graded", 4.5)


def test_files_learners_are_to_change_are_theirs(course, graded):
    """A learner's module would be replaced by the author's, or the author's data by a learner's."""
    for folder, text in ((course / "source" / "ps1", "2"), (course / "submitted" / "ada" / "ps1", "3")):
        (folder / "own.txt").write_text(text)
        (folder / "data.txt").write_text(text)
    look = "print(open('own.txt').read(), open('data.txt').read())\n"
    hand_in(course, "ada", "ps1", {"square": look + RIGHT})
    graded("c.Autograde.exclude_overwriting = {'ps1': ['own.txt']}")
    folder = course / "autograded" / "ada" / "ps1"
    notebook = nbformat.read(folder / "ps1.ipynb", as_version=4)
    assert notebook.cells[1].outputs[0].text == "3 2\n"
    assert ((folder / "own.txt").read_text(), (folder / "data.txt").read_text()) == ("3", "2")


def test_permissions_are_those_set(course, graded):
    """A second instructor could not grade what the first one has."""
    (course / "submitted" / "ada" / "ps1" / "photo.png").write_bytes(b"x")
    graded("c.CourseDirectory.groupshared = True", "c.GenerateFeedback.permissions = 640")
    places = {"autograded/ada/ps1/ps1.ipynb": 0o664, "autograded/ada/ps1/photo.png": 0o664,
              "feedback/ada/ps1/ps1.html": 0o640, "feedback/ada/ps1/photo.png": 0o640}  # fmt: skip
    assert {name: stat.S_IMODE((course / name).stat().st_mode) for name in places} == places
    assert all((course / folder).stat().st_mode & 0o2770 == 0o2770 for folder in ("autograded", "feedback/ada/ps1"))


def test_outputs_are_cut_as_set(course, graded):
    """An instructor who asked for short pages would get long ones."""
    hand_in(course, "ada", "ps1", {"square": "for i in range(30):\n    print(i)\n" + RIGHT})
    graded("c.LimitOutput.max_lines = 5")
    notebook = nbformat.read(course / "autograded" / "ada" / "ps1" / "ps1.ipynb", as_version=4)
    assert notebook.cells[1].outputs[0].text.count("\n") == 4


def test_hidden_tests_stay_hidden_however_they_are_marked(course, graded):
    """Every learner would read in the feedback what the tests are, and what they expect."""
    graded("c.ClearHiddenTests.begin_test_delimeter = 'assert square(7919)'")
    page = (course / "feedback" / "ada" / "ps1" / "ps1.html").read_text()
    assert "7919" not in page
    assert "BEGIN HIDDEN" in page


@pytest.mark.parametrize("shared", [False, True])
def test_a_course_is_closed_to_everybody_else(course, graded, shared):
    """On a shared machine everybody could read the marks and each other's submissions."""
    graded(f"c.CourseDirectory.groupshared = {shared}")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in course.iterdir() if path.name != "release"}
    assert {"gradebook.db", "grades.json", "submitted", "feedback", ".grading-seed"} <= modes.keys()
    assert {name: f"{mode:o}" for name, mode in modes.items() if mode & (0o007 if shared else 0o077)} == {}
