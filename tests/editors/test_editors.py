"""Wherever a notebook was worked in, it is checked and graded alike."""

import json
import warnings
from io import StringIO

import nbformat
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

import solutions
from grader.authoring.build import NOTEBOOKS, dump_notebook, solved_notebook
from grader.authoring.sources import cell_source
from grader.marking.run import Options, grade
from grader.nbgrader.generate import generate
from grader.sandbox.sandbox import missing_walls
from tests.editors.written import EDITORS, VS_CODE_OF_2022, written
from unrolled import bring
from unrolled.desk import lessons
from unrolled.desk.bring import StandIn
from unrolled.desk.running import check_notebook

LESSON = "02_definition"
EXERCISES = {exercise.name: exercise for exercise in solutions.exercises(LESSON)}


def worked_in() -> dict:
    """The lesson as somebody leaves it: one answer with a usual mistake, one not begun, all others right."""
    notebook = json.loads((NOTEBOOKS / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    answers = {name: exercise.reference for name, exercise in EXERCISES.items() if name != "what_x_3_changes"}
    answers["elman_forward"] = EXERCISES["elman_forward"].misconceptions[0].answer
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = cell_source(answers[name], name, EXERCISES)
    return notebook


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """A course in which everybody handed in the same, each from an editor of their own."""
    if missing_walls():
        pytest.skip("nothing can be confined here")
    course = tmp_path_factory.mktemp("editors") / "course"
    source = course / "source" / LESSON / f"{LESSON}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(dump_notebook(solved_notebook(LESSON, EXERCISES.values())), encoding="utf-8")
    generate(course, LESSON)
    files = {"as handed out": json.dumps(worked_in()).encode()}
    files |= {name: written(worked_in(), editor) for name, editor in EDITORS.items()}
    for name, data in files.items():
        path = course / "submitted" / name / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    assert grade(course, [LESSON], options=Options(jobs=2), console=Console(file=StringIO())) == 0
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        yield book


def rows(book, learner):
    """What the gradebook says of a learner's cells: points, comments, and whether a person has to look."""
    (notebook,) = book.find_submission(LESSON, learner).notebooks
    grades = {(g.name, g.auto_score, g.manual_score, g.needs_manual_grade) for g in notebook.grades}
    return grades | {(c.name, c.auto_comment, c.manual_comment) for c in notebook.comments}


@pytest.mark.parametrize("name", EDITORS)
def test_every_editors_notebook_gets_the_same_rows(gradebook, name):
    """Grades would depend on where somebody likes to work."""
    usual = rows(gradebook, "as handed out")
    points = {row[0]: row[1] for row in usual if len(row) == 4}
    assert points["check_rnn_forward"] == 4.0
    assert points["check_elman_forward"] < EXERCISES["elman_forward"].points
    assert rows(gradebook, name) == usual


def run(data: bytes) -> list[str]:
    """The code a notebook's cells hold, as what runs it reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cells = nbformat.reads(data.decode("utf-8-sig"), as_version=4).cells
    return [cell.source.replace("\r\n", "\n") for cell in cells if cell.cell_type == "code"]


@pytest.mark.parametrize("editor", EDITORS.values(), ids=EDITORS)
def test_every_editors_notebook_runs_the_same_code(editor):
    """What the table above says would be of notebooks that nothing but our grader reads."""
    assert run(written(worked_in(), editor))[len(editor.first) :] == run(json.dumps(worked_in()).encode())


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Lessons as they are handed out, but for 02, which is to come from an editor; opened: a folder beside it."""
    for path, _ in lessons.start(tmp_path):
        if path.stem == LESSON:
            path.unlink()
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / LESSON / f"{LESSON}.ipynb"


@pytest.mark.parametrize("editor", EDITORS.values(), ids=EDITORS)
def test_a_function_is_brought_from_every_editors_notebook(beside, editor):
    """Whoever worked in Colab could not go on with their own functions elsewhere."""
    beside.write_bytes(written(worked_in(), editor))
    assert not isinstance(bring("rnn_step"), StandIn)
    assert lessons.reset(beside, "rnn_step").read_bytes() == written(worked_in(), editor)
    assert "NotImplementedError" in next(source for source in run(beside.read_bytes()) if "def rnn_step" in source)


def test_a_notebook_from_far_away_is_checked_without_a_browser(beside):
    """`unrolled check` would read less than grading does: no byte order mark, no Windows line ends, no old format."""
    beside.write_bytes(written(worked_in(), VS_CODE_OF_2022))
    wrong = {row.exercise for row in check_notebook(beside) if not row.right}
    run_through_it = {"parity_weights"}
    assert wrong == {"elman_forward", "what_x_3_changes"} | run_through_it
