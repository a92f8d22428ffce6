"""Which outputs of a solved lesson would give an answer away: those that depend on an answer that is a value.

Pictures of what a function does show no more than the exercise's text. But an answer that is a choice, weights, or
trained parameters *is* what a cell might print, so no output of a cell is shown that reads one, or reads anything that
was made of one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from nbformat import NotebookNode

from unrolled.exam.exercise import FUNCTION, Exercise


def telling_cells(cells: Sequence[NotebookNode], exercises: Iterable[Exercise]) -> set[int]:
    """Places of cells whose outputs may show an answer.

    Parameters
    ----------
    cells : sequence of NotebookNode
        The lesson's, solved: how an answer is reached matters.
    exercises : iterable of Exercise
    """
    answers = {exercise.name for exercise in exercises if exercise.kind != FUNCTION and not exercise.source}
    tainted, found = set(answers), set()
    code = _code(cells)
    harmless = {name for tree in code.values() for name in _imported(tree)}
    for place, tree in code.items():
        for statement in tree.body:
            if tainted & _read(statement):
                tainted |= _written(statement) - harmless
                found.add(place)
            elif isinstance(statement, ast.Assign):
                tainted -= _written(statement) - answers
    return found


def cells_without(cells: Sequence[NotebookNode], left_out: Iterable[int]) -> set[int]:
    """Places of the cells that can't be run when some are left out, these among them: what they read is not there."""
    found, missing, code = set(left_out), set(), _code(cells)
    harmless = {name for tree in code.values() for name in _imported(tree)}
    for place, tree in code.items():
        if place in found or missing & set().union(*map(_read, tree.body)):
            found.add(place)
            missing |= set().union(*map(_written, tree.body)) - harmless
    return found


def _code(cells: Sequence[NotebookNode]) -> dict[int, ast.Module]:
    return {place: ast.parse(_plain(cell.source)) for place, cell in enumerate(cells) if cell.cell_type == "code"}


def _imported(tree: ast.Module) -> set[str]:
    """Names of modules and of what came from them: nothing of a learner's is in them."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {(name.asname or name.name).partition(".")[0] for node in imports for name in node.names}


def _plain(source: str) -> str:
    """The source without lines that are IPython's."""
    return "\n".join("" if line.startswith(("%", "!")) else line for line in source.splitlines())


def _read(statement: ast.AST) -> set[str]:
    """What is read; of a function, what isn't its own."""
    found = (node for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    names = {node.id for node in found}
    if not isinstance(statement, ast.FunctionDef):
        return names
    own = {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
    return names - own - _set(statement)


def _set(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}


def _written(statement: ast.stmt) -> set[str]:
    """What a statement defines, sets, or changes in place."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    return _set(statement).union(*map(_changed, ast.walk(statement)))


def _changed(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
        return _read(node.value)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        return _read(node.value.func)
    return {node.name} if isinstance(node, ast.FunctionDef | ast.ClassDef) else set()
