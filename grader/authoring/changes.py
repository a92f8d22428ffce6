"""Small changes of a function, in words: what an answer may be that nobody foresaw.

The words name what the learner can see: the arguments, and the letters of the formulas in the docstring. A change that
can't be told in those isn't made.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FunctionType
from typing import Any

from grader.authoring.kinds import kinds_in
from grader.authoring.mutants import define, define_as_written, without_docstring
from grader.authoring.syntax import (
    put,
    spots,
    with_instead,
)
from grader.authoring.words import Words


@dataclass(frozen=True, eq=False)
class Change:
    """One small change of a function.

    Attributes
    ----------
    text : str
        What is changed, to go on after "if".
    old, new : ast.AST
        A node of the function's tree, and what takes its place.
    inside : frozenset of int
        The ids of all nodes within the one that gives way.
    rank : int
    """

    text: str
    old: ast.AST
    new: ast.AST
    inside: frozenset[int]
    rank: int


class Changes:
    """Every change of a function that can be told.

    Parameters
    ----------
    function : function
        What is changed.
    terms : dict
        What the learner calls things for which the docstring has no name, by the name they have in the function.
    told : function, optional
        Whose docstring and parameters the learner knows, if that isn't `function` itself.
    args : tuple, optional
        What the function may be called with, to see which of its variables are of like shape.
    """

    def __init__(
        self, function: FunctionType, terms: Mapping[str, str], told: FunctionType | None = None, args: tuple = ()
    ):
        self.function = function
        self.tree = without_docstring(ast.parse(textwrap.dedent(inspect.getsource(function))))
        self._spots = {id(node): spot for node, spot in spots(self.tree)}
        seen = {ast.unparse(self.tree)}
        self.all: list[Change] = []
        words = Words(self.tree, terms, told or function, kinds_in(function, args))
        self.known = words.known
        for text, rank, old, new in list(words.edits()):
            inside = frozenset(id(node) for node in ast.walk(old) if isinstance(node, ast.expr | ast.stmt))
            change = Change(text, old, ast.fix_missing_locations(new), inside, rank)
            with self._changed((change,)):
                source = ast.unparse(self.tree)
            if source not in seen:
                seen.add(source)
                self.all.append(change)

    @contextmanager
    def _changed(self, changes: Sequence[Change]) -> Iterator[None]:
        """The tree with these changes, for a while."""
        for change in changes:
            put(*self._spots[id(change.old)], change.new)
        yield
        for change in changes:
            put(*self._spots[id(change.old)], change.old)

    def made(self, *changes: Change) -> Callable[..., Any]:
        """The function with these changes: one, or a pair of `pairs`."""
        with self._made(changes):
            return define(self.tree, self.function)

    def as_written(self, *changes: Change) -> Callable[..., Any]:
        """The same, with lines that an error can be told by."""
        with self._made(changes):
            return define_as_written(ast.unparse(self.tree), self.function)

    @contextmanager
    def _made(self, changes: Sequence[Change]) -> Iterator[None]:
        if len(changes) == 2 and changes[0].inside & changes[1].inside:
            changes = (_within(*changes) or _within(*reversed(changes)),)
        with self._changed(changes):
            yield

    def pairs(self, among: Sequence[Change]) -> Iterator[tuple[Change, Change]]:
        """Two changes at once, what people do most often first."""
        both = [pair for pair in itertools.combinations(among, 2) if _fit(*pair)]
        yield from sorted(both, key=lambda pair: pair[0].rank + pair[1].rank)


def _fit(one: Change, other: Change) -> bool:
    """Whether two changes can be made at once: apart, or one within what the other leaves as it is."""
    return not one.inside & other.inside or _holds(one, other) or _holds(other, one)


def _holds(outer: Change, inner: Change) -> bool:
    return outer.old is not inner.old and any(node is inner.old for node in ast.walk(outer.new))


def _within(outer: Change, inner: Change) -> Change | None:
    """The outer change, with the inner one made in what takes the old node's place; None if it isn't there."""
    if not _holds(outer, inner):
        return None
    return replace(outer, new=with_instead(outer.new, inner.old, inner.new))
