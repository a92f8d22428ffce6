"""The same hostile notebooks, graded by stock nbgrader and by ours: `python -m tests.hostile.stock` prints the table.

Stock nbgrader runs learners' code as the instructor, so here it runs apart from the machine (`tests.hostile.apart`).
Even so it isn't handed `LEFT_OUT`: what could hurt the machine all the same.

Attackers share a class with two honest learners, one graded before them and one after; where an honest one is the
worse for it, or somebody calls home, the class is split until it is known who did it. What an attack did is read off
the gradebook and its graded notebook. The tests are in the cells, hidden from learners, as nbgrader's manual has it.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from nbformat.v4 import new_notebook

import solutions
from benchmarks.grading import run_quietly, tests_of
from grader.authoring.build import dump_notebook, solution_source
from tests.courses import KERNEL, answer, graded_cell
from tests.hostile import classroom
from tests.hostile.apart import PORT, VISITORS, run_inside
from tests.hostile.attacks import HERE, LESSON, Attack, groups, load
from unrolled.exam.exercise import Exercise

ROOT = classroom.ROOT
HONEST = ("ada", classroom.UPLOADS, "zoe")
TOGETHER = {"display": 7, "files": 3, "kernel": 7, "notebook": 4, "python": 7, "resources": 3}  # others alone
SECONDS, SECONDS_EACH, CELL_SECONDS = 300, 60, 10
NETWORK = "by network"
Marks = dict[tuple[str, str], float | None]  # by learner and cell; None where there are none yet
CONTROL = Attack(HERE / "none" / "control.py", "# Hands in the same wrong answers, and attacks nothing.")
LEFT_OUT = {
    "archives": "bomb bomb_in_header bomb_lying endless long_list many nested_bombs tar_bomb tar_devices",
    "beside": "device link_to_device many_files",
    "display": "html_bomb long_names text_bomb",
    "host": "fork_by_number kill old_kernel_ways privileges signals_otherwise walls_undone",
    "notebook": "code_bomb large many_cells markdown_bomb numbers two_thousand_cells",
    "resources": "busy_threads crash_again disk disk_many disk_sparse disk_unseen flood_lines flood_many_cells "
    "flood_one_line flood_outputs flood_stderr flood_updates folders huge_answer huge_error huge_figure huge_image "
    "huge_integer huge_repr inodes just_below memory memory_at_once memory_mapped open_files pipes processes "
    "rows_of_nothing texts_among_numbers threads timers uninterruptible unremovable",
}
NOT_APPLICABLE = ("protocol",)  # they speak to the grader's own pipe, which stock nbgrader has not
COLUMNS = {
    "gained": "gained points",
    "changed": "changed others",
    "read": "read a secret or called home",
    "stopped": "left others ungraded",
}
SECRETS = {
    "a file of the instructor's": "instructor-file-stock",
    "the grader's environment": "instructor-environment-stock",
    "the gradebook": "lastname-stock",
    "a right answer": "np.tanh(u_x @ x + u_h @ h + u_0)",
    "hidden tests": "BEGIN HIDDEN TESTS",
} | {f"{learner}'s submission": f"written-by-{learner}" for learner in HONEST}
_AUTOGRADE = ["-m", "nbgrader", "autograde", LESSON]
_COLLECT = ["-m", "nbgrader", "zip_collect", LESSON]
CONFIG = r"""
c = get_config()
c.Execute.timeout = {seconds}
c.FileNameCollectorPlugin.named_regexp = r".*/\w+?__(?P<student_id>\w+?)__(?P<timestamp>[0-9-]+)__(?P<file_id>\w+)"
"""


@dataclass
class Harm:
    """What one attack did.

    Attributes
    ----------
    gained : float
        Points in the gradebook, for answers that deserve none.
    changed : list of str
        Honest learners whose marks or handed-in work are not what they were.
    read : list of str
        Which secrets are shown in its graded notebook, or left by the network.
    stopped : list of str
        Honest learners who were left without marks.
    """

    gained: float = 0.0
    changed: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    @property
    def of_others(self) -> bool:
        """Whether somebody else who is in class might have done it."""
        return bool(self.changed or self.stopped or NETWORK in self.read)


def left_out(attack: Attack) -> bool:
    """Whether stock nbgrader is spared this attack."""
    return attack.path.stem in LEFT_OUT.get(attack.group, "").split()


def tried(attacks: Iterable[Attack]) -> list[Attack]:
    """What stock nbgrader is tried with."""
    return [attack for attack in attacks if not left_out(attack) and attack.group not in NOT_APPLICABLE]


def build_course(course: Path) -> None:
    """A course as a stock author has it, in which honest learners have handed in."""
    source = course / "source" / LESSON
    source.mkdir(parents=True)
    cells = [cell for exercise in solutions.exercises(LESSON) for cell in _answer_and_tests(exercise)]
    (source / f"{LESSON}.ipynb").write_text(dump_notebook(new_notebook(cells=cells, metadata=KERNEL)))
    (course / "nbgrader_config.py").write_text(CONFIG.format(seconds=CELL_SECONDS))
    run_quietly("nbgrader", "generate_assignment", LESSON, cwd=course)
    run_quietly("nbgrader", "db", "student", "add", HONEST[0], "--last-name=lastname-stock", cwd=course)
    for learner in HONEST:
        classroom.hand_in_honestly(course, learner, f"written-by-{learner}")


def _answer_and_tests(exercise: Exercise) -> list:
    hidden = f"### BEGIN HIDDEN TESTS\n{tests_of(exercise)}### END HIDDEN TESTS"
    tests = graded_cell(hidden, f"check_{exercise.name}", exercise.points)
    return [answer(solution_source(exercise), exercise.name), tests]


def stage(attacks: Sequence[Attack], template: Path, before: Marks) -> dict[str, Harm]:
    """Have stock nbgrader grade classes with these attackers of one group in them; returns what each did.

    They share a class as long as nobody is the worse for it; otherwise the class is split, down to single attackers.
    """
    with _graded(attacks, template, _absent(attacks)) as (folder, handed_in):
        marks = _marks(folder / "course")
        harms = [_harm(attack, folder, handed_in, marks, before) for attack in attacks]
    if len(attacks) > 1 and any(harm.of_others or _strangers(attacks, marks) for harm in harms):
        half = len(attacks) // 2
        return stage(attacks[:half], template, before) | stage(attacks[half:], template, before)
    found = {attack.name: harm for attack, harm in zip(attacks, harms)}
    print(*(json.dumps({name: asdict(harm)}) for name, harm in found.items()), sep="\n", file=sys.stderr, flush=True)
    return found


@contextmanager
def _graded(
    attacks: Sequence[Attack], template: Path, absent: Iterable[str]
) -> Iterator[tuple[Path, dict[str, bytes]]]:
    """A graded class, and what its honest learners had handed in."""
    folder = Path(tempfile.mkdtemp(prefix="unrolled-stock-"))
    course = folder / "course"
    try:
        shutil.copytree(template, course)
        (folder / "home").mkdir()
        (folder / "secret.txt").write_text(SECRETS["a file of the instructor's"])
        for learner in absent:
            shutil.rmtree(course / "submitted" / learner)
        handed_in = classroom._contents(course / "submitted")
        _let_in(attacks, folder)
        commands = [_COLLECT, _AUTOGRADE] if attacks[0].is_archive else [_AUTOGRADE]
        run_inside(
            folder,
            course,
            commands,
            {"INSTRUCTOR_PASSWORD": SECRETS["the grader's environment"]},
            SECONDS + SECONDS_EACH * len(attacks),
        )
        yield folder, {path.removeprefix(f"{course}/submitted/"): data for path, data in handed_in.items()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _absent(attacks: Sequence[Attack]) -> tuple[str]:
    """One of the honest learners uploads, and is in class only where attackers do, too."""
    return (HONEST[0] if attacks[0].is_archive else classroom.UPLOADS,)


def _let_in(attacks: Sequence[Attack], folder: Path) -> None:
    course, known = folder / "course", _known(folder)
    release = json.loads((course / "release" / LESSON / f"{LESSON}.ipynb").read_text())
    uploads = course / "downloaded" / LESSON / "archive"
    if attacks[0].is_archive:
        uploads.mkdir(parents=True)
        with zipfile.ZipFile(uploads / f"{classroom.upload_name(classroom.UPLOADS)}.zip", "w") as file:
            file.write(course / "submitted" / classroom.UPLOADS / LESSON / f"{LESSON}.ipynb", f"{LESSON}.ipynb")
        shutil.rmtree(course / "submitted" / classroom.UPLOADS)
    for attack in attacks:
        if attack.is_archive:
            attack.hooks["pack"](uploads, classroom.upload_name(attack.learner), attack.data(release, known))
            continue
        path = course / "submitted" / attack.learner / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        attack.hand_in(path, release, known)


def _known(folder: Path) -> dict[str, str]:
    course = folder / "course"
    return {
        "COURSE": str(course),
        "ROOT": str(course),
        "SECRET": str(folder / "secret.txt"),
        "VICTIM": str(course / "submitted" / HONEST[0] / LESSON / f"{LESSON}.ipynb"),
        "PID": "2",
        "TOKEN": "evil-stock",
        "PORT": str(PORT),
    }


def _harm(attack: Attack, folder: Path, handed_in: dict[str, bytes], now: Marks, before: Marks) -> Harm:
    there = {place: points for place, points in before.items() if place[0] not in _absent([attack])}
    stopped = {place[0] for place in there if now.get(place) is None}
    changed = {place[0] for place, points in there.items() if now.get(place) not in (None, points)}
    changed |= {path.split("/")[0] for path, data in handed_in.items() if _is_other(folder, path, data, attack)}
    gained = sum(filter(None, (points for (learner, _), points in now.items() if learner == attack.learner)))
    return Harm(gained, sorted(changed), _read(folder, attack), sorted(stopped))


def _is_other(folder: Path, path: str, data: bytes, attack: Attack) -> bool:
    """Whether an honest learner's file is not what it was; an upload may not have been collected at all."""
    file = folder / "course" / "submitted" / path
    return file.read_bytes() != data if file.is_file() else not attack.is_archive


