"""The learner's command finds the lessons from wherever a learner stands."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner

from unrolled.desk.cli import QUIET, find_lesson, jupyterlab, main, notebooks_folder
from unrolled.exam.exercise import Case, Examination, Part
from unrolled.exam.key import dump_key


@pytest.fixture
def course(tmp_path) -> Path:
    """A folder with two lessons of one exercise each, worth 3 points."""
    for name in ("02_definition", "03_weight_sharing"):
        folder = tmp_path / "notebooks" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text("{}")
        exercise = Examination(
            name="step", lesson=name, kind="function", parts=(Part("h", 3.0),), hints=(), tolerance=1e-4,
            relative=False, cases=(Case((1.0,)),), expected=(np.ones(2),), known=(),
        )  # fmt: skip
        (folder / f"{name}.key.json").write_text(dump_key([exercise]))
    return tmp_path


@pytest.mark.parametrize("place", [".", "notebooks", "notebooks/02_definition"])
def test_lessons_are_found_from_the_course_and_from_inside_it(course, place):
    """A learner would have to know which folder is the right one."""
    assert notebooks_folder(course / place) == course / "notebooks"


def test_a_folder_without_lessons_says_where_to_go(tmp_path, monkeypatch):
    """JupyterLab would open on an empty folder and leave the learner wondering."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["lab"])
    assert result.exit_code == 1
    assert "the folder that holds `notebooks`" in result.output


def test_without_jupyterlab_the_command_says_how_to_get_it(course, monkeypatch):
    """Whoever installed the package alone would read that Python has no such module."""
    monkeypatch.setattr("unrolled.desk.cli.find_spec", lambda name: None)
    monkeypatch.chdir(course)
    result = CliRunner().invoke(main, ["lab"])
    assert result.exit_code == 1 and "pip install 'unrolled[lab]'" in result.output


def test_no_news_is_asked_about_over_the_first_lesson(course):
    """The first thing a learner meets would be a box that covers the lesson and asks about something else."""
    program = (
        "from jupyterlab_server.config import ConfigManager as C; import json;"
        "print(json.dumps(C(config_dir_name='labconfig').get('default_setting_overrides')))"
    )
    env = os.environ | {"JUPYTER_CONFIG_PATH": str(QUIET)}
    ran = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout)["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


@pytest.mark.parametrize("part", ["02", "definition", "02_definition"])
def test_part_of_a_name_finds_the_lesson(course, part):
    """A learner would have to type names nobody remembers."""
    assert find_lesson(course / "notebooks", part) == "02_definition"


@pytest.mark.parametrize("part", ["0", "translation"])
def test_an_ambiguous_or_unknown_name_lists_the_lessons(course, part):
    """The wrong lesson would open, or a traceback."""
    with pytest.raises(click.ClickException, match="02_definition, 03_weight_sharing"):
        find_lesson(course / "notebooks", part)


def test_jupyterlab_serves_the_notebooks_and_opens_the_lesson(course):
    """The learner would land on another page, or could save outside the notebooks."""
    command = jupyterlab(course / "notebooks", "03", ("--no-browser",))
    assert f"--ServerApp.root_dir={course / 'notebooks'}" in command
    assert "--LabApp.default_url=/lab/tree/03_weight_sharing/03_weight_sharing.ipynb" in command
    assert command[-1] == "--no-browser"


def test_jupyterlab_takes_the_commands_place():
    """Stopping the command would leave JupyterLab behind, and an idle process would wait for it all day."""
    become = "import os, sys; from unrolled.desk.cli import become; print(os.getpid(), flush=True); "
    become += "become([sys.executable, '-c', 'import os; print(os.getpid()); raise SystemExit(3)'])"
    ended = subprocess.run([sys.executable, "-c", become], capture_output=True, text=True)
    before, after = ended.stdout.split()
    assert ended.returncode == 3
    assert before == after or os.name != "posix"


def test_progress_adds_up_the_best_checks(course, monkeypatch):
    """A learner could not tell what is still to do."""
    (course / "progress.json").write_text(json.dumps({"02_definition": {"step": 1.5, "renamed_since": 9}}))
    monkeypatch.setenv("UNROLLED_PROGRESS", str(course / "progress.json"))
    monkeypatch.chdir(course)
    lines = CliRunner().invoke(main, ["progress"]).output.splitlines()
    assert [line.split() for line in lines] == [
        ["02_definition", "1.5", "of", "3", "points"],
        ["03_weight_sharing", "0", "of", "3", "points"],
    ]
