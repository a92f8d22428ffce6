"""Whatever learners hand in is read, mended or refused in plain words; nothing they claim about points is believed."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import solutions
from grader.authoring.build import dump_notebook
from grader.errors import CourseError, SubmissionError
from grader.judging.files import LARGEST_BESIDE, files_beside, given_files, own_files, paths_beside, read_file
from grader.judging.submission import MAX_CELLS, notebook_of, parse, sanitise
from tests.courses import answer, cell, graded_cell, make_deep, make_long, marks, remove

RELEASE = new_notebook(
    cells=[
        new_markdown_cell("Intro"),
        answer("def f():\n    raise NotImplementedError()", "f"),
        graded_cell("check(f)", "check_f", 2.0),
        new_markdown_cell("Read me", metadata=marks("note", locked=True)),
        answer("def g():\n    raise NotImplementedError()", "g"),
        graded_cell("check(g)", "check_g", 3.0),
    ],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
)
F, G = answer("def f(): return 1", "f"), answer("def g(): return 2", "g")
CHECK_F, CHECK_G = graded_cell("check(f)", "check_f", 2.0), graded_cell("check(g)", "check_g", 3.0)
NOTE = new_markdown_cell("Read me", metadata=marks("note", locked=True))


KEYS = (
    *("cells", "cell_type", "source", "metadata", "nbgrader", "grade_id"),
    *("attachments", "nbformat", "worksheets", "level"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
)


def submitted(*cells, **more):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)} | more).encode()


def sources(*cells):
    return [c.source for c in sanitise(parse(submitted(*cells)), RELEASE).cells]


def test_an_honest_submission_stays_as_it_is():
    """Mending would change what nobody broke."""
    cells = [new_markdown_cell("Intro"), F, CHECK_F, new_code_cell("mine = 3"), NOTE, G, CHECK_G]
    assert sources(*cells) == [c.source for c in cells]


@pytest.mark.parametrize(
    "data, reason",
    [
        (submitted(F)[:-20], "valid JSON"),
        (b"", "valid JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[1, 2]", "no Jupyter notebook"),
        (b'{"cells": {"a": 1}}', "no Jupyter notebook"),
        (b'{"metadata": {}}', "no Jupyter notebook"),
        (b"[" * 100_000, "nested"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "valid JSON"),
    ],
)
def test_a_broken_file_is_refused_with_a_reason(data, reason):
    """One broken upload would end the grading of the whole class, or tell the instructor nothing."""
    with pytest.raises(SubmissionError, match=reason):
        parse(data)


def test_too_many_cells_are_refused():
    """A generated notebook would keep a worker busy for hours."""
    with pytest.raises(SubmissionError, match="cells"):
        parse(json.dumps({"cells": [{"cell_type": "code", "source": ""}] * (MAX_CELLS + 1)}).encode())


@given(JSON)
def test_any_json_is_read_or_refused(value):
    """A type nobody thought of would end the grading of the class."""
    for data in (value, {"cells": value}, {"cells": [value]}, {"cells": [{"cell_type": "code", "metadata": value}]}):
        try:
            notebook = sanitise(parse(json.dumps(data).encode()), RELEASE)
        except SubmissionError:
            continue
        assert cell(notebook, "check_f").metadata.nbgrader.points == 2.0


def test_notebooks_of_format_3_are_read():
    """Learners with an old editor could not hand in."""
    old = {"nbformat": 3, "worksheets": [{"cells": [
        {"cell_type": "heading", "level": 2, "source": "Title"},
        {"cell_type": "code", "input": ["def f():\n", "    return 1"], "metadata": dict(F.metadata), "outputs": []},
    ]}]}  # fmt: skip
    notebook = sanitise(parse(json.dumps(old).encode()), RELEASE)
    assert notebook.cells[0].source == "## Title"
    assert cell(notebook, "f").source == "def f():\n    return 1"


def test_points_locks_tags_and_schema_come_from_the_release():
    """A learner could raise their points, unlock the check or have it skipped."""
    forged = graded_cell("100", "check_f", 99.0)
    forged.metadata |= {"tags": ["skip-execution", "raises-exception"], "jupyter": {"source_hidden": True}}
    forged.metadata.nbgrader |= {"solution": True, "locked": False, "schema_version": 77}
    notebook = sanitise(parse(submitted(F, forged, NOTE, G, CHECK_G)), RELEASE)
    check = cell(notebook, "check_f")
    assert check.source == "check(f)"
    assert check.metadata.nbgrader == CHECK_F.metadata.nbgrader
    assert "tags" not in check.metadata


def test_missing_checks_come_back_after_their_answer_and_its_helpers():
    """Deleting a check would leave an exercise ungraded, or graded before its helper is defined."""
    helper = new_code_cell("def helper(): ...")
    assert sources(F, helper, G) == [F.source, helper.source, "check(f)", "Read me", G.source, "check(g)"]


def test_a_check_before_its_answer_is_moved_behind_it():
    """A learner who shuffled cells would be graded on a function that isn't there yet."""
    found = sources(CHECK_F, CHECK_G, G, NOTE, F)
    assert found.index("check(f)") > found.index(F.source)
    assert found.index("check(g)") > found.index(G.source)


