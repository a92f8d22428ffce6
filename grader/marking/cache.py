"""Verdicts already given, by everything they depend on: so grading resumes, and regrades only what changed."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import re
import secrets
import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from grader.confined import landlock
from grader.marking.notes import Notes
from grader.marking.worker import GRADED, Result, Task
from grader.sandbox import outer

ROOT = Path(__file__).resolve().parents[2]
NAME = ".verdicts"
RESULT = "result"
_DRAFT = r"\..+\.[0-9a-f]{8}"
_PACKAGES = (
    "bleach", "ipykernel", "ipython", "latex2mathml", "matplotlib", "mistune", "nbconvert", "nbformat", "nbgrader",
    "numpy", "pygments",
)  # fmt: skip


def write_atomically(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Write a file so that it is there in full or not at all.

    Raises
    ------
    OSError
        With the file's name: the disk is full, or the folder can't be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = _begun(draft, mode)
        with os.fdopen(descriptor, "wb") as file:
            os.chmod(draft, mode)  # whatever this process's umask
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from error


def _begun(draft: Path, mode: int) -> int:
    """A new file to write to, and its folder, too, if there is none."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(draft, flags, mode)
    except FileNotFoundError:
        draft.parent.mkdir(parents=True, exist_ok=True)
        return os.open(draft, flags, mode)


def remove_drafts(course: Path) -> None:
    """Remove what `write_atomically` began and, killed, did not end. Nobody else may be writing."""
    ours = [(course / name).rglob(".*") for name in (NAME, "autograded", "feedback")]
    for path in itertools.chain(course.glob(".*"), *ours):
        if re.fullmatch(_DRAFT, path.name) and path.is_file():
            path.unlink()


def key(task: Task, kept_as: str = "") -> str:
    """The hash of all a verdict depends on: submission, release, exercises, seed, the grader itself, its settings."""
    settings = f"{task.isolation} {task.seconds} {kept_as}"
    digest = hashlib.sha256(f"{task.lesson} {task.seed} {settings} {fingerprint(task.lesson)}\n".encode())
    for data in (task.data, task.release.encode(), *(part for file in sorted(task.files.items()) for part in file)):
        data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape")  # a name may be no text
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()


def digest_of(content: str | bytes) -> str:
    """The hash of a text, or of the file that it was written to."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=64)
def fingerprint(lesson: str) -> str:
    """A hash of the code and data that examine and judge this lesson, and of the walls it is done behind."""
    digest = hashlib.sha256(repr((sys.version_info[:3], *map(version, _PACKAGES), *_walls())).encode())
    for path in deciding_files(lesson):
        digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _walls() -> tuple:
    """Landlock's version, seccomp's, and the outer wall: behind others, a submission may fare otherwise."""
    inner = (landlock.abi(), version("pyseccomp")) if sys.platform == "linux" else ()
    return *inner, outer.best()[0]


def deciding_files(lesson: str) -> list[Path]:
    """All files that have a say in this lesson's verdicts: ours, the learners' package, this lesson's answers."""
    files = [path for name in ("grader", "unrolled") for path in (ROOT / name).rglob("*") if path.is_file()]
    answers = _answers(ROOT / "solutions" / lesson.partition("_")[2], set())
    shared = (ROOT / "solutions").glob("*.py")
    return sorted(path for path in {*files, *answers, *shared} if path.suffix != ".pyc")


def _answers(package: Path, seen: set[Path]) -> set[Path]:
    """The files of a package of answers, and of those it builds on."""
    if package in seen or not package.is_dir():
        return set()
    seen.add(package)
    files = {path for path in package.rglob("*") if path.is_file()}
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix == ".py"]
    needed = {name for text in texts for name in re.findall(r"^(?:from|import) solutions\.(\w+)", text, re.MULTILINE)}
    return files.union(*(_answers(package.parent / name, seen) for name in needed))


class Cache:
    """Results by key.

    Parameters
    ----------
    course : Path

    Attributes
    ----------
    notes : Notes
        The results; which of them is in the gradebook, which page was written, and the like.
    """

    def __init__(self, course: Path):
        self.folder = course / NAME
        self.notes = Notes(self.folder / "notes.db")

    def get(self, key: str) -> Result | None:
        """The result of an earlier run, if there is one whole, without its notebook."""
        try:
            return Result(**json.loads(self.notes.read(RESULT, (key,))))
        except (ValueError, TypeError):
            return None

    def put(self, key: str, result: Result) -> None:
        """Keep a result, unless it might turn out better next time; its notebook is kept by who wrote it."""
        if result.status == GRADED:
            about = {name: value for name, value in vars(result).items() if value and name != "notebook"}
            self.notes.write(RESULT, {(key,): json.dumps(about)})