def _strangers(attacks: Sequence[Attack], marks: Marks) -> bool:
    """Whether there are marks for names that nobody here goes by."""
    return bool({learner for learner, _ in marks} - {attack.learner for attack in attacks} - {*HONEST})


def _marks(course: Path) -> Marks:
    """Points by learner and cell; None where there are none yet. Empty if there is no gradebook any more."""
    query = """
        SELECT student_id, base_cell.name, auto_score, manual_score, extra_credit
        FROM grade JOIN base_cell ON grade.cell_id = base_cell.id
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(course / "gradebook.db")) as book:
        found = book.execute(query).fetchall()
        return {(who, cell): _sum(auto, manual, extra) for who, cell, auto, manual, extra in found}
    return {}


def _sum(auto: float | None, manual: float | None, extra: float | None) -> float | None:
    score = auto if manual is None else manual
    return None if score is None else score + (extra or 0.0)


def _read(folder: Path, attack: Attack) -> list[str]:
    """Secrets in what was made of the attacker's notebook, tests left out, and in files copied beside it."""
    mine = folder / "course" / "autograded" / attack.learner
    shown = "".join(_shown(path) for path in mine.rglob("*") if path.is_file() and not path.is_symlink())
    found = [what for what, secret in SECRETS.items() if secret in shown]
    return [*found, NETWORK] if (folder / VISITORS).exists() else found


