"""Small changes of a function, in words: what an answer may be that nobody foresaw.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FunctionType
from typing import Any

from grader.authoring.mutants import define, without_docstring
from grader.authoring.syntax import (
    called,
    depend,
    entries_of,
    moved_by,
    negative,
    parsed,
    put,
    root,
    spots,
    transposed,
    with_instead,
)

_WORD = re.compile(r"[A-Za-z]\w*")
_UNTOLD = {*"BTDHOVSKNt", "np", "params", "cache", "state", "a"}
_OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_PIECES = ast.Assign | ast.AugAssign | ast.Return
_SQUASHES = ("tanh", "sigmoid", "exp", "log", "log1p", "log2", "sqrt", "abs")
_INSTEAD = {  # what people take for what
    "tanh": (("the sigmoid", "1 / (1 + np.exp(-({})))"), ("a ReLU", "np.maximum({}, 0)")),
    "sigmoid": (("tanh", "np.tanh({})"), ("a ReLU", "np.maximum({}, 0)")),
}
_SUMS = {"sum": "mean", "mean": "sum", "max": "min", "maximum": "minimum", "cumprod": "cumsum"}
_MOST = 3
SURE, LIKELY, RARE = range(3)  # how often people make such a change


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
    """

    def __init__(self, function: FunctionType, terms: Mapping[str, str], told: FunctionType | None = None):
        self.function = function
        self.tree = without_docstring(ast.parse(textwrap.dedent(inspect.getsource(function))))
        self._spots = {id(node): spot for node, spot in spots(self.tree)}
        seen = {ast.unparse(self.tree)}
        self.all: list[Change] = []
        for text, rank, old, new in list(_Words(self.tree, terms, told or function).edits()):
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
        if len(changes) == 2 and changes[0].inside & changes[1].inside:
            changes = (_within(*changes) or _within(*reversed(changes)),)
        with self._changed(changes):
            return define(self.tree, self.function)

    def pairs(self, among: Sequence[Change]) -> Iterator[tuple[Change, Change]]:
        """Two changes at once, what people do most often first."""
        both = [pair for pair in itertools.combinations(among, 2) if _fit(*pair)]
        yield from sorted(both, key=lambda pair: pair[0].rank + pair[1].rank)