def test_lost_metadata_costs_nothing():
    """An editor that drops metadata would turn right answers into missing ones."""
    found = sources(new_code_cell(F.source), new_code_cell(G.source))
    assert found.index(F.source) < found.index("check(f)")
    assert found.index(G.source) < found.index("check(g)")
    assert not any("NotImplementedError" in source for source in found)


def test_of_doubled_answers_the_first_that_was_worked_on_counts_and_all_stay():
    """A copied cell would abort the class, or the untouched copy would replace the answer."""
    stub, retyped = answer(RELEASE.cells[1].source, "f"), new_markdown_cell("def f(): no code", metadata=F.metadata)
    other = answer("def f(): return 99", "f")
    notebook = sanitise(parse(submitted(stub, retyped, F, CHECK_F, other, CHECK_F)), RELEASE)
    assert cell(notebook, "f").source == F.source
    assert [c.source for c in notebook.cells].count("check(f)") == 1
    assert [c.source for c in notebook.cells][:3] == [stub.source, retyped.source, F.source]
    assert other.source in [c.source for c in notebook.cells]


def test_a_retyped_answer_runs_as_code_again():
    """A stray keystroke (m in Jupyter makes a cell Markdown) would cost the exercise."""
    notebook = sanitise(parse(submitted(new_markdown_cell(F.source, metadata=F.metadata), CHECK_F)), RELEASE)
    assert (cell(notebook, "f").cell_type, cell(notebook, "f").source) == ("code", F.source)


def test_links_devices_and_huge_files_are_refused(tmp_path):
    """A link would have the grader read, and return, the instructor's files."""
    submissions = tmp_path / "submitted"
    (submissions / "eve" / "l").mkdir(parents=True)
    secret = tmp_path / "solution.ipynb"
    secret.write_bytes(submitted(F))
    link = submissions / "eve" / "l" / "l.ipynb"
    link.symlink_to(secret)
    with pytest.raises(SubmissionError, match="symbolic link"):
        read_file(link, submissions)
    (submissions / "mallory").symlink_to(submissions / "eve")
    with pytest.raises(SubmissionError, match="symbolic link"):
        read_file(submissions / "mallory" / "l" / "l.ipynb", submissions)
    os.mkfifo(submissions / "eve" / "l" / "pipe.ipynb")
    with pytest.raises(SubmissionError, match="regular file"):
        read_file(submissions / "eve" / "l" / "pipe.ipynb", submissions)
    large = submissions / "eve" / "l" / "large.ipynb"
    large.write_bytes(b" " * 1001)
    with pytest.raises(SubmissionError, match="limit"):
        read_file(large, submissions, limit=1000)


def test_files_beside_leave_out_links(tmp_path):
    """A learner's link would bring the instructor's file into their notebook."""
    (tmp_path / "data.csv").write_text("1")
    (tmp_path / "passwd").symlink_to("/etc/passwd")
    assert files_beside(paths_beside(tmp_path)) == {"data.csv": b"1"}


