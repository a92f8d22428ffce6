"""Small changes of a reference, in words: what an answer may be that nobody foresaw.

The words name what the learner can see: the arguments, and the letters of the formulas in the docstring. A change that
can't be told in those isn't made.
"""

from __future__ import annotations

import ast
import copy
import inspect
import itertools
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import FunctionType
from typing import Any

import numpy as np

from grader.authoring.mutants import define, replaced, without_docstring
from unrolled.exam.edits import PRINTS, Edits, differ, fingerprint
from unrolled.exam.exercise import Examination, Exercise, Raised

_WORD = re.compile(r"[A-Za-z]\w*")
_UNTOLD = {*"BTDHOVSKNt", "np", "params", "cache", "state", "a"}
_OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_PIECES = ast.Assign | ast.AugAssign | ast.Return
_SQUASHES = ("tanh", "sigmoid", "exp", "log", "sqrt", "abs")
_MOST = 3


def with_edits(exercise: Exercise, examination: Examination) -> Examination:
    """The examination, knowing what small changes of the reference give, where its author has named its terms."""
    if exercise.terms is None:
        return examination
    return replace(examination, edits=edits_of(exercise, examination))


def edits_of(exercise: Exercise, examination: Examination) -> Edits:
    """All changes whose numbers are wrong, with what is left of those numbers."""
    right = fingerprint(examination.expected, examination.expected)
    texts, prints = [], []
    for text, changed in changes(exercise.reference, exercise.terms or {}):
        outputs = exercise.outputs(changed, examination.cases)
        raised = any(isinstance(output, Raised) for output in outputs)
        found = None if raised else fingerprint(examination.expected, outputs)
        if found is not None and differ(found, right):
            texts.append(text)
            prints.append(found)
    return Edits(tuple(texts), np.array(prints).reshape(-1, PRINTS))


