"""nbgrader's exchange for who watches it: submissions are taken in as they come, and feedback goes out at once."""

from __future__ import annotations

import glob
import logging
import os
import shutil
import time
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grader.nbgrader.bridge import messages_of
from grader.nbgrader.exchange import NOBODYS, CollectAll, ReleaseAll

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
PATIENCE = 30.0
_LOG = logging.getLogger("unrolled.exchange")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False


class CollectWhole(CollectAll):
    """Leaves out, without a word, what is still being handed in."""

    def _path_to_record(self, path: str) -> dict[str, Any]:
        return super()._path_to_record(path) if is_whole(Path(path)) else NOBODYS

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        draft = os.path.join(os.path.dirname(dest), f".{os.path.basename(dest)}")
        shutil.rmtree(draft, ignore_errors=True)
        super().do_copy(src, draft, log)
        os.replace(draft, dest)


class Exchange:
    """The exchange of a course, if it has one.

    Parameters
    ----------
    coursedir : CourseDirectory
    config : Config
    """

    def __init__(self, coursedir: CourseDirectory, config: Config):
        self.coursedir, self.config = coursedir, config
        self.seen: set[str] = set()
        self._taken: list[tuple[str, str]] = []
        root = CollectWhole(coursedir=self._of("", "*"), config=config).root
        self.inbound = Path(root, coursedir.course_id, "inbound")

    @property
    def is_there(self) -> bool:
        """Whether the course has one."""
        return self.inbound.is_dir()

    def take_in(self, lessons: Callable[[], Container[str]]) -> Iterator[str]:
        """Collect what has come since last time; yields what was not collected, and why.

        Parameters
        ----------
        lessons : callable
            Which there are: whoever hands in writes what they like where a lesson's name belongs, a path, say.
        """
        new = [name for name in self._names() if name not in self.seen and is_whole(self.inbound / name)]
        self.seen.update(new)
        asked = [tuple(name.rsplit("+", 3)[:2]) for name in new if name.count("+") >= 2]
        known = lessons() if asked else ()
        for lesson in dict.fromkeys(lesson for _, lesson in asked):
            if lesson in known:
                yield from self._do(CollectWhole, lesson, "*", update=True)
                self._taken += [names for names in asked if names[1] == lesson]
            else:
                yield f"{ascii(lesson)[1:-1]} in the exchange is no lesson, and was not collected"

    def taken(self) -> list[tuple[str, str]]:
        """Learner and lesson of what was taken in since last asked."""
        taken, self._taken = self._taken, []
        return taken

    def give_back(self, learner: str, lesson: str, feedback: Path) -> list[str]:
        """Release a learner's feedback, if it was handed in through the exchange; what went wrong."""
        if not self.is_there or not (feedback / SECRET).is_file() or not (feedback / TIMESTAMP).is_file():
            return []
        return self._do(ReleaseAll, lesson, glob.escape(learner))  # else `*` would be everybody

    def _names(self) -> list[str]:
        with suppress(OSError):
            return sorted(os.listdir(self.inbound))
        return []

    def _do(self, kind: type, lesson: str, learner: str, **settings: Any) -> list[str]:
        with messages_of(_LOG) as messages:
            try:
                kind(coursedir=self._of(lesson, learner), config=self.config, log=_LOG, **settings).start()
            except Exception as error:
                messages.append(f"{lesson}: the exchange can't be used ({error})")
        return messages

    def _of(self, lesson: str, learner: str) -> CourseDirectory:
        course = self.coursedir
        names = {"assignment_id": lesson, "student_id": learner}
        return CourseDirectory(config=self.config, root=course.root, db_url=course.db_url, **names)


def is_whole(folder: Path) -> bool:
    """Whether it was handed in to the end, or has stood still for longer than that takes."""
    try:
        return (folder / SECRET).stat().st_size > 0 or time.time() - folder.stat().st_mtime > PATIENCE
    except OSError:
        with suppress(OSError):
            return time.time() - folder.lstat().st_mtime > PATIENCE
        return False
