"""A mistake is explained as itself whatever else is wrong in the notebook."""

import ast
import random
from functools import cache
from itertools import combinations

import pytest
from nbformat.v4 import new_code_cell, new_notebook

import solutions
from grader.authoring.sources import cell_source
from grader.judging.grading import grade_notebook
from grader.sandbox.sandbox import Sandbox, missing_walls
from tests.courses import check_pair

SEED = 20260203
A_LESSON, ALL_AT_MOST = 2, 40


@pytest.fixture(scope="module")
def patient():
    """A sandbox with the time a real one has."""
    if missing := missing_walls():
        pytest.skip(f"nothing can be confined here: {missing}")
    with Sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize("lesson", solutions.lessons())
def test_two_mistakes_are_both_explained(patient, lesson):
    """Learners make more than one mistake, and one would hide the other."""
    assert _unexplained(patient, lesson, _pairs(lesson)[:A_LESSON]) == []


@pytest.mark.full
@pytest.mark.parametrize("lesson", solutions.lessons())
def test_many_pairs_of_mistakes_are_explained(patient, lesson, record_property):
    """The sample above may have been lucky."""
    pairs = _pairs(lesson)[:ALL_AT_MOST]
    assert _unexplained(patient, lesson, pairs) == []
    record_property("note", f"{lesson}: {len(pairs)} pairs of mistakes in one notebook, each explained")


@cache
def _pairs(lesson):
    """Mistakes in two exercises of which neither calls the other, in an order that repeats."""
    written = [
        (exercise, mistake, source)
        for exercise in solutions.exercises(lesson)
        for mistake in exercise.misconceptions
        if not exercise.source and (source := cell_source(mistake.answer, exercise.name, _names(lesson)))
    ]
    pairs = [
        (one, other)
        for one, other in combinations(written, 2)
        if one[0] is not other[0]
        and other[0].name not in _needed(lesson, one[2])
        and one[0].name not in _needed(lesson, other[2])
    ]
    random.Random(lesson).shuffle(pairs)
    return pairs


def _unexplained(sandbox, lesson, pairs):
    """What was said instead, where a mistake did not get its own explanation."""
    found = []
    for pair in pairs:
        verdicts = grade_notebook(_notebook(lesson, pair), lesson, sandbox, SEED).verdicts
        for exercise, mistake, _ in pair:
            verdict = verdicts[exercise.name]
            if mistake.explanation not in verdict.message or mistake.name not in verdict.misconceptions:
                found.append((*(f"{e.name}: {m.name}" for e, m, _ in pair), exercise.name, verdict.message))
    return found


def _notebook(lesson, pair):
    """The two wrong answers, right ones for what they call, and the two checks."""
    wrong = {exercise.name: source for exercise, _, source in pair}
    needed = {name for source in wrong.values() for name in _needed(lesson, source)} | {*wrong}
    cells = [new_code_cell("import numpy as np")]
    for exercise in solutions.exercises(lesson):
        if exercise.name in needed:
            cells.append(new_code_cell(wrong.get(exercise.name) or _right(lesson, exercise.name)))
        if exercise.name in wrong:
            cells.append(check_pair(exercise)[1])
    return new_notebook(cells=cells)


@cache
def _needed(lesson, source):
    """Names of the lesson's exercises that this source calls, and those that these call."""
    found, pending = set(), [source]
    while pending:
        used = {node.id for node in ast.walk(ast.parse(pending.pop())) if isinstance(node, ast.Name)}
        new = used & {*_names(lesson)} - found
        found |= new
        pending += [_right(lesson, name) for name in new]
    return found


@cache
def _right(lesson, name):
    return cell_source(solutions.find(name).reference, name, _names(lesson)) or ""


def _names(lesson):
    return [exercise.name for exercise in solutions.exercises(lesson)]
