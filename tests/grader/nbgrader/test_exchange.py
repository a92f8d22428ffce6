"""`nbgrader collect` with our settings: every submission is collected, or named with its reason."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.through_exchange import Exchange
from tests.courses import make_deep, ordinary, remove

ROOT = Path(__file__).parents[3]
CONFIG = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from grader.nbgrader.bridge import configure
c = get_config()
configure(c, Path.cwd())
c.Exchange.root = str(Path.cwd() / "exchange")
c.CourseDirectory.max_dir_size = 100
"""
AT = "2026-01-01 10:00:00 UTC"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with a course and an exchange."""
    folder = tmp_path_factory.mktemp("exchange")
    ordinary(folder / "course")
    (folder / "nbgrader_config.py").write_text(CONFIG)
    return folder


@pytest.fixture
def collect(site):
    """Puts submissions in the exchange, by folder name, and collects them: who was collected, and what was said."""

    def run(*options, **makers):
        for name in ("exchange", "course/submitted"):
            shutil.rmtree(site / name, ignore_errors=True)
        for name, make in makers.items():
            folder = site / "exchange" / "unrolled" / "inbound" / name
            folder.mkdir(parents=True)
            (folder / "ps1.ipynb").write_text(name)
            (folder / "timestamp.txt").write_text(AT)
            make(folder)
        command = [sys.executable, "-m", "nbgrader", "collect", "ps1", *options]
        done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=True, env=os.environ)
        return {path.parts[-3]: path.read_text() for path in site.glob("course/submitted/*/ps1/ps1.ipynb")}, done.stderr

    yield run
    remove(site / "exchange")


NOT_CHECKED = "--ExchangeCollect.check_owner=False"
BAD = {
    "large": (lambda folder: (folder / "large.bin").write_bytes(bytes(200_000)), "MiB, the limit is"),
    "deep": (make_deep, "deep in one another"),
    "pipe": (lambda folder: os.mkfifo(folder / "pipe"), "no regular file"),
    "many": (lambda folder: [(folder / f"{i}").touch() for i in range(5_100)], "more than 5000 files"),
    "file": (lambda folder: (shutil.rmtree(folder), folder.write_text("x")), "it is no folder"),
}


def test_whatever_is_the_matter_with_some_the_others_are_collected(collect):
    """One bad upload would keep a whole class from being graded."""
    uploads = {f"{name}+ps1+{AT}": make for name, (make, _) in BAD.items()}
    nothing = {f"{name}+ps1+{AT}": lambda folder: None for name in ("ada", "zoe")}
    odd = {"when+ps1+yesterday": lambda folder: None, "early+ps1+99999-99-99 00:00:00 UTC": lambda folder: None}
    found, said = collect(NOT_CHECKED, **uploads, **nothing, **odd)
    assert found == {name: f"{name}+ps1+{AT}" for name in ("ada", "zoe")}
    for name, (_, reason) in BAD.items():
        (line,) = (line for line in said.splitlines() if f"Not collected: {name}+" in line)
        assert reason in line
    for name in ("when+ps1+yesterday", "early+ps1+99999"):
        assert f"Not collected: {name}" in said


def test_an_update_that_is_refused_leaves_what_was_collected(collect, site):
    """A learner's earlier work would be gone."""
    collect(NOT_CHECKED, **{f"ada+ps1+{AT}": lambda folder: None})
    inbound = site / "exchange" / "unrolled" / "inbound"
    later = shutil.copytree(inbound / f"ada+ps1+{AT}", inbound / "ada+ps1+2026-02-02 10:00:00 UTC")
    os.mkfifo(later / "pipe")
    command = [sys.executable, "-m", "nbgrader", "collect", "ps1", "--update", NOT_CHECKED]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=True)
    assert "Not collected: ada+ps1+2026-02-02" in done.stderr
    assert (site / "course" / "submitted" / "ada" / "ps1" / "ps1.ipynb").read_text() == f"ada+ps1+{AT}"


def test_a_folder_in_somebody_elses_name_is_not_theirs(collect):
    """Everybody can write to the exchange: a folder with Ada's name and a later time would replace Ada's work."""
    found, said = collect(**{f"nobody-else+ps1+{AT}": lambda folder: None})
    assert not found
    assert "it belongs to" in said
    assert "check_owner" in said


def test_no_name_in_the_exchange_leads_to_somebody_elses_work(site, collect):
    """Learners name what they put there: `eve+..` led to the folder of all submissions, and cleared it."""
    collect(NOT_CHECKED, **{f"ada+ps1+{AT}": lambda folder: None})
    config = load_config(site / "course")
    config.Exchange.root, config.ExchangeCollect.check_owner = str(site / "exchange"), False
    exchange = Exchange(course_directory(site / "course", config), config)
    for name in ("eve+..", "..+ps1", "eve+*", "eve+."):
        folder = site / "exchange" / "unrolled" / "inbound" / f"{name}+{AT}+x"
        folder.mkdir()
        (folder / "submission_secret.txt").write_text("x")
    said = " ".join(exchange.take_in(lambda: ["ps1"]))
    assert (site / "course" / "submitted" / "ada" / "ps1" / "ps1.ipynb").is_file()
    assert {path.name for path in (site / "course" / "submitted").iterdir()} == {"ada"}
    assert (site / "course" / "source").is_dir() and not (site / "course" / "ps1").exists()
    assert said.count("is no lesson") == 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # nbgrader leaves a file open
def test_feedback_goes_back_to_one_learner_whatever_they_are_called(site):
    """A learner called `*` would have everybody's feedback released, one called `[a]da` ada's instead of their own."""
    course = site / "course"
    for place, learner in enumerate(("*", "[a]da", "ada", "ben")):
        folder = course / "feedback" / learner / "ps1"
        folder.mkdir(parents=True)
        (folder / "ps1.html").write_text(learner)
        (folder / "timestamp.txt").write_text("2026-01-01")
        (folder / "submission_secret.txt").write_text(str(place))
    config = load_config(course)
    config.Exchange.root = str(site / "exchange")
    exchange = Exchange(course_directory(course, config), config)
    out = site / "exchange" / "unrolled" / "feedback"
    (site / "exchange" / "unrolled" / "inbound").mkdir(parents=True, exist_ok=True)
    for given, learner in enumerate(("*", "[a]da"), start=1):
        exchange.give_back(learner, "ps1", course / "feedback" / learner / "ps1")
        assert len(list(out.iterdir())) == given
    assert {path.read_text() for path in out.iterdir()} == {"*", "[a]da"}


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "huge"])
def test_a_time_that_is_no_file_is_no_time(site, tmp_path, kind):
    """A link to an endless device, beside work that came through the exchange, would fill the instructor's memory."""
    path, elsewhere = tmp_path / "timestamp.txt", tmp_path / "elsewhere"
    elsewhere.write_text(AT)
    make = {
        "link": lambda: path.symlink_to(elsewhere),
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "huge": lambda: path.write_text(" " * 10_000 + AT),
    }
    course = course_directory(site / "course", load_config(site / "course"))
    assert course.get_existing_timestamp(str(tmp_path)) is None
    make[kind]()
    assert course.get_existing_timestamp(str(tmp_path)) is None


def test_a_time_is_read_from_its_file(site, tmp_path):
    """Whoever is late would not be."""
    (tmp_path / "timestamp.txt").write_text(AT + "\n")
    course = course_directory(site / "course", load_config(site / "course"))
    assert str(course.get_existing_timestamp(str(tmp_path))) == "2026-01-01 10:00:00"
