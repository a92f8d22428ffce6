"""A question asked long after its answer was heard: who still knows?

1000000?1        The first symbol is the answer, the gap is zeros, "?" asks, the last symbol is what to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np


def gap_strings(gap: int, count: int = 40) -> list[str]:
    """`count` strings with `gap` zeros between the answer and the question, half with each answer."""
    return [f"{place % 2}{'0' * gap}?{place % 2}" for place in range(count)]


def ngram_answers(strings: Sequence[str], n: int) -> list[str]:
    """What an n-gram trained on these very strings says in each of them after the question mark.

    It has counted which symbol follows which n - 1 symbols (at the beginning, which fewer), and says the most
    frequent one.
    """
    counts: dict[str, Counter] = defaultdict(Counter)
    for string in strings:
        for place in range(1, len(string)):
            counts[_context(string, place, n)][string[place]] += 1
    return [_most_frequent(counts[_context(string, len(string) - 1, n)]) for string in strings]


def latch_answers(strings: Sequence[str], params: dict, rnn_forward: Callable) -> list[str]:
    """What a network says at the question mark of each string: "1" where its output is above 0.5 there.

    It hears the question mark as a 0.
    """
    answers = []
    for string in strings:
        xs = np.array([[float(symbol == "1")] for symbol in string[:-1]])  # (T, 1)
        ys, _ = rnn_forward(xs, np.zeros(len(params["u_0"])), params)
        answers.append("1" if ys[-1][0] > 0.5 else "0")
    return answers


def share_right(answers: Sequence[str], strings: Sequence[str]) -> float:
    """How many of the answers are the last symbols of their strings, from 0 to 1."""
    return float(np.mean([answer == string[-1] for answer, string in zip(answers, strings)]))


def _context(string: str, place: int, n: int) -> str:
    return string[max(0, place - n + 1) : place]


def _most_frequent(followers: Counter) -> str:
    return min(followers, key=lambda symbol: (-followers[symbol], symbol))
