"""What lessons claim is shown: every mark after a sentence leads to a test, or to a cell beside it.

A lesson's source says it with `<!-- shown: tests/…::test_name -->` or `<!-- shown: cell -->`, code in `solutions/` with
`# shown: …`. Several tests are told apart by commas.
"""

import ast
import re
from functools import cache
from pathlib import Path

import jupytext
import pytest

from grader.authoring.build import LESSONS, ROOT, SHOWN

BY_CODE = re.compile(r"# shown: (.+)")


def marks(text: str, pattern: re.Pattern) -> list[str]:
    """What the text refers to, one by one."""
    return [mark.strip() for found in pattern.findall(text) for mark in found.split(",")]


SOURCES = {path: marks(path.read_text(), SHOWN) for path in sorted(LESSONS.glob("*.md"))} | {
    path: marks(path.read_text(), BY_CODE) for path in sorted((ROOT / "solutions").rglob("*.py"))
}


@cache
def known_tests(path: Path) -> set[str]:
    """Names of the test functions in a file; nothing if there is no such file."""
    if not path.is_file():
        return set()
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", [path for path, named in SOURCES.items() if named], ids=lambda path: path.name)
def test_every_mark_names_a_test(path):
    """A sentence would lean on a test that was renamed or is gone, and nobody would know whether it is still true."""
    for mark in set(SOURCES[path]) - {"cell"}:
        file, _, name = mark.partition("::")
        assert name.startswith("test_") and name in known_tests(ROOT / file), mark


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.md")), ids=lambda path: path.stem)
def test_every_cell_named_stands_beside_its_sentence(path):
    """A sentence would be said to be shown by a cell that isn't there."""
    cells = jupytext.read(path, fmt="md:myst").cells
    for place, cell in enumerate(cells):
        if cell.cell_type == "markdown" and "cell" in marks(cell.source, SHOWN):
            neighbours = cells[max(place - 1, 0) : place + 2]
            assert any(other.cell_type == "code" for other in neighbours), cell.source
