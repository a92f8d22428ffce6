"""The small changes of a function that can be told in words a learner has: which they are, and what is said of them."""

from __future__ import annotations

import ast
import copy
import inspect
import itertools
import re
from collections.abc import Iterator, Mapping
from types import FunctionType
from typing import Any

from grader.authoring.syntax import (
    called,
    cut_by,
    depend,
    entries_of,
    moved_by,
    negative,
    parsed,
    root,
    transposed,
)

_WORD = re.compile(r"[A-Za-z]\w*")
_BEHIND = re.compile(r" (?:of|over|at|in|before|less|under|that) ")  # what stands behind a noun
_UNTOLD = {*"BTDHOVSKNt", "np", "params", "cache", "state", "a"}
_OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_CALCULATED = ast.Add | ast.Sub | ast.Mult | ast.Div | ast.Pow
_PIECES = ast.Assign | ast.AugAssign | ast.Return
_SQUASHES = ("tanh", "sigmoid", "exp", "log", "log1p", "log2", "sqrt", "abs")
_INSTEAD = {  # what people take for what
    "tanh": (("the sigmoid", "1 / (1 + np.exp(-({})))"), ("a ReLU", "np.maximum({}, 0)")),
    "sigmoid": (
        ("tanh", "np.tanh({})"),
        ("a ReLU", "np.maximum({}, 0)"),
        ("1 minus the sigmoid", "1 / (1 + np.exp({}))"),
        ("an exponential alone", "np.exp({})"),
        ("1 plus an exponential, not divided by it,", "1 + np.exp(-({}))"),
        ("the slope of the sigmoid", "np.exp(-({0})) / (1 + np.exp(-({0}))) ** 2"),
        ("the sigmoid of twice the sum", "1 / (1 + np.exp(-2 * ({})))"),
        ("the sigmoid of half the sum", "1 / (1 + np.exp(-0.5 * ({})))"),
    ),
}
_SUMS = {"sum": "mean", "mean": "sum", "max": "min", "maximum": "minimum", "cumprod": "cumsum"}
_MOST = 3
SURE, LIKELY, RARE = range(3)  # how often people make such a change


