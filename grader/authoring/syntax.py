"""What is asked of a syntax tree while small changes of a function are made, and pieces put into it."""

from __future__ import annotations

import ast
import operator
from collections.abc import Iterator
from typing import Any


def spots(tree: ast.AST) -> Iterator[tuple[ast.AST, tuple[ast.AST, str, int | None]]]:
    """Every node, and where it hangs: its parent, the parent's field and, where that is a list, the place in it."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for place, node in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(node, ast.AST):
                    yield node, (parent, field, place if isinstance(value, list) else None)


def put(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def with_instead(tree: ast.AST, old: ast.AST, new: ast.AST) -> ast.AST:
    """The tree with another node in the place of one; what doesn't hold that one is shared, not copied."""
    if tree is old:
        return new
    changed = {field: _with_instead_in(value, old, new) for field, value in ast.iter_fields(tree)}
    if all(value is getattr(tree, field) for field, value in changed.items()):
        return tree
    return ast.copy_location(type(tree)(**changed), tree)


def _with_instead_in(value: Any, old: ast.AST, new: ast.AST) -> Any:
    if isinstance(value, list):
        items = [with_instead(item, old, new) if isinstance(item, ast.AST) else item for item in value]
        return value if all(map(operator.is_, items, value)) else items
    return with_instead(value, old, new) if isinstance(value, ast.AST) else value


def parsed(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def negative(value: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), value)


def transposed(value: ast.expr) -> ast.expr:
    return ast.Attribute(value, "T", ast.Load())


def depend(one: ast.stmt, other: ast.stmt) -> bool:
    """Whether a statement uses what the other makes, so that their order matters."""
    made = [{root(target) for target in targets_of(each)} for each in (one, other)]
    read = [{node.id for node in ast.walk(each) if isinstance(node, ast.Name)} for each in (one, other)]
    return bool(made[0] & read[1] or made[1] & read[0])


def targets_of(statement: ast.stmt) -> list[ast.expr]:
    match statement:
        case ast.Assign(targets):
            return [piece for target in targets for piece in getattr(target, "elts", [target])]
        case ast.AugAssign(target):
            return [target]
    return []


def entries_of(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values)
            yield from ((key.value, value) for key, value in pairs if isinstance(key, ast.Constant))


def root(node: ast.AST) -> str:
    """What a piece is called: `h` for h[t], `u_x` for params["u_x"]."""
    match node:
        case ast.Name(name):
            return name
        case ast.Subscript(_, ast.Constant(str(key))):
            return key
        case ast.Subscript(value) | ast.Attribute(value):
            return root(value)
    return ""


def moved_by(index: ast.expr, step: int) -> ast.expr | None:
    """An index or the timestep in a tuple of them, moved by one; None where there is none."""
    match index:
        case ast.Name("t") | ast.BinOp(_, ast.Add() | ast.Sub(), ast.Constant()):
            return ast.BinOp(index, ast.Add() if step > 0 else ast.Sub(), ast.Constant(1))
        case ast.Tuple(pieces):
            items = [moved_by(item, step) or item for item in pieces]
            return ast.Tuple(items, ast.Load()) if items != pieces else None
    return None


def cut_by(index: ast.expr, step: int) -> Iterator[tuple[str, ast.expr]]:
    """A slice, or each of several, with one of its ends moved by one; and which end."""
    kind = ast.Add() if step > 0 else ast.Sub()
    match index:
        case ast.Slice(lower, upper, stride):
            if lower is not None:
                yield "begin", ast.Slice(ast.BinOp(lower, kind, ast.Constant(1)), upper, stride)
            if upper is not None:
                yield "end", ast.Slice(lower, ast.BinOp(upper, kind, ast.Constant(1)), stride)
        case ast.Tuple(pieces):
            for place, piece in enumerate(pieces):
                for end, cut in cut_by(piece, step) if isinstance(piece, ast.Slice) else ():
                    yield end, ast.Tuple([*pieces[:place], cut, *pieces[place + 1 :]], ast.Load())


def called(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))
