"""A gradebook in PostgreSQL, given by URL: a real server, the rows SQLite would have, and no query per cell."""

import io
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import sqlalchemy
from nbgrader.api import Gradebook, Student
from rich.console import Console
from sqlalchemy import event

from grader.marking.run import Options, grade
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.generate import generate
from grader.nbgrader.gradebook import Book, Marks
from grader.sandbox.sandbox import missing_walls
from tests.courses import hand_in, ordinary

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=Path("/none"))
RIGHT, WRONG = "def square(x):\n    return x ** 2", "def square(x):\n    return 4"


@pytest.fixture(scope="module")
def server():
    """A server of its own, that nobody but this machine's processes reaches: the URL of its one database."""
    initdb = shutil.which("initdb") or PROGRAMS / "initdb"
    if not Path(initdb).exists():
        pytest.skip("no PostgreSQL server on this machine: apt-get install postgresql")
    with tempfile.TemporaryDirectory() as folder:
        yield from serving(Path(initdb), Path(folder))


def serving(initdb, folder):
    somebody = []
    if os.geteuid() == 0:  # it refuses to be run by root
        somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chown(folder, 65534, 65534)
    data, settings = folder / "data", "-c listen_addresses='' -c fsync=off -c unix_socket_directories="
    quiet = {"check": True, "capture_output": True, "cwd": folder}
    subprocess.run([*somebody, initdb, "-D", data, "-U", "ina", "-A", "trust", "--no-sync"], **quiet)
    control = [*somebody, initdb.with_name("pg_ctl"), "-D", data, "-w"]
    subprocess.run([*control, "-l", folder / "log", "-o", f"{settings}{folder}", "start"], **quiet)
    yield f"postgresql://ina@/postgres?host={folder}"
    subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


@pytest.fixture
def url(server):
    """An empty database."""
    engine = sqlalchemy.create_engine(server)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return server


def rows(url):
    """Every row about grades, as nbgrader reads it."""
    with Gradebook(url, "unrolled") as gradebook:
        return sorted(
            (s.student_id, str(s.timestamp), n.name, n.score, n.late_submission_penalty, g.name, g.auto_score,
             g.manual_score, g.needs_manual_grade, [(c.name, c.auto_comment) for c in n.comments])
            for a in gradebook.assignments for s in a.submissions for n in s.notebooks for g in n.grades
        )  # fmt: skip


@pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")
def test_a_class_graded_into_postgresql_has_the_rows_of_sqlite(tmp_path, url):
    """A department's database would keep other grades than the file everybody else has."""
    course = tmp_path / "course"
    ordinary(course)
    hand_in(course, "ada", "ps1", {"square": RIGHT, "why": "Because."})
    late = hand_in(course, "ben", "ps1", {"square": WRONG})
    (late.parent / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    broken = hand_in(course, "cut", "ps1")
    broken.write_bytes(b"{")
    console = Console(file=io.StringIO())
    grade(course, ["ps1"], options=Options(jobs=1), console=console)
    generate(course, "ps1", db=url)
    for _ in range(2):
        grade(course, ["ps1"], options=Options(jobs=1, db=url), console=console)
    assert rows(url) == rows(f"sqlite:///{course}/gradebook.db")
    assert [row[0] for row in rows(url)].count("ada") == 3


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_queries_do_not_grow_with_learners_and_cells(tmp_path, url, kind):
    """Over a network, a class of a thousand would take an hour to be written down."""
    course = tmp_path / "course"
    ordinary(course)
    config = load_config(course)
    if kind == "postgresql":
        generate(course, "ps1", db=url)
    with Book(course_directory(course, config, url if kind == "postgresql" else None), config) as book:
        few, many = (asked(book, names) for names in (range(5), range(100, 200)))
    assert many <= few + 2, (few, many)


def test_new_rows_pass_the_session_by(tmp_path):
    """The coordinator would spend more time on keeping a history of every grade than on all else."""
    course = tmp_path / "course"
    ordinary(course)
    config, kept = load_config(course), []
    with Book(course_directory(course, config, None), config) as book:
        event.listen(book.gradebook.db(), "transient_to_pending", lambda session, row: kept.append(type(row)))
        asked(book, range(30))
        assert kept == [Student] * 30 and book.standings("ps1", ["learner7"])["learner7"].score == 2.0


def asked(book, numbers):
    """How many statements it takes to store a class, and to read it back."""
    marks = [Marks(f"learner{n}", "ps1", scores={"test_square": 2.0}, comments={"why": None}) for n in numbers]
    counted = []
    count = lambda *call: counted.append(call[2])  # noqa: E731 — SQLAlchemy looks for this very function to remove it
    event.listen(book.gradebook.engine, "before_cursor_execute", count)
    book.record("ps1", marks)
    book.refresh()
    book.standings("ps1", [mark.learner for mark in marks])
    event.remove(book.gradebook.engine, "before_cursor_execute", count)
    return len(counted)