class Words:
    """What of a function a learner has words for, and the changes that can be told in them."""

    def __init__(self, tree: ast.Module, terms: Mapping[str, str], told: FunctionType, kinds: Mapping[str, Any]):
        nodes = list(ast.walk(tree))
        self.tree, self.terms, self.kinds = tree, terms, kinds
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
                is_, it = (self.verb(root(target), *pair) for pair in (("is", "are"), ("it", "them")))
                text = f"{name} {is_} {was} where something should be added to {it}"
                yield text, SURE, statement, ast.Assign([target], value)
                yield f"nothing is added to {name}", RARE, statement, ast.Pass()
                yield f"what is added to {name} has the other sign", LIKELY, value, negative(value)
            case ast.Assign([target], ast.Name(old) as value) if (
                name := self._named_root(target)
            ) and old in self.seen:
                zeros = ast.BinOp(ast.Constant(0), ast.Mult(), value)
                begun = "empty" if self.kinds.get(old, "")[:1] == ("str",) else "as zeros"
                verb = self.verb(root(target), "begins", "begin")
                yield f"{name} {verb} {begun} in place of {self.named(old)}", SURE, value, zeros
            case ast.Assign([target], value) if name := self._named_root(target):
                if not isinstance(value, ast.Tuple | ast.Dict | ast.List | ast.Constant):
                    yield (
                        f"{name} {self.verb(root(target), 'has', 'have')} the other sign",
                        LIKELY,
                        value,
                        negative(value),
                    )
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
                    it = self.verb(name, "it", "them")
                    text = f"{self.named(name)} {self.verb(name)}n't replaced by what a step makes of {it}"
                    yield text, SURE, statement, ast.Pass()
        yield from self._bounds(loop.iter)

    def _bounds(self, over: ast.expr) -> Iterator[tuple[str, int, ast.AST, ast.AST]]:
        backwards = parsed(f"({ast.unparse(over)})[::-1]")
        match over:
            case ast.Call(ast.Name("reversed"), [steps]):
                yield "the steps are taken from the first to the last", LIKELY, over, steps
                yield from self._bounds(steps)
            case ast.Call(ast.Name("range"), [stop]):
                yield "the last step is left out", LIKELY, over, parsed(f"range({ast.unparse(stop)} - 1)")
                yield "one step more is taken", LIKELY, over, parsed(f"range({ast.unparse(stop)} + 1)")
                yield "the first step is left out", LIKELY, over, parsed(f"range(1, {ast.unparse(stop)})")
                yield "the steps are taken from the last to the first", RARE, over, backwards
            case ast.Name(name) if name in self.seen:
                its = self.verb(name, "its", "their")
                yield f"{self.named(name)} {self.verb(name)} taken from {its} end", RARE, over, backwards

    def _done(self, statement: ast.stmt) -> str:
        """What a statement does, in words; empty if there are none."""
        match statement:
            case ast.Assign([target]) if name := self._named_root(target):
                return f"{name} {self.verb(root(target))} made"
            case ast.AugAssign(target) if name := self._named_root(target):
                return f"{name} {self.verb(root(target))} added to"
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "append"))) if name in self.seen:
                return f"{self.named(name)} {self.verb(name, 'gets its', 'get their')} row"
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
        return self.known(root(target))

    def named(self, name: str) -> str:
        """What the learner calls it."""
        return self.terms.get(name) or f"`{name}`"

    def known(self, name: str) -> str:
        """What the learner calls it; empty if there is no name for it."""
        return self.named(name) if name in self.seen else ""

    def verb(self, name: str, one: str = "is", many: str = "are") -> str:
        """What goes with the name that the learner has for it."""
        named = self.named(name)
        noun = _BEHIND.split(named)[0].split()[-1]
        return many if noun.endswith("s") and " " in named else one

    def _like(self, name: str, among: set[str]) -> list[str]:
        """What else is of its shape, as far as that is known."""
        kind = self.kinds.get(name)
        return [other for other in sorted((self.seen & among) - {name}) if self.kinds.get(other) == kind]

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
                if term := self.term(right, "factor"):
                    yield f"{term} is divided by, not multiplied with,", LIKELY, ast.BinOp(left, ast.Div(), right)
            case ast.BinOp(left, ast.Div(), right) if term := self.term(right):
                yield f"nothing is divided by {term}", SURE, left
                yield f"{term} is multiplied with, not divided by,", LIKELY, ast.BinOp(left, ast.Mult(), right)
            case ast.BinOp(left, ast.Pow(), ast.Constant(2)) if term := self.term(left):
                yield f"{term} isn't squared", SURE, left
                yield f"{term} is doubled, not squared,", LIKELY, ast.BinOp(ast.Constant(2), ast.Mult(), left)
            case ast.Subscript(value, index, ast.Load()) if root(value) in self.seen:
                yield from self._read(value, index)
            case ast.Attribute(value, "T") if root(value) in self.seen:
                yield f"{self.named(root(value))} {self.verb(root(value))} used transposed", SURE, value
            case ast.Call():
                yield from self._call(node)
            case ast.Name(name, ast.Load()) if name in self.seen:
                for other in self._like(name, self.variables):
                    yield (f"{self.named(other)} {self.verb(other)} used in place of {self.named(name)}", LIKELY,
                           ast.Name(other, ast.Load()))  # fmt: skip
        yield from self._matrix(node)
        yield from self._constant(node)

    def _constant(self, node: ast.expr) -> Iterator[tuple[str, int, ast.expr]]:
        """A number that a formula holds, one more or less; what it becomes in place of 0 is told by other changes."""
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, _CALCULATED)):
            return
        for side in ("left", "right"):
            number = getattr(node, side)
            if isinstance(number, ast.Constant) and type(number.value) in (int, float):
                for other in (number.value + 1, number.value - 1):
                    new = ast.Constant(round(other, 6))
                    left, right = (new, node.right) if side == "left" else (node.left, new)
                    yield f"{new.value:g} stands in place of {number.value:g}", LIKELY, ast.BinOp(left, node.op, right)

    def _matrix(self, node: ast.expr) -> Iterator[tuple[str, int, ast.expr]]:
        match node:
            case ast.BinOp(left, ast.MatMult(), right):
                for old, new in ((left, ast.BinOp(transposed(left), ast.MatMult(), right)),
                                 (right, ast.BinOp(left, ast.MatMult(), transposed(right)))):  # fmt: skip
                    if root(old) in self.seen and not (isinstance(old, ast.Attribute) and old.attr == "T"):
                        yield f"{self.named(root(old))} {self.verb(root(old))} used transposed", SURE, new
            case ast.Subscript(_, ast.Constant(str(key)), ast.Load()) if key in self.seen:
                keys = {other for other in self.seen if _WORD.fullmatch(other) and other[:2] in ("u_", "w_")}
                for other in self._like(key, keys - self.variables):
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
                yield (f"{self.named(root(value))} {self.verb(root(value))} read one step too {word}", SURE,
                       ast.Subscript(value, moved, ast.Load()))  # fmt: skip
            for end, moved in cut_by(index, step):
                yield (f"the piece of {self.named(root(value))} {end}s one place too {word}", LIKELY,
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
            of = self.term(call.args[0]) if isinstance(call.args[0], ast.Name | ast.Subscript) else ""
            which = f"{_plain(name)} of {of}" if of else _plain(name)
            yield f"{which} is left out", SURE, call.args[0]
            for other, source in _INSTEAD.get(name, ()):
                new = parsed(source.format(ast.unparse(call.args[0])))
                yield f"{other} is used in place of {which}", SURE, new
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


def _plain(name: str) -> str:
    return "the sigmoid" if name == "sigmoid" else f"`{name}`"
