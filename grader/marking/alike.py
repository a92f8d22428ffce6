"""Near-identical work of a class, side by side: shown, not judged.

Two learners' fingerprints are compared without what the release, or an answer known to the course, has in common with
them, and without what more than COMMON different works share: that is how everybody writes it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.judging.winnowing import LONGEST_CELL, Span, everybodys, learners_cells, marks
from grader.marking.cache import NAME, write_atomically

COMMON, FEWEST, SHARE = 10, 8, 0.6
GROUPS, SHOWN = 20, 6_000

Work = frozenset[str]


@dataclass(frozen=True)
class Group:
    """Learners whose work is near-identical.

    Attributes
    ----------
    learners : list of str
    pair : list of str
        The two whose texts stand side by side.
    share : float
        Share of the smaller one's fingerprints that the other one has, too, 0 to 1.
    texts : list of list of (str, bool)
        What each of the two wrote, in pieces; whether both have it.
    """

    learners: list[str]
    pair: list[str]
    share: float
    texts: list[list[tuple[str, bool]]]


@dataclass(frozen=True)
class Written:
    """What a learner wrote in one notebook: its fingerprints, none if it could not be graded, and the graded file."""

    learner: str
    prints: str
    path: Path


def compare(course: Path, lesson: str, releases: Iterable[NotebookNode], works: Iterable[Written]) -> None:
    """Hold a class's work on a lesson against itself, and keep what is alike for the class page.

    Parameters
    ----------
    course : Path
    lesson : str
    releases : iterable of NotebookNode
        The lesson's notebooks as everybody got them.
    works : iterable of Written
    """
    graded = [work for work in works if work.prints]
    several = len({work.learner for work in graded}) > 1
    left_out, prints, notebooks = everybodys(releases, lesson) if several else frozenset(), {}, defaultdict(list)
    for work in graded:
        prints[work.learner] = prints.get(work.learner, frozenset()) | frozenset(work.prints.split()) - left_out
        notebooks[work.learner].append(work.path)
    found = []
    for learners, pair, share in groups(prints)[:GROUPS]:
        both = prints[pair[0]] & prints[pair[1]]
        texts = [[*pieces(map(_read, notebooks[name]), both)] for name in pair]
        found.append(asdict(Group(learners, pair, share, texts)))
    write_atomically(where_kept(course, lesson), json.dumps(found), 0o600)


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def groups(prints: Mapping[str, Work]) -> list[tuple[list[str], list[str], float]]:
    """Who shares what hardly anybody else has: all of a group, the two that share most, and how much that is."""
    works: dict[Work, list[str]] = defaultdict(list)
    for learner, mine in sorted(prints.items()):
        if len(mine) >= FEWEST:
            works[mine].append(learner)
    close = _close(list(works))
    found = []
    for group in _joined(works, close):
        learners = sorted(name for work in group for name in works[work])
        if len(learners) > 1:
            found.append((learners, *_closest(group, works, close)))
    return sorted(found, key=lambda each: (-each[2], -len(each[0]), each[0]))


def _close(works: Sequence[Work]) -> dict[tuple[Work, Work], float]:
    """Which two works share most of the smaller one's fingerprints, and how much; what many have does not count."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, work in enumerate(works):
        for mark in work:
            holders[mark].append(place)
    few = [places for places in holders.values() if len(places) <= COMMON]
    sizes = Counter(place for places in few for place in places)
    shared = Counter(both for places in few for both in combinations(places, 2))
    return {
        (works[a], works[b]): count / min(sizes[a], sizes[b])
        for (a, b), count in shared.items()
        if count >= max(FEWEST, SHARE * min(sizes[a], sizes[b]))
    }


def _joined(works: Iterable[Work], close: Iterable[tuple[Work, Work]]) -> Iterator[set[Work]]:
    """The works, those together that some chain of close ones connects."""
    group_of = {work: {work} for work in works}
    for a, b in close:
        if group_of[a] is not group_of[b]:
            group_of[a] |= group_of[b]
            group_of |= dict.fromkeys(group_of[b], group_of[a])
    return iter({id(group): group for group in group_of.values()}.values())


def _closest(
    group: set[Work], works: Mapping[Work, list[str]], close: Mapping[tuple[Work, Work], float]
) -> tuple[list[str], float]:
    twins = sorted(works[work][:2] for work in group if len(works[work]) > 1)
    if twins:
        return twins[0], 1.0
    share, pair = max((share, (a, b)) for (a, b), share in close.items() if a in group)
    return [works[work][0] for work in pair], share


def pieces(notebooks: Iterable[NotebookNode], both: Work) -> Iterator[tuple[str, bool]]:
    """What a learner wrote in cells that hold some of these fingerprints, in pieces; whether both have the piece."""
    left = SHOWN
    for cell in (cell for notebook in notebooks for cell in learners_cells(notebook)):
        source = cell.source[:LONGEST_CELL]
        spans = _merged(span for mark, span in marks(source, cell.cell_type == "code") if mark in both)
        if spans and left > 0:
            yield from _cut(source[:left] + "\n\n", spans)
            left -= len(source)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _cut(source: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in spans:
        yield source[at:start], False
        yield source[start:end], True
        at = end
    yield source[at:], False


def kept(course: Path, lesson: str) -> list[Group]:
    """What the last grading of a lesson found; nothing, if that can't be read."""
    try:
        found: list[dict[str, Any]] = json.loads(where_kept(course, lesson).read_text(encoding="utf-8"))
        return [Group(**group) for group in found]
    except (OSError, ValueError, TypeError):
        return []


def where_kept(course: Path, lesson: str) -> Path:
    """The file of what a lesson's works have in common."""
    return course / NAME / "alike" / f"{lesson}.json"