def _shown(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix != ".ipynb":
        return text
    with suppress(ValueError):
        cells = [cell for cell in json.loads(text)["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]
        return "".join(_text(cell.get("outputs", [])) for cell in cells)
    return ""


def _text(value: object) -> str:
    """All texts in JSON, unquoted."""
    if isinstance(value, dict):
        value = list(value.values())
    return "".join(map(_text, value)) if isinstance(value, list) else str(value)


def ours(attacks: list[Attack]) -> dict[str, Harm]:
    """The same attacks on our grader: all in one class, since nobody there should notice anybody else."""
    with tempfile.TemporaryDirectory(prefix="unrolled-ours-") as folder:
        after = classroom.stage(Path(folder), attacks)
        honest = [row for row in after.rows if row[0] in classroom.HONEST]
        unequal = sorted({row[0] for row in {*honest} ^ {*after.rows_alone}})
        missing = sorted(set(classroom.HONEST) - {row[0] for row in honest})
        return {
            attack.name: Harm(_gained(after, attack), unequal, _read_here(after, attack), missing) for attack in attacks
        }


def _gained(after: classroom.Aftermath, attack: Attack) -> float:
    return sum(sum(filter(None, row[3:6])) for row in after.rows if row[:2] == (attack.learner, "grade"))


def _read_here(after: classroom.Aftermath, attack: Attack) -> list[str]:
    files = [path for name in ("autograded", "feedback") for path in (after.course / name / attack.learner).rglob("*")]
    text = "".join(path.read_text(encoding="utf-8", errors="replace") for path in files if path.is_file())
    return [what for what, secret in after.canaries.items() if secret in text] + after.visitors


def table(found: dict[str, dict[str, Harm]], attacks: list[Attack]) -> str:
    """Both graders side by side, in Markdown: "stock / ours"."""
    members = groups(attacks) | {"**together**": [attack.name for attack in attacks]}
    lines = [
        "| attacks on | files | tried | " + " | ".join(COLUMNS.values()) + " |",
        "|---|" + "--:|" * (2 + len(COLUMNS)),
    ]
    return "\n".join([*lines, *(_row(title, names, found) for title, names in members.items())])


def _row(title: str, names: list[str], found: dict[str, dict[str, Harm]]) -> str:
    counted = [name for name in names if all(name in harms for harms in found.values())]
    counts = (
        " / ".join(str(sum(bool(getattr(harms[name], kind)) for name in counted)) for harms in found.values())
        for kind in COLUMNS
    )
    cells = counts if counted else "–" * len(COLUMNS)
    return f"| {title} | {len(names)} | {len(counted)} | " + " | ".join(cells) + " |"


def stock(attacks: list[Attack], jobs: int) -> dict[str, Harm]:
    """What each attack did to a class graded by stock nbgrader."""
    classes = [
        members[i : i + TOGETHER.get(group, 1)]
        for group, members in groups(attacks, pick=lambda attack: attack).items()
        for i in range(0, len(members), TOGETHER.get(group, 1))
    ]
    with tempfile.TemporaryDirectory(prefix="unrolled-stock-") as folder, ThreadPoolExecutor(jobs) as pool:
        template = Path(folder) / "course"
        build_course(template)
        found = pool.map(partial(stage, template=template, before=_undisturbed(template)), classes)
        return {name: harm for harms in found for name, harm in harms.items()}


def _undisturbed(template: Path) -> Marks:
    """The honest learners' marks where nobody attacks; raises if the wrong answers alone earn anything."""
    with _graded([CONTROL], template, absent=()) as (folder, _):
        marks = _marks(folder / "course")
    if {who for who, _ in marks} != {*HONEST, CONTROL.learner} or None in marks.values():
        raise RuntimeError(f"stock nbgrader does not work here: {marks}")
    if any(points for (who, _), points in marks.items() if who not in HONEST):
        raise RuntimeError(f"wrong answers earn points without any attack: {marks}")
    return {place: points for place, points in marks.items() if place[0] in HONEST}


def main() -> None:
    """Run all attacks, or those whose names contain one of the given words, and print the table."""
    parser = ArgumentParser(prog="python -m tests.hostile.stock", description=main.__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    told = parser.parse_args()
    attacks = [
        attack for attack in load(slow=True) if not told.words or any(word in attack.name for word in told.words)
    ]
    here = tried(attacks)
    print(table({"stock": stock(here, told.jobs), "ours": ours(here)}, attacks))


if __name__ == "__main__":
    main()
