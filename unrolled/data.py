"""The texts the lessons read: Python's own documentation, questions of all lengths, reviews that differ only in order.

Everything here comes with Python or is written for this course: nothing is downloaded. The documentation grows with
every version of Python, so don't rely on its length, only on what it is: some hundred thousand characters of English.
"""

from __future__ import annotations

import re
from functools import cache
from pydoc_data import topics as pydoc_topics

SEPARATOR = "\n"
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
    """Paragraphs of English prose in Python's own documentation, each once, in the order of its topics.

    Code, grammar, tables and headings are left out; line breaks are spaces; typographic quotes and dashes are plain.
    """
    blocks = (
        block
        for name in sorted(pydoc_topics.topics)
        for block in re.split(r"\n\s*\n", pydoc_topics.topics[name].strip("\n"))
    )
    return tuple(dict.fromkeys(filter(_is_prose, map(_one_line, blocks))))


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
        Every `every`-th paragraph is held out. No paragraph is in both.

    Returns
    -------
    (str, str)
        The text to learn from, and the held-out text.
    """
    learned = [text for place, text in enumerate(paragraphs()) if place % every != every - 1]
    return SEPARATOR.join(learned), SEPARATOR.join(paragraphs()[every - 1 :: every])


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
