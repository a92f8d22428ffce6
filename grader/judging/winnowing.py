"""Fingerprints of what a learner wrote, by which a class's work is held against itself.

Winnowing (Schleimer, Wilkerson, Aiken 2003, "Winnowing: local algorithms for document fingerprinting", SIGMOD): of
the hashes of all runs of K tokens, the smallest in every window of WINDOW hashes is kept. So what two texts share is
noticed from K + WINDOW - 1 tokens on, wherever it stands, and nothing shorter than K is. Variables' names count as
alike, comments, docstrings and layout as nothing: another name hides nothing.

All of it takes time that grows with the length of the text, of which a bounded part is read.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from nbformat import NotebookNode

import solutions
from grader.authoring.sources import cell_source
from unrolled.exam.exercise import Exercise

K, WINDOW = 10, 6
LONGEST_CELL, LONGEST, MOST = 10_000, 60_000, 300
_TOKEN = re.compile(r"(?s)#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|(\d[\w.]*|\.?[^\W\d]\w*|\"[^\"\n]*\"|'[^'\n]*'|[^\w\s])")
_WORD = re.compile(r"(\w+)")

Span = tuple[int, int]


def fingerprints(notebook: NotebookNode) -> str:
    """What marks the learner's part of a notebook: at most MOST hashes of 8 characters, with blanks between them.

    Parameters
    ----------
    notebook : NotebookNode
        As `grader.judging.submission.sanitise` makes it: the release's own cells are known in it.
    """
    found, left = set(), LONGEST
    for cell in learners_cells(notebook):
        source = cell.source[: min(LONGEST_CELL, left)]
        left -= len(source)
        found.update(mark for mark, _ in marks(source, cell.cell_type == "code"))
    return " ".join(sorted(found)[:MOST])


def learners_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The cells that a learner wrote, or wrote in."""
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution") or about.get("task") or not (cell.metadata.get("lesson") or about.get("locked")):
            yield cell


def marks(source: str, code: bool) -> list[tuple[str, Span]]:
    """The fingerprints of a text, each with the part of the text that it stands for."""
    words = [*_tokens(source, code)]
    hashes = [_hash([word for word, _ in words[at : at + K]]) for at in range(len(words) - K + 1)]
    return [(hashes[at], (words[at][1][0], words[at + K - 1][1][1])) for at in _winnowed(hashes)]


def everybodys(releases: Iterable[NotebookNode], lesson: str) -> frozenset[str]:
    """Fingerprints of what is nobody's own: the released notebooks', and those of all answers known to the course."""
    cells = (cell for notebook in releases for cell in notebook.cells)
    return frozenset(mark for cell in cells for mark in _all(cell.source, cell.cell_type == "code")) | _known(lesson)


@lru_cache(maxsize=16)
def _known(lesson: str) -> frozenset[str]:
    sources = {source for exercise in solutions.exercises(lesson) for source in _answers(exercise)}
    return frozenset(mark for source in sources for mark in _all(source, True))


def _answers(exercise: Exercise) -> Iterable[str]:
    wrong = (mistake.answer for mistake in exercise.misconceptions)
    found = (cell_source(answer, exercise.name) for answer in (exercise.reference, *exercise.variants, *wrong))
    return filter(None, found)


def _all(source: str, code: bool) -> Iterator[str]:
    """Every hash, not only those that winnowing keeps: which it keeps depends on what stands beside."""
    words = [word for word, _ in _tokens(source, code)]
    return (_hash(words[at : at + K]) for at in range(len(words) - K + 1))


def _tokens(source: str, code: bool) -> Iterator[tuple[str, Span]]:
    for found in (_TOKEN if code else _WORD).finditer(source):
        if found[1]:
            yield (_name(found[1]) if code else found[1].lower()), found.span(1)


def _name(token: str) -> str:
    """Any name stands for any other, and so does any text in quotes."""
    if token[0] in "\"'":
        return '"'
    return "v" if (token[0].isalpha() or token[0] == "_") and not keyword.iskeyword(token) else token


def _hash(words: Sequence[str]) -> str:
    return blake2b("\n".join(words).encode("utf-8", "replace"), digest_size=4).hexdigest()


def _winnowed(hashes: Sequence[str]) -> list[int]:
    """Places of the smallest hash of every window; of several, the last."""
    windows = range(max(len(hashes) - WINDOW + 1, min(len(hashes), 1)))
    chosen = [min(range(at, min(at + WINDOW, len(hashes))), key=lambda i: (hashes[i], -i)) for at in windows]
    return [here for here, after in pairwise([*chosen, -1]) if here != after]
