"""Where learners' submissions are, and where what becomes of them goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.marking.worker import Result

LONGEST_ID = 128


@dataclass
class Submission:
    """One learner's notebook of one lesson on its way through grading."""

    learner: str
    lesson: str
    notebook: str
    folder: Path
    result: Result | None = None
    key: str = ""

    @property
    def names(self) -> tuple[str, str, str]:
        """Learner, lesson, notebook."""
        return self.learner, self.lesson, self.notebook

    def autograded(self, course: Path) -> Path:
        """Where the graded notebook is."""
        return course / "autograded" / self.learner / self.lesson / f"{self.notebook}.ipynb"

    def feedback(self, course: Path) -> Path:
        """Where the learner's page is."""
        return course / "feedback" / self.learner / self.lesson / f"{self.notebook}.html"


def is_id(name: str) -> bool:
    """Whether a folder's name can be a learner's id: text to be seen, short enough for any gradebook."""
    return name.isprintable() and name == name.strip() and len(name) <= LONGEST_ID and name[:1] not in (".", "")


def unusable_ids(course: Path) -> list[str]:
    """Who handed something in under a name that can't be anybody's, in words."""
    handed_in = {folder.parent.name for folder in (course / "submitted").glob("*/*") if folder.is_dir()}
    return [
        f"submitted/{ascii(name)[1:-1]} was not graded: a learner's id is at most {LONGEST_ID} visible characters, "
        "the first of them no dot. Rename the folder"
        for name in sorted(handed_in)
        if not is_id(name)
    ]


def find_submissions(course: Path, lesson: str, notebooks: Iterable[str]) -> list[Submission]:
    """Every learner's notebooks of a lesson. A folder without its notebook counts as handed in, too."""
    notebooks, folders = list(notebooks), sorted((course / "submitted").glob(f"*/{lesson}"))
    return [
        Submission(folder.parent.name, lesson, notebook, folder)
        for folder in folders
        if is_id(folder.parent.name)
        for notebook in notebooks
    ]
