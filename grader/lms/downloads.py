"""What an instructor brings: archives, folders and single files, opened, and told apart by the names in them."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from grader.errors import CourseError, SubmissionError
from grader.judging.files import below, kind, read_file
from grader.lms.archives import BROKEN, ENDINGS, Budget, Member, TooMuch, is_harmless, is_junk, members, without_ending
from grader.lms.people import Roster
from grader.lms.shapes import SHAPES, Blackboard, Canvas, Classroom, Moodle, Plain, Shape, worksheet

MOST_BYTES, MOST_FILES = 8 * 2**30, 10**6  # in all that one platform gave out
_LONGEST_TEXT = 2**25
_OURS = "receipt.json"


@dataclass
class Download:
    """Files that came together, and the shape of their names.

    Attributes
    ----------
    title : str
        What the instructor called it.
    members : list of Member
        Without what operating systems add, and without the folder that all have in common, if names say more so.
    trouble : str
        Why the rest of it can't be read, if so.
    lists : dict of Member
        What the platform says of all these in files of their own, which the instructor brought as well.
    """

    title: str
    members: list[Member]
    trouble: str = ""
    shape: Shape | None = field(default=None, repr=False)
    lists: dict[str, Member] = field(default_factory=dict)

    def recognise(self, wanted: str | None, roster: Roster) -> None:
        """Find out whose shape the names have.

        Raises
        ------
        CourseError
            If they could be two platforms', and nobody said which.
        """
        kinds = [SHAPES[wanted]] if wanted else [*SHAPES.values()]
        tried = [
            (kind, members, _shaped(kind, members, self.lists)) for kind in kinds for members in _layers(self.members)
        ]
        counts = [_count(shape, members, roster) for _, members, shape in tried]
        best = counts.index(max(counts))
        rivals = {kind for (kind, _, _), count in zip(tried, counts, strict=True) if count == counts[best]}
        if counts[best] >= 1 and {Canvas, Blackboard} <= rivals:
            raise CourseError.of_arguments(
                f"{self.title} could be Canvas's or Blackboard's: say which, with --from canvas, say"
            )
        _, self.members, self.shape = tried[best]


def open_all(paths: Sequence[Path], stack: ExitStack, learners: Iterable[str]) -> list[Download]:
    """Open what was brought; files that are single uploads come together.

    Parameters
    ----------
    paths : sequence of Path
    stack : ExitStack
        Keeps archives open.
    learners : iterable of str
        Ids: an archive or folder that is called by one of them is that one's upload.
    """
    known, loose, found, lists = {*learners}, [], [], {}
    for path in paths:
        if _is_worksheet(path):
            lists[Moodle.LIST] = _file(path, path.parent)
        elif path.is_dir():
            found.append(_folder(path))
            if path.name in known:
                found[-1].members = [replace(each, name=f"{path.name}/{each.name}") for each in found[-1].members]
        elif path.name.endswith(ENDINGS) and not _is_upload(path, known):
            found.append(_archive(path, stack))
        else:
            loose.append(_file(path, path.parent))
    found += [Download("single files", loose)] if loose else []
    return [replace(each, lists=lists) for each in found]


def _layers(members: list[Member]) -> list[list[Member]]:
    """The same without the folder that all are in, and without the next one, as far as there is one."""
    layers = [members]
    while len(layers) < 4 and len({member.name.partition("/")[0] for member in layers[-1]}) == 1:
        if not all("/" in member.name for member in layers[-1]):
            break
        layers.append([Member(each.name.partition("/")[2], each.read, each.time) for each in layers[-1]])
    return layers


def _shaped(kind: type[Shape], members: list[Member], lists: dict[str, Member]) -> Shape:
    found = {member.name: member for member in members}
    return kind([*found], lambda name: _text((found | lists).get(name)))


def _count(shape: Shape, members: list[Member], roster: Roster) -> float:
    """How many names are of this shape. What anybody might call a file counts by whether the roster knows the name."""
    names = [member.name for member in members]
    if not isinstance(shape, Classroom | Plain):
        return sum(bool(shape.read(name)) or shape.is_own(name) for name in names)
    readings = [shape.read(name) for name in names]
    known = sum(any(roster.knows(owner) for upload in each for owner in upload.owners) for each in readings)
    folders = {upload.folder for each in readings for upload in each if upload.in_folder}
    some = 2**20 if isinstance(shape, Classroom) else 2**40
    return known / 2 + len(folders) / some + sum(map(bool, readings)) / 2**60


def _text(member: Member | None) -> str:
    try:
        return member.read(Budget(_LONGEST_TEXT, 1)).decode("utf-8-sig", "replace") if member and member.read else ""
    except (*BROKEN, TooMuch, SubmissionError):
        return ""


def _archive(path: Path, stack: ExitStack) -> Download:
    found, trouble = [], ""
    try:
        file = stack.enter_context(path.open("rb"))
        for member in members(file, Budget(MOST_BYTES, MOST_FILES)):
            found.append(member)
    except TooMuch:
        trouble = "it, or the rest of it, is too much"
    except BROKEN as error:
        trouble = f"it, or the rest of it, can't be read ({error})"
    return Download(path.name, _work(found), trouble)


def _folder(top: Path) -> Download:
    found = []
    for path in sorted(islice(below(top, deepest=MOST_FILES), MOST_FILES + 1)):
        if not stat.S_ISDIR(kind(path)):
            found.append(_file(path, top))
    return Download(top.name, _work(found), "the rest of it is too much" if len(found) > MOST_FILES else "")


def _file(path: Path, top: Path) -> Member:
    name = path.relative_to(top).as_posix()
    usable = stat.S_ISREG(kind(path)) and is_harmless(name)

    def read(budget: Budget) -> bytes:
        if path.lstat().st_size > budget.bytes:
            raise TooMuch
        data = read_file(path, top, budget.bytes)
        budget.spend(len(data))
        return data

    return Member(name, read if usable else None)


def _work(found: list[Member]) -> list[Member]:
    return [member for member in found if not is_junk(member.name)]


def _is_worksheet(path: Path) -> bool:
    return path.suffix == ".csv" and path.is_file() and bool(worksheet(_text(_file(path, path.parent))))


def _is_upload(path: Path, learners: set[str]) -> bool:
    """Whether an archive is one learner's: its name says so, or a receipt of ours in it does."""
    if without_ending(path.name) in learners:
        return True
    named = (SHAPES[name]([path.name], lambda _: "") for name in ("canvas", "moodle", "blackboard", "brightspace"))
    if any(shape.read(path.name) for shape in named):
        return True
    try:
        with path.open("rb") as file:
            return any(member.name == _OURS for member in members(file, Budget(2**26, 100)))
    except (*BROKEN, TooMuch):
        return False
