"""nbgrader's exchange, on the command line: what learners submit is collected and graded, and feedback comes back."""

import getpass
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grader.sandbox.sandbox import missing_walls
from tests.courses import hand_in, ordinary

LESSON = "09_squares"
RIGHT, WRONG = "def square(x):\n    return x ** 2", "def square(x):\n    return 4"
ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")


@pytest.fixture(scope="module")
def machine():
    """A folder that other accounts can reach, as they can those of a shared machine."""
    with tempfile.TemporaryDirectory(prefix="unrolled-machine-") as folder:
        os.chmod(folder, 0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def nbgrader(machine):
    """`nbgrader` with a temporary exchange; started in the repository, as instructors do, it has its configuration."""

    def run(command, *arguments, folder=ROOT, account=()):
        words = [*account, BIN / "nbgrader", command, LESSON, *arguments, f"--Exchange.root={machine / 'exchange'}"]
        done = subprocess.run(words, cwd=folder, env=at_home(folder), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stderr

    (machine / "exchange").mkdir()
    (machine / "exchange").chmod(0o777)
    return run


def at_home(folder):
    """The environment of somebody who works in this folder, where nbgrader remembers what they submitted."""
    names = ("HOME", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {} if folder == ROOT else dict.fromkeys(names, str(folder))
    return os.environ | {"PATH": "/usr/bin:/bin"} | own


def learners_account():
    """The learner's name, and what a command begins with that is run as theirs; where this is not root, it is our own.

    Where Python lies in root's home, they are lent the power to read: whose files are is still told apart.
    """
    account = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    reader = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    starts_others = "import subprocess, sys; subprocess.run([sys.executable, '-c', ''], check=True)"
    for words in (account, account + reader) if os.geteuid() == 0 and shutil.which("setpriv") else ():
        tried = subprocess.run([*words, sys.executable, "-c", starts_others], cwd="/", capture_output=True)
        if tried.returncode == 0:
            return "nobody", words
    return getpass.getuser(), []


@pytest.fixture(scope="module")
def course(machine, nbgrader):
    """A course that has released a lesson through its exchange."""
    course = machine / "course"
    ordinary(course, LESSON)
    nbgrader("release_assignment", f"--course-dir={course}")
    return course


def at_work(course, home, learner, answer):
    """A learner's folder with the lesson, and this answer in it."""
    finished = hand_in(course, learner, LESSON, {"square": answer})
    (home / LESSON).mkdir(parents=True, exist_ok=True)
    finished.replace(home / LESSON / f"{LESSON}.ipynb")
    finished.parent.rmdir()


def test_what_learners_submit_arrives_is_graded_and_comes_back(machine, course, nbgrader):
    """Learners would hand in through the course's usual way, and nothing would come of it.

    A link that one of them slips in arrives as a link: a copy of the solution it points to would be returned to the
    learner with the feedback. Who spoils what feedback is addressed by loses their own, and nobody else's.
    """
    for learner, answer in (("ada", RIGHT), ("ben", WRONG)):
        at_work(course, machine / learner, learner, answer)
        nbgrader("submit", "--course=unrolled", f"--student={learner}", folder=machine / learner)
    (inbound,) = (machine / "exchange" / "unrolled" / "inbound").glob("ben+*")
    (spoilt,) = (machine / "exchange" / "unrolled" / "inbound").glob("ada+*")
    (spoilt / "submission_secret.txt").unlink()
    (inbound / "mine.txt").symlink_to(course / "source" / LESSON / f"{LESSON}.ipynb")
    nbgrader("collect", f"--course-dir={course}", "--ExchangeCollect.check_owner=False")
    assert (course / "submitted" / "ben" / LESSON / "mine.txt").is_symlink()
    results = machine / "results.json"
    subprocess.run([BIN / "grader", "grade", LESSON, "--course", course, "--json", results], cwd=ROOT, check=True)
    graded = json.loads(results.read_text())["lessons"][LESSON]
    scores = {name: (result["status"], result["score"]) for name, result in graded.items()}
    assert scores == {"ada": ("graded", 4.5), "ben": ("graded", 1.0)}
    assert "ada" in nbgrader("release_feedback", f"--course-dir={course}").partition("Not released")[2]
    nbgrader("fetch_feedback", "--course=unrolled", folder=machine / "ben")
    (page,) = (machine / "ben" / LESSON / "feedback").glob("*/*.html")
    assert (page.name, page.read_text()) == (
        f"{LESSON}.html",
        (course / "feedback" / "ben" / LESSON / page.name).read_text(),
    )


def test_what_a_learner_submits_comes_back_by_itself(machine, course, nbgrader):
    """From a learner's `unrolled submit` to the feedback in Assignment List somebody would have to do something.

    Where this runs as root, learner and instructor have accounts of their own, as on a shared machine.
    """
    (learner, account), home = learners_account(), machine / "home"
    home.mkdir()
    nbgrader("fetch_assignment", "--course=unrolled", folder=home)
    at_work(course, home, learner, RIGHT)
    settings = f"c = get_config()\nc.Exchange.root = {str(machine / 'exchange')!r}\n"
    for folder in (home, course):
        (folder / "nbgrader_config.py").write_text(settings)
    for path in (home, *home.rglob("*")) if account else ():
        shutil.chown(path, learner, "nogroup")
    submit, watch = [*account, BIN / "unrolled", "submit", "09", "--unchecked"], [BIN / "grader", "watch", "--once"]
    said = subprocess.run(submit, cwd=home, env=at_home(home), capture_output=True, text=True)
    assert "Handed in to unrolled, through nbgrader's exchange" in said.stdout, said.stdout + said.stderr
    (inbound,) = (machine / "exchange" / "unrolled" / "inbound").glob(f"{learner}+*")
    assert inbound.owner() == learner
    subprocess.run([*watch, "--course", course], cwd=ROOT, check=True)
    nbgrader("fetch_feedback", "--course=unrolled", folder=home, account=account)
    (page,) = home.glob(f"{LESSON}/feedback/*/{LESSON}.html")
    assert page.owner() == learner
    assert "<b>4.5</b>" in page.read_text()
    for released in (machine / "exchange" / "unrolled" / "feedback").iterdir():
        assert released.stat().st_mode & 0o004, "the learner's account could not read it"
    for secret in (course / "gradebook.db", course / "submitted", course / "feedback"):
        assert not secret.stat().st_mode & 0o007, "the learner's account could read everybody's"
