"""What it means that two arrays don't fit: said in shapes, and in the names that the learner gave them."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

import numpy as np
from executing import Source

_OPERATORS: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.MatMult: operator.matmul,
}
_PRODUCTS = ("matmul", "dot")
_SIGNS = ("gufunc signature", "could not be broadcast together", "not aligned", "does not have enough dimensions")
_LONGEST = 60
_SHAPE = re.compile(r"\([\d, ]*\)")
_REMAPPED = re.compile(r"(\([\d, ]*\))->\([^)]*\)")
_CORE = re.compile(r"operand 1 .* core dimension 0.*\(size (?P<other>\d+) is different from (?P<one>\d+)\)")
_ALIGNED = re.compile(r"not aligned: (?P<one>\d+) \(.* != (?P<other>\d+) ")
_RULE = "Counted from the last, their axes have to be of equal length, or one of them 1."


def is_bare(text: str) -> bool:
    """Whether an error's text is NumPy's own about shapes that don't fit: it names no array."""
    return any(sign in text for sign in _SIGNS)


def about(text: str) -> str:
    """What else an error's text speaks of, where that tells mistakes apart that raise the same."""
    return "truth value" if "truth value" in text else ""


def misfit(error: BaseException, place: TracebackType | None) -> str:
    """Why two arrays can't be combined in the learner's line at `place`; empty if it is something else."""
    if place is None or not (isinstance(error, ValueError | IndexError) and is_bare(str(error))):
        return ""
    return _named(place) or _in_shapes(str(error))


def _named(place: TracebackType) -> str:
    """The same in the names that the line has for the arrays, if there are two and what they are can be known."""
    node = Source.executing(place).node
    operands = _operands(node)
    values = [_value(operand, place.tb_frame) for operand in operands]
    if len(values) != 2 or not all(isinstance(value, np.ndarray) for value in values):
        return ""
    names = [ast.unparse(operand) for operand in operands]
    if max(map(len, names)) > _LONGEST:
        return ""
    return _product(*names, *values) if _is_product(node) else _pair(ast.unparse(node), *names, *values)


def _in_shapes(text: str) -> str:
    """The same in shapes alone: of arrays that have no name, or that meet within what the line calls."""
    if meeting := _CORE.search(text) or _ALIGNED.search(text):
        one, other = meeting["one"], meeting["other"]
        return (
            f"In a matrix product, the last axis of the first array, {one} long, meets an axis of the second that is "
            f"{other} long: these two have to be equal."
        )
    if "enough dimensions" in text:
        return "One side of a matrix product is a single number, which has no axis to sum over."
    shapes = list(dict.fromkeys(_SHAPE.findall(_REMAPPED.sub(r"\1", text.partition(" and requested")[0]))))
    if len(shapes) < 2:
        return ""
    done = "used together as indices" if "indexing" in text else "combined"
    rule = "Axes that meet have to be of equal length." if "remapped" in text else _RULE
    return f"Arrays of shapes {', '.join(shapes[:-1])} and {shapes[-1]} are {done}, and don't fit. {rule}"


def _operands(node: Any) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.AugAssign):
        return [node.target, node.value]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "where":
        return node.args[:2] if len(node.args) == 3 else []
    return node.args if isinstance(node, ast.Call) and _is_product(node) else []


def _is_product(node: Any) -> bool:
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", "") in _PRODUCTS and len(node.args) == 2
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)


def _value(node: ast.expr, frame: FrameType) -> Any:
    """What a piece of the line stands for, where that can be known without calling anything of the learner's."""
    match node:
        case ast.Name(name):
            return frame.f_locals.get(name, frame.f_globals.get(name))
        case ast.Constant(value):
            return value
        case ast.Attribute(inner, "T"):
            array = _array(_value(inner, frame))
            return None if array is None else array.T
        case ast.Subscript(inner, index):
            return _item(_value(inner, frame), index, frame)
        case ast.BinOp(left, kind, right) if type(kind) in _OPERATORS:
            return _combined(_OPERATORS[type(kind)], _value(left, frame), _value(right, frame))
    return None


def _array(value: Any) -> np.ndarray | None:
    return value if type(value) is np.ndarray else None


def _item(value: Any, index: ast.expr, frame: FrameType) -> Any:
    if type(value) not in (np.ndarray, dict, list, tuple):
        return None
    try:
        return np.asarray(value[_index(index, frame)])
    except (LookupError, TypeError, ValueError):
        return None


def _index(node: ast.expr | None, frame: FrameType) -> Any:
    """An index as it stands in the line: numbers, names of keys, slices, None, or several of them."""
    match node:
        case None | ast.Constant(None):
            return None
        case ast.Slice(lower, upper, step):
            return slice(*(_index(end, frame) for end in (lower, upper, step)))
        case ast.Tuple(parts):
            return tuple(_index(part, frame) for part in parts)
    value = _value(node, frame)
    value = value.item() if type(value) is np.ndarray and not value.ndim else value
    if type(value) not in (int, str):
        raise LookupError(ast.dump(node))
    return value


def _combined(combine: Callable, left: Any, right: Any) -> np.ndarray | None:
    kinds = (np.ndarray, int, float)
    if type(left) not in kinds or type(right) not in kinds:
        return None
    try:
        with np.errstate(all="ignore"):
            return np.asarray(combine(left, right))
    except (TypeError, ValueError):
        return None


def _product(left: str, right: str, one: np.ndarray, other: np.ndarray) -> str:
    said = f"`{left} @ {right}` doesn't fit: `{left}` has shape {one.shape} and `{right}` {other.shape}."
    if not (one.ndim and other.ndim):
        return f"{said} A single number has no axis to sum over."
    met = other.shape[max(-2, -other.ndim)]
    inner = f" The last axis of the first is {one.shape[-1]} long, and it meets one of {met}."
    return said + inner + _that_fits(left, right, one, other)


def _that_fits(left: str, right: str, one: np.ndarray, other: np.ndarray) -> str:
    ways = (
        (f"`{left} @ {_turned(right)}`", one, other.T),
        (f"`{_turned(left)} @ {right}`", one.T, other),
        (f"`{right} @ {left}`", other, one),
    )
    fits = [text for text, a, b in ways if _combined(operator.matmul, a, b) is not None]
    return f" It would fit as {' or as '.join(fits)}: have sides or axes been exchanged?" if fits else ""


def _turned(name: str) -> str:
    if name.endswith(".T"):
        return name.removesuffix(".T")
    return f"{name}.T" if name.replace("_", "a").isalnum() or name.endswith("]") else f"({name}).T"


def _pair(text: str, left: str, right: str, one: np.ndarray, other: np.ndarray) -> str:
    where = f"`{text}`" if len(text) <= _LONGEST else "A sum or product"
    return f"{where} doesn't fit: `{left}` has shape {one.shape} and `{right}` {other.shape}. {_RULE}"
