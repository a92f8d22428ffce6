"""How each learning platform names what it gives out: whose a file is, when it came, how its learner called it.

Every platform writes its own part first and appends the learner's. Where a name can be read in more than one way,
because a learner may have written what looks like the platform's part, all readings are given.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from grader.lms.people import Owner

MODIFIED = "Last modified (submission)"
Text = Callable[[str], str]
"""Reads a file of the platform's own, by its name in the download; empty if it can't be read."""


@dataclass(frozen=True)
class Upload:
    """One reading of a name in a download.

    Attributes
    ----------
    owners : tuple of Owner
        One, or all of a group.
    file : str
        The learner's own name of the file, folders included.
    folder : str
        The platform's part of the name, as it is needed to give something back.
    time : str
        When it was handed in, as the platform writes it; empty if it doesn't say.
    late : bool
        Whether the platform says it was late.
    in_folder : bool
        Whether the platform's part is a folder of its own.
    number : int
        Greater for what was uploaded later, where the platform numbers uploads.
    """

    owners: tuple[Owner, ...]
    file: str
    folder: str
    time: str = ""
    late: bool = False
    in_folder: bool = True
    number: int = 0


class Shape:
    """A platform's way to name things.

    Parameters
    ----------
    names : iterable of str
        All names in the download.
    text : callable
    """

    title = ""

    def __init__(self, names: Iterable[str], text: Text):
        self.names, self.text = names, text

    def read(self, name: str) -> list[Upload]:
        """All readings of a name; none if it is not of this shape."""
        raise NotImplementedError

    def is_own(self, name: str) -> bool:
        """Whether a file is the platform's own and nobody's work."""
        return False


class Canvas(Shape):
    """`lovelaceada_LATE_12345_67890_file.ipynb`: number of the person, number of the upload.

    What is handed in again under the same name is called `file-1.ipynb`, `file-2.ipynb`, …
    """

    title = "Canvas"
    _numbers = re.compile(r"(?s)(?=_(LATE_)?([1-9]\d{0,18})_(?:([1-9]\d{0,18})_(.+)|((?:text|link)\.html)$))")
    _nameless = re.compile(r"(?s)((?:LATE_)?anon_\w+?_\d+)_(.+)")

    def read(self, name: str) -> list[Upload]:
        """All readings of a name; none if it is not of this shape."""
        if "/" in name:
            return []
        if match := self._nameless.fullmatch(name):
            return [Upload((Owner(ticket=match[1]),), match[2], match[1], late=match[1].startswith("LATE_"))]
        return [self._upload(name, match) for match in self._numbers.finditer(name) if _begins(name, match)]

    def _upload(self, name: str, match: re.Match) -> Upload:
        file, number = match[4] or match[5], int(match[3] or 0)
        owner = Owner(match[2], name=name[: match.start()])
        return Upload((owner,), file, name.removesuffix(file).rstrip("_"), late=bool(match[1]), number=number)


class Moodle(Shape):
    """`Ada Lovelace_123456_assignsubmission_file/file.ipynb`: a number of the person in this assignment.

    Who the number is, and when they handed in, stands in the assignment's grading worksheet.
    """

    title = "Moodle"
    LIST = "grading worksheet"
    _ticket = re.compile(r"(?s)(?=_(\d{1,18})_assignsubmission_(file|onlinetext)(?:_?/|_)(.+))")

    def __init__(self, names: Iterable[str], text: Text):
        super().__init__(names, text)
        self._listed = worksheet(text(self.LIST))

    def read(self, name: str) -> list[Upload]:
        """All readings of a name; none if it is not of this shape."""
        found = [match for match in self._ticket.finditer(name) if match.start() and "/" not in name[: match.start()]]
        return [self._upload(name, match) for match in found]

    def _upload(self, name: str, match: re.Match) -> Upload:
        owner = Owner(name=name[: match.start()], ticket=match[1])
        upload = Upload((owner,), match[3], f"{name[: match.start()]}_{match[1]}_assignsubmission_{match[2]}")
        return self._dated(upload, self._listed.get(match[1], {}))

    def _dated(self, upload: Upload, row: Mapping[str, str | None]) -> Upload:
        """The upload with what the worksheet says of it."""
        number, email, time = (
            (row.get(column) or "").strip(" -") for column in ("ID number", "Email address", MODIFIED)
        )
        owner = replace(upload.owners[0], number=number, email=email)
        return replace(upload, owners=(owner,), time=time)


class Blackboard(Shape):
    """`Assignment_login_attempt_2026-11-01-10-30-10_file.ipynb`, and a text of its own beside each attempt."""

    title = "Blackboard"
    _attempt = re.compile(r"(?s)([^/]+?)_attempt_(\d{4}(?:-\d\d){5})(?:_([^/]+)|(\.txt))")
    _name = re.compile(r"Name:[ \t]*(.*?)[ \t]*\(([^()]*)\)[ \t]*")

    def read(self, name: str) -> list[Upload]:
        """All readings of a name: a login may have underscores, and so may an assignment's title."""
        match = self._attempt.fullmatch(name)
        if not match or match[4]:
            return []
        folder = f"{match[1]}_attempt_{match[2]}"
        owners = self._owners(match[1], self.text(f"{folder}.txt"))
        return [Upload((owner,), match[3], folder, match[2]) for owner in owners]

    def _owners(self, who: str, receipt: str) -> list[Owner]:
        parts = who.split("_")
        logins = ["_".join(parts[place:]) for place in range(len(parts)) if parts[place]]
        said = next(filter(None, map(self._name.fullmatch, receipt.splitlines()[:1])), None)
        if said and said[2] in logins:
            return [Owner(login=said[2], name=said[1])]
        return [Owner(login=login) for login in logins]

    def is_own(self, name: str) -> bool:
        """Whether it is the text that Blackboard writes beside an attempt."""
        match = self._attempt.fullmatch(name)
        return bool(match and match[4])


