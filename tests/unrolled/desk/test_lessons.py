"""Lessons and keys are found wherever a notebook is opened, and a learner's work is never written over."""

import json

import pytest

import unrolled
from unrolled.desk import check as checking
from unrolled.desk import lessons
from unrolled.exam.key import SUFFIX


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """An empty folder, and no editor that says which notebook is open."""
    folder = tmp_path / "somewhere" / "alone"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    lessons._of_notebook.cache_clear()
    return folder


def test_a_lone_notebook_finds_its_key_in_the_package(alone):
    """A notebook opened by itself, in Colab say, could check nothing."""
    assert checking._find("rnn_step").lesson == "02_definition"


def test_the_key_beside_a_notebook_wins_over_the_packages(alone):
    """An instructor's own edition of a lesson would be checked against ours."""
    own = alone / f"02_definition{SUFFIX}"
    own.write_text((lessons.packaged() / "02_definition" / own.name).read_text().replace("rnn_step", "our_step"))
    assert lessons.answer_keys()[0] == own
    assert checking._find("our_step").lesson == "02_definition"
    assert [path.name for path in lessons.answer_keys()].count(own.name) == 1


def test_the_notebooks_own_folder_counts_where_the_kernel_is_elsewhere(alone, monkeypatch):
    """VS Code starts kernels in the workspace's root: the key beside the notebook would not be seen."""
    folder = alone / "deep" / "02_definition"
    folder.mkdir(parents=True)
    notebook, key = folder / "mine.ipynb", folder / f"02_definition{SUFFIX}"
    notebook.write_text("{}")
    key.write_text("[\n]\n")
    monkeypatch.setattr(lessons, "_user_variable", lambda name: str(notebook))
    assert key in lessons.answer_keys()


def test_start_writes_all_lessons(alone):
    """After `pip install unrolled` there would be nothing to open."""
    became = dict(lessons.start(alone / "course"))
    assert set(became.values()) == {"new"}
    assert [path.stem for path in became][:2] == ["00_start_here", "01_motivation"]
    assert all(path.is_file() and path.with_name(f"{path.stem}{SUFFIX}").is_file() for path in became)


def test_start_never_writes_over_a_learners_work(alone):
    """An evening's answers would be gone with a command that promises lessons."""
    mine = next(path for path, _ in lessons.start(alone) if path.stem == "02_definition")
    mine.write_text("my own work")
    assert dict(lessons.start(alone))[mine] == "kept: you worked in it"
    assert mine.read_text() == "my own work"
    for number in (1, 2):
        assert dict(lessons.start(alone, force=True))[mine].startswith("new")
        assert mine.with_name(f"02_definition (kept {number}).ipynb").read_text() == "my own work"
        mine.write_text("my own work")


def test_reset_brings_one_stub_back_and_keeps_the_work(alone):
    """Whoever wants to begin an exercise again would lose all others, or the old try."""
    notebook = next(path for path, _ in lessons.start(alone) if path.stem == "02_definition")
    handed_out = notebook.read_text()
    mine = handed_out.replace("raise NotImplementedError()", "return 1")
    notebook.write_text(mine)
    kept = lessons.reset(notebook, "rnn_step")
    assert kept.read_text() == mine
    assert notebook.read_text().count("raise NotImplementedError()") == 1
    assert lessons.reset(notebook) != kept
    assert notebook.read_text() == handed_out


def test_reset_brings_back_what_was_deleted(alone):
    """Whoever deleted the cell would be told it is back, and find an example above it overwritten instead."""
    notebook = next(path for path, _ in lessons.start(alone) if path.stem == "00_start_here")
    handed_out = json.loads(notebook.read_text())
    cells = [cell for cell in handed_out["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") != "double"]
    notebook.write_text(json.dumps(handed_out | {"cells": cells}))
    lessons.reset(notebook, "double")
    assert json.loads(notebook.read_text()) == handed_out


def test_resetting_what_is_not_there_changes_nothing(alone):
    """A typing error would cost a lesson's work."""
    notebook = next(path for path, _ in lessons.start(alone) if path.stem == "02_definition")
    before = sorted(alone.rglob("*"))
    with pytest.raises(LookupError, match="there are rnn_step, "):
        lessons.reset(notebook, "rnn_stp")
    assert sorted(alone.rglob("*")) == before


@pytest.mark.parametrize("stated", [unrolled.__version__, None, 3, "not JSON"])
def test_same_or_unstated_versions_are_passed_over(alone, monkeypatch, stated):
    """Learners would be told to install something for no reason."""
    open_notebook(alone, monkeypatch, stated)
    assert lessons.other_version() == ""


def test_a_notebook_of_another_version_says_what_to_install(alone, monkeypatch):
    """Verdicts would be strange, and nobody would know why."""
    open_notebook(alone, monkeypatch, "0.3.0")
    said = lessons.other_version()
    assert "of version 0.3.0" in said and unrolled.__version__ in said and "pip install unrolled==0.3.0" in said


def open_notebook(folder, monkeypatch, stated):
    text = (
        "{" if stated == "not JSON" else json.dumps({"metadata": {"unrolled": {"version": stated}} if stated else {}})
    )
    (folder / "02_definition.ipynb").write_text(text)
    monkeypatch.setenv("JPY_SESSION_NAME", "somewhere/02_definition.ipynb")
