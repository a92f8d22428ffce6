"""Much of the worst takes a moment: no regular expression, parser or filter of ours takes quadratic time."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.judging import clean, markup
from grader.judging.deadline import TooLong, deadline
from grader.nbgrader import feedback, rendering

GRADER = Path(clean.__file__).parents[1]
LENGTH = 250_000
SECONDS = 1.0  # what is quadratic takes minutes
RUNS = (
    " ",
    "\t",
    "\n",
    "a",
    "0",
    "<",
    ">",
    "[",
    "(",
    "\\",
    "=",
    "&",
    '"',
    "'",
    "#",
    "*",
    "_",
    "`",
    "$",
    ".",
    "-",
    "|",
    "\0",
)


def patterns() -> Iterator[tuple[str, str]]:
    """Every regular expression written in the halves of the grader that meet submissions, with where it stands."""
    for path in sorted(path for name in ("judging", "nbgrader", "sandbox") for path in (GRADER / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield f"{path.stem}:{first.value[:30]}", first.value


def worst(pattern: str) -> set[str]:
    """As much of each thing the expression looks for, alone and after each other thing; less where that is many."""
    pieces = {*re.findall(r"[A-Za-z]{2,}[=:(]?|[^\w\s\\]", pattern), *RUNS}
    firsts = set(re.findall(r"[<#]?/?[A-Za-z -]{2,}[=:\"]*", pattern))
    return {
        *(piece * (LENGTH // len(piece)) for piece in pieces),
        *(first + piece * (LENGTH // 4) for first in firsts for piece in RUNS),
        *((first + piece) * (LENGTH // 8 // (len(first) + 1)) for first in firsts for piece in RUNS),
    }


@pytest.mark.parametrize(("where", "pattern"), [*patterns()], ids=lambda value: value[:40] if ":" in value else "")
def test_every_expression_is_linear(where, pattern):
    """A line of blanks kept a whole class from its grades, and the process that graded spinning for ever."""
    compiled = re.compile(pattern)
    for text in worst(pattern):
        with deadline(SECONDS):
            compiled.subn(" ", text)  # as finditer, but without a million steps of Python where nothing matches


def test_the_test_would_find_the_one_that_was_quadratic():
    """A test that finds nothing must be able to find something."""
    compiled = re.compile(r"(?s)[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS[^\n]*\n?|\Z)")
    with pytest.raises(TooLong), deadline(0.2):
        compiled.search(" " * 40_000)


TEXTS = (
    *RUNS,
    "<div>",
    "</style ",
    "<b><p>",
    "<a x=1 ",
    "&#",
    "![",
    "[](",
    "\\\\(",
    "\\begin{a}",
    "=\n",
    "a\n: b\n",
    "\x1b[m",
    "\x1b[1;",
    "x.",
    "data:image/png;base64,",
    "### BEGIN HIDDEN TESTS\n",
    "$x$ ",
    "\ue010",
    'aria-label="',
    "url(",
)


@pytest.mark.parametrize("piece", TEXTS, ids=ascii)
def test_much_of_anything_is_shown_in_a_moment(piece):
    """One learner's cell would keep the others, or whoever opens it, waiting."""
    text = piece * (LENGTH // len(piece))
    with deadline(4 * SECONDS):
        markup.clean_html(text)
        clean.clean_outputs([{"output_type": "display_data", "data": dict.fromkeys(clean.TEXTS, text[: LENGTH // 3])}])
        clean.clean_outputs([{"output_type": "display_data", "data": {"image/svg+xml": text[: LENGTH // 2]}}])
        rendering.markdown_as_html(text)
        rendering.text_as_html(text)
        feedback.without_hidden_tests(new_notebook(cells=[new_code_cell(text)]), "### BEGIN HIDDEN TESTS", "### END")
        rendering.SafeExporter().code_as_html(text)


@pytest.mark.parametrize("piece", TEXTS, ids=ascii)
def test_the_longest_text_that_is_made_beautiful_takes_seconds_at_most(piece):
    """Below the limits, the libraries' own quadratic time must be bearable."""
    text = piece * (rendering.LONG // len(piece))
    with deadline(8 * SECONDS):
        rendering.markdown_as_html(text)
        rendering.text_as_html(text)
        rendering.SafeExporter().code_as_html(text)