class Brightspace(Shape):
    """`12345-67890 - Ada Lovelace - Nov 1, 2026 1030 AM/file.ipynb`, and an index of its own."""

    title = "Brightspace"
    _day = r"(?:[^\W\d_]+\.? \d{1,2}|\d{1,2}\.? [^\W\d_]+\.?),? \d{4}"
    _form = re.compile(
        rf"(?s)(?P<folder>(?P<number>\d+)-\d+ - (?P<name>[^/]+?) - "
        rf"(?P<time>{_day},? \d{{1,2}}[:.]?\d\d(?: ?[AaPp]\.?[Mm]\.?)?))(?:/(?P<file>.+)| - (?P<beside>[^/]+))"
    )

    def __init__(self, names: Iterable[str], text: Text):
        super().__init__(names, text)
        found = {(match["number"], match["name"]) for match in map(self._form.fullmatch, names) if match}
        numbers = [number for number, _ in found]
        self._shared = {number for number in numbers if numbers.count(number) > 1}

    def read(self, name: str) -> list[Upload]:
        """The reading of a name; where people share a number, it is none of theirs."""
        match = self._form.fullmatch(name)
        if not match:
            return []
        owner = Owner("" if match["number"] in self._shared else match["number"], name=match["name"])
        return [Upload((owner,), match["file"] or match["beside"], match["folder"], match["time"])]

    def is_own(self, name: str) -> bool:
        """Whether it is the index."""
        return name == "index.html"


class Gradescope(Shape):
    """`submission_123/file.ipynb`, and a list that says whose each is."""

    title = "Gradescope"
    LIST = "submission_metadata.yml"
    _form = re.compile(r"(?s)(submission_\d+)(\.[^/]+|/(.+))")

    def __init__(self, names: Iterable[str], text: Text):
        super().__init__(names, text)
        self._listed = _mapping(_yaml(text(self.LIST))) if self.LIST in names else {}

    def read(self, name: str) -> list[Upload]:
        """The reading of a name, if the list has it."""
        match = self._form.fullmatch(name)
        entry = _mapping(match and (self._listed.get(match[1]) or self._listed.get(name)))
        owners = tuple(map(_submitter, entry.get(":submitters") or ()))
        if not match or not any(owner.known_as for owner in owners):
            return []
        return [Upload(owners, match[3] or name, match[1], str(entry.get(":created_at", "")))]

    def is_own(self, name: str) -> bool:
        """Whether it is the list."""
        return name == self.LIST


class Classroom(Shape):
    """`Ada Lovelace - file.ipynb`: so Classroom calls the copies it makes; uploads are called as their learners did.

    What comes before the dash, a learner could have written.
    """

    title = "Google Classroom"
    _form = re.compile(r"(?s)([^/]+?) - ([^/]+)")

    def read(self, name: str) -> list[Upload]:
        """The reading of a name."""
        match = self._form.fullmatch(name)
        return [Upload((Owner(name=match[1]),), match[2], match[1])] if match else []


class Plain(Shape):
    """Folders or files that the instructor called by their learners: `ada/file.ipynb`, `ada.ipynb`, `ada_file.zip`."""

    title = "folder"

    def read(self, name: str) -> list[Upload]:
        """All readings of a name."""
        who, _, file = name.partition("/")
        if file:
            return [Upload((Owner(login=who, name=who),), file, who)]
        stem, dot, _ = name.rpartition(".")
        stem = re.sub(r" ?\(\d{1,3}\)$", "", stem)  # where names were the same: Drive, and browsers
        ends = [len(stem), *(match.start() for match in re.finditer(r"[ _.-]", stem))]
        return [
            Upload((Owner(login=stem[:end], name=stem[:end]),), name, stem[:end], in_folder=False)
            for end in ends
            if dot and end
        ]


SHAPES: Mapping[str, type[Shape]] = {
    "gradescope": Gradescope, "brightspace": Brightspace, "moodle": Moodle, "blackboard": Blackboard, "canvas": Canvas,
    "classroom": Classroom, "folder": Plain,
}  # fmt: skip


def worksheet(text: str) -> dict[str, dict[str, str | None]]:
    """The rows of Moodle's grading worksheet, by the number it gives each person; none if it is something else."""
    try:
        rows = [*csv.DictReader(io.StringIO(text, newline=""))]
    except csv.Error:
        return {}
    return {str(row.get("Identifier")).rpartition(" ")[2]: row for row in rows if MODIFIED in row}


def _begins(name: str, match: re.Match) -> bool:
    """Whether there is a name before the numbers. Canvas writes names in small letters, and LATE in large ones."""
    return match.start() > 0 and not name[: match.start()].endswith("_LATE")


def _yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # Ruby's tags mean nothing here
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}


def _mapping(value: Any) -> Mapping:
    return value if isinstance(value, dict) else {}


def _submitter(entry: Any) -> Owner:
    said = {key: str(value).strip() for key, value in _mapping(entry).items() if value is not None}
    return Owner(login=said.get(":sid", ""), email=said.get(":email", ""), name=said.get(":name", ""))
