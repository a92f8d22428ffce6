"""`grader name`: the stub of a misconception, from a wrong answer of the last class that nothing explained."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import solutions
from grader.errors import CourseError
from grader.marking.clusters import Cluster, clusters
from grader.marking.report import GRADES
from grader.marking.worker import GRADED

_TEXT = "TODO: what the code does, why that is not it, where to look. Never the solution."


def stub(course: Path, exercise: str, cluster: str) -> str:
    """A misconception to be filled in, and where it belongs.

    Raises
    ------
    CourseError
        If nothing has been graded, or there is no such exercise or cluster; with those there are.
    """
    try:
        found = solutions.find(exercise)
        grades = json.loads((course / GRADES).read_text(encoding="utf-8"))["lessons"].get(found.lesson, {})
    except LookupError as error:
        raise CourseError.of_arguments(str(error.args[0])) from error
    except (OSError, ValueError) as error:
        raise CourseError.nothing_graded(course) from error
    graded = {learner: grade for learner, grade in grades.items() if grade["status"] == GRADED}
    there = [each for each in clusters(course, found.lesson, graded, len(graded) ** 2) if each.exercise == exercise]
    for each in there:
        if each.name == cluster:
            return _filled(each, found.lesson)
    names = ", ".join(each.name for each in there) or "none"
    raise CourseError.of_arguments(
        f"no answers to {exercise} in the last grading share {cluster!r}; there are: {names}"
    )


def _filled(cluster: Cluster, lesson: str) -> str:
    package = lesson.partition("_")[2]
    who = "learner" if len(cluster.learners) == 1 else "learners"
    where = f"# {len(cluster.learners)} {who}. For solutions/{package}/misconceptions/{cluster.exercise}.py:"
    return f"{where}\n\n\n{_misconception(cluster)}\n"


def _misconception(cluster: Cluster) -> str:
    """The learner's cell, its function under a name of its own and with a text to write."""
    try:
        tree = ast.parse(cluster.example)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = ast.Module([], [])
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == cluster.exercise:
            node.name = f"unnamed_{cluster.name}"
            text = [ast.Expr(ast.Constant(_TEXT))]
            node.body = text + (node.body[1:] if ast.get_docstring(node) is not None else node.body)
            return ast.unparse(ast.fix_missing_locations(tree))
    return f'def unnamed_{cluster.name}():\n    """{_TEXT}"""\n    raise NotImplementedError'