def test_files_are_taken_up_to_what_a_notebook_may_have(tmp_path):
    """A learner's one large file would cost the others their place, or the machine its memory."""
    for name, size in (("a.bin", LARGEST_BESIDE + 1), ("b.bin", LARGEST_BESIDE), ("c.bin", LARGEST_BESIDE), ("d", 1)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    assert {*files_beside(paths_beside(tmp_path))} == {"b.bin", "d"}


def test_data_that_no_notebook_can_be_given_are_named(tmp_path):
    """Everybody would get 0 points for a file that was left out without a word."""
    with (tmp_path / "year.csv").open("wb") as file:
        file.truncate(LARGEST_BESIDE + 1)
    with pytest.raises(CourseError, match=r"year\.csv can't be put beside everybody's notebook"):
        given_files(paths_beside(tmp_path))


def test_own_files_are_all_that_only_this_learner_has(tmp_path):
    """The same work would be examined on other inputs by nbgrader, which brings files, or later."""
    (tmp_path / "more").mkdir()
    for name in ("helper.py", "more/data.csv", "ps1.key.json", "timestamp.txt", "ps1.ipynb"):
        (tmp_path / name).write_text(name)
    (tmp_path / "link.py").symlink_to("/etc/passwd")
    own = own_files(paths_beside(tmp_path), {"ps1.key.json"})
    assert own == {"helper.py": b"helper.py", "more/data.csv": b"more/data.csv"}


WHY = new_markdown_cell("YOUR ANSWER HERE", metadata=marks("why", grade=True, solution=True, points=2.0))
BY_HAND = new_notebook(cells=[new_markdown_cell("Intro"), F, WHY, CHECK_F, NOTE])


def reread(*cells):
    return cell(sanitise(parse(submitted(*cells)), BY_HAND), "why").source


def test_a_hand_graded_answer_that_was_retyped_is_found_where_it_belongs():
    """A learner whose editor lost the cell's mark would get a zero and "No response."."""
    intro, mine = new_markdown_cell("Intro"), new_markdown_cell("Because it forgets.")
    assert reread(intro, F, mine, CHECK_F) == "Because it forgets."
    assert reread(intro, F, CHECK_F, mine | {"id": WHY.id}) == "Because it forgets."


@pytest.mark.parametrize("cells", [[F, CHECK_F], [F, new_markdown_cell("a"), new_markdown_cell("b"), CHECK_F]])
def test_a_hand_graded_answer_that_is_not_found_is_left_to_a_person(cells):
    """Nobody would look for it: what was given out counts as not answered."""
    assert "may be in another" in reread(*cells)


def test_an_answer_is_known_by_the_id_of_its_cell():
    """An editor that drops what it doesn't know would cost all points of a cell it kept."""
    bare = new_code_cell("def f(): return 1") | {"id": RELEASE.cells[1].id}
    assert sources(bare, CHECK_F, G, CHECK_G)[:2] == ["def f(): return 1", "check(f)"]


@pytest.mark.parametrize("language, read", [("R", False), ("python", True), ("ipython", True)])
def test_a_notebook_of_another_language_is_named(language, read):
    """An R notebook would run as Python, and its author read of syntax errors."""
    data = submitted(new_code_cell("x"), metadata={"kernelspec": {"name": "k", "language": language}})
    if read:
        assert notebook_of(data, RELEASE)
    else:
        with pytest.raises(SubmissionError, match="a notebook in R, not in Python"):
            notebook_of(data, RELEASE)
    assert notebook_of(submitted(F, metadata={"kernelspec": {"name": "ir", "language": "R"}}), RELEASE)


@pytest.fixture
def deep(tmp_path):
    """A folder with one file in it, 1,500 folders in one another, and a path too long to be asked about."""
    (tmp_path / "data.csv").write_text("1")
    make_deep(tmp_path)
    make_long(tmp_path)
    yield tmp_path
    remove(tmp_path / "d")


def test_folders_without_end_are_looked_into_to_a_depth(deep):
    """Python's own ways to walk through folders end in a traceback, and with it the class."""
    assert [*paths_beside(deep)] == ["data.csv"]
    assert files_beside(paths_beside(deep)) == {"data.csv": b"1"}


STUB = answer("def f():\n    raise NotImplementedError()", "f")


@pytest.mark.parametrize(
    ("above", "runs"),
    [
        ("def f(): return 1", False),
        ("f = lambda: 1", False),
        ("import numpy\n\n\ndef f():\n    return 1", False),
        ("print('f')", True),
        ("def g(): return 1", True),
        ("%matplotlib inline\ndef f(): return 1", False),
        ("f == 1", True),
        ("if True:\n    def f(): return 1", True),
    ],
)
def test_an_untouched_stub_does_not_undo_an_answer_above(above, runs):
    """Whoever wrote the answer into a cell of their own would be told it isn't written."""
    notebook = sanitise(parse(submitted(new_code_cell(above), STUB, CHECK_F)), RELEASE)
    stub = cell(notebook, "f")
    assert ("NotImplementedError" in stub.source) is runs
    assert ("not run" in stub.source) is not runs


def test_another_lessons_notebook_is_known_by_its_cells():
    """A learner who took the wrong file would get no points, and no hint."""
    release = new_notebook(cells=[answer("def rnn_step(): ...", "rnn_step")])
    name = next(each for each in solutions.lessons() if each.startswith("03"))
    first = solutions.exercises(name)[0].name
    other = [answer("y = 1", first), graded_cell(f"check({first})", f"check_{first}", 1)]
    with pytest.raises(SubmissionError, match=f"it is the notebook of {name} .its cells are check_{first}"):
        notebook_of(dump_notebook(new_notebook(cells=other)).encode(), release)
    with pytest.raises(SubmissionError, match="it is another assignment's notebook"):
        notebook_of(dump_notebook(new_notebook(cells=[answer("y = 1", "squares")])).encode(), release)
    written_in = [answer("def rnn_step(): return 1", first)]
    assert notebook_of(dump_notebook(new_notebook(cells=written_in)).encode(), release).cells
