"""Wrong answers made by program: each is a reference with one small thing changed.

Operators, comparisons, constants, indices, transposes, dropped terms and calls, swapped arguments, removed
statements: the slips of a tired hand. An examination that lets one pass has inputs that are too kind.
"""

from __future__ import annotations

import ast
import copy
import inspect
import itertools
import linecache
import textwrap
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType
from typing import Any

_OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


_ACCEPTED_WITHOUT = {"array", "asarray", "stack", "float", "int", "list", "tuple", "dict", "bool"}
_EITHER_ORDER = {"maximum", "minimum", "swapaxes"}
_CONTEXT = 24
_COUNTED = itertools.count()


@dataclass(frozen=True)
class Mutant:
    """A reference with one change.

    Attributes
    ----------
    exercise : str
    change : str
        "piece → changed piece" of a line: names the mutant, stably as long as the line stays.
    source : str
    like : function
        Whose globals it sees.
    """

    exercise: str
    change: str
    source: str
    like: FunctionType

    @property
    def function(self) -> Callable[..., Any]:
        """It, to be called."""
        return define(self.source, self.like)

    def as_written(self) -> Callable[..., Any]:
        """It, with lines that an error can be told by."""
        return define_as_written(self.source, self.like)


def mutants(function: FunctionType) -> Iterator[Mutant]:
    """All mutants of `function`; one that is the same text as another, or as the original, only once."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    original = ast.unparse(without_docstring(tree))
    seen = {original}
    for changed in _variations(without_docstring(tree)):
        text = ast.unparse(ast.fix_missing_locations(changed))
        if text not in seen:
            seen.add(text)
            yield Mutant(function.__name__, _difference(original, text), text, function)


def define(source: str | ast.Module, like: FunctionType) -> Callable[..., Any]:
    """The function that `source` defines, seeing the same globals as `like`."""
    namespace = dict(like.__globals__)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, f"<variation of {like.__name__}>", "exec"), namespace)
    return namespace[like.__name__]


def define_as_written(source: str, like: FunctionType) -> Callable[..., Any]:
    """The same, with lines that can be looked up, as those of a notebook can: errors are told by them."""
    namespace = dict(like.__globals__)
    filename = f"<variation {next(_COUNTED)} of {like.__name__}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, filename, "exec"), namespace)
    return namespace[like.__name__]


def without_docstring(tree: ast.Module) -> ast.Module:
    """A copy of the tree of a function's source, without its docstring."""
    tree = copy.deepcopy(tree)
    body = tree.body[0].body
    if ast.get_docstring(tree.body[0]) is not None and len(body) > 1:
        del body[0]
    return tree


def _variations(tree: ast.Module) -> Iterator[ast.Module]:
    """Every tree with one node replaced or one statement removed."""
    texts = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Raise) for inner in ast.walk(node)}
    for place, node in enumerate(list(ast.walk(tree))):
        if id(node) in texts:
            continue
        for replacement in _replacements(node):
            twin = copy.deepcopy(tree)
            yield replaced(twin, list(ast.walk(twin))[place], copy.deepcopy(replacement))
        for field in ("body", "orelse"):
            statements = getattr(node, field, None)
            for which in range(len(statements) if isinstance(statements, list) else 0):
                if not isinstance(statements[which], ast.Return | ast.Raise | ast.FunctionDef):
                    twin = copy.deepcopy(tree)
                    list_of = getattr(list(ast.walk(twin))[place], field)
                    list_of[which] = ast.Pass()
                    yield twin


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, operator, right):
            yield from (ast.BinOp(left, other(), right) for other in _OPERATORS.get(type(operator), ()))
            if isinstance(operator, ast.Add | ast.Sub | ast.Mult):
                yield from (left, right)
            if isinstance(operator, ast.MatMult | ast.Sub | ast.Div):
                yield ast.BinOp(right, operator, left)
        case ast.Compare(left, [operator], others) if type(operator) in _COMPARISONS:
            yield ast.Compare(left, [_COMPARISONS[type(operator)]()], others)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Attribute(value, "T"):
            yield value
        case ast.AugAssign(target, operator, value):
            yield ast.Assign([target], value)
            yield from (ast.AugAssign(target, other(), value) for other in _OPERATORS.get(type(operator), ())[:1])
        case ast.Subscript(value, ast.Name(name), context):
            for operator in (ast.Add(), ast.Sub()):
                index = ast.BinOp(ast.Name(name, ast.Load()), operator, ast.Constant(1))
                yield ast.Subscript(value, index, context)
        case ast.Call(function, arguments, keywords):
            yield from _calls(function, arguments, keywords)


def _calls(function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]) -> Iterator[ast.expr]:
    name = getattr(function, "attr", getattr(function, "id", ""))
    if len(arguments) == 1 and not keywords and name not in _ACCEPTED_WITHOUT:
        yield arguments[0]
    if len(arguments) > 1 and name not in _EITHER_ORDER:
        yield ast.Call(function, [arguments[1], arguments[0], *arguments[2:]], keywords)
    for place in range(len(keywords)):
        yield ast.Call(function, arguments, keywords[:place] + keywords[place + 1 :])


def replaced(tree: ast.Module, old: ast.AST, new: ast.AST) -> ast.Module:
    """The tree, with one node of it replaced."""

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    return Replace().visit(tree)


def _difference(before: str, after: str) -> str:
    old, new = before.splitlines(), after.splitlines()
    place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)) - 1)
    a, b = old[place].strip(), new[place].strip()
    same = _shared(a, b)
    same_end = min(_shared(a[::-1], b[::-1]), len(a) - same, len(b) - same)
    start, end = max(same - _CONTEXT, 0), max(same_end - _CONTEXT, 0)
    return f"{a[start : len(a) - end]} → {b[start : len(b) - end]}"


def _shared(a: str, b: str) -> int:
    """How many characters `a` and `b` begin with alike."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
