"""One part of an exercise, on one case: is what was returned there right, and if not, what is the first difference?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from unrolled.exam.calling import Outcome
from unrolled.exam.compare import Difference, as_made, compare, describe
from unrolled.exam.exercise import Examination, Part, Raised

MISSING = object()


def component(value: Any, part: Part | None, expected: Any = None) -> Any:
    """The component of a returned value that a part looks at, or a marker that it isn't there.

    Of a dict that may hold more than was asked for, what `expected` has.
    """
    if part is None:
        return value
    found = _picked(value, part.pick)
    if part.block and isinstance(found, np.ndarray) and found.ndim and len(found) % len(part.blocks.split()) == 0:
        names = part.blocks.split()
        return np.split(found, len(names))[names.index(part.block)]
    if part.extras and isinstance(found, Mapping) and isinstance(expected, Mapping):
        return {key: item for key, item in found.items() if key in expected}
    return found


def places_of(examination: Examination, part: Part) -> list[int]:
    """The cases that count for a part."""
    return [place for place, case in enumerate(examination.cases) if part.label in (None, case.label)]


def failure(examination: Examination, part: Part, place: int, outcome: Outcome) -> str:
    """Why a part is wrong on one case, in a clause; empty if it is right."""
    expected = examination.expected[place]
    if isinstance(expected, Raised):
        raised = outcome.fault is not None and outcome.fault.kind == expected.error
        return "" if raised else f"should raise {expected.error}"
    if outcome.fault:
        return outcome.fault.kind
    if outcome.mutated and not examination.may_mutate:
        return "changes its argument"
    found = difference(examination, part, place, outcome.value)
    return found.text if found else ""


def difference(examination: Examination, part: Part, place: int, value: Any) -> Difference | None:
    """How what was returned for a part on one case first differs from what is expected, if it does."""
    expected = component(examination.expected[place], part)
    got = component(value, part, expected)
    if value is None and examination.expected[place] is not None:
        return Difference("type", "returned None: is a `return` missing?")
    if got is MISSING and isinstance(part.pick, str) and isinstance(value, Mapping):
        return Difference("type", f"returned no {part.pick!r}, but {describe(value)}")
    if got is MISSING or not _same_size(examination.expected[place], value, part.pick):
        return Difference("type", f"returned {describe(value)}, expected {describe(examination.expected[place])}")
    found = compare(expected, got, examination.tolerance, examination.relative)
    return found or (as_made(expected, got, part.exact) if part.exact else None)


def _same_size(expected: Any, value: Any, pick: int | str | None) -> bool:
    return not isinstance(pick, int) or len(expected) == len(value)


def spot(examination: Examination, name: str) -> Part:
    """The part a pattern speaks of, narrowed to the cases of one label and to a block or, where a part is a whole dict,
    to one of its arrays: "du_h[r] @ two timesteps", "several chunks[w_x]".
    """
    whole, _, label = name.partition(" @ ")
    part_name, _, block = whole.rstrip("]").partition("[")
    part = next((part for part in examination.parts if part.name == part_name), None)
    if part and block in _arrays_of(examination, part):
        return replace(part, name=f"{part_name}[{block!r}]", pick=block, label=label or part.label)
    if part is None or (block and block not in part.blocks.split()):
        raise ValueError(f"{examination.name}: a pattern speaks of {whole!r}, which is no part")
    shown = f"Block {block} of {part_name}" if block else part_name
    return replace(part, name=shown, block=block, label=label or part.label)


def _arrays_of(examination: Examination, part: Part) -> tuple[str, ...]:
    """The names of the arrays that a part which is a whole dict consists of."""
    whole = examination.expected[places_of(examination, part)[0]]
    return tuple(whole) if part.pick is None and isinstance(whole, Mapping) else ()


def _picked(value: Any, pick: int | str | None) -> Any:
    if pick is None:
        return value
    if isinstance(pick, int) and isinstance(value, list | tuple) and pick < len(value):
        return value[pick]
    if isinstance(pick, str) and isinstance(value, dict) and pick in value:
        return value[pick]
    return MISSING
