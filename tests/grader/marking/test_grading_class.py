"""`grader grade` gives every submission of a class its verdict, and says which it could not judge and why."""

import io
import json
import os
import shutil
import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import nbformat
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from grader.errors import CourseError, InfrastructureError
from grader.judging.files import read_file
from grader.marking import executing, run
from grader.marking.run import Options, grade
from grader.sandbox.sandbox import missing_walls
from tests.courses import answer, cell, graded_cell, hand_in, make_deep, ordinary, release, remove

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")
RIGHT, WRONG = "def square(x):\n    return x ** 2", "def square(x):\n    return 4"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A course with an assignment, and learners who handed in whatever learners hand in."""
    course = tmp_path_factory.mktemp("class") / "course"
    ordinary(course)
    hand_in(course, "ada", "ps1", {"square": RIGHT, "why": "Because."})
    hand_in(course, "ben", "ps1", {"square": WRONG})
    cut = hand_in(course, "cut", "ps1", {"square": RIGHT})
    cut.write_bytes(cut.read_bytes()[:500])
    hand_in(course, "empty", "ps1").unlink()
    binary = hand_in(course, "latin", "ps1")
    binary.write_bytes("{'ü'}".encode("latin-1"))
    link = hand_in(course, "link", "ps1")
    link.unlink()
    link.symlink_to(course / "source" / "ps1" / "ps1.ipynb")
    (course / "submitted" / "ada" / "ps1" / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    (course / "submitted" / "ben" / "ps1" / "timestamp.txt").write_text("not a time")
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as gradebook:
        gradebook.add_student("zoe")
    return course


@pytest.fixture(scope="module")
def pool():
    """One worker process for all these tests."""
    with executing.Local(1) as local, local() as pool:
        yield pool


@pytest.fixture
def course(template, tmp_path):
    shutil.copytree(template, tmp_path / "course", symlinks=True)
    return tmp_path / "course"


@pytest.fixture
def graded(course, pool):
    """Grades the course; exit code, results by learner, and what the terminal showed."""

    def run_it(*lessons, executor=lambda: nullcontext(pool), **more):
        console = Console(width=80, file=io.StringIO())
        code = grade(course, lessons, course / "out.json", Options(jobs=1, executor=executor, **more), console)
        results = json.loads((course / "out.json").read_text())["lessons"]["ps1"]
        return code, results, console.file.getvalue()

    return run_it


def gradebook(course):
    return Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled")


def test_every_submission_gets_a_verdict_or_a_reason(course, graded):
    """A broken file would stop the class, or vanish without a word."""
    code, results, shown = graded()
    assert code == 1
    assert {learner: (result["status"], result["score"]) for learner, result in results.items()} == {
        "ada": ("graded", 4.5), "ben": ("graded", 3.0 - 2.0), "cut": ("failed", 0.0), "empty": ("failed", 0.0),
        "latin": ("failed", 0.0), "link": ("failed", 0.0), "zoe": ("missing", 0.0),
    }  # fmt: skip
    assert all(result["max_score"] == 6.0 for result in results.values())
    assert results["ada"]["exercises"]["test_partly"]["score"] == 2.5
    for learner, reason in {"cut": "JSON", "empty": "not in", "latin": "UTF-8", "link": "symbolic link"}.items():
        assert reason in results[learner]["reason"]
        assert learner in shown
        page = (course / "feedback" / learner / "ps1" / "ps1.html").read_text()
        assert reason in page
    assert max(len(line) for line in shown.splitlines() if str(course) not in line) <= 80


def test_files_and_rows_are_where_nbgrader_has_them(course, graded):
    """Formgrader, exports and the release of feedback would find nothing."""
    graded()
    notebook = nbformat.read(str(course / "autograded" / "ada" / "ps1" / "ps1.ipynb"), as_version=4)
    assert cell(notebook, "test_partly").outputs[0].data["text/plain"] == "2.5"
    page = (course / "feedback" / "ada" / "ps1" / "ps1.html").read_text()
    assert "<b>4.5</b> of 6 points" in page
    assert "7919" not in page
    with gradebook(course) as book:
        submission = book.find_submission("ps1", "ada")
        assert (submission.score, str(submission.timestamp)) == (4.5, "2026-01-02 03:04:05")
        assert submission.needs_manual_grade
        assert book.find_submission("ps1", "ben").timestamp is None
        assert len(book.find_submission_notebook("ps1", "ps1", "cut").grades) == 3


def test_a_second_run_changes_nothing_and_regrades_only_what_changed(course, graded):
    """Grading a class again after one late submission would take as long as the first time."""
    graded()
    before = {path: path.stat().st_mtime_ns for path in course.glob("*ed*/**/ps1.*")}
    hand_in(course, "ben", "ps1", {"square": RIGHT})
    _, results, _ = graded()
    after = {path: path.stat().st_mtime_ns for path in before}
    changed = {path.parts[-3] for path in before if before[path] != after[path]}
    assert changed == {"ben"}
    assert results["ben"]["score"] == 4.5


class Counting:
    """An executor that knows what it was asked for."""

    def __init__(self, pool):
        self.pool, self.asked = pool, Counter()

    def submit(self, function, *arguments):
        self.asked[function.__name__] += 1
        return self.pool.submit(function, *arguments)


def test_where_nothing_changed_nothing_is_opened_and_no_change_is_missed(course, graded, monkeypatch):
    """Ten thousand would be read to no end; or a notebook whose date was set back would keep its old marks."""
    for name in ("cut", "empty", "latin", "link"):
        shutil.rmtree(course / "submitted" / name)
    first, opened = graded(), []

    def read(*arguments, **more):
        opened.append(arguments)
        return read_file(*arguments, **more)

    monkeypatch.setattr(run, "read_file", read)
    assert graded()[:2] == first[:2]
    assert not opened
    ben = course / "submitted" / "ben" / "ps1" / "ps1.ipynb"
    date = ben.stat().st_mtime_ns
    ben.write_text(ben.read_text().replace("return 4", "return 9"))
    os.utime(ben, ns=(date, date))
    assert graded()[1]["ben"]["score"] == first[1]["ben"]["score"] + 1.5 and opened
    with gradebook(course) as book:
        book.remove_submission("ps1", "ada")
    (course / "feedback" / "ben" / "ps1" / "ps1.html").unlink()
    assert graded()[1]["ada"] == first[1]["ada"]
    assert (course / "feedback" / "ben" / "ps1" / "ps1.html").is_file()
    opened.clear()
    assert graded()[1]["ada"] == first[1]["ada"] and not opened
    assert graded(force=True)[1]["ada"] == first[1]["ada"] and opened


def test_the_same_bytes_are_graded_once_and_told_to_everybody(course, graded, pool):
    """Two hundred who hand in what they were given would be graded two hundred times."""
    for learner in ("eve", "joe", "kim"):
        hand_in(course, learner, "ps1", {"square": RIGHT, "why": "We agree."})
    counting = Counting(pool)
    _, results, shown = graded(executor=lambda: nullcontext(counting), enrol=True)
    assert counting.asked["grade"] == 5  # these once; ada, ben; and two files that turn out to be no notebooks
    with gradebook(course) as book:
        for learner in ("eve", "joe", "kim"):
            assert results[learner]["score"] == 4.5 and learner in shown
            assert book.find_submission("ps1", learner).score == 4.5
            assert (course / "autograded" / learner / "ps1" / "ps1.ipynb").is_file()
            assert "<b>4.5</b> of 6" in (course / "feedback" / learner / "ps1" / "ps1.html").read_text()
    again = Counting(pool)
    graded(executor=lambda: nullcontext(again), enrol=True)
    assert again.asked == {"grade": 2}  # what is no notebook is tried again; no page is made anew


def test_handing_in_an_earlier_version_again_brings_its_grade_back(course, graded):
    """The notebook in formgrader would be another one than the grade's."""
    graded()
    first = (course / "autograded" / "ben" / "ps1" / "ps1.ipynb").read_text()
    hand_in(course, "ben", "ps1", {"square": RIGHT})
    graded()
    hand_in(course, "ben", "ps1", {"square": WRONG})
    _, results, _ = graded()
    assert results["ben"]["score"] == 1.0
    assert (course / "autograded" / "ben" / "ps1" / "ps1.ipynb").read_text() == first


