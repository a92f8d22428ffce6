"""Mistakes as people read them: a function's by its name, a question's by what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import solutions


def in_words(lesson: str) -> dict[tuple[str, str], str]:
    """What to call a lesson's known mistakes, by exercise and the mistake's own name."""
    return {
        (exercise.name, mistake.name): _words(exercise.choices, mistake)
        for exercise in solutions.exercises(lesson)
        for mistake in exercise.misconceptions
    }


def _words(choices: Mapping[str, str], mistake: Any) -> str:
    """Of a question the wrong choice's letter and text, its formulas without TeX's signs."""
    if not choices:
        return mistake.name
    text = choices[mistake.answer].replace("$", "").replace(r"\dots", "…")
    return f"{mistake.answer}, “{text}”"