def changes(function: FunctionType, terms: Mapping[str, str]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every change of `function` that can be told: what it is, to go on after "if", and the function changed.

    Parameters
    ----------
    function : function
    terms : dict
        What the learner calls things for which the function's docstring has no name, by the name they have in it.
    """
    tree = without_docstring(ast.parse(textwrap.dedent(inspect.getsource(function))))
    words = _Words(function, tree, terms)
    for text, old, new in words.edits():
        twin = copy.deepcopy(tree)
        node = list(ast.walk(twin))[words.places[id(old)]]
        changed = replaced(twin, node, copy.deepcopy(new))
        yield text, define(ast.unparse(ast.fix_missing_locations(changed)), function)


class _Words:
    """What of a function a learner has words for, and the changes that can be told in them."""

    def __init__(self, function: FunctionType, tree: ast.Module, terms: Mapping[str, str]):
        nodes = list(ast.walk(tree))
        self.tree, self.terms = tree, terms
        self.places = {id(node): place for place, node in enumerate(nodes)}
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        self.variables = {node.id for node in nodes if isinstance(node, ast.Name)} - called
        keys = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        told = {*_WORD.findall(inspect.getdoc(function) or ""), *inspect.signature(function).parameters, *terms}
        self.seen = ((self.variables | keys) & told) - (_UNTOLD - terms.keys())

    def edits(self) -> Iterator[tuple[str, ast.AST, ast.AST]]:
        """A text, a node and what takes its place."""
        for statement in ast.walk(self.tree):
            if isinstance(statement, ast.AugAssign) and _root(statement.target) in self.seen:
                name = self.named(_root(statement.target))
                new = ast.Assign([statement.target], statement.value)
                yield f"{name} is overwritten where something should be added to it", statement, new
            if isinstance(statement, _PIECES) and statement.value is not None:
                yield from self._in(statement)
            yield from self._orders(statement)

    def _in(self, statement: ast.stmt) -> Iterator[tuple[str, ast.AST, ast.AST]]:
        entries = {id(node): key for key, value in _entries(statement) for node in ast.walk(value)}
        where = self._where(statement)
        for node in ast.walk(statement.value):
            here = f' in what you return under "{entries[id(node)]}"' if id(node) in entries else where
            if isinstance(node, ast.expr) and here is not None:
                yield from ((f"{text}{here}", node, new) for text, new in self.replacements(node))

    def _orders(self, node: ast.AST) -> Iterator[tuple[str, ast.AST, ast.AST]]:
        """Blocks that are cut or stacked in another order."""
        match node:
            case ast.Assign([ast.Tuple(pieces)], ast.Call(function)) if _called(function) == "split":
                made, done = ast.Tuple, "read"
            case ast.List(pieces):
                made, done = ast.List, "stacked"
            case _:
                return
        if not (1 < len(pieces) < 5 and all(_root(piece) in self.seen for piece in pieces)):
            return
        old = node.targets[0] if isinstance(node, ast.Assign) else node
        for order in list(itertools.permutations(pieces))[1:]:
            names = ", ".join(self.named(_root(piece)) for piece in order)
            yield f"the blocks are {done} in the order {names}", old, made(list(order), old.ctx)

    def _where(self, statement: ast.stmt) -> str | None:
        if isinstance(statement, ast.Return):
            return " in what you return"
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [name for name in map(_root, targets) if name in self.seen]
        return f" in {self.named(names[0])}" if names else None

    def named(self, name: str) -> str:
        """What the learner calls it."""
        return self.terms.get(name) or f"`{name}`"

    def term(self, node: ast.expr, kind: str = "term") -> str:
        """A term by all it is made of that has a name; empty if nothing has."""
        names = list(dict.fromkeys(name for name in map(_root, ast.walk(node)) if name in self.seen))
        *others, last = [self.named(name) for name in names] or [""]
        if isinstance(node, ast.Name | ast.Subscript | ast.Attribute) or not last:
            return last if not others else ""
        return f"the {kind} with {', '.join(others)}{' and ' if others else ''}{last}" if len(others) < _MOST else ""

    def replacements(self, node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
        """What may stand in a node's place by mistake, in words."""
        match node:
            case ast.BinOp(left, ast.Add() | ast.Sub() as kind, right):
                yield from self._sum(left, kind, right)
            case ast.BinOp(left, ast.Mult(), right):
                for kept, dropped in ((left, right), (right, left)):
                    if term := self.term(dropped, "factor"):
                        yield f"{term} is left out", kept
            case ast.BinOp(left, ast.Pow(), ast.Constant(2)):
                if term := self.term(left):
                    yield f"{term} isn't squared", left
            case ast.Subscript(value, index, ast.Load()) if _root(value) in self.seen:
                for step, word in ((1, "late"), (-1, "early")):
                    if (moved := _moved(index, step)) is not None:
                        new = ast.Subscript(value, moved, ast.Load())
                        yield f"{self.named(_root(value))} is read one step too {word}", new
            case ast.Attribute(value, "T") if _root(value) in self.seen:
                yield f"{self.named(_root(value))} is used transposed", value
            case ast.Call(function, [argument], []) if _called(function) in _SQUASHES:
                yield f"`{_called(function)}` is left out", argument
            case ast.Name(name, ast.Load()) if name in self.seen:
                for other in sorted((self.seen & self.variables) - {name}):
                    yield f"{self.named(other)} is used in place of {self.named(name)}", ast.Name(other, ast.Load())

    def _sum(self, left: ast.expr, kind: ast.operator, right: ast.expr) -> Iterator[tuple[str, ast.expr]]:
        for kept, dropped in ((left, right), (right, left)):
            if term := self.term(dropped):
                yield f"{term} is left out", kept
        if term := self.term(right):
            yield f"{term} has the other sign", ast.BinOp(left, _OTHER[type(kind)](), right)
        both = self.term(left), self.term(right)
        if isinstance(kind, ast.Sub) and all(both):
            yield f"{both[0]} and {both[1]} change places in a difference", ast.BinOp(right, kind, left)


def _entries(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values)
            yield from ((key.value, value) for key, value in pairs if isinstance(key, ast.Constant))


def _root(node: ast.AST) -> str:
    """What a piece is called: `h` for h[t], `u_x` for params["u_x"]."""
    match node:
        case ast.Name(name):
            return name
        case ast.Subscript(_, ast.Constant(str(key))):
            return key
        case ast.Subscript(value) | ast.Attribute(value):
            return _root(value)
    return ""


def _moved(index: ast.expr, step: int) -> ast.expr | None:
    """An index or the timestep in a tuple of them, moved by one; None where there is none."""
    if isinstance(index, ast.Name) and index.id == "t":
        return ast.BinOp(index, ast.Add() if step > 0 else ast.Sub(), ast.Constant(1))
    if isinstance(index, ast.Tuple):
        items = [_moved(item, step) or item for item in index.elts]
        return ast.Tuple(items, ast.Load()) if items != index.elts else None
    return None


def _called(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))
