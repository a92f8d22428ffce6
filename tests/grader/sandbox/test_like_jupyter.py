"""What runs in Jupyter and needs nothing that is walled off runs while graded, too."""

import pytest

from grader.doctor import NOT_HERE

BACKEND = "import matplotlib\nprint(matplotlib.get_backend())"
PRINTS = "print('done')"


@pytest.mark.parametrize(
    "line",
    [
        "%cd .", "%cd /content/drive/MyDrive", "%matplotlib inline", "%matplotlib widget", "%matplotlib notebook",
        "%matplotlib qt", "import matplotlib; matplotlib.use('TkAgg')", "import matplotlib; matplotlib.use('nbagg')",
        "!pip install numpy", "%pip install numpy", "files = !ls", "%load_ext autoreload",
    ],
)  # fmt: skip
def test_a_line_of_setting_up_does_not_stop_the_cell(session, line):
    """An import cell would stop there, and every exercise after it earn nothing."""
    result = session.run_cell(f"{line}\n{PRINTS}")
    assert result.status == "ok"
    assert result.outputs[-1]["text"].endswith("done\n")


@pytest.mark.parametrize(
    "source",
    [
        "import sqlite3\nwith sqlite3.connect('x.db') as c:\n    c.execute('create table t(a)')\n    "
        "c.execute('insert into t values (3)')\nassert sqlite3.connect('x.db').execute('select a from t').fetchall()",
        "from multiprocessing import Pool\nwith Pool(2) as p:\n    assert p.map(abs, [1, -2]) == [1, 2]",
        "from multiprocessing.pool import ThreadPool\nwith ThreadPool(2) as p:\n    assert p.map(abs, [-2]) == [2]",
        "import multiprocessing as mp\nwith mp.get_context('spawn').Pool(2) as p, mp.Lock():\n    p.apply(abs, (1,))",
        "from multiprocessing import Queue, Semaphore\nq = Queue()\nq.put(3)\nassert q.get() == 3\nSemaphore(2)",
        "from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(2) as p:\n    "
        "assert [*p.map(abs, [-1])] == [1]",
    ],
    ids=["sqlite", "Pool", "ThreadPool", "context", "queue", "executor"],
)
def test_what_is_made_of_processes_and_locks_works_by_threads(session, source):
    """An answer that sorts by SQL, or computes in two processes, would earn nothing."""
    result = session.run_cell(f"{source}\n{PRINTS}", lenient=False)
    assert result.status == "ok", result.outputs
    assert result.outputs[-1]["text"].endswith("done\n")


@pytest.mark.parametrize("line", ["x = input('How many? ')", "import getpass; getpass.getpass()"])
def test_a_question_does_not_stop_the_cell(session, line):
    """The answer below it would earn nothing: nobody is there to be asked."""
    result = session.run_cell(f"{line}\n{PRINTS}", lenient=True)
    assert result.status == "ok"
    assert any(output.get("text", "").endswith("done\n") for output in result.outputs)


@pytest.mark.parametrize("backend", ["%matplotlib widget", "import matplotlib; matplotlib.use('Qt5Agg')"])
def test_pictures_are_inline_whatever_is_asked_for(session, backend):
    """A learner's figure would be missing where a person grades it."""
    assert "inline" in session.run_cell(f"{backend}\n{BACKEND}").outputs[-1]["text"]


@pytest.mark.parametrize("magic", ["bash", "sh", "script python", "perl"])
def test_programs_in_a_cell_are_left_be(session, magic):
    """A cell that lists files would make another one fail."""
    result = session.run_cell(f"%%{magic}\nls")
    assert (result.status, result.outputs[0]["name"]) == ("ok", "stdout")
    assert "not run while grading" in result.outputs[0]["text"]
    assert session.run_cell(PRINTS).outputs == [{"output_type": "stream", "name": "stdout", "text": "done\n"}]


