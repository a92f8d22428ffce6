"""An author gets stubs that build, and is told in words what is still missing in them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COPIED = ("grader", "solutions", "unrolled", "lessons", "pyproject.toml")
RUN = "import sys; sys.path.insert(0, '.'); from grader.cli import main; main()"
FILLED_IN = {
    "reference.py": ("    raise NotImplementedError\n", "    return x / 2\n"),
    "variants.py": ("    raise NotImplementedError\n", "    return 0.5 * x\n"),
}
MISTAKES = '''"""Wrong answers to `halve`."""


def first_mistake(x):
    """You double."""
    return 2 * x


def second_mistake(x):
    """You square."""
    return x**2


def third_mistake(x):
    """You return `x` as it came."""
    return x
'''


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The course, copied, with a new lesson and an exercise in it."""
    tree = tmp_path_factory.mktemp("course")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tree / name)
    assert grader(tree, "new", "lesson", "98_halving")[0] == 0
    assert grader(tree, "new", "exercise", "halve", "--lesson", "98_halving")[0] == 0
    return tree


def grader(tree, *arguments):
    command = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, env={"COLUMNS": "200"})
    return done.returncode, done.stdout + done.stderr


def fill_in(tree):
    folder = tree / "solutions/halving"
    for name, change in FILLED_IN.items():
        (folder / name).write_text((folder / name).read_text().replace(*change))
    (folder / "misconceptions/halve.py").write_text(MISTAKES)
    for path in [*folder.rglob("*.py"), tree / "lessons/98_halving.md"]:
        path.write_text(path.read_text().replace("TODO", "Written"))


def test_what_is_missing_is_said_line_by_line_until_nothing_is(tree):
    """An author would be left alone with a traceback, or with stubs that pass for a lesson."""
    assert grader(tree, "build", "98_halving")[0] == 0
    code, said = grader(tree, "verify", "98_halving")
    assert code == 1
    for words in (
        "halve: the reference isn't written yet",
        "halve: right variant halve_otherwise isn't written yet",
        "halve: misconception third-mistake isn't written yet",
        "lessons/98_halving.md, line 14: TODO: the question it answers?",
        "solutions/halving/exercises_halve.py, line 21: TODO: nearly the answer",
        "solutions/halving/misconceptions/halve.py, line 10: TODO",
        "0 known mistakes rejected and named, 0 right answers accepted",
    ):
        assert words in said
    fill_in(tree)
    assert grader(tree, "build", "98_halving")[0] == 0
    code, said = grader(tree, "verify", "98_halving")
    assert code == 0, said
    assert "3 known mistakes rejected and named, 3 right answers accepted; all is well." in said


def test_a_second_exercise_stands_last_in_its_lesson(tree):
    """Stubs would fit an empty lesson only."""
    assert grader(tree, "new", "exercise", "quarter", "--lesson", "02_definition")[0] == 0
    script = "import solutions; print(*(e.name for e in solutions.exercises('02_definition')))"
    done = subprocess.run([sys.executable, "-c", script], cwd=tree, capture_output=True, text=True)
    assert done.stdout.split()[-2:] == ["parity_weights", "quarter"]


def test_stubs_are_as_the_linter_wants_them(tree):
    """An author's first run of the tests would fail on what a command wrote."""
    for tool in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *tool, "--quiet", "solutions", "unrolled"]
        assert subprocess.run(command, cwd=tree).returncode == 0


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (("lesson", "attention"), "two digits and a Python name"),
        (("lesson", "02_attention"), "its number or name is taken"),
        (("lesson", "97_definition"), "its number or name is taken"),
        (("exercise", "rnn_step", "--lesson", "02_definition"), "there is 'rnn_step' already"),
        (("exercise", "Step", "--lesson", "02_definition"), "in small letters"),
        (("exercise", "step", "--lesson", "96_none"), "there is no lesson '96_none'"),
    ],
)
def test_a_name_that_cannot_be_is_refused(tree, arguments, complaint):
    """Work would be overwritten, or stubs written that nothing finds."""
    code, said = grader(tree, "new", *arguments)
    assert code == 1
    assert complaint in said