def test_a_folder_of_no_lesson_is_named(course, graded):
    """A learner who mistyped the folder would be missing, and nobody would know why."""
    (course / "submitted" / "ada" / "ps_one").mkdir()
    code, _, shown = graded()
    assert code == 1
    assert "ps_one is no lesson" in shown


def test_marks_given_by_hand_are_kept(course, graded):
    """An afternoon of reading would be overwritten by a rerun."""
    _, results, shown = graded()
    assert results["ada"]["exercises"]["why"]["status"] == "waiting"
    assert "✎" in shown
    with gradebook(course) as book:
        grade_ = book.find_grade("why", "ps1", "ps1", "ada")
        grade_.manual_score, grade_.needs_manual_grade = 1.0, False
        book.find_grade("test_square", "ps1", "ps1", "ada").extra_credit = 0.5
        book.find_comment("why", "ps1", "ps1", "ada").manual_comment = "Well said."
        book.db.commit()
    _, results, _ = graded()
    assert results["ada"]["score"] == 6.0
    assert results["ada"]["exercises"]["why"] | {"misconception": None} == {
        "score": 1.0, "max_score": 1.0, "status": "passed", "misconception": None, "message": "",
    }  # fmt: skip
    with gradebook(course) as book:
        assert not book.find_grade("why", "ps1", "ps1", "ada").needs_manual_grade
    page = (course / "feedback" / "ada" / "ps1" / "ps1.html").read_text()
    assert "Well said." in page
    assert "<b>6</b> of 6 points" in page


def test_the_seed_is_secret_and_stays(course, graded):
    """Everyone on the machine could read what the hidden inputs will be, or a rerun would give other grades."""
    graded()
    seed = course / ".grading-seed"
    assert stat.S_IMODE(seed.stat().st_mode) == 0o600
    text = seed.read_text()
    graded()
    assert seed.read_text() == text


def test_a_fault_of_the_machinery_costs_no_marks(course, graded, monkeypatch):
    """A full disk or a lost process would be a zero for whoever came next."""
    graded()
    monkeypatch.setattr("grader.marking.cache.fingerprint", lambda lesson: "other")
    monkeypatch.setattr("grader.marking.run.worker.grade", _break)
    code, results, shown = graded(executor=lambda: ThreadPoolExecutor(1))
    assert code == 1
    assert (results["ada"]["status"], results["ada"]["score"]) == ("failed", 4.5)
    assert "Grade it again" in " ".join(shown.split())
    with gradebook(course) as book:
        assert book.find_submission("ps1", "ada").score == 4.5


def _break(task):
    raise InfrastructureError("the disk is full")


def test_late_submissions_are_penalised_as_configured(course, graded):
    """The late policy would depend on the command used."""
    (course / "nbgrader_config.py").write_text('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with gradebook(course) as book:
        book.update_or_create_assignment("ps1", duedate="2026-01-01 00:00:00 UTC")
    _, results, shown = graded()
    ada = results["ada"]
    assert (ada["score"], ada["earned"], ada["late_penalty"]) == (0.0, 4.5, 4.5)
    assert ada["seconds_late"] == 97_445
    assert results["ben"]["score"] == 1.0
    assert "4.5 − 4.5 late = 0/6" in shown
    assert "4.5 − 4.5 late" in (course / "feedback" / "ada" / "ps1" / "ps1.html").read_text()


def test_strangers_to_a_roster_are_named_and_who_left_stays_left(course, graded):
    """A mistyped folder would become a learner, and somebody who gave up the course be back in it."""
    with gradebook(course) as book:
        for learner in ("ada", "ben", "cut", "empty", "latin"):
            book.add_student(learner)
    code, results, shown = graded()
    assert code == 1 and "link is not enrolled" in shown and "link" not in results
    with gradebook(course) as book:
        book.remove_student("ada")
        for learner in ("cut", "empty", "latin", "zoe"):
            book.remove_student(learner)
    _, results, shown = graded()
    assert "ada is no longer in the gradebook" in " ".join(shown.split()) and "ada" not in results
    assert "link" in results and "ben" in results
    _, results, shown = graded(enrol=True)
    assert "ada" in results and "Enrolled by handing in ps1: ada" in shown


def test_grades_go_to_the_gradebook_asked_for(course, graded, tmp_path):
    """A department with one database for all courses would find nothing in it."""
    shutil.copy(course / "gradebook.db", tmp_path / "other.db")
    graded(db=f"sqlite:///{tmp_path}/other.db")
    with gradebook(course) as book:
        assert not book.assignment_submissions("ps1")
    with Gradebook(f"sqlite:///{tmp_path}/other.db", "unrolled") as book:
        assert book.find_submission("ps1", "ada").score == 4.5


def test_a_gradebook_that_is_none_is_named(course, graded):
    """The instructor would see a database library's traceback."""
    with pytest.raises(CourseError, match=r"gradebook sqlite:.*can't be used"):
        graded(db=f"sqlite:///{course}/out.json/gradebook.db")


@pytest.mark.parametrize("lessons", [("99_nothing",), ("ps1", "../ps1")])
def test_unknown_lessons_are_refused(graded, lessons):
    """A typing error would look like a class that handed nothing in."""
    with pytest.raises(CourseError, match="there is no lesson") as error:
        graded(*lessons)
    assert error.value.unusable


def test_a_folder_that_is_no_course_is_refused(tmp_path):
    """A typing error in --course would make a new course."""
    with pytest.raises(CourseError, match="no folder"):
        grade(tmp_path / "nowhere")


def test_folders_without_end_are_their_learners_own_affair(course, graded):
    """One learner's folders would end the class in a traceback before anything is recorded."""
    beside = course / "submitted" / "ben" / "ps1"
    make_deep(beside)
    try:
        _, results, _ = graded()
    finally:
        remove(beside / "d")
    assert results["ada"]["score"] == 4.5
    assert results["ben"]["status"] == "graded"


def test_files_that_come_with_an_assignment_reach_its_notebooks_or_are_named(tmp_path, pool):
    """Data of more than 18 MB were left out without a word, and everybody's test failed."""
    course, size = tmp_path / "course", 25 * 2**20
    test = f"import os\nassert [os.path.getsize(name) for name in ('data.csv', 'own.csv')] == [{size}, 5]"
    release(course, "ps2", [answer("x = 'own.csv'\ny = 'huge.csv'", "x"), graded_cell(test, "test_x", 2.0)])
    folder = hand_in(course, "ada", "ps2", {"x": "x = 'own.csv'\ny = 'huge.csv'"}).parent
    (folder / "own.csv").write_text("a,b,c")
    _make(course / "source" / "ps2" / "data.csv", size)
    _make(folder / "huge.csv", 2 * size)
    console = Console(width=300, file=io.StringIO())
    options = Options(jobs=1, executor=lambda: nullcontext(pool))
    grade(course, ["ps2"], course / "out.json", options, console)
    assert json.loads((course / "out.json").read_text())["lessons"]["ps2"]["ada"]["score"] == 2.0
    assert "ada, ps2: huge.csv was left out" in console.file.getvalue()
    _make(course / "source" / "ps2" / "more.csv", size)
    with pytest.raises(CourseError, match=r"more\.csv can't be put beside everybody's notebook"):
        grade(course, ["ps2"], None, options, console)


def _make(path, size):
    """A file without anything in it that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)


def test_a_notebook_under_another_name_is_named(course, graded):
    """An instructor would ask for a file that is there: browsers number what is downloaded again."""
    path = hand_in(course, "ben", "ps1", {"square": RIGHT})
    path.rename(path.with_name("ps1 (1).ipynb"))
    _, results, _ = graded()
    assert "but ps1 (1).ipynb: if that is it, give it this name" in results["ben"]["reason"]


def test_a_test_that_gives_too_much_is_its_authors(tmp_path, pool):
    """An instructor would be told to grade again, and again, what only an author can mend."""
    course = tmp_path / "course"
    release(course, "ps2", [answer("x = 1", "x"), graded_cell("5", "test_x", 2.0)])
    hand_in(course, "ada", "ps2")
    console = Console(width=300, file=io.StringIO())
    assert grade(course, ["ps2"], None, Options(jobs=1, executor=lambda: nullcontext(pool)), console) == 1
    assert "the test cell test_x gave more than its 2 points" in console.file.getvalue()


def test_the_class_page_holds_what_earlier_runs_graded_too(course, graded, pool):
    """Grading one lesson would take the others off the class page, and nobody could be seen falling behind."""
    release(course, "ps2", [answer("x = 1", "x"), graded_cell("1.0", "test_x", 1.0)])
    hand_in(course, "ada", "ps2")
    graded("ps1")
    console = Console(width=80, file=io.StringIO())
    options = Options(jobs=1, executor=lambda: nullcontext(pool))
    assert grade(course, ["ps2"], course / "out.json", options, console) == 0
    assert [*json.loads((course / "out.json").read_text())["lessons"]] == ["ps2"]
    assert [*json.loads((course / "grades.json").read_text())["lessons"]] == ["ps1", "ps2"]
    page = course / "report" / "index.html"
    assert f"The class page: {page}" in console.file.getvalue()
    html = page.read_text()
    assert '<a href="#lesson-2">ps2</a>' in html and '"learners": ["ada", "ben"' in html
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