class _Words:
    """What of a function a learner has words for, and the changes that can be told in them."""

    def __init__(self, tree: ast.Module, terms: Mapping[str, str], told: FunctionType):
        nodes = list(ast.walk(tree))
        self.tree, self.terms = tree, terms
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        self.variables = {node.id for node in nodes if isinstance(node, ast.Name)} - called
        keys = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        words = {*_WORD.findall(inspect.getdoc(told) or ""), *inspect.signature(told).parameters, *terms}
        self.seen = ((self.variables | keys) & words) - (_UNTOLD - terms.keys())

    def edits(self) -> Iterator[tuple[str, int, ast.AST, ast.AST]]:
        """A text, a rank, a node and what takes its place."""
        for statement in ast.walk(self.tree):
            if isinstance(statement, _PIECES) and statement.value is not None:
                yield from self._in(statement)
            if isinstance(statement, ast.For):
                yield from self._loop(statement)
            yield from self._whole(statement)
            yield from self._orders(statement)

    def _in(self, statement: ast.stmt) -> Iterator[tuple[str, int, ast.AST, ast.AST]]:
        entries = {id(node): key for key, value in entries_of(statement) for node in ast.walk(value)}
        where = self._where(statement)
        for node in ast.walk(statement.value):
            here = f' in what you return under "{entries[id(node)]}"' if id(node) in entries else where
            if isinstance(node, ast.expr) and here is not None:
                yield from ((f"{text}{here}", rank, node, new) for text, rank, new in self.replacements(node))

    def _whole(self, statement: ast.AST) -> Iterator[tuple[str, int, ast.AST, ast.AST]]:
        """What may happen to all that a statement makes."""
        match statement:
            case ast.AugAssign(target, operator, value) if name := self._named_root(target):
                was = "overwritten" if isinstance(operator, ast.Add) else "replaced"
                text = f"{name} is {was} where something should be added to it"
                yield text, SURE, statement, ast.Assign([target], value)
                yield f"nothing is added to {name}", RARE, statement, ast.Pass()
                yield f"what is added to {name} has the other sign", LIKELY, value, negative(value)
            case ast.Assign([target], ast.Name(old) as value) if (
                name := self._named_root(target)
            ) and old in self.seen:
                zeros = ast.BinOp(ast.Constant(0), ast.Mult(), value)
                yield f"{name} begins as zeros in place of {self.named(old)}", SURE, value, zeros
            case ast.Assign([target], value) if name := self._named_root(target):
                if not isinstance(value, ast.Tuple | ast.Dict | ast.List | ast.Constant):
                    yield f"{name} has the other sign", LIKELY, value, negative(value)
        for key, value in entries_of(statement) if isinstance(statement, _PIECES) else ():
            yield f'what you return under "{key}" has the other sign', LIKELY, value, negative(value)

    def _loop(self, loop: ast.For) -> Iterator[tuple[str, int, ast.AST, ast.AST]]:
        """Another order of the steps, of what is done in a step, and a step that leaves something as it was."""
        for one, other in itertools.pairwise(loop.body):
            if depend(one, other) and (first := self._done(one)) and (second := self._done(other)):
                order = [other if each is one else one if each is other else each for each in loop.body]
                yield f"{second} before {first}", SURE, loop, ast.For(loop.target, loop.iter, order, loop.orelse)
        before = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name) and node.lineno < loop.lineno
                  and isinstance(node.ctx, ast.Store)}  # fmt: skip
        for statement in loop.body:
            match statement:
                case ast.Assign([ast.Name(name)]) if name in before & self.seen:
                    yield f"{self.named(name)} isn't replaced by what a step makes of it", SURE, statement, ast.Pass()
        yield from self._bounds(loop.iter)

    def _bounds(self, over: ast.expr) -> Iterator[tuple[str, int, ast.AST, ast.AST]]:
        backwards = parsed(f"({ast.unparse(over)})[::-1]")
        match over:
            case ast.Call(ast.Name("reversed"), [steps]):
                yield "the steps are taken from the first to the last", LIKELY, over, steps
                yield from self._bounds(steps)
            case ast.Call(ast.Name("range"), [stop]):
                yield "the last step is left out", LIKELY, over, parsed(f"range({ast.unparse(stop)} - 1)")
                yield "the first step is left out", LIKELY, over, parsed(f"range(1, {ast.unparse(stop)})")
                yield "the steps are taken from the last to the first", RARE, over, backwards
            case ast.Name(name) if name in self.seen:
                yield f"{self.named(name)} is read from its end", RARE, over, backwards

    def _done(self, statement: ast.stmt) -> str:
        """What a statement does, in words; empty if there are none."""
        match statement:
            case ast.Assign([target]) if name := self._named_root(target):
                return f"{name} is made"
            case ast.AugAssign(target) if name := self._named_root(target):
                return f"{name} is added to"
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "append"))) if name in self.seen:
                return f"{self.named(name)} gets its row"
        return ""

    def _orders(self, node: ast.AST) -> Iterator[tuple[str, int, ast.AST, ast.AST]]:
        """Blocks that are cut or stacked in another order."""
        match node:
            case ast.Assign([ast.Tuple(pieces)], ast.Call(function)) if called(function) == "split":
                made, done = ast.Tuple, "read"
            case ast.List(pieces):
                made, done = ast.List, "stacked"
            case ast.Return(ast.Tuple(pieces)):
                made, done = ast.Tuple, "returned"
            case _:
                return
        if not (1 < len(pieces) < 5 and all(root(piece) in self.seen for piece in pieces)):
            return
        old = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "value", node)
        for order in list(itertools.permutations(pieces))[1:]:
            names = ", ".join(self.named(root(piece)) for piece in order)
            yield f"the blocks are {done} in the order {names}", LIKELY, old, made(list(order), old.ctx)

    def _where(self, statement: ast.stmt) -> str | None:
        if isinstance(statement, ast.Return):
            return " in what you return"
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        name = self._named_root(targets[0])
        return f" in {name}" if name else None

    def _named_root(self, target: ast.expr) -> str:
        return self.named(root(target)) if root(target) in self.seen else ""

    def named(self, name: str) -> str:
        """What the learner calls it."""
        return self.terms.get(name) or f"`{name}`"

    def term(self, node: ast.expr, kind: str = "term") -> str:
        """A term by all it is made of that has a name; empty if nothing has."""
        names = list(dict.fromkeys(name for name in map(root, ast.walk(node)) if name in self.seen))
        *others, last = [self.named(name) for name in names] or [""]
        if isinstance(node, ast.Name | ast.Subscript | ast.Attribute) or not last:
            return last if not others else ""
        return f"the {kind} with {', '.join(others)}{' and ' if others else ''}{last}" if len(others) < _MOST else ""

    def replacements(self, node: ast.expr) -> Iterator[tuple[str, int, ast.expr]]:
        """What may stand in a node's place by mistake, in words."""
        match node:
            case ast.BinOp(left, ast.Add() | ast.Sub() as kind, right):
                yield from self._sum(left, kind, right)
            case ast.BinOp(left, ast.Mult(), right):
                yield from self._product(left, right)
            case ast.BinOp(left, ast.Div(), right) if term := self.term(right):
                yield f"nothing is divided by {term}", SURE, left
                yield f"{term} is multiplied with, not divided by,", LIKELY, ast.BinOp(left, ast.Mult(), right)
            case ast.BinOp(left, ast.Pow(), ast.Constant(2)) if term := self.term(left):
                yield f"{term} isn't squared", SURE, left
                yield f"{term} is doubled, not squared,", LIKELY, ast.BinOp(ast.Constant(2), ast.Mult(), left)
            case ast.Subscript(value, index, ast.Load()) if root(value) in self.seen:
                yield from self._read(value, index)
            case ast.Attribute(value, "T") if root(value) in self.seen:
                yield f"{self.named(root(value))} is used transposed", SURE, value
            case ast.Call():
                yield from self._call(node)
            case ast.Name(name, ast.Load()) if name in self.seen:
                for other in sorted((self.seen & self.variables) - {name}):
                    yield (f"{self.named(other)} is used in place of {self.named(name)}", LIKELY,
                           ast.Name(other, ast.Load()))  # fmt: skip
        yield from self._matrix(node)

    def _matrix(self, node: ast.expr) -> Iterator[tuple[str, int, ast.expr]]:
        match node:
            case ast.BinOp(left, ast.MatMult(), right):
                for old, new in ((left, ast.BinOp(transposed(left), ast.MatMult(), right)),
                                 (right, ast.BinOp(left, ast.MatMult(), transposed(right)))):  # fmt: skip
                    if root(old) in self.seen and not (isinstance(old, ast.Attribute) and old.attr == "T"):
                        yield f"{self.named(root(old))} is used transposed", SURE, new
            case ast.Subscript(_, ast.Constant(str(key)), ast.Load()) if key in self.seen:
                keys = {other for other in self.seen if _WORD.fullmatch(other) and other[:2] in ("u_", "w_")}
                for other in sorted((keys - self.variables) - {key}):
                    new = ast.Subscript(node.value, ast.Constant(other), ast.Load())
                    yield f"{self.named(other)} is used in place of {self.named(key)}", LIKELY, new

    def _sum(self, left: ast.expr, kind: ast.operator, right: ast.expr) -> Iterator[tuple[str, int, ast.expr]]:
        if isinstance(left, ast.Constant) and isinstance(kind, ast.Sub) and (term := self.term(right)):
            number = left.value
            yield f"{term} stands where {number} − {term} belongs", SURE, right
            yield f"{number} + {term} stands where {number} − {term} belongs", SURE, ast.BinOp(left, ast.Add(), right)
            return
        for kept, dropped in ((left, right), (right, left)):
            if term := self.term(dropped):
                yield f"{term} is left out", SURE, kept
        if term := self.term(right):
            yield f"{term} has the other sign", SURE, ast.BinOp(left, _OTHER[type(kind)](), right)
        both = self.term(left), self.term(right)
        if isinstance(kind, ast.Sub) and all(both):
            yield f"{both[0]} and {both[1]} change places in a difference", SURE, ast.BinOp(right, kind, left)
            yield f"{both[0]} is left out", LIKELY, ast.UnaryOp(ast.USub(), right)
        elif isinstance(kind, ast.Add) and both[0] and not isinstance(left, ast.BinOp):
            yield f"{both[0]} has the other sign", LIKELY, ast.BinOp(right, ast.Sub(), left)

    def _product(self, left: ast.expr, right: ast.expr) -> Iterator[tuple[str, int, ast.expr]]:
        for kept, dropped in ((left, right), (right, left)):
            if term := self.term(dropped, "factor"):
                yield f"{term} is left out", SURE, kept
        both = self.term(left), self.term(right)
        if all(both):
            yield f"{both[0]} and {both[1]} are added, not multiplied,", LIKELY, ast.BinOp(left, ast.Add(), right)

    def _read(self, value: ast.expr, index: ast.expr) -> Iterator[tuple[str, int, ast.expr]]:
        for step, word in ((1, "late"), (-1, "early")):
            if (moved := moved_by(index, step)) is not None:
                yield (f"{self.named(root(value))} is read one step too {word}", SURE,
                       ast.Subscript(value, moved, ast.Load()))  # fmt: skip
        blocks = [node.slice for node in ast.walk(self.tree) if isinstance(node, ast.Subscript)
                  and root(node.value) == root(value) and "H" in ast.unparse(node.slice)]  # fmt: skip
        if ast.unparse(index) in map(ast.unparse, blocks):
            for other in blocks:
                yield (f"another block of {self.named(root(value))} is used", LIKELY,
                       ast.Subscript(value, other, ast.Load()))  # fmt: skip

    def _call(self, call: ast.Call) -> Iterator[tuple[str, int, ast.expr]]:
        name = called(call.func)
        if name in _SQUASHES and len(call.args) == 1 and not call.keywords:
            yield f"{_plain(name)} is left out", SURE, call.args[0]
            for other, source in _INSTEAD.get(name, ()):
                new = parsed(source.format(ast.unparse(call.args[0])))
                yield f"{other} is used in place of {_plain(name)}", SURE, new
        if name in _SUMS:
            new = copy.deepcopy(call)
            setattr(new.func, "attr" if isinstance(new.func, ast.Attribute) else "id", _SUMS[name])
            yield f"the {_SUMS[name]} is taken in place of the {name}", SURE, new
        for place, keyword in enumerate(call.keywords):
            if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
                for axis in {0, 1, -1} - {keyword.value.value}:
                    new = copy.deepcopy(call)
                    new.keywords[place].value = ast.Constant(axis)
                    yield f"the {name} is taken along another axis", LIKELY, new
        if name == "where" and len(call.args) == 3:
            term = self.term(call.args[0]) or "the condition"
            yield f"{term} plays no part", SURE, call.args[1]
            yield f"{term} is turned round", LIKELY, ast.Call(call.func, [call.args[0], call.args[2], call.args[1]], [])


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


def _plain(name: str) -> str:
    return "the sigmoid" if name == "sigmoid" else f"`{name}`"
