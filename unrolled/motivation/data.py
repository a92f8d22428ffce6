"""The texts the lessons read: Python's own documentation, questions of all lengths, reviews that differ only in order.

Everything here comes with Python or is written for this course: nothing is downloaded. The documentation changes with
every version of Python; read here is what all of 3.11 to 3.14 share, word for word. `documentation.txt` lists it, a
paragraph on each line, a fingerprint for each sentence. So everyone learns from the same text and is measured on it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from pydoc_data import topics as pydoc_topics

SEPARATOR = "\n"
LIST = Path(__file__).with_name("documentation.txt")
_TYPEWRITTEN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "*": None, "`": None}
)

SHORT_QUESTIONS = (
    "What is a list?",
    "Why?",
    "Is None an object?",
    "How do I sort a dict?",
    "What does yield do?",
    "Are strings mutable?",
    "Who calls __init__?",
    "Can I nest functions?",
)
LONG_QUESTIONS = (
    "I keep a list of names, and for every name another list of marks, and whenever I add a mark to one of the "
    "names it turns up under all the others as well: how do I give every name a list of its own?",
    "If a generator is closed while it waits inside a with statement, is the file that the with statement opened "
    "closed at once, or only when the generator itself is thrown away?",
    "My function has a dictionary as a default argument, and it seems to remember what I put in last time I called it, "
    "although I never store it anywhere: where does it live, and how do I get a fresh one for every call?",
    "What is the difference between comparing two objects with two equals signs and comparing them with the word "
    "is, and why do both seem to work for small numbers?",
)

# Pairs of reviews, the good one first. The words of a pair are the same, each as often; only their order differs.
OPPOSITE_REVIEWS = (
    ("not bad , really good", "not good , really bad"),
    ("i loved it and my friend hated to leave", "i hated it and my friend loved to leave"),
    ("the start was dull but the end was brilliant", "the start was brilliant but the end was dull"),
    ("better than the book , not worse", "worse than the book , not better"),
    ("it is great , never boring", "it is boring , never great"),
    ("happy i stayed , sad to leave", "sad i stayed , happy to leave"),
    ("nobody slept , everybody laughed", "everybody slept , nobody laughed"),
    ("first i yawned , then i cheered", "first i cheered , then i yawned"),
    ("i was not bored , i was thrilled", "i was bored , i was not thrilled"),
)


@cache
def paragraphs() -> tuple[str, ...]:
    """Paragraphs of English prose in Python's own documentation, in the order of its topics, no sentence twice.

    Code, grammar, tables and headings are left out; line breaks are spaces; typographic quotes and dashes are plain.
    """
    return tuple(filter(None, _listed()))


@cache
def documentation() -> str:
    """The English of Python's own documentation: its paragraphs, one per line."""
    return SEPARATOR.join(paragraphs())


@cache
def split_documentation(every: int = 10) -> tuple[str, str]:
    """The documentation in two texts: one to learn from, one held out.

    Parameters
    ----------
    every : int
        Every `every`-th paragraph is held out. No sentence is in both.

    Returns
    -------
    (str, str)
        The text to learn from, and the held-out text.
    """
    learned = [text for place, text in enumerate(_listed()) if place % every != every - 1]
    return SEPARATOR.join(filter(None, learned)), SEPARATOR.join(filter(None, _listed()[every - 1 :: every]))


def prose(topics: Mapping[str, str]) -> Iterator[list[str]]:
    """The paragraphs of English prose among Python's topics, each as a list of sentences."""
    for name in sorted(topics):
        for block in map(_one_line, re.split(r"\n\s*\n", topics[name].strip("\n"))):
            if _is_prose(block):
                yield re.split(r"(?<=[.:?)]) (?=[A-Z\"(])", block)


def fingerprint(sentence: str) -> str:
    """Eight characters that stand for a sentence in `documentation.txt`."""
    return f"{zlib.crc32(sentence.encode()):08x}"


@cache
def _listed() -> tuple[str, ...]:
    """The paragraphs of the list; an empty one for each that this Python doesn't have."""
    own = {fingerprint(sentence): sentence for sentences in prose(pydoc_topics.topics) for sentence in sentences}
    lines = LIST.read_text(encoding="ascii").splitlines()
    return tuple(" ".join(own[mark] for mark in line.split() if mark in own) for line in lines)


def alphabet_of(text: str) -> str:
    """The characters of `text`, each once, in the order of their code points."""
    return "".join(sorted(set(text)))


def words(text: str) -> list[str]:
    """The words of `text` in lower case, and its punctuation marks, as a list of tokens."""
    return re.findall(r"[\w']+|[^\w\s]", text.lower())


def as_numbers(text: str) -> list[float]:
    """The characters of `text` as their code points: the plainest way to hand text to arithmetic."""
    return [float(ord(character)) for character in text]


def _one_line(block: str) -> str:
    text = re.sub(r"(?<=\w)-\n\s*(?=\w)", "-", block.translate(_TYPEWRITTEN))
    return " ".join(text.split())


def _is_prose(text: str) -> bool:
    letters = sum(character.isalpha() or character == " " for character in text)
    return (
        text.isascii()
        and re.match(r'["(]?[A-Z]', text) is not None
        and text.endswith((".", ":", "?", ")"))
        and text.count(" ") >= 4
        and "::=" not in text
        and letters >= 0.85 * len(text)
    )
