"""The learners' wheel in Pythons of all kinds: oldest and newest packages, one notebook by itself, no course around it.

Installs from the package index, so it is run by `make environments`, not by `make test`.
"""

import io
import json
import os
import subprocess
import sys
import tomllib
from functools import cache, cached_property
from pathlib import Path
from shutil import which

import nbformat
import pytest
from rich.console import Console

import solutions
from grader.authoring.build import dump_notebook, solved_notebook
from grader.marking.run import Options, grade
from grader.nbgrader.generate import generate
from grader.sandbox.sandbox import missing_walls

pytestmark = [pytest.mark.environments, pytest.mark.timeout(900)]
ROOT = Path(__file__).resolve().parents[2]
LESSONS = ("00_start_here", "01_motivation", "02_definition", "03_weight_sharing")
VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
WIDGET = "application/vnd.jupyter.widget-view+json"
BARE = """
import builtins, socket, subprocess, threading, os
def refuse(*args, **settings): raise OSError("not here")
def no_thread(*args): raise RuntimeError("can't start new thread")
class NoSocket(socket.socket):
    __init__ = refuse
socket.socket, subprocess.Popen, os.fork = NoSocket, refuse, refuse
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
VERSIONS_HERE = """
import platform
from importlib.metadata import version
print(platform.python_version(), *(version(name) for name in ("numpy", "matplotlib", "ipywidgets")))
"""
SECONDS = "import time; start = time.perf_counter(); import unrolled; print(time.perf_counter() - start)"


def interpreter(version: str) -> str | None:
    """A Python of this version, on the path or of pyenv, if there is one."""
    candidates = [which(f"python{version}"), *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    tried = (path for path in candidates if path)
    return next((p for p in tried if not subprocess.run([p, "--version"], capture_output=True).returncode), None)


@cache
def pythons() -> list[str]:
    """All Pythons of these versions, the oldest first."""
    return [path for version in VERSIONS if (path := interpreter(version))] or [sys.executable]


ENVIRONMENTS = {"lowest-direct": 0, "highest": -1}  # with which of them


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT / "unrolled", check=True, capture_output=True)
    return next(folder.glob("*.whl"))


class Environment:
    """An empty environment with the wheel, at one end of its ranges, and what runs notebooks."""

    def __init__(self, resolution: str, wheel: Path, folder: Path):
        self.resolution, self.folder, self.notebooks = resolution, folder, {}
        uv = Path(sys.executable).with_name("uv")
        python = pythons()[ENVIRONMENTS[resolution]]
        subprocess.run([uv, "venv", "--quiet", "--python", python, folder / "venv"], check=True)
        self.python = folder / "venv" / "bin" / "python"
        install = [uv, "pip", "install", "--quiet", "--system-certs", "--python", self.python]
        direct = tomllib.loads((ROOT / "unrolled/pyproject.toml").read_text())["project"]["dependencies"]
        subprocess.run([*install, "--resolution", resolution, wheel, *direct], check=True)
        subprocess.run([*install, "ipykernel", "nbclient"], check=True)

    @cached_property
    def name(self) -> str:
        """What is in it: the versions of Python, NumPy, Matplotlib and ipywidgets."""
        return "Python {}, NumPy {}, Matplotlib {}, ipywidgets {}".format(*self.run("-c", VERSIONS_HERE).stdout.split())

    def run(self, *command: str, folder: Path | None = None) -> subprocess.CompletedProcess:
        """A command of the environment, in a folder, knowing nothing of this checkout."""
        folder = folder or self.folder
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
        own |= {"HOME": str(folder), "UNROLLED_PROGRESS": str(folder / "progress.json"), "MPLBACKEND": ""}
        return subprocess.run([self.python, *command], cwd=folder, env=own, capture_output=True, text=True)

    def solved(self, lesson: str) -> nbformat.NotebookNode:
        """The lesson, solved, by itself in an empty folder, as it is after *Run All*."""
        if lesson not in self.notebooks:
            notebook = self.folder / lesson / f"{lesson}.ipynb"
            notebook.parent.mkdir()
            notebook.write_text(dump_notebook(solved_notebook(lesson, solutions.exercises(lesson))), encoding="utf-8")
            execute = [str(self.python.with_name("jupyter-execute")), "--inplace", "--timeout=300", notebook.name]
            ran = self.run(*execute, folder=notebook.parent)
            assert ran.returncode == 0, ran.stderr
            self.notebooks[lesson] = nbformat.read(notebook, 4)
        return self.notebooks[lesson]


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def environment(request, wheel, tmp_path_factory) -> Environment:
    return Environment(request.param, wheel, tmp_path_factory.mktemp("environment"))


def outputs(notebook: nbformat.NotebookNode, kind: str) -> list:
    """What cells of a notebook show, of one kind."""
    return [o for cell in notebook.cells for o in cell.get("outputs", ()) if kind in o.get("data", ())]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lone_solved_notebook_runs_and_every_check_passes(environment, lesson):
    """A notebook opened in Colab, or with the department's Python, would not run or not be checked."""
    cells = environment.solved(lesson).cells
    names = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in cells]
    checked = [cell for name, cell in zip(names, cells) if name.startswith("check_")]
    assert checked
    for cell in checked:
        assert "✓" in cell.outputs[0]["data"]["text/plain"], json.dumps(cell.outputs)[:2000]


