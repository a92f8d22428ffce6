"""A learner's own function goes from one lesson's notebook to another's; nothing else does."""

import json

import numpy as np
import pytest

from unrolled import bring, ready
from unrolled.desk.bring import StandIn
from unrolled.exam.exercise import Case, Exercise, Part
from unrolled.exam.key import PUBLIC_SEED, dump_key

IMPORTS = "import numpy as np\nfrom math import tau"


def twice(x):
    """Two times x."""
    return 2 * x


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A folder of lessons, the learner sitting in the second one."""
    (tmp_path / "02_second").mkdir()
    monkeypatch.chdir(tmp_path / "02_second")
    return tmp_path


def write(lessons, *cells, lesson="01_first", name=None):
    """A notebook on disk: cells are sources, or (exercise, source)."""
    folder = lessons / lesson
    folder.mkdir(exist_ok=True)
    written = []
    for cell in cells:
        exercise, source = cell if isinstance(cell, tuple) else ("", cell)
        metadata = {"nbgrader": {"grade_id": exercise, "solution": True}} if exercise else {}
        lines = source.splitlines(True)
        written.append({"cell_type": "code", "metadata": metadata, "source": lines, "outputs": []})
    path = folder / f"{name or lesson}.ipynb"
    path.write_text(json.dumps({"cells": written, "nbformat": 4, "nbformat_minor": 5}))
    return path


def write_key(lessons, lesson="01_first"):
    exercise = Exercise(twice, lambda rng: [Case((3.0,))], (Part("twice", 1),), lesson=lesson)
    (lessons / lesson).mkdir(exist_ok=True)
    (lessons / lesson / f"{lesson}.key.json").write_text(dump_key([exercise.examine(PUBLIC_SEED)]))


def test_function_comes_with_the_functions_and_imports_it_uses(lessons):
    """A function that calls another exercise's function, a helper or an import would break in the next lesson."""
    helper = "FACTOR = 3\ndef scaled(x):\n    return FACTOR * x"
    write(lessons, IMPORTS, ("one", "def one(x):\n    return scaled(x) + tau"), helper,
          ("two", "def two(x):\n    return np.sum(one(x))"))  # fmt: skip
    assert bring("two")(np.ones(2)) == pytest.approx(6 + 4 * np.pi)


def test_nothing_else_of_the_notebook_runs(lessons, capsys):
    """Bringing one function would train networks, print, or raise from cells that have nothing to do with it."""
    used = "x = print('used')\nraise SystemExit"
    write(lessons, "print('ran')", used, "%matplotlib inline", ("f", "def f():\n    return x"), "1 / 0")
    with pytest.raises(NameError):
        bring("f")()
    assert capsys.readouterr().out == ""


def test_cell_of_the_exercise_wins_over_later_tries(lessons):
    """A discarded try in a scratch cell would be brought instead of what the check cell judged."""
    write(lessons, ("f", "def f():\n    return 'mine'"), "def f():\n    return 'scratch'")
    assert bring("f")() == "mine"


def test_notebook_named_as_its_lesson_wins_over_copies(lessons):
    """An old copy of the notebook would be brought."""
    write(lessons, ("f", "def f():\n    return 'copy'"), name="01_first-Copy1")
    write(lessons, ("f", "def f():\n    return 'mine'"))
    write(lessons, ("f", "def f():\n    return 'checkpoint'"), lesson=".ipynb_checkpoints")
    assert bring("f")() == "mine"


def test_missing_function_is_kind_about_it(lessons):
    """A learner who took the lessons in another order would see a traceback of ours."""
    write_key(lessons)
    function = bring("twice")
    with pytest.raises(NotImplementedError, match="`twice` is written in the lesson 01_first, and no notebook"):
        function(3.0)


