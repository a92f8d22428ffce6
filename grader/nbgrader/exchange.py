"""The exchange to the end: every submission is collected and given back, or named with the reason why not."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback
from nbgrader.utils import ignore_patterns, parse_utc

from grader.judging.files import DEEPEST, MAX_FILES
from grader.nbgrader.places import share

NOBODYS = {"username": None, "filename": "", "timestamp": parse_utc("2000-01-01 00:00:00 UTC")}
"""Stands for a submission that is not to be collected."""


class Refused(Exception):
    """A submission that is not collected. The text says why."""


class CollectAll(ExchangeCollect):
    """Collects one submission after the other, whatever is the matter with some of them.

    A symbolic link is collected as a link, not as a copy of whatever of the instructor's it points to.
    """

    def init_src(self) -> None:
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"] is not None]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record = super()._path_to_record(path)
            self._see_owner(path, record["username"])
        except Exception as error:
            self._leave_out(path, error)
            return NOBODYS
        return record

    def _see_owner(self, path: str, username: str) -> None:
        """Everybody can put a folder with anybody's name into the exchange; whose it is the system knows."""
        if not self.check_owner or os.name != "posix":
            return
        import pwd

        uid = os.stat(path, follow_symlinks=False).st_uid
        try:
            owner = pwd.getpwuid(uid).pw_name
        except KeyError:
            owner = f"user {uid}"
        if owner != username:
            raise Refused(f"it belongs to {owner}; ExchangeCollect.check_owner = False collects it all the same")

    def copy_files(self) -> None:
        records, self.src_records = self.src_records, []
        if not records:
            return super().copy_files()
        for record in records:
            source = os.path.join(self.inbound_path, record["filename"])
            try:
                self._see_contents(Path(source))
                self.src_records = [record]
                super().copy_files()
            except Exception as error:
                self._leave_out(source, error)

    def _see_contents(self, folder: Path) -> None:
        if folder.is_symlink() or not folder.is_dir():
            raise Refused("it is no folder")
        size = 0
        for count, entry in enumerate(_below(folder)):
            status = entry.stat(follow_symlinks=False)
            size += status.st_size
            if count == MAX_FILES:
                raise Refused(f"it holds more than {MAX_FILES} files and folders")
            if not (entry.is_symlink() or entry.is_dir() or entry.is_file()):
                raise Refused(f"{entry.name!a} in it is no regular file")
            if not entry.is_symlink() and not os.access(entry.path, os.R_OK):
                raise Refused(f"{entry.name!a} in it can't be read")
        if size > 1000 * self.coursedir.max_dir_size:
            raise Refused(f"it has {size / 2**20:.0f} MiB, the limit is {self.coursedir.max_dir_size / 1000:.0f} MB")

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        course = self.coursedir
        unwanted = ignore_patterns(course.ignore, course.include, course.max_file_size, self.log)
        try:
            shutil.copytree(src, dest, symlinks=True, ignore=unwanted)
        except Exception:
            with suppress(OSError):
                shutil.rmtree(dest)
            raise
        if course.groupshared:
            share(Path(dest), files=True)

    def _leave_out(self, path: str, why: Exception) -> None:
        reason = why if isinstance(why, Refused) else f"{type(why).__name__}: {why}"
        self.log.error("Not collected: %s: %s", ascii(os.path.basename(path))[1:-1], ascii(str(reason))[1:-1])


class ReleaseAll(ExchangeReleaseFeedback):
    """Releases the feedback of one learner after the other, whatever is missing in some: a time, say, or a secret."""

    def init_src(self) -> None:
        super().init_src()
        root = self.coursedir.root  # may itself look like a pattern
        self.src_path = glob.escape(root) + self.src_path.removeprefix(root)

    def copy_files(self) -> None:
        for folder in sorted(glob.glob(self.src_path)):
            self.src_path = glob.escape(folder)
            try:
                super().copy_files()
            except (OSError, ValueError) as error:
                self.log.error("Not released: %s: %s", ascii(folder)[1:-1], ascii(str(error))[1:-1])


def _below(folder: Path) -> Iterator[os.DirEntry]:
    folders = [(folder, 0)]
    while folders:
        here, depth = folders.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    if depth == DEEPEST:
                        raise Refused(f"folders in it lie more than {DEEPEST} deep in one another")
                    folders.append((Path(entry.path), depth + 1))
