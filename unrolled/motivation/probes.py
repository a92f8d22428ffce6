"""What a wrong continuation of lesson 01 can tell, with the help of the learner's own probabilities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def probe_autofill(
    returned: Any,
    counts: dict,
    prompt: str,
    length: int,
    n: int,
    alphabet: str,
    rng: Any,
    next_char_probabilities: Callable,
) -> str:
    """Whether every character added may follow what stands before it, and if so, what else can be wrong.

    Parameters
    ----------
    returned : object
        What `autofill` gave for the other arguments.
    next_char_probabilities : callable
        The learner's own, and right.
    """
    if not isinstance(returned, str) or not returned.startswith(prompt) or len(returned) != len(prompt) + length:
        return ""
    for t in range(len(prompt), len(returned)):
        before, character = returned[max(0, t - n + 1) : t], returned[t]
        p = dict(zip(alphabet, next_char_probabilities(counts, before, alphabet, 0.0)))
        if not p.get(character):
            return (
                f"Your new character number {t - len(prompt) + 1}, {character!r}, follows {before!r}, after which it "
                "has probability 0. Which context did you look up, and in which order are the characters drawn from?"
            )
    return (
        "Every character you add may follow its context. Three things decide which it is: the context looked up, which "
        "is the whole text if that is shorter than n − 1; the probabilities, as they are; and the draws, exactly one "
        "of `rng` for each new character, with the characters in the order of the alphabet."
    )
