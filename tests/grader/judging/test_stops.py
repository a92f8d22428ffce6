"""A line that can't work while grading costs no more than itself; a cell that stops is named where it is felt."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

import solutions
from grader.judging.grading import grade_notebook
from grader.judging.stops import Stop, why_missing
from tests.courses import cell, check_pair, graded_cell
from unrolled.exam.calling import Fault, Outcome

LESSON = "02_definition"
STEP = "def rnn_step(x, h, u_x, u_h, u_0):\n    return np.tanh(u_x @ x + u_h @ h + u_0)"
CHECK = check_pair(next(e for e in solutions.exercises(LESSON) if e.name == "rnn_step"))[1]
IMPORT = "import numpy as np"


@pytest.fixture
def verdict(sandbox):
    """The verdict on `rnn_step` in a notebook of these cells."""

    def of(*sources):
        notebook = new_notebook(cells=[*map(new_code_cell, sources), CHECK])
        return grade_notebook(notebook, LESSON, sandbox, seed=7).verdicts["rnn_step"]

    return of


@pytest.mark.parametrize(
    "lines",
    [
        "from google.colab import drive\ndrive.mount('/content/drive')\n%cd /content/drive/MyDrive",
        "import os\nos.chdir('/content/drive/MyDrive/rnn')",
        "import urllib.request\nurllib.request.urlretrieve('http://example.org/a.csv', 'a.csv')",
        "import os\nos.makedirs('/home/me/pictures')\nopen('C:/Users/me/log.txt').read()",
        "import subprocess\nsubprocess.run(['nvidia-smi'])",
        "import a_package_of_their_own as own\nown.setup()",
    ],
)
def test_a_line_that_fails_only_here_costs_nothing(verdict, lines):
    """An import cell would stop there, and every exercise after it earn nothing."""
    found = verdict(f"{lines}\n{IMPORT}", STEP)
    assert (found.score, found.status) == (2.0, "passed")


@pytest.mark.parametrize(
    "cells, said",
    [
        ([f"1 / 0\n{IMPORT}", STEP], "An earlier cell stopped: ZeroDivisionError: division by zero, at `1 / 0`.\n"),
        ([f"half = \n{IMPORT}", STEP], "An earlier cell stopped: SyntaxError: "),
        (["exit_code = 1\nimport os; os._exit(3)\nimport numpy as np", STEP], "An earlier cell stopped: ended Python"),
        ([IMPORT, f"1 / 0\n{STEP}"], "An earlier cell stopped: ZeroDivisionError: division by zero, at `1 / 0`.\n"),
        (
            ["from absent import scan", IMPORT, "def rnn_step(*all):\n    return scan(*all)"],
            "An earlier line failed: ModuleNotFoundError: No module named 'absent', at `from absent import scan`.\n",
        ),
        (
            [f"x = 1 / 0\n{IMPORT}", "zero = np.zeros(3)\n" + STEP],
            "An earlier cell stopped: ZeroDivisionError: division by zero, at `x = 1 / 0`.\n",
        ),
    ],
)
def test_a_missing_name_is_laid_to_the_cell_that_stopped(verdict, cells, said):
    """A learner would look for a mistake in a function that has none."""
    found = verdict(*cells)
    assert (found.score, found.message.startswith(said)) == (0.0, True), found.message
    assert "is not defined" in found.message.removeprefix(said)


@pytest.mark.parametrize(
    "cells",
    [
        ["1 / 0", IMPORT, STEP.replace("np.tanh", "tanh")],  # nothing that stopped would have set `tanh`
        ["1 / 0\nimport numpy as np", IMPORT, STEP.replace("u_h @ h + u_0", "u_h @ h")],  # np is there all the same
        ["import numpy as np\n1 / 0", STEP.replace("np.tanh", "numpy.tanh")],
    ],
)
def test_a_stop_that_has_nothing_to_do_with_it_is_not_named(verdict, cells):
    """A verdict would send its reader to the wrong line."""
    found = verdict(*cells)
    assert found.score == 0.0
    assert "earlier" not in found.message


def test_a_test_stops_at_whatever_it_raises(sandbox):
    """A test in a cell would go on after its own failure, and give its points."""
    test = graded_cell("open('/absent')\n2.0", "test_one", 2.0)
    graded = grade_notebook(new_notebook(cells=[test]), "ps1", sandbox, seed=7).notebook
    assert [output.output_type for output in cell(graded, "test_one").outputs] == ["error"]


@pytest.mark.parametrize("line", ["def a(): pass", "import a.b", "from b import c as a", "a, b = 1, 2", "a: int = 3",
                                  "for a in []: pass", "with b as a: pass", "class a: pass"])  # fmt: skip
def test_what_sets_a_name_is_known(line):
    """A stop would not be known as the reason."""
    assert Stop(line, "").sets("a")


@pytest.mark.parametrize("line", ["f(a=1)", "import b as c, ba", "a == 1", "from a import b", "    a = 1", "a(" * 600])
def test_what_sets_no_name_is_no_reason(line):
    """A stop would be blamed that changed nothing."""
    assert not Stop(line, "").sets("a")


def test_a_chain_of_stops_has_a_beginning_however_long_it_is():
    """Looking for it could end with an error of ours, and the submission stay as it was."""
    stops = [Stop(f"n{i} = n{i - 1}", f"NameError: name 'n{i - 1}' is not defined") for i in range(2000)]
    missing = Outcome(fault=Fault("NameError", "name 'n1999' is not defined"))
    assert why_missing(stops, [missing]) == str(stops[0])