@pytest.mark.parametrize("ending, kind", [("2.5", "execute_result"), ("1 / 0", "error")])
def test_what_decides_a_test_is_kept_however_much_was_printed(session, ending, kind):
    """A test that prints much would give full marks, or none."""
    result = session.run_cell(f"print('x' * 300_000)\n{ending}")
    note = [output["text"] for output in result.outputs if "truncated" in output.get("text", "")]
    assert (len(note), kind) == (1, next(o["output_type"] for o in result.outputs if o["output_type"] != "stream"))
    assert all(output.get("name") != "stderr" for output in result.outputs)


LIBRARY = """
import pathlib, shutil, sys, types
module = types.ModuleType("library")
exec("def read(name, mode='rb'):\\n    with open(name, mode) as file:\\n        return file.read()", module.__dict__)
"""


def test_libraries_are_told_what_they_ask_the_system(session):
    """KMeans would stop: what bounds its threads looks into /proc/self/maps for the libraries that have some."""
    asks = "print(b'/libc' in module.read('/proc/self/maps'), len(module.read('/proc/cpuinfo', 'rt')) > 0)\n"
    asks += "print('MemTotal' in pathlib.Path('/proc/meminfo').read_text())"
    result = session.run_cell(LIBRARY + asks)
    assert (result.status, result.outputs[0]["text"]) == ("ok", "True True\nTrue\n")


@pytest.mark.parametrize("name", ["/proc/self/environ", "/proc/self/status", "/proc/1/maps"])
def test_libraries_are_told_nothing_else(session, name):
    """A submission would read what it must not, through a module of its own."""
    result = session.run_cell(f"{LIBRARY}module.read({name!r})")
    assert result.outputs[-1]["ename"] == "PermissionError"


def test_copying_keeps_going_where_attributes_cannot_be_read(session):
    """`shutil.copy2` and `copytree` would fail for attributes that no file here has."""
    assert session.run_cell("import shutil; open('a', 'w').close(); shutil.copy2('a', 'b')").status == "ok"


@pytest.mark.parametrize("what, example", NOT_HERE)
def test_what_is_known_not_to_work_is_refused_and_the_rest_of_the_cell_is_run(session, what, example):
    """`grader doctor` would name a wall that isn't there, or a cell would be lost for a line."""
    result = session.run_cell(f"{example}\n{PRINTS}", lenient=True)
    assert [output["output_type"] for output in result.outputs] == ["error", "stream"], what
    assert (result.status, result.outputs[-1]["text"].splitlines()[1]) == ("ok", "done")


def test_what_ipython_remembers_of_cells_is_there(session):
    """A cell that looks back at the one before would fail, because remembering was made cheap."""
    session.run_cell("\n\nx = 5\nx")
    shown = session.run_cell("print([In[-2], _i, _, Out])").outputs[0]["text"]
    assert shown == f"{['x = 5' + chr(10) + 'x', chr(10) * 2 + 'x = 5' + chr(10) + 'x', 5, {1: 5}]}\n"


def test_a_warning_about_how_a_cell_is_written_is_shown(session):
    """What Python says of `"\\d"` would be swallowed where a cell is read for magics."""
    session.run_cell("import warnings; warnings.simplefilter('always')")
    assert "invalid escape" in session.run_cell("x = '\\d'").outputs[0]["text"]


def test_a_tree_is_not_used_twice(session):
    """A cell that is run again would show its last value twice as often each time."""
    session.run_cell("get_ipython().ast_node_interactivity = 'last_expr_or_assign'")
    assert [len(session.run_cell("y = 3").outputs) for _ in range(3)] == [1, 1, 1]


def test_a_quiet_cell_does_the_same_and_shows_nothing(session):
    """What a cell leaves behind on hidden inputs would not be what it leaves behind where it is shown."""
    quiet = [session.run_cell(source, quiet=True) for source in ("x = 1\nprint(x)\nx / 0", "x +", "x += 1\nx", "_i, _")]
    assert [(cell.status, cell.outputs) for cell in quiet] == [("error", []), ("error", []), ("ok", []), ("ok", [])]
    assert session.run_cell("import sys; print(x, sys.last_type.__name__)").outputs[0]["text"] == "2 SyntaxError\n"