def test_widgets_pictures_and_grades_are_there(environment, wheel, tmp_path, record_property):
    """Somewhere a widget would be missing, or the same notebook would earn less for where it was run."""
    points = {} if missing_walls() else graded(environment, tmp_path / "course")
    lines = [environment.name]
    for lesson in LESSONS:
        widgets = len(outputs(environment.solved(lesson), WIDGET))
        stills = sum("unrolled-still" in o.data["text/html"] for o in outputs(environment.solved(lesson), "text/html"))
        assert widgets and stills, f"{lesson} shows no widget, or no picture in its place"
        lines.append(f"  {lesson:<18} check ✓  widget ✓ ({widgets})  grade {points.get(lesson, 'not here')}")
    took = min(float(environment.run("-c", SECONDS).stdout) for _ in range(3))
    lines.append(f"  The wheel: {wheel.stat().st_size / 1e6:.2f} MB; import unrolled: {took:.2f} s")
    record_property("note", "\n".join(lines))
    assert set(points.values()) <= {"✓"}


def graded(environment, course: Path) -> dict:
    """Whether the environment's notebooks earn all points."""
    for lesson in LESSONS:
        source, goal = (course / name / lesson / f"{lesson}.ipynb" for name in ("source", "submitted/ada"))
        source.parent.mkdir(parents=True)
        source.write_text(dump_notebook(solved_notebook(lesson, solutions.exercises(lesson))), encoding="utf-8")
        generate(course, lesson)
        goal.parent.mkdir(parents=True)
        nbformat.write(environment.solved(lesson), goal)
    grade(course, LESSONS, options=Options(jobs=2), console=Console(file=io.StringIO()))
    results = json.loads((course / "grades.json").read_text(encoding="utf-8"))["lessons"]
    found = {lesson: learners["ada"] for lesson, learners in results.items()}
    return {name: "✓" if each["score"] == each["max_score"] else f"{each['score']:g}" for name, each in found.items()}


def test_a_check_needs_no_process_thread_or_file(environment, tmp_path):
    """A browser's Python, which has none of these, could not check anything."""
    ran = environment.run("-c", BARE, folder=tmp_path)
    assert ran.returncode == 0, ran.stderr


def test_every_module_is_for_this_python(environment, tmp_path):
    """A command would end in a traceback on a Python that the package says it is for."""
    ran = environment.run("-c", IMPORT_ALL, folder=tmp_path)
    assert ran.returncode == 0, ran.stderr


def test_the_lessons_come_with_the_wheel(environment, tmp_path):
    """After `pip install unrolled` there would be nothing to open."""
    ran = environment.run(str(environment.python.with_name("unrolled")), "start", "course", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert len(list((tmp_path / "course").glob("*/*.ipynb"))) == 8
