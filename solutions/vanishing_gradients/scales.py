"""A backward pass is linear in what arrives from the end: what is right of small gradients is right of large ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from unrolled.exam.exercise import Case, Pattern

SMALL, LARGE, HUGE = "small gradients", "gradients of hundreds", "gradients of ten thousands"
_SCALES = ((SMALL, 1e-4), (LARGE, 1e2), (HUGE, 1e4))
CUT_OFF = (
    "Large numbers are cut off, as `np.clip` does. Twice the gradient at the end is twice the gradient "
    "everywhere on the way back; cut off entry by entry, it points elsewhere. Clipping comes afterwards, once, for all "
    "gradients together."
)


def scaled(case: Case, places: Sequence[int]) -> Iterator[Case]:
    """The same call with gradients of other sizes, which are the arguments at `places`."""
    for label, scale in _SCALES:
        args = [(scale * arg).round(7) if place in places else arg for place, arg in enumerate(case.args)]
        yield Case(tuple(args), label)


def cut_off(parts: Sequence[str]) -> tuple[Pattern, ...]:
    """The pattern of whoever cuts gradients off, wherever and at whatever number."""
    text = "{}: right while gradients are small, wrong where they are a hundred million times as large. " + CUT_OFF
    return tuple(Pattern(text.format(part), (f"{part} @ {HUGE}",), (f"{part} @ {SMALL}",), sure=True) for part in parts)


def clipped(gradients: dict, limit: float = 5.0) -> dict:
    """Gradients with those of the weights cut off entry by entry, as many a recipe has it."""
    return {name: np.clip(g, -limit, limit) if name[:2] in ("u_", "w_") else g for name, g in gradients.items()}
