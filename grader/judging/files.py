"""Files that came with a submission, read as hostile: nothing but regular files, bounded in size and number."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from itertools import accumulate, islice
from pathlib import Path

from grader.errors import CourseError, SubmissionChanging, SubmissionError, SubmissionMissing

MAX_BYTES = 20 * 2**20
MAX_FILES, DEEPEST = 5000, 20
MOST_BESIDE, LARGEST_BESIDE, FILES_BESIDE = 48 * 2**20, 32 * 2**20, 1000
"""What a notebook has beside it at most: bytes in all, bytes of one file, files."""
TIMESTAMP = "timestamp.txt"


def read_file(path: Path, within: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a submitted file.

    Parameters
    ----------
    path : Path
    within : Path
        The folder of all submissions; nothing between it and the file may be a symbolic link.
    limit : int
        Largest accepted size, in bytes.

    Raises
    ------
    SubmissionError
        If it isn't there, is a link, a device, too large or unreadable, or changed meanwhile.
    """
    try:
        for folder in accumulate(path.relative_to(within).parts[:-1], os.path.join):
            if os.path.islink(os.path.join(within, folder)):
                raise SubmissionError.link(folder)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise SubmissionMissing.named(path.name) from error
    except OSError as error:
        raise SubmissionError.link(path.name) if os.path.islink(path) else SubmissionError.unreadable(error) from error
    try:
        return _whole(descriptor, path.name, limit)
    finally:
        os.close(descriptor)


def _whole(descriptor: int, name: str, limit: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise SubmissionError.not_a_file(name)
    if before.st_size > limit:
        raise SubmissionError.too_large(before.st_size, limit)
    with open(descriptor, "rb", closefd=False) as file:
        data = file.read(limit + 1)
    after = os.fstat(descriptor)
    if (before.st_mtime_ns, before.st_size, len(data)) != (after.st_mtime_ns, after.st_size, after.st_size):
        raise SubmissionChanging.while_read(name)
    return data


def paths_beside(folder: Path, ignored: Iterable[str] = ()) -> dict[str, Path]:
    """Regular files in a folder and below, by relative path; no notebooks, no links, nothing whose name is ignored.

    The first `MAX_FILES` entries are looked at, and folders that lie at most `DEEPEST` deep in one another.
    """
    paths = [path for path in islice(below(folder), MAX_FILES) if path.suffix != ".ipynb" and stat.S_ISREG(kind(path))]
    found = {path.relative_to(folder): path for path in sorted(paths)}
    return {
        name.as_posix(): path
        for name, path in found.items()
        if not any(fnmatch(part, pattern) for part in name.parts for pattern in ignored)
    }


def kind(path: Path) -> int:
    """What a path leads to, for `stat`'s questions; 0 where nobody can say: its name, say, is too long."""
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def below(folder: Path, deepest: int = DEEPEST) -> Iterator[Path]:
    """What is in a folder and below, but for what is below a link: one folder after the other, however deep."""
    folders = [(folder, 0)]
    while folders:
        here, depth = folders.pop()
        with contextlib.suppress(OSError), os.scandir(here) as entries:
            for entry in entries:
                yield Path(entry.path)
                if depth < deepest and entry.is_dir(follow_symlinks=False):
                    folders.append((Path(entry.path), depth + 1))


def files_beside(paths: Mapping[str, Path], limit: int = MOST_BESIDE) -> dict[str, bytes]:
    """What is in these files, up to `limit` bytes together. What is too much, or can't be read, is not among them."""
    found, left = {}, limit
    for name, path in islice(paths.items(), FILES_BESIDE):
        with contextlib.suppress(SubmissionError):
            data = found[name] = read_file(path, path.parent, min(left, LARGEST_BESIDE))
            left -= len(data)
    return found


def own_files(paths: Mapping[str, Path], given: Container[str]) -> dict[str, bytes]:
    """What a learner's notebook works with of their own: what lies beside it, but for the time it was handed in at.

    Parameters
    ----------
    paths : dict of Path
    given : container of str
        The names of files that everybody got with the assignment: not the learner's own, whatever is in them.
    """
    return files_beside({name: path for name, path in paths.items() if name != TIMESTAMP and name not in given})


def given_files(paths: Mapping[str, Path]) -> dict[str, bytes]:
    """What came with an assignment, for every notebook of it to work with.

    Raises
    ------
    CourseError
        If it is too much: everybody's notebook would miss it.
    """
    files = files_beside(paths)
    if missing := [name for name in paths if name not in files]:
        raise CourseError.too_much_beside(missing, LARGEST_BESIDE, MOST_BESIDE, FILES_BESIDE)
    return files


def all_files(own: Mapping[str, Path], given: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a notebook with tests in cells works with: what came with the assignment, and the learner's own."""
    left = MOST_BESIDE - sum(map(len, given.values()))
    return files_beside({name: path for name, path in own.items() if name not in given}, left) | given
