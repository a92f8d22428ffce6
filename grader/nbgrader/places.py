"""Where a course has what, and whose submissions are graded: as nbgrader's settings say."""

from __future__ import annotations

import contextlib
import glob
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grader.errors import CourseError


class Places:
    """The folders of a course.

    Parameters
    ----------
    coursedir : CourseDirectory
    config : Config

    Attributes
    ----------
    graded_mode, page_mode : int
        Permissions of graded notebooks and of feedback, and of the files that go with them.
    enrols : bool or None
        Whether who hands something in is enrolled by that; None if the settings don't say.
    ignored : list of str
        Patterns of names that are nobody's work.
    """

    def __init__(self, coursedir: CourseDirectory, config: Config):
        self.coursedir, self.ignored = coursedir, coursedir.ignore
        self.left_out = {name for name in coursedir.student_id_exclude.split(",") if name}
        autograde = Autograde(coursedir=coursedir, config=config)
        feedback = GenerateFeedback(coursedir=coursedir, config=config)
        self.graded_mode, self.page_mode = (int(str(step.permissions), 8) for step in (autograde, feedback))
        said = any("create_student" in config[name] for name in Autograde.section_names() if name in config)
        self.enrols, self._kept = autograde.create_student if said else None, autograde.exclude_overwriting

    def source(self, lesson: str) -> Path:
        """What the author wrote, and the files that go with it."""
        return self._at(self.coursedir.source_directory, ".", lesson)

    def release(self, lesson: str) -> Path:
        """What learners got."""
        return self._at(self.coursedir.release_directory, ".", lesson)

    def submitted(self, learner: str, lesson: str) -> Path:
        """What a learner handed in."""
        return self._at(self.coursedir.submitted_directory, learner, lesson)

    def autograded(self, learner: str, lesson: str) -> Path:
        """Where formgrader looks for what was graded."""
        return self._at(self.coursedir.autograded_directory, learner, lesson)

    def feedback(self, learner: str, lesson: str) -> Path:
        """Where `release_feedback` looks for a learner's pages."""
        return self._at(self.coursedir.feedback_directory, learner, lesson)

    @property
    def inbox(self) -> Path:
        """The folder above all submissions: nothing between it and a submission may be a link."""
        steady = self.submitted("\0", "\0")
        return next(above for above in steady.parents if "\0" not in str(above))

    def handed_in(self) -> Iterator[tuple[str, str, Path]]:
        """Learner, lesson and folder of everything handed in by the learners to be graded, in order."""
        step, learners = self.coursedir.submitted_directory, self.coursedir.student_id
        structure = self.coursedir.directory_structure
        wanted = structure.format(nbgrader_step=step, student_id=learners, assignment_id="*")
        pattern = str(Path(glob.escape(self.coursedir.root), wanted))
        form = self.coursedir.format_path(step, "(?P<learner>[^/]+)", "(?P<lesson>[^/]+)", escape=True)
        for path in sorted(glob.glob(pattern, include_hidden=True)):
            meant = Path(path).is_dir() or not Path(path).suffix  # a file in a folder's place is somebody's, too
            if (match := re.fullmatch(form, path)) and meant and match["learner"] not in self.left_out:
                yield match["learner"], match["lesson"], Path(path)

    def learners_own(self, lesson: str) -> set[str]:
        """Files that learners are to change: theirs count, and not the author's."""
        return {Path(name).as_posix() for name in self._kept.get(lesson, ())}

    def share(self, folder: Path) -> None:
        """Let the group of instructors write in a folder, and in those above it that belong to the step."""
        if self.coursedir.groupshared:
            share(folder, folder.parent, folder.parent.parent)

    def close(self) -> None:
        """Keep what is in the course from everybody but its owner, or the group of instructors; not the release."""
        course = Path(self.coursedir.root)
        kept = 0o770 if self.coursedir.groupshared else 0o700
        for path in course.iterdir():
            if path.name != self.coursedir.release_directory and not path.is_symlink():
                with contextlib.suppress(PermissionError, FileNotFoundError):
                    path.chmod(path.stat().st_mode & (0o7000 | kept))

    def wants(self, notebook: str) -> bool:
        """Whether the notebook is one of those to be graded."""
        return fnmatch(notebook, self.coursedir.notebook_id)

    def _at(self, step: str, learner: str, lesson: str) -> Path:
        return Path(self.coursedir.format_path(step, learner, lesson))


def make_course(course: Path) -> None:
    """A course's folder, for its owner alone.

    Raises
    ------
    CourseError
        If there is no folder to make it in.
    """
    try:
        course.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError.of_arguments(
            f"{course} can't be made ({error.strerror}): --course says which it is"
        ) from None


def share(*folders: Path, files: bool = False) -> None:
    """Let the group write in the first of these folders and in all below it, and in the other folders themselves."""
    below = folders[0].rglob("*")
    for path in (*folders, *(path for path in below if files or path.is_dir())):
        with contextlib.suppress(PermissionError, FileNotFoundError):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o2777 | (0o2770 if path.is_dir() else 0o660))
