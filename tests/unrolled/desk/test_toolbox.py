"""One's own functions travel in toolbox.py."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from unrolled.desk.bring import StandIn
from unrolled.desk.check import ready
from unrolled.desk.toolbox import FILE, toolbox


def write(folder, lesson, name, source):
    (folder / lesson).mkdir(exist_ok=True)
    answer = new_code_cell(source, metadata={"nbgrader": {"solution": True, "grade_id": name}})
    cells = [new_code_cell("import numpy as np\nTWO = 2"), answer]
    nbformat.write(new_notebook(cells=cells), folder / lesson / f"{lesson}.ipynb")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Lesson 07's folder, with one neighbour."""
    write(tmp_path, "06_gated_cells", "double", "def double(x):\n    return TWO * x")
    (tmp_path / "07_capstone").mkdir()
    monkeypatch.chdir(tmp_path / "07_capstone")
    return tmp_path / "07_capstone"


def test_functions_are_fetched_and_kept(here):
    """A learner's own functions wouldn't reach the last lesson."""
    (double,) = toolbox("double")
    assert double(4) == 8
    assert "def double" in (here / FILE).read_text()


def test_they_work_without_the_neighbours(here, tmp_path):
    """What runs at home wouldn't run where it is graded."""
    toolbox("double")
    (tmp_path / "06_gated_cells" / "06_gated_cells.ipynb").unlink()
    (double,) = toolbox("double")
    assert double(4) == 8


def test_a_better_version_replaces_the_older(here, tmp_path):
    """A mistake mended in lesson 06 would stay in the toolbox."""
    toolbox("double")
    write(tmp_path, "06_gated_cells", "double", "def double(x):\n    return 2.0 * x")
    (double,) = toolbox("double")
    assert isinstance(double(4), float)


def test_helpers_of_one_name_stay_apart(here, tmp_path):
    """A helper of lesson 05 would change what lesson 06's functions do."""
    write(tmp_path, "05_other", "triple", "TWO = 3\n\ndef triple(x):\n    return TWO * x")
    double, triple = toolbox("double", "triple")
    assert (double(1), triple(1)) == (2, 3)


def test_what_is_missing_says_so_when_called(here):
    """A missing function would count as an exercise nobody tried."""
    (lost,) = toolbox("lost")
    assert isinstance(lost, StandIn)
    with pytest.raises(RuntimeError, match="lost"):
        lost(1)


def test_a_broken_file_breaks_nothing(here):
    """One bad line in the file would stop the lesson at its second cell."""
    (here / FILE).write_text("# From 05_other\nthis is not Python\n")
    (double,) = toolbox("double")
    assert double(4) == 8


def test_a_cell_that_is_not_python_is_named(here, tmp_path):
    """Whoever forgot a bracket in lesson 06 would be told that nothing holds the function."""
    write(tmp_path, "06_gated_cells", "double", "def double(x):\n    return (2 * x")
    (double,) = toolbox("double")
    assert double.lesson == "06_gated_cells" and "isn't Python yet (SyntaxError" in str(double)


def test_a_cell_without_its_function_is_named(here, tmp_path):
    """Whoever renamed a function would be told that nothing holds it."""
    write(tmp_path, "06_gated_cells", "double", "def twice(x):\n    return 2 * x")
    (double,) = toolbox("double")
    assert "doesn't define `double`" in str(double)


def test_a_section_that_cannot_be_run_says_why(here, tmp_path):
    """One forgotten import would look like a lost file."""
    (tmp_path / "06_gated_cells" / "06_gated_cells.ipynb").unlink()
    (here / FILE).write_text("# From 06_gated_cells\nimport nowhere\n\ndef double(x):\n    return nowhere.twice(x)\n")
    (double,) = toolbox("double")
    assert isinstance(double, StandIn) and "can't be run (ModuleNotFoundError" in str(double)


def test_what_is_missing_for_one_reason_is_said_once(here, capsys):
    """Five missing functions would give the same sentence five times."""
    lost, gone = toolbox("lost", "gone")
    assert not ready(lost, gone)
    said = capsys.readouterr().out
    assert "`lost` and `gone` are written in" in said and said.count("neither a notebook") == 1


def test_without_answer_keys_nothing_is_called_wrong(here, capsys, monkeypatch):
    """Right functions in the toolbox would be blamed because the folders of their lessons aren't there."""
    monkeypatch.setattr("unrolled.desk.lessons.packaged", lambda: here / "none")
    (double,) = toolbox("double")
    assert not ready(double)
    said = capsys.readouterr().out
    assert "can't be checked here" in said and "answer key for `double`" in said and "not right" not in said


def test_comments_and_layout_travel_along(here, tmp_path):
    """What a learner wrote to remember it by would be gone."""
    source = "# Twice, as in the lesson.\ndef double(x):\n    two = TWO  # the constant above\n    return two  *  x"
    write(tmp_path, "06_gated_cells", "double", source)
    (double,) = toolbox("double")
    assert double(4) == 8
    assert source in (here / FILE).read_text()


def test_what_shares_its_line_travels_alone(here, tmp_path):
    """A call beside a definition would run wherever the toolbox is read."""
    write(tmp_path, "06_gated_cells", "double", "double = lambda x: 2 * x; print(TWO / 0)")
    (double,) = toolbox("double")
    assert double(4) == 8
