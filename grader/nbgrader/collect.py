"""`nbgrader zip_collect` for archives nobody can vouch for: bounded, and nobody's name but the LMS's counts.

nbgrader's own plugins unpack without limits and without end, stop the class at the first broken archive, and let a
file inside one learner's archive take another's name, and replace that one's work.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import stat
from functools import lru_cache
from pathlib import Path

from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc
from traitlets import Int, Unicode

import solutions
from grader.judging.files import TIMESTAMP, below, kind
from grader.lms.archives import BROKEN, DEEPEST, Budget, TooMuch, is_harmless, members
from grader.marking.beside import SECRET
from grader.marking.handed_in import is_id
from grader.nbgrader import whose
from grader.nbgrader.times import readable


class BoundedExtractor(ExtractorPlugin):
    """Unpacks regular files with harmless names, up to a limit; says what it leaves out, and goes on.

    An archive that came alone is taken for the LMS's, with everybody's work in it; every other one, in it or beside
    it, for the upload of the learner whom `named_regexp` finds in its name.
    """

    max_bytes = Int(64 * 2**20, help="What one learner's archive may unpack to, in bytes.").tag(config=True)
    max_files = Int(500, help="How many files one learner's archive may hold.").tag(config=True)
    max_download = Int(8 * 2**30, help="What an archive made by the LMS may unpack to, in bytes.").tag(config=True)
    made_by_lms = Unicode("", help="Pattern (fnmatch) of the names of archives made by the LMS.").tag(config=True)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        self.learners_folders: list[Path] = []
        top = Path(archive_path)
        paths = [path for path in sorted(below(top)) if not stat.S_ISDIR(kind(path))]
        if not paths:
            self.log.warning("No files found in directory: %s", archive_path)
        for path in paths:
            place = Path(extracted_path) / path.relative_to(top)
            place.parent.mkdir(parents=True, exist_ok=True)
            if not stat.S_ISREG(kind(path)):
                self.leave_out(path, "it is no regular file")
            elif path.suffix not in self.zip_ext:
                shutil.copy(path, place)
            elif self._is_made_by_lms(path, _folder(place), alone=len(paths) == 1):
                self._unpack(path, _folder(place), Budget(self.max_download, 10**6), 0)
            else:
                self._unpack_upload(path, _folder(place))

    def _is_made_by_lms(self, archive: Path, folder: Path, alone: bool) -> bool:
        """An archive that came alone is, unless its name is that of a learner's upload: of the first one, say."""
        if fnmatch.fnmatch(archive.name, self.made_by_lms):
            return True
        owner = getattr(self.parent.collector_plugin_inst, "owner", lambda folder: None)
        return alone and owner(folder) is None

    def _unpack_upload(self, archive: Path, folder: Path) -> None:
        self.learners_folders.append(folder)
        self._unpack(archive, folder, Budget(self.max_bytes, self.max_files), 1)

    def _unpack(self, archive: Path, folder: Path, budget: Budget, depth: int) -> None:
        self.log.info("Extracting from: %s", archive)
        try:
            with archive.open("rb") as file:
                for member in members(file, budget):
                    content = member.read(budget) if member.read else None
                    self._keep(folder, member.name, content, budget, depth)
        except TooMuch:
            self.leave_out(archive, "it, or the rest of it, is too much")
        except BROKEN as error:
            self.leave_out(archive, f"it, or the rest of it, can't be read ({error})")

    def _keep(self, folder: Path, name: str, content: bytes | None, budget: Budget, depth: int) -> None:
        if content is None:
            return self.leave_out(folder, f"{ascii(name)[:100]} in it is no regular file, or its name can't be used")
        path = folder / name
        if path.exists():
            return self.leave_out(path, "there is one already")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix in self.zip_ext and depth == 0:
            self._unpack_upload(path, _folder(path))
        elif path.suffix in self.zip_ext and depth < DEEPEST:
            self._unpack(path, _folder(path), budget, depth + 1)
        elif path.suffix in self.zip_ext:
            self.leave_out(path, "archives are packed too deep in one another")

    def leave_out(self, path: Path, why: str) -> None:
        """Say what is not collected."""
        self.log.warning("Left out: %s: %s", path, why)


