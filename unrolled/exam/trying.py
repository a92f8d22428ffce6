"""Which arguments have to be zero for a wrong answer to be right: it is what is made of those that is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from unrolled.exam.calling import STOPPED, Outcome, call
from unrolled.exam.exercise import Examination
from unrolled.exam.parts import component
from unrolled.exam.simpler import COLUMNS, cut, printed, same, with_zeros
from unrolled.exam.wording import listed

PATIENCE = 1.0  # seconds for all calls together: what is left untried is not spoken of
_MOST = 4
_VISIBLE = 1e-3


def what_zeros_mend(examination: Examination, wrong: Sequence[bool], returned: Any, function: Callable) -> str:
    """What has to be zero for a wrong answer to be right on the first case, or that it is wrong even if all is zero.

    Parameters
    ----------
    examination : Examination
        Which knows what the right function gives then.
    wrong : sequence of bool
        Which of its parts are wrong on that case.
    returned : object
        What the function returned for it.
    function : callable
        It is called again.

    Returns
    -------
    str
        A sentence or two, or none.
    """
    return _Trial(examination, np.asarray(wrong), returned, function).said()


class _Trial:
    """A wrong answer, tried with less and less."""

    def __init__(self, examination: Examination, wrong: np.ndarray, returned: Any, function: Callable):
        self.simpler, self.arguments, self.parts = examination.simpler, examination.arguments, examination.parts
        self.args, self.wrong, self.function = examination.cases[0].args, wrong, function
        self.left, self.tried = PATIENCE, {}
        self.unknown = np.full((len(self.parts), COLUMNS), np.nan)
        self.before = self._prints(Outcome(returned))

    def said(self) -> str:
        sizes = self.simpler.groups.sum(axis=1)
        alone, both = (np.flatnonzero(sizes == size) for size in (1, 2))
        return self._not_read(alone) or self._once(alone) or self._once_both(both) or self._shorter() or self._even_so()

    def _is_right(self, row: int) -> bool:
        return self._are_right(self._tried(row), self.simpler.prints[row])

    def _are_right(self, mine: np.ndarray, right: np.ndarray) -> bool:
        """Whether all parts are, those that are wrong now among them."""
        told = np.isfinite(right).all(axis=-1)
        return bool(told[self.wrong].all() and same(mine, right)[told].all())

    def _tried(self, row: int) -> np.ndarray:
        if row not in self.tried:
            self.tried[row] = self._called(with_zeros(self.arguments, self.args, self._names(row)))
        return self.tried[row]

    def _called(self, args: tuple) -> np.ndarray:
        if self.left <= 0:
            return self.unknown
        begun = time.monotonic()
        outcome = call(self.function, args, self.left)
        stopped = outcome.fault and outcome.fault.kind in STOPPED
        self.left = 0.0 if stopped else self.left - (time.monotonic() - begun)
        return self._prints(outcome)

    def _prints(self, outcome: Outcome) -> np.ndarray:
        if outcome.fault:
            return self.unknown
        return np.stack([printed(component(outcome.value, part)) for part in self.parts])

    def _names(self, row: int) -> list[str]:
        return [name for name, zero in zip(self.simpler.names, self.simpler.groups[row]) if zero]

    def _not_read(self, rows: Iterable[int]) -> str:
        """Which arguments change nothing in what is wrong, though they should."""
        names = [name for row in rows if self._is_as_before(row) for name in self._names(row)]
        whose = self._whose()
        they = "they" if " and " in whose else "it"
        return f"{whose} change once {self._zero(names, 'or')}: {they} should." if 0 < len(names) <= _MOST else ""

    def _is_as_before(self, row: int) -> bool:
        told = np.isfinite(self.simpler.prints[row]).all(axis=-1)
        return bool((told & same(self._tried(row), self.before))[self.wrong].all())

    def _whose(self) -> str:
        names = [part.name for part, wrong in zip(self.parts, self.wrong) if wrong and part.pick is not None]
        return f"{listed(names)} {'do' if names[1:] else 'does'}n't" if names else "Your result doesn't"

    def _once(self, rows: Iterable[int]) -> str:
        names = [name for row in rows if self._is_right(row) for name in self._names(row)]
        if not 0 < len(names) <= _MOST:
            return ""
        them = "it" if len(names) == 1 else "them"
        return f"Once {self._zero(names, 'or')}, your result is right: look at what you make of {them}."

    def _once_both(self, rows: Iterable[int]) -> str:
        row = next((row for row in rows if self._is_right(row)), None)
        return "" if row is None else (
            f"Once {self._zero(self._names(row), 'and')}, your result is right, and with one of these alone it isn't: "
            "look at what you make of each."
        )  # fmt: skip

    def _shorter(self) -> str:
        """With how much less it is right: the first steps, or the first sequence."""
        cuts = zip(self.simpler.cuts, self.simpler.cut_prints)
        tried = ((how, self._called(cut(self.simpler.axes, self.args, how)), prints) for how, prints in cuts)
        right = {how for how, mine, prints in tried if self._are_right(mine, prints)}
        if "T1" in right:
            steps = "the first two steps" if "T2" in right else "the first step alone"
            return f"With {steps} your result is right: look at what is carried from one step to the next."
        if "B1" in right:
            return "With the first sequence alone your result is right: look at what sequences have in common."
        return ""

    def _even_so(self) -> str:
        """The simplest case there is, if it is wrong there."""
        if not len(self.simpler.groups):
            return ""
        row = len(self.simpler.groups) - 1
        mine, right = self._tried(row), self.simpler.prints[row]
        for part, is_wrong in enumerate(self.wrong):
            known = is_wrong and np.isfinite(right[part]).all() and np.isfinite(mine[part]).all()
            if known and not same(mine[part], right[part]) and abs(mine[part, 3] - right[part, 3]) > _VISIBLE:
                whose = "" if self.parts[part].pick is None else f" of {self.parts[part].name}"
                return (
                    f"Even if {self._zero(self._names(row), 'and')}, it isn't right: the first number{whose} is "
                    f"{mine[part, 3]:.4g} then, and should be {right[part, 3]:.4g}. Begin with that case."
                )
        return ""

    def _zero(self, names: Sequence[str], word: str) -> str:
        """That arguments are zero, in words: "`x` or `w` is zero", "`x` and `w` are zero"."""
        masks = [name for name in names if name in self.arguments and _is_mask(self._argument(name))]
        shown = [f"`{name.split('.')[-1]}`" for name in names if name not in masks]
        verb = "are" if word == "and" and len(shown) > 1 else "is"
        listed_so = f"{', '.join(shown[:-1])} {word} {shown[-1]}" if shown[1:] else "".join(shown)
        zero = [f"{listed_so} {verb} zero"] if shown else []
        return f" {word} ".join([*zero, *(f"`{name}` is True everywhere" for name in masks)])

    def _argument(self, name: str) -> Any:
        return self.args[self.arguments.index(name)]


def _is_mask(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "b"