def test_unknown_name_is_kind_about_it(lessons):
    """A lesson opened alone, without its neighbours, would stop at its first cells."""
    assert "is written in an earlier lesson" in str(bring("nowhere"))


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"cells": 3}',
        '{"cells": [3]}',
        '{"cells": [{"cell_type": "code", "source": 3}]}',
        "[" * 5000,
        "\0",
        '{"cells": [{"cell_type": "code", "source": "", "metadata": {"nbgrader": 3}}]}',
    ],
)
def test_broken_notebook_is_passed_over(lessons, text):
    """One damaged file beside the lesson would keep the learner from working."""
    write(lessons, ("f", "def f():\n    return 'mine'"))
    (lessons / "01_first" / "broken.ipynb").write_text(text)
    (lessons / "00_zero").mkdir()
    (lessons / "00_zero" / "00_zero.ipynb").write_text(text)
    (lessons / "00_zero" / "00_zero.key.json").write_text(text)
    assert bring("f")() == "mine"
    assert isinstance(bring("g"), StandIn)


@pytest.mark.parametrize("source", ["def f(:", "g = 3", "def f(x=undefined):\n    pass", "@1\ndef f(): pass"])
def test_cell_that_does_not_run_gives_a_stand_in(lessons, source):
    """A half-written cell in lesson 01 would stop lesson 02 from running top to bottom."""
    write(lessons, ("f", source))
    function = bring("f")
    assert isinstance(function, StandIn) and "the cell there can't be run" in str(function)
    assert function.lesson == "01_first"


def test_links_are_not_followed(lessons, tmp_path_factory):
    """A link in the course folder would make the lesson run code from anywhere."""
    elsewhere = write(tmp_path_factory.mktemp("elsewhere"), ("f", "def f():\n    return 'not mine'"))
    (lessons / "03_linked").symlink_to(elsewhere.parent)
    (lessons / "01_first").mkdir()
    (lessons / "01_first" / "01_first.ipynb").symlink_to(elsewhere)
    assert isinstance(bring("f"), StandIn)


def test_notebook_of_the_lesson_itself_is_not_read(lessons):
    """A function would be brought from the saved file instead of taken from the cell above."""
    write(lessons, ("f", "def f():\n    return 'mine'"), lesson="02_second")
    assert isinstance(bring("f"), StandIn)


def test_crash_of_a_brought_function_shows_its_line(lessons):
    """The learner would see that a function of another lesson failed, but not where."""
    from unrolled.exam.calling import call

    write(lessons, ("f", "def f(x):\n    y = x + 1\n    return y[5]"))
    assert call(bring("f"), (3,)).fault.lines == ("line 3, in f: return y[5]",)


def test_ready_sends_the_learner_to_the_lesson_of_a_missing_function(lessons, capsys):
    """The learner would look for a check cell that is in another notebook."""
    write_key(lessons)
    twice = bring("twice")
    assert not ready(twice)
    assert "`twice` is written in the lesson 01_first" in capsys.readouterr().out


def test_ready_accepts_a_right_function_brought_from_another_lesson(lessons, capsys):
    """Experiments that build on earlier lessons would never run."""
    write_key(lessons)
    write(lessons, ("twice", "def twice(x):\n    return x + x"))
    twice = bring("twice")
    assert ready(twice)
    write(lessons, ("twice", "def twice(x):\n    return x"))
    twice = bring("twice")
    assert not ready(twice)
    assert "`twice` of lesson 01_first: not right yet" in capsys.readouterr().out


def test_notebooks_are_read_whatever_wrote_them(lessons):
    """What grading can read, a learner could not bring: a byte order mark, an older format."""
    path = write(lessons, ("one", "def one():\n    return 1"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    cell = {"cell_type": "code", "input": "def two():\n    return 2", "language": "python",
            "metadata": {"nbgrader": {"grade_id": "two", "solution": True}}}  # fmt: skip
    older = {"nbformat": 3, "worksheets": [{"cells": [cell]}]}
    (lessons / "01_first" / "older.ipynb").write_text(json.dumps(older))
    assert (bring("one")(), bring("two")()) == (1, 2)


def test_lessons_may_lie_in_one_folder(lessons, monkeypatch):
    """Whoever downloads notebooks one by one has them side by side."""
    write(lessons, ("one", "def one():\n    return 1"), lesson="downloads", name="01_first")
    monkeypatch.chdir(lessons / "downloads")
    assert bring("one")() == 1
