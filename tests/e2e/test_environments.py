"""The learners' wheel in Pythons of all kinds: oldest and newest packages, one notebook by itself, no course around it.

Installs from the package index, so it is run by `make environments`, not by `make test`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import nbformat
import pytest

import solutions
from grader.authoring.build import dump_notebook, solved_notebook

pytestmark = [pytest.mark.environments, pytest.mark.timeout(900)]
ROOT = Path(__file__).resolve().parents[2]
LESSONS = ("00_start_here", "01_motivation", "02_definition", "03_weight_sharing")
VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


def interpreter(version: str) -> str | None:
    """A Python of this version, on the path or of pyenv, if there is one."""
    candidates = [which(f"python{version}"), *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    tried = (path for path in candidates if path)
    return next((p for p in tried if not subprocess.run([p, "--version"], capture_output=True).returncode), None)


PYTHONS = [path for version in VERSIONS if (path := interpreter(version))] or [sys.executable]
ENVIRONMENTS = [(PYTHONS[0], "lowest-direct"), (PYTHONS[-1], "highest")]
BARE = """
import builtins, socket, subprocess, threading, os
def refuse(*args, **settings): raise OSError("not here")
def no_thread(*args): raise RuntimeError("can't start new thread")
socket.socket = subprocess.Popen = os.fork = refuse
threading.Thread.start = no_thread
opened = builtins.open
def only_reading(file, mode="r", *rest, **settings):
    if set(mode) & set("wax+"): raise OSError("not here")
    return opened(file, mode, *rest, **settings)
builtins.open = only_reading
import numpy as np
from unrolled import check
def rnn_step(x, h, u_x, u_h, u_0): return np.tanh(u_x @ x + u_h @ h + u_0)
assert check(rnn_step).verdict.passed
def rnn_step(x, h, u_x, u_h, u_0): return np.tanh(u_x @ x + u_h @ h)
assert check(rnn_step).verdict.misconceptions == ("bias-missing",)
"""


IMPORT_ALL = """
import importlib, pkgutil, unrolled
for module in pkgutil.walk_packages(unrolled.__path__, "unrolled."):
    importlib.import_module(module.name)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT / "unrolled", check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module", params=ENVIRONMENTS, ids=lambda each: each[1])
def python(request, wheel, tmp_path_factory) -> Path:
    """An empty environment with the wheel, at one end of its ranges, and what runs notebooks."""
    interpreter, resolution = request.param
    folder = tmp_path_factory.mktemp("environment") / "venv"
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, "venv", "--quiet", "--python", interpreter, folder], check=True)
    install = [uv, "pip", "install", "--quiet", "--system-certs", "--python", folder / "bin/python"]
    subprocess.run([*install, "--resolution", resolution, wheel], check=True)
    subprocess.run([*install, "ipykernel", "nbclient"], check=True)
    return folder / "bin/python"


def run(python: Path, folder: Path, *command: str) -> subprocess.CompletedProcess:
    """A command of the environment, in a folder, knowing nothing of this checkout."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
    own |= {"HOME": str(folder), "UNROLLED_PROGRESS": str(folder / "progress.json"), "MPLBACKEND": ""}
    return subprocess.run([python, *command], cwd=folder, env=own, capture_output=True, text=True)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lone_solved_notebook_runs_and_every_check_passes(python, lesson, tmp_path):
    """A notebook opened in Colab, or with the department's Python, would not run or not be checked."""
    notebook = tmp_path / f"{lesson}.ipynb"
    notebook.write_text(dump_notebook(solved_notebook(lesson, solutions.exercises(lesson))))
    ran = run(python, tmp_path, str(python.with_name("jupyter-execute")), "--inplace", "--timeout=300", notebook.name)
    assert ran.returncode == 0, ran.stderr
    cells = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in nbformat.read(notebook, 4).cells
        if "nbgrader" in cell.metadata
    }
    checked = [cell for name, cell in cells.items() if name.startswith("check_")]
    assert checked
    for cell in checked:
        assert "✓" in cell.outputs[0]["data"]["text/plain"], json.dumps(cell.outputs)[:2000]


def test_a_check_needs_no_process_thread_or_file(python, tmp_path):
    """A browser's Python, which has none of these, could not check anything."""
    ran = run(python, tmp_path, "-c", BARE)
    assert ran.returncode == 0, ran.stderr


def test_every_module_is_for_this_python(python, tmp_path):
    """A command would end in a traceback on a Python that the package says it is for."""
    ran = run(python, tmp_path, "-W", "error", "-c", IMPORT_ALL)
    assert ran.returncode == 0, ran.stderr


def test_the_lessons_come_with_the_wheel(python, tmp_path):
    """After `pip install unrolled` there would be nothing to open."""
    ran = run(python, tmp_path, str(python.with_name("unrolled")), "start", "course")
    assert ran.returncode == 0, ran.stderr
    assert len(list((tmp_path / "course").glob("*/*.ipynb"))) == 8
