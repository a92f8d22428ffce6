"""Which step of a sequence is the first that isn't right, given a learner's own results. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

MAX_STEPS = 60
_NEAR = 1e-4
_States = tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Steps:
    """How a result comes about step by step, so that each can be held against a learner's own one before.

    A piece of what is given or returned is named by a path: "params.u_x" is an entry of an argument, "1.c" one of the
    second thing returned.

    Attributes
    ----------
    step : str
        The name of the exercise whose function makes one: of a row, the states before it, and `rest`.
    rows : str
        The argument whose rows are read.
    states : tuple of str
        Where the states after each step stand in what is returned.
    names : tuple of str
        What learners call those.
    begin : tuple of str
        The arguments they begin from.
    rest : tuple of str
        The step's other arguments.
    others : str
        What else is returned: to be looked at if all states are right.
    axis : int
        Along which time runs.
    """

    step: str
    rows: str
    states: tuple[str, ...]
    names: tuple[str, ...]
    begin: tuple[str, ...]
    rest: tuple[str, ...]
    others: str
    axis: int = 0


def first_to_go_wrong(steps: Steps, given: Mapping[str, Any], returned: Any, step: Callable) -> str:
    """Where the states returned first stop being what the step makes of those before, and what they are instead.

    Parameters
    ----------
    steps : Steps
    given : dict
        The arguments, by name.
    returned : object
        What the function returned; anything that doesn't hold the states as described is passed over.
    step : callable
        Makes one step, and is right.

    Returns
    -------
    str
        One or two sentences, or none.
    """
    walk = _Walk(steps, given, returned, step)
    if not walk.fits() or walk.length > MAX_STEPS:
        return ""
    wrong = [t for t in range(walk.length) if not walk.follows(t)]
    if wrong:
        return walk.what_it_is(wrong)
    return (
        f"All your states are right, and each follows from the one before: look at how {steps.others} made and stored."
    )


class _Walk:
    """The way through a sequence, in the states that a learner returned."""

    def __init__(self, steps: Steps, given: Mapping[str, Any], returned: Any, step: Callable):
        self.steps, self.step = steps, step
        self.rows = np.moveaxis(_at(given, steps.rows), steps.axis, 0)
        self.begin = tuple(np.asarray(_at(given, path), float) for path in steps.begin)
        self.states = [np.moveaxis(np.asarray(_at(returned, path), float), steps.axis, 0) for path in steps.states]
        self.rest = [_at(given, path) for path in steps.rest]
        self.length = len(self.rows)

    def fits(self) -> bool:
        return all(own.shape == (self.length, *begun.shape) for own, begun in zip(self.states, self.begin))

    def after(self, t: int) -> _States:
        return tuple(own[t] for own in self.states)

    def before(self, t: int) -> _States:
        return self.after(t - 1) if t else self.begin

    def made(self, t: int, before: _States) -> _States:
        made = self.step(self.rows[t], *before, *self.rest)
        return made if isinstance(made, tuple) else (np.asarray(made),)

    def follows(self, t: int) -> bool:
        return _same(self.after(t), self.made(t, self.before(t)))

    def named(self, t: int) -> str:
        if t < 0:
            return " and ".join(f"`{name}`" for name in self.steps.begin)
        return " and ".join(f"`{name}{self._index(t)}`" for name in self.steps.names)

    def row(self, t: int) -> str:
        return f"`{self.steps.rows}{self._index(t)}`"

    def _index(self, t: int) -> str:
        return f"[{':, ' * self.steps.axis}{t}]"

    def what_it_is(self, wrong: list[int]) -> str:
        """What the first wrong row holds: a known state, a step from the wrong place, or something else."""
        t = wrong[0]
        own, verb = self.after(t), "is" if len(self.states) == 1 else "are"
        known = {"`zeros`": tuple(map(np.zeros_like, own)), self.named(-1): self.begin}
        known |= {self.named(other): self.after(other) for other in range(self.length) if other != t}
        for name, states in known.items():
            if _same(own, states):
                return f"Your {self.named(t)} {verb} equal to {name}: look at what you store, and when."
        for name, states in known.items():
            for place in range(self.length):
                if _same(own, self.made(place, states)):
                    return (
                        f"Your {self.named(t)} {verb} one step from {name} with {self.row(place)}; it should be one "
                        f"from {self.named(t - 1)} with {self.row(t)}."
                    )
        return self._mixed_up(t) or self._something_else(t, alone=len(wrong) == 1 and t + 1 < self.length)

    def _mixed_up(self, t: int) -> str:
        """Whether what the step makes is there, but not all of it, or not in its place."""
        own, made = self.after(t), self.made(t, self.before(t))
        right = [_same((one,), (other,)) for one, other in zip(own, made)]
        names = [f"`{name}{self._index(t)}`" for name in self.steps.names]
        if any(right):
            wrong, fine = (" and ".join(n for n, is_ in zip(names, right) if is_ == good) for good in (False, True))
            return (
                f"Your {fine} is what your `{self.steps.step}` makes, your {wrong} isn't: look at what you store there."
            )
        if len(own) > 1 and _same(own, made[::-1]):
            return f"Your {self.named(t)} have changed places: in which order does `{self.steps.step}` return them?"
        return ""

    def _something_else(self, t: int, alone: bool) -> str:
        many, step = len(self.states) > 1, self.steps.step
        verb, them = ("are", "them") if many else ("is", "it")
        said = (
            f"{self.named(t - 1)} {verb} right, and your `{step}` makes something else of {them} and {self.row(t)} "
            f"than your {self.named(t)}"
        )
        if alone:
            return f"{said}; from there on, each step is right, given your own states: what is different in this one?"
        return f"{said}: is the formula in the loop the same, and what becomes of the state before it is stored?"


def _at(value: Any, path: str) -> Any:
    """What a path leads to: "1.c" to the entry "c" of the second item."""
    return reduce(lambda found, key: found[int(key) if key.isdecimal() else key], path.split("."), value)


def _same(one: _States, other: _States) -> bool:
    return all(np.allclose(a, b, rtol=0, atol=_NEAR) for a, b in zip(one, other, strict=True))
