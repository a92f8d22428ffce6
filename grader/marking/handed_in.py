"""Where learners' submissions are, and where what becomes of them goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.marking.worker import Result
from grader.nbgrader.places import Places

LONGEST_ID = 128
HandedIn = tuple[str, str, Path]
"""A learner, a lesson, and the folder of what the learner handed in of it."""


@dataclass
class Submission:
    """One learner's notebook of one lesson on its way through grading.

    Attributes
    ----------
    folder : Path
        What the learner handed in.
    autograded, feedback : Path
        Where the graded notebook and the learner's page are.
    missing : bool
        Whether there is a folder, but no such notebook in it.
    """

    learner: str
    lesson: str
    notebook: str
    folder: Path
    autograded: Path
    feedback: Path
    result: Result | None = None
    key: str = ""
    missing: bool = False

    @property
    def names(self) -> tuple[str, str, str]:
        """Learner, lesson, notebook."""
        return self.learner, self.lesson, self.notebook

    @property
    def counts(self) -> bool:
        """Whether the gradebook is to know of it: a fault of ours leaves a learner's marks as they were."""
        return self.result.blame != "infrastructure"

    def strangers(self, notebooks: Iterable[str]) -> list[str]:
        """Names of a few notebooks in the folder that are none of the lesson's."""
        found = (path for path in self.folder.glob("*.ipynb") if path.stem not in notebooks)
        return sorted(path.name for path in islice(found, 3))


def is_id(name: str) -> bool:
    """Whether a name can be a learner's id: a folder's, text to be seen, short enough for any gradebook."""
    fits = name == name.strip() and len(name) <= LONGEST_ID and "/" not in name
    return fits and name.isprintable() and name[:1] not in (".", "")


def unusable_ids(places: Places) -> list[str]:
    """Who handed something in under a name that can't be anybody's, in words."""
    return [
        f"{places.inbox.name}/{ascii(name)[1:-1]} was not graded: a learner's id is at most {LONGEST_ID} visible "
        "characters, the first of them no dot. Rename the folder"
        for name in sorted({learner for learner, _, _ in places.handed_in()})
        if not is_id(name)
    ]


def find_submissions(
    places: Places, lesson: str, notebooks: Iterable[str], handed_in: Iterable[HandedIn] | None = None
) -> list[Submission]:
    """Every learner's notebooks of a lesson. A folder without its notebook counts as handed in, too.

    Parameters
    ----------
    handed_in : iterable of (learner, lesson, folder), optional
        Where to look; everywhere, if it isn't given.
    """
    notebooks = [notebook for notebook in notebooks if places.wants(notebook)]
    return [
        Submission(learner, lesson, notebook, folder, places.autograded(learner, lesson) / f"{notebook}.ipynb",
                   places.feedback(learner, lesson) / f"{notebook}.html")
        for learner, lesson_of_folder, folder in (places.handed_in() if handed_in is None else handed_in)
        if lesson_of_folder == lesson and is_id(learner)
        for notebook in notebooks
    ]  # fmt: skip
