"""Right answers made by program: references rewritten without changing what they mean.

People write the same thing in many ways, and use what NumPy lets them use; none of it may cost a point.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import numpy as np

from grader.authoring.mutants import define


def rewrites(function: FunctionType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """All rewrites of `function`: pairs of what was done and the rewritten function.

    A rewrite that finds nothing to do in this function is left out.
    """
    source = textwrap.dedent(inspect.getsource(function))
    plain = ast.unparse(ast.parse(source))
    for transformer in (_MatmulByName, _SpelledOutAssignment, _NegatedBranch, _NamedResult, _WhileLoop, _RenamedLocals):
        tree = transformer().visit(ast.parse(source))
        text = ast.unparse(ast.fix_missing_locations(tree))
        if text != plain:
            yield transformer.__doc__.rstrip("."), define(text, function)
    for wrapper in _WRAPPERS:
        yield wrapper.__doc__.rstrip("."), wrapper(function)


class _MatmulByName(ast.NodeTransformer):
    """np.matmul for @."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.MatMult):
            return ast.parse(f"np.matmul({ast.unparse(node.left)}, {ast.unparse(node.right)})", mode="eval").body
        return node


class _SpelledOutAssignment(ast.NodeTransformer):
    """x = x + y for x += y."""

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        value = ast.BinOp(ast.parse(ast.unparse(node.target), mode="eval").body, node.op, node.value)
        return ast.Assign([node.target], value)


class _NegatedBranch(ast.NodeTransformer):
    """The branches the other way round."""

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        return ast.If(ast.UnaryOp(ast.Not(), node.test), node.orelse or [ast.Pass()], node.body)


class _NamedResult(ast.NodeTransformer):
    """The result in a variable of its own."""

    def visit_Return(self, node: ast.Return) -> Any:
        if node.value is None:
            return node
        result = ast.Name("the_result_of_it", ast.Store())
        return [ast.Assign([result], node.value), ast.Return(ast.Name("the_result_of_it", ast.Load()))]

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node


class _WhileLoop(ast.NodeTransformer):
    """A while loop over an iterator for every for loop."""

    def __init__(self) -> None:
        self.count = 0

    def visit_For(self, node: ast.For) -> Any:
        self.generic_visit(node)
        if node.orelse or any(isinstance(inner, ast.Continue | ast.Break) for inner in ast.walk(node)):
            return node
        self.count += 1
        items, target = f"items_{self.count}", ast.unparse(node.target)
        loop = ast.parse(
            f"{items} = list({ast.unparse(node.iter)})\nwhile {items}:\n    {target} = {items}.pop(0)"
        ).body
        loop[1].body += node.body
        return loop


class _RenamedLocals(ast.NodeTransformer):
    """Every local variable under another name."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        arguments = {argument.arg for n in ast.walk(node) if isinstance(n, ast.arguments) for argument in n.args}
        local = stored - arguments
        for name in ast.walk(node):
            if isinstance(name, ast.Name) and name.id in local:
                name.id = f"{name.id}_of_mine"
        return node


def _converted(convert: Callable[[np.ndarray], Any]) -> Callable[[Any], Any]:
    """A function that converts every float array in a returned value."""

    def apply(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return convert(value)
        if isinstance(value, list | tuple):
            return type(value)(apply(item) for item in value)
        if isinstance(value, dict):
            return {key: apply(item) for key, item in value.items()}
        return value

    return apply


def _wrapper(doc: str, convert: Callable[[np.ndarray], Any]) -> Callable[[Callable], Callable]:
    apply = _converted(convert)

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: apply(function(*args))

    wrap.__doc__ = doc
    return wrap


def _strided(array: np.ndarray) -> np.ndarray:
    if not array.ndim:
        return array
    spaced = np.zeros((2 * len(array), *array.shape[1:]), array.dtype)
    spaced[::2] = array
    return spaced[::2]


def _frozen(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


def _noisy(function: Callable[..., Any]) -> Callable[..., Any]:
    """Prints, warns and writes to stderr on the way."""

    def noisy(*args: Any) -> Any:
        print("calling with", len(args), "arguments")
        print("nothing to worry about", file=sys.stderr)
        warnings.warn("nothing to worry about", RuntimeWarning, stacklevel=2)
        return function(*args)

    return noisy


def _method(function: Callable[..., Any]) -> Callable[..., Any]:
    """A method of an object."""

    class Solution:
        def solve(self, *args: Any) -> Any:
            return function(*args)

    return Solution().solve


_WRAPPERS = (
    _wrapper("Results in float32.", lambda array: array.astype(np.float32)),
    _wrapper("Results in Fortran order.", np.asfortranarray),
    _wrapper("Results as views with gaps between the numbers.", _strided),
    _wrapper("Results that can't be written to.", _frozen),
    _wrapper("Lists for arrays.", lambda array: array.tolist() if array.size else array),
    _noisy,
    _method,
)
