"""What a key keeps of the values on the way to a result: how the first case's result moves with each of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader.authoring.edits import changes_of
from grader.authoring.mutants import define
from unrolled.exam.between import Between
from unrolled.exam.codec import copy_value
from unrolled.exam.exercise import Examination, Exercise, Raised
from unrolled.exam.on_the_way import numbers_by_part, tells

MOST = 48  # numbers that a value may have, all its steps together
_Made = list[tuple[Any, Any]]


def with_between(exercise: Exercise, examination: Examination) -> Examination:
    """The examination, knowing how its first case's result moves with the values on the way that have a name."""
    if exercise.terms is None or len(examination.parts) < 2 or isinstance(examination.expected[0], Raised):
        return examination
    found = list(_Ways(exercise, examination).found())
    if not any(columns.size for _, _, columns, _ in found):
        return examination
    names, steps, columns, touched = zip(*found)
    return replace(examination, between=Between(names, steps, columns, np.array(touched)))


@dataclass
class _Taps:
    """Sees each value when it is made, and adds something to it then."""

    seen: dict[int, _Made] = field(default_factory=dict)
    added: dict[tuple[int, int], np.ndarray] = field(default_factory=dict)

    def __call__(self, site: int, t: Any, value: Any) -> Any:
        made = self.seen.setdefault(site, [])
        made.append((t, value))
        more = self.added.get((site, len(made) - 1))
        return value if more is None else value + more


class _Ways:
    """An exercise's reference, or its formula, with a tap behind each value that has a name."""

    def __init__(self, exercise: Exercise, examination: Examination):
        self.examination, self.taps = examination, _Taps()
        changes = changes_of(exercise)
        tree = ast.parse(ast.unparse(changes.tree))
        self.names = list(_tapped(tree, changes.known))
        self.answer = define(ast.fix_missing_locations(tree), changes.function)
        self.answer.__globals__["_tap"] = self.taps
        self.right, self.made = self._result({}), self.taps.seen

    def found(self) -> Iterator[tuple[str, tuple[int, ...], np.ndarray, list[bool]]]:
        """Of each value its name, its timesteps, how the result moves with its numbers, and which parts do."""
        sizes = [numbers.size for numbers in numbers_by_part(self.examination, self.examination.expected[0])]
        for site, name in enumerate(self.names):
            made = self.made.get(site, [])
            if made and all(isinstance(value, np.ndarray) and value.dtype.kind == "f" for _, value in made):
                touched = [bool(piece.any()) for piece in np.split(self._moved(site, made), np.cumsum(sizes)[:-1])]
                yield name, tuple(-1 if t is None else int(t) for t, _ in made), self._columns(site, made), touched

    def _moved(self, site: int, made: _Made) -> np.ndarray:
        """Which numbers of the result move with any of a value's."""
        added = {(site, call): 0.1 * np.cos(1 + np.arange(value.size)).reshape(value.shape)
                 for call, (_, value) in enumerate(made)}  # fmt: skip
        return np.abs(self._result(added) - self.right) > 1e-9

    def _columns(self, site: int, made: _Made) -> np.ndarray:
        """How the result moves with each number of a value; none if that isn't in a straight line, or tells nothing."""
        nothing = np.empty((self.right.size, 0))
        if sum(value.size for _, value in made) > MOST:
            return nothing
        columns = [self._column(site, call, value.shape, place)
                   for call, (_, value) in enumerate(made) for place in np.ndindex(value.shape)]  # fmt: skip
        if not columns or any(column is None for column in columns):
            return nothing
        return found if tells(found := np.stack(columns, axis=1)) else nothing

    def _column(self, site: int, call: int, shape: tuple[int, ...], place: tuple[int, ...]) -> np.ndarray | None:
        unit = np.zeros(shape)
        unit[place] = 1.0
        once, back = (self._result({(site, call): size * unit}) - self.right for size in (1.0, -2.0))
        return once if np.allclose(back, -2 * once, rtol=1e-6, atol=1e-9) else None

    def _result(self, added: dict[tuple[int, int], np.ndarray]) -> np.ndarray:
        self.taps.seen, self.taps.added = {}, added
        with np.errstate(all="ignore"):
            result = self.answer(*copy_value(self.examination.cases[0].args))
        return np.concatenate(numbers_by_part(self.examination, result))


def _tapped(
    node: ast.AST, known: Callable[[str], str], t: str = "", site: Iterator[int] | None = None
) -> Iterator[str]:
    """Put a tap behind every value that gets a name which the learner knows; give these names."""
    site = iter(range(10**6)) if site is None else site
    if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and node.target.id == "t":
        t = node.target.id
    match node:
        case ast.Assign([ast.Name(name)], value) if known(name):
            node.value = _tap(next(site), t, value)
            yield known(name)
        case ast.Assign([ast.Tuple(targets)], ast.Tuple(values)):
            for place, (target, value) in enumerate(zip(targets, values)):
                if isinstance(target, ast.Name) and known(target.id):
                    values[place] = _tap(next(site), t, value)
                    yield known(target.id)
    for child in ast.iter_child_nodes(node):
        yield from _tapped(child, known, t, site)


def _tap(site: int, t: str, value: ast.expr) -> ast.Call:
    step = ast.Name(t, ast.Load()) if t else ast.Constant(None)
    return ast.Call(ast.Name("_tap", ast.Load()), [ast.Constant(site), step, value], [])