class OwnersCollector(FileNameCollectorPlugin):
    """Reads off the names the LMS gave who handed in what; names given by learners count for their own work only."""

    def owner(self, folder: Path) -> dict | None:
        """What the name of an archive says, if it is clear whose it is."""
        for path in (f"{folder}.ipynb", str(folder), f"{folder}/{self.parent.coursedir.assignment_id}.ipynb"):
            if found := self._found(path):
                return found
        return None

    def collect(self, submitted_file: str) -> dict | None:
        path = Path(submitted_file)
        if path.is_symlink():
            return None
        if not {"student_id", "file_id"} <= re.compile(self.named_regexp).groupindex.keys():
            return super().collect(submitted_file)  # the pattern is to blame, and nbgrader says so
        folders = getattr(self.parent.extractor_plugin_inst, "learners_folders", ())  # of nobody else's plugin
        if mine := next((folder for folder in folders if folder in path.parents), None):
            found = (self.owner(mine) or {}) | {"file_id": path.name}
        else:
            found = self._found(submitted_file) or {}
        if not is_id(found.get("student_id", "")):
            return self._pass_over(path, self.why or "it is not clear whose it is")
        name = os.path.splitext(found.get("file_id") or "")[0] + path.suffix
        if not is_harmless(name):
            return self._pass_over(path, "its name can't be used")
        if name in (TIMESTAMP, SECRET) and (mine or path.suffix not in self.valid_ext):
            return self._pass_over(path, "when and by whom work was handed in is not for learners to say")
        if path.suffix not in self.valid_ext and not self._is_asked_for(name, mine):
            return self._pass_over(path, "no exercise asks for it, and no notebook that came with it names it")
        found |= {"file_id": name, "timestamp": self._time(path, found.get("timestamp"))}
        return self._unless_seen(path, found)

    def _is_asked_for(self, name: str, folder: Path | None) -> bool:
        """Whether an exercise reads a file of this name, or a notebook in the same upload names it."""
        asked = {file for each in solutions.exercises(self.parent.coursedir.assignment_id) for file in each.files}
        return name in asked or any(name.encode() in notebook for notebook in _notebooks(folder))

    def _found(self, path: str) -> dict | None:
        self.why = ""
        try:
            return whose.read(self.named_regexp, path, len(self.parent._format_collect_path("extracted")) + 1)
        except whose.Unclear as error:
            self.why = str(error)
            return None

    def _time(self, path: Path, timestamp: str | None) -> str | None:
        usable = _usable(timestamp)
        if timestamp and not usable:
            self.log.warning("When this was handed in can't be read from its name, so it is not late: %s", path)
        return usable

    def _unless_seen(self, path: Path, found: dict) -> dict | None:
        """nbgrader stops at two files for the same notebook without timestamps: here the first one counts."""
        seen = self.__dict__.setdefault("_seen", {})
        names = found["student_id"], found["file_id"]
        if names in seen and not (seen[names] and found["timestamp"]):
            return self._pass_over(path, "there is one already for this learner and notebook")
        seen[names] = found["timestamp"]
        return found

    def _pass_over(self, path: Path, why: str) -> None:
        self.log.warning("Left out: %s: %s", path, why)


@lru_cache(maxsize=1)
def _notebooks(folder: Path | None) -> list[bytes]:
    """What is in the notebooks of an upload that has been unpacked."""
    found = sorted(folder.rglob("*.ipynb")) if folder else []
    return [path.read_bytes() for path in found if path.is_file() and not path.is_symlink()]


def _folder(archive: Path) -> Path:
    """Where an archive is unpacked: nbgrader's place for it."""
    return archive.with_name(re.sub(r"(\.tar)?\.\w+$", "", archive.name) or "archive")


def _usable(timestamp: str | None) -> str | None:
    """A time nbgrader can read, or none: it stops the class at one it can't."""
    try:
        timestamp = timestamp and readable(timestamp)
        return timestamp and str(parse_utc(timestamp)) and timestamp
    except (ValueError, OverflowError, TypeError):
        return None
