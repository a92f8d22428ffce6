"""The house rules: what is installed, what learners get, who may import whom, what is kept in git."""

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import unrolled

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LEARNERS = tomllib.loads((ROOT / "unrolled/pyproject.toml").read_text())


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, or would keep at the next `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return tuple(path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file())


def requirements(lines: Iterable[str]) -> set[str]:
    return {str(Requirement(line)) for line in lines}


def locked() -> dict[str, str]:
    """The versions that `make` installs, by name."""
    pins = re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


# What is installed


def test_conda_environment_asks_for_what_pyproject_asks_for():
    """Learners with conda would run other versions than those the course is tested with."""
    *conda, by_pip = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    listed = {*conda, *by_pip["pip"]} - {"pip", "-e ."}
    python = f"python{PROJECT['project']['requires-python']}"
    assert requirements(listed) == requirements([*PROJECT["project"]["dependencies"], python])


def test_every_conda_dependency_says_why():
    """Nobody could tell which dependency may go when the code that needed it goes."""
    lines = (ROOT / "environment.yml").read_text().partition("dependencies:")[2].splitlines()
    silent = [line for line in lines if "- " in line and "#" not in line]
    assert [line.strip() for line in silent] == ["- python>=3.11,<3.14", "- pip", "- pip:"]


def test_container_has_a_python_the_course_is_for_and_runs_what_make_knows():
    """Whoever opens the course in a container would be told that it can't be set up there."""
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())
    version = container["image"].removeprefix("python:")
    assert version in SpecifierSet(PROJECT["project"]["requires-python"])
    target = container["postCreateCommand"].removeprefix("make ")
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_lock_satisfies_pyproject():
    """`make` would install something else than pyproject.toml promises: run `make lock`."""
    versions = locked()
    groups = PROJECT["dependency-groups"]
    wanted = PROJECT["project"]["dependencies"] + groups["build"]
    wanted += [line for line in groups["test"] if isinstance(line, str)]
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


def test_lock_pins_hashes_and_names_no_server():
    """An installation could be handed other files than ours, or reach for a server others don't have."""
    lock = (ROOT / "requirements.lock").read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if not entry.startswith("#")]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links", lock)


def test_learners_may_have_what_the_course_is_graded_with():
    """The versions that answers are graded on would be among those that the learners' package refuses."""
    theirs, ours = LEARNERS["project"], PROJECT["project"]
    pinned = locked()
    for requirement in map(Requirement, theirs["dependencies"]):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement
    assert {Requirement(line).name for line in theirs["dependencies"]} <= {
        Requirement(line).name for line in ours["dependencies"]
    }
    assert theirs["license"] == ours["license"]
    assert LEARNERS["build-system"] == PROJECT["build-system"]


def test_version_stands_in_one_place():
    """Notebook, package and course would be of different versions in one release."""
    assert "version" not in LEARNERS["project"] and "version" not in PROJECT["project"]
    notebooks = [json.loads(path.read_text()) for path in ROOT.glob("notebooks/*/*.ipynb")]
    stated = {notebook["metadata"]["unrolled"]["version"] for notebook in notebooks}
    assert stated == {unrolled.__version__}


def test_citation_names_the_version_that_is_here():
    """A paper would cite a version that nobody can find."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == unrolled.__version__
    assert citation["license"] == PROJECT["project"]["license"]


# What learners get


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The learner's wheel, built by the build backend itself: no network, no second environment."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT / "unrolled", check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_holds_the_learners_package_and_nothing_else(wheel):
    """Learners would get answers or the grader, or miss a module or data file."""
    names = ZipFile(wheel).namelist()
    folder = ROOT / "unrolled"
    shipped = {name.removeprefix("unrolled/") for name in names if ".dist-info/" not in name}
    kept = {path.relative_to(folder).as_posix() for path in tracked() if path.is_relative_to(folder)}
    lessons = {path.relative_to(ROOT).as_posix() for path in tracked() if path.is_relative_to(ROOT / "notebooks")}
    assert shipped == (kept | lessons) - {"pyproject.toml", "LICENSE"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_wheel_imports_where_no_grader_and_no_solutions_are(wheel, tmp_path):
    """`pip install unrolled` would give learners a package that works only beside the answers."""
    ZipFile(wheel).extractall(tmp_path)
    script = f"""
import sys
sys.path[:0] = [{str(tmp_path)!r}]
sys.path.append({str(Path(pytest.__file__).parent.parent)!r})
import importlib, pkgutil, unrolled
assert unrolled.__path__[0].startswith({str(tmp_path)!r}), unrolled.__path__
for module in pkgutil.walk_packages(unrolled.__path__, "unrolled."):
    importlib.import_module(module.name)
assert not {{"grader", "solutions", "nbgrader"}} & set(sys.modules)
"""
    command = [sys.executable, "-I", "-S", "-c", script]  # -S: no .pth file leads back to this checkout
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


# Who may import whom


def modules(path: Path) -> Iterator[str]:
    """The dotted names of the modules that the file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


def imported(path: Path) -> Iterator[str]:
    """The dotted names the file imports: modules, and what it takes from them; also what it gives lazily."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and re.fullmatch(r"unrolled(\.\w+)+", str(node.value)):
            yield node.value


def packages(folder: str) -> set[str]:
    """The packages that the files of the folder import, without Python's own."""
    paths = (ROOT / folder).rglob("*.py")
    return {name.partition(".")[0] for path in paths for name in modules(path)} - set(sys.stdlib_module_names)


def importers(folder: str, package: str) -> list[str]:
    """The files of the folder that import the package."""
    prefix = f"{package}."
    paths = sorted((ROOT / folder).rglob("*.py"))
    found = [path for path in paths if any(f"{name}.".startswith(prefix) for name in modules(path))]
    return [path.relative_to(ROOT).as_posix() for path in found]


def test_unrolled_imports_neither_solutions_nor_grader():
    """The learner's package would not run without the answers beside it."""
    assert importers("unrolled", "solutions") == importers("unrolled", "grader") == []


def test_solutions_do_not_import_grader():
    """The course could not be moved to another grader, nor the grader be tested without the course."""
    assert importers("solutions", "grader") == []


def test_only_the_nbgrader_package_imports_nbgrader():
    """A new nbgrader would break code all over the grader instead of in the one folder named after it."""
    found = [path for folder in ("unrolled", "solutions", "grader") for path in importers(folder, "nbgrader")]
    assert found
    assert [path for path in found if not path.startswith("grader/nbgrader/")] == []


def test_only_the_serving_package_serves():
    """Grading would come to depend on a web server, or a second one be written."""
    found = [path for path in importers("grader", "tornado") if path != "grader/confined/kernel.py"]
    assert found and [path for path in found if not path.startswith("grader/serving/")] == []
    assert {path for path in importers("grader", "grader.serving") if "/serving/" not in path} == {"grader/cli.py"}


LESSONS_WITH_DESK = ("start_here", "capstone")  # their notebooks show the course map, and the learner's own toolbox
LESSONS = [path.stem[3:] for path in sorted((ROOT / "lessons").glob("[0-9][0-9]_*.md"))]
MAY_IMPORT = {"exam": ["exam"], "kit": ["exam", "kit"], "desk": ["desk", "exam", "kit"]} | {
    lesson: ["exam", "kit", *LESSONS[: place + 1]] for place, lesson in enumerate(LESSONS)
}


def test_every_room_of_unrolled_has_its_rule():
    """A new folder would be built without anybody having said what it may lean on."""
    rooms = {path.parent.name for path in (ROOT / "unrolled").glob("*/__init__.py")}
    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_of_unrolled_import_only_what_they_may(room):
    """The engine would come to know a lesson, or a lesson a later one: nothing could be moved or read by itself."""
    ours = {name for path in (ROOT / "unrolled" / room).rglob("*.py") for name in imported(path) if "." in name}
    ours = {name.split(".")[1] for name in ours if name.startswith("unrolled.")}
    assert ours - set(MAY_IMPORT[room]) == ({"desk"} & ours if room in LESSONS_WITH_DESK else set())


def test_lessons_have_the_same_names_everywhere():
    """Who knows where lesson 06's picture is would not know where its mistakes and its text are."""
    for folder in ("solutions", "unrolled"):
        packages = {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")}
        assert set(LESSONS) <= packages, folder
    assert {path.name[3:] for path in (ROOT / "notebooks").glob("[0-9]*")} == set(LESSONS)


def test_confined_code_imports_nothing_of_the_trusted_side():
    """The process that runs submissions would hold what submissions must not see."""
    assert importers("grader/confined", "solutions") == []
    paths = (ROOT / "grader/confined").rglob("*.py")
    ours = {name for path in paths for name in modules(path) if name.startswith("grader")}
    assert {name for name in ours if not name.startswith("grader.confined")} == set()


def test_unrolled_imports_only_what_its_wheel_requires():
    """A learner's import would fail on a package that only instructors have."""
    declared = {Requirement(line).name for line in LEARNERS["project"]["dependencies"]}
    brought_along = {"IPython", "jupyter_core", "cycler", "nbclient", "nbformat"}  # by ipywidgets, Matplotlib, its lab
    assert packages("unrolled") <= declared | brought_along | {"unrolled"}


def taken_by_lesson(notebook: Path) -> Iterator[tuple[str, str]]:
    """Module and name of what a notebook imports of ours, in code or in the text that proposes some."""
    text = "\n".join("".join(cell["source"]) for cell in json.loads(notebook.read_text())["cells"])
    for module, several, one in re.findall(r"from (unrolled[\w.]*) import (?:\(([^)]*)\)|([\w, ]+))", text):
        yield from ((module, name.split(" as ")[0].strip()) for name in (several or one).split(",") if name.strip())


def test_lessons_import_all_that_is_offered_them_and_nothing_else():
    """Notebooks would come to rely on inner parts, or packages go on offering what no lesson shows."""
    paths = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
    used = {pair for path in paths for pair in taken_by_lesson(path)}
    offered = ["unrolled", *(f"unrolled.{path.stem.partition('_')[2]}" for path in paths)]
    assert used == {(module, name) for module in offered for name in importlib.import_module(module).__all__}


# What is kept in git


def test_notebooks_are_kept_without_outputs():
    """A rebuilt notebook would differ on each machine, and a diff would show pictures, not changes."""
    for path in tracked():
        if path.suffix == ".ipynb" and path.is_relative_to(ROOT / "notebooks"):
            for cell in json.loads(path.read_text())["cells"]:
                assert not cell.get("outputs") and cell.get("execution_count") is None, path


def test_no_file_names_the_machine_it_was_written_on():
    """A clone would carry paths and servers that exist for one author only."""
    own = [str(ROOT), sys.base_prefix] if sys.base_prefix != "/usr" else [str(ROOT)]
    traces = re.compile("|".join([*map(re.escape, own), r"index-url[ =]+\S*://", r"find-links[ =]+\S*/"]))
    texts = {path: path.read_bytes().decode(errors="ignore") for path in tracked()}
    assert {path.name: found[0] for path, text in texts.items() if (found := traces.search(text))} == {}


@pytest.mark.parametrize("tool", [["check", "--output-format=concise"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_finds_nothing(tool):
    """Reviews would argue about what a tool settles: `make format`."""
    command = [sys.executable, "-m", "ruff", *tool, "."]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout
