"""A class of attackers and a few honest learners, graded by the real thing: processes, gradebook, pages.

What is worth stealing is planted beforehand, and looked for afterwards in everything a learner gets to see.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import Executor
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from rich.console import Console

import solutions
from grader.authoring.sources import cell_source
from grader.confined.limits import MIB, Limits
from grader.judging.seed import secret_seed
from grader.marking.executing import Local
from grader.marking.run import Options, grade
from tests.courses import check_pair, hand_in, release
from tests.hostile.attacks import LESSON, Attack
from tests.hostile.narrow import narrow

ROOT = Path(__file__).resolve().parents[2]
TIGHT = Limits(
    cell_seconds=1.0, call_seconds=1.0, session_seconds=4.0, grace_seconds=0.2, restarts=2, memory=256 * MIB,
    scratch=16 * MIB, files=300, file_size=8 * MIB, reply_bytes=8 * MIB, shown_bytes=4 * MIB,
)  # fmt: skip
OF_CLASS = replace(TIGHT, cell_seconds=0.5, call_seconds=0.5)
HONEST = {"ada": 0, "ben": 3, "mia": 1, "zoe": 6}
UPLOADS = "mia"
JOBS = 4
COLLECTING = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from grader.nbgrader.bridge import configure
c = get_config()
configure(c, Path({folder!r}))
c.FileNameCollectorPlugin.named_regexp = r".*__(?P<student_id>\\w+)__(?P<timestamp>[0-9-]+)__(?P<file_id>\\w+)"
c.BoundedExtractor.max_bytes = 8 * 2**20
"""
LOOKED_INTO = ("/tmp", "/dev/shm", "/var/tmp", "/run", "/dev", "/", str(Path.home()), str(ROOT))


@dataclass
class Aftermath:
    """What is left when the class is graded.

    Attributes
    ----------
    course : Path
    code : int
        Exit code.
    results : dict
        By learner, as in `grades.json`.
    alone : dict
        The honest learners' results when nobody else is there.
    canaries : dict
        What must not be found, by what it is.
    collected : str
        What nbgrader said when it unpacked the archives.
    visitors : list
        Who came to the address the attackers were told.
    sandboxes : list of dict
        Every warm parent started: its process and scratch folder.
    """

    course: Path
    token: str
    code: int = -1
    shown: str = ""
    results: dict[str, Any] = field(default_factory=dict)
    alone: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple] = field(default_factory=list)
    rows_alone: list[tuple] = field(default_factory=list)
    canaries: dict[str, str] = field(default_factory=dict)
    collected: str = ""
    visitors: list[str] = field(default_factory=list)
    sandboxes: list[dict] = field(default_factory=list)
    before: dict[str, bytes] = field(default_factory=dict)


def stage(folder: Path, attacks: list[Attack], outer_wall: str | None = None) -> Aftermath:
    """Have the honest learners graded alone, then by the same processes with all attackers, in one run.

    Behind an outer wall, or without.
    """
    after = Aftermath(folder / "course", secrets.token_hex(6))
    _prepare(after, folder)
    with pool(OF_CLASS, folder / "sandboxes", JOBS, outer_wall)() as executor, _listening(after) as port:
        after.alone, after.rows_alone = _grade_alone(after, folder, executor)
        _let_in(after, attacks, _known(after, folder, port))
        after.collected = _collect(after, folder)
        after.before = _contents(after.course / "submitted")
        after.code, after.shown = _grade(after.course, executor)
    after.results = json.loads((after.course / "grades.json").read_text())["lessons"][LESSON]
    after.rows = rows(after.course)
    after.sandboxes = [json.loads(line) for line in (folder / "sandboxes").read_text().splitlines()]
    return after


def rows(course: Path, learners: set[str] | None = None) -> list[tuple]:
    """The gradebook, without its random keys."""
    query = """
        SELECT student_id, 'grade', base_cell.name, auto_score, manual_score, extra_credit, needs_manual_grade,
               submitted_notebook.late_submission_penalty, submitted_assignment.timestamp
        FROM grade JOIN base_cell ON grade.cell_id = base_cell.id
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
        UNION ALL
        SELECT student_id, 'comment', base_cell.name, auto_comment, manual_comment, 0, 0, 0, 0
        FROM comment JOIN base_cell ON comment.cell_id = base_cell.id
        JOIN submitted_notebook ON comment.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    """
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        found = sorted(book.execute(query), key=repr)
    return [row for row in found if learners is None or row[0] in learners]


def hand_in_honestly(course: Path, learner: str, note: str = "") -> Path:
    """A submission of somebody who solves the lesson, but for as many of the last exercises as `HONEST` says."""
    exercises = solutions.exercises(LESSON)
    names = [exercise.name for exercise in exercises]
    done = exercises[: len(exercises) - HONEST.get(learner, 0)]
    sources = {exercise.name: cell_source(exercise.reference, exercise.name, names) for exercise in done}
    sources[names[0]] += f"\n# {note}"
    return hand_in(course, learner, LESSON, sources)


def make_course(course: Path) -> None:
    """The lesson's exercises, without its prose."""
    cells = [cell for exercise in solutions.exercises(LESSON) for cell in check_pair(exercise)]
    release(course, LESSON, cells)


def pool(limits: Limits, notes: Path, jobs: int, outer_wall: str | None):
    """Opens an executor whose sandboxes are narrow, and are noted."""

    @contextmanager
    def opened():
        with Local(jobs, prepare=partial(narrow, limits, notes, outer_wall)) as local, local() as executor:
            yield executor

    return opened


def _prepare(after: Aftermath, folder: Path) -> None:
    make_course(after.course)
    for learner in HONEST:
        hand_in_honestly(after.course, learner, f"written-by-{learner}-{after.token}")
    (after.course / "submitted" / UPLOADS / LESSON / "timestamp.txt").write_text("2026-01-01 00:00:00")
    seed = secret_seed(after.course)
    (folder / "secret.txt").write_text(f"instructor-file-{after.token}")
    os.environ["INSTRUCTOR_PASSWORD"] = f"instructor-environment-{after.token}"
    with Gradebook(f"sqlite:///{after.course}/gradebook.db", "unrolled") as book:
        book.update_or_create_student("ada", last_name=f"lastname-{after.token}")
    case = solutions.find("rnn_step").examine(seed).cases[0]
    after.canaries = {
        "a file of the instructor's": f"instructor-file-{after.token}",
        "the grader's environment": f"instructor-environment-{after.token}",
        "the gradebook": f"lastname-{after.token}",
        "the seed": str(seed),
        "a right answer": "return np.tanh(u_x @ x + u_h @ h + u_0)",
        "the examination": "def _mistake(answer, told=None",
        "a secret input": str(case.args[1]),
        "another secret input": " ".join(map(str, case.args[4])),
    } | {f"{learner}'s submission": f"written-by-{learner}-{after.token}" for learner in HONEST}


def _let_in(after: Aftermath, attacks: list[Attack], known: dict[str, str]) -> None:
    release = json.loads((after.course / "release" / LESSON / f"{LESSON}.ipynb").read_text())
    for attack in attacks:
        if attack.is_archive:
            attack.hooks["pack"](_uploads(after), upload_name(attack.learner), attack.data(release, known))
            continue
        path = after.course / "submitted" / attack.learner / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        attack.hand_in(path, release, known)


def upload_name(learner: str) -> str:
    """What the LMS calls a learner's upload."""
    return f"{LESSON}__{learner}__2026-01-01-00-00-00__{LESSON}"


def _uploads(after: Aftermath) -> Path:
    folder = after.course / "downloaded" / LESSON / "archive"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _collect(after: Aftermath, folder: Path) -> str:
    """Have nbgrader unpack what was uploaded, an honest learner's work among it; returns what it said."""
    work = after.course / "submitted" / UPLOADS / LESSON
    with zipfile.ZipFile(_uploads(after) / f"{upload_name(UPLOADS)}.zip", "w") as file:
        file.write(work / f"{LESSON}.ipynb", f"{LESSON}.ipynb")
    shutil.move(work, folder / "uploaded")
    (folder / "nbgrader_config.py").write_text(COLLECTING.format(root=str(ROOT), folder=str(folder)))
    command = [sys.executable, "-m", "nbgrader", "zip_collect", LESSON, "--log-level=INFO"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    return done.stdout + done.stderr


def _known(after: Aftermath, folder: Path, port: int) -> dict[str, str]:
    return {
        "COURSE": str(after.course),
        "ROOT": str(ROOT),
        "SECRET": str(folder / "secret.txt"),
        "VICTIM": str(after.course / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb"),
        "PID": str(os.getpid()),
        "TOKEN": f"evil-{after.token}",
        "PORT": str(port),
    }


def _grade_alone(after: Aftermath, folder: Path, executor: Executor) -> tuple[dict, list[tuple]]:
    alone = folder / "alone"
    shutil.copytree(after.course, alone)
    _grade(alone, executor)
    return json.loads((alone / "grades.json").read_text())["lessons"][LESSON], rows(alone)


def _grade(course: Path, executor: Executor) -> tuple[int, str]:
    console = Console(file=StringIO(), width=100)
    code = grade(course, [LESSON], None, Options(jobs=JOBS, executor=lambda: nullcontext(executor)), console)
    return code, console.file.getvalue()


@contextmanager
def _listening(after: Aftermath):
    """A server that the attackers know of; whoever comes is written down."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_receive, args=(server, after), daemon=True).start()
        yield server.getsockname()[1]
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def _receive(server: socket.socket, after: Aftermath) -> None:
    with suppress(OSError):
        while True:
            after.visitors.append(str(server.accept()[1]))


def _contents(folder: Path) -> dict[str, bytes]:
    paths = [Path(place, name) for place, _, names in os.walk(folder) for name in names]
    files = [path for path in paths if os.access(path, os.R_OK) and path.is_file() and not path.is_symlink()]
    return {str(path): path.read_bytes() for path in files}
