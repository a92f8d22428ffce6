"""nbgrader's feedback page, safe to open: what a learner wrote can't run in the reader's browser.

The template is nbgrader's own. Markdown is cleaned once it is HTML (in formgrader's pages, too), outputs were cleaned
when they were made, and hidden tests of ordinary assignments are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from threading import get_ident
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets import default

from grader.judging.clean import clean_html
from grader.judging.deadline import TooLong, deadline

_FORMGRADER = Path(find_spec("nbgrader").origin).parent / "server_extensions" / "formgrader"
LONG, SHORT = 50_000, 2_000
REMEMBERED = 5_000
PAGE_DEADLINE, MARKDOWN_DEADLINE = 30.0, 3.0
_HIDDEN = re.compile(r"(?s)[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS[^\n]*\n?|\Z)")
_UNNAMED = re.compile(r'(<a href="#check_(\w+)">)Test cell(?=</a>)')


class FeedbackExporter(HTMLExporter):
    """nbgrader's feedback page.

    It remembers the HTML of short texts: most of what a class hands in are the lesson's own cells.
    """

    optimistic_validation = True  # once, not after each preprocessor

    def __init__(self, *args: Any, **kw: Any):
        self._remembered: dict[tuple, str] = {}
        super().__init__(*args, **kw)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "feedback"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_FORMGRADER / "templates")]

    @default("extra_template_paths")
    def _extra_template_paths_default(self) -> list[str]:
        return [str(_FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css")]

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML that can't run anything, or as it was written where that takes too long."""
        attached = json.dumps(context.get("cell", {}).get("attachments", {}), sort_keys=True)
        return self._once(lambda: self._markdown_as_html(context, source), source, attached)

    def _markdown_as_html(self, context: Any, source: str) -> str:
        try:
            with deadline(MARKDOWN_DEADLINE):
                return clean_html(super().markdown2html(context, source))
        except TooLong:
            return f"<pre>{escape(shortened(source, SHORT))}</pre>"

    def _code_as_html(self, source: str, language: str | None = None, metadata: Any = None) -> str:
        magics = (metadata or {}).get("magics_language")
        return self._once(lambda: self._highlight(source, language, metadata), source, language, magics)

    def _once(self, make: Callable[[], str], source: str, *more: str | None) -> str:
        key = (make.__qualname__, source, *more)
        if sum(len(part or "") for part in key) > SHORT:
            return make()
        if key not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = make()
        return self._remembered[key]

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:
        """The page of a graded notebook, without its hidden tests.

        HTMLExporter would parse the finished page once more, which takes half of the time, to add what
        `_described` adds beforehand. What takes too long, or fails, is shown in short and without outputs.
        """
        nb = _described(without_hidden_tests(nb))
        self._highlight = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        self.register_filter("highlight_code", self._code_as_html)
        for cell in nb.cells:
            cell.source = shortened(cell.source, LONG)
        try:
            with deadline(PAGE_DEADLINE):
                return self._page(nb, resources, **kw)
        except Exception as error:
            self.log.warning("A feedback page is shown in short: %r", error)
            return self._page(in_short(nb), resources, **kw)

    def _page(self, nb: NotebookNode, resources: dict | None, **kw: Any) -> tuple[str, dict]:
        page, resources = super(HTMLExporter, self).from_notebook_node(nb, self._init_resources(resources), **kw)
        return _UNNAMED.sub(r"\1\2", page), resources  # a dozen lines that all say "Test cell" lead nowhere


def shortened(text: str, most: int) -> str:
    """At most so many characters, with a note of how many are left out."""
    return text if len(text) <= most else f"{text[:most]}\n… {len(text) - most:,} more characters"


def in_short(notebook: NotebookNode) -> NotebookNode:
    """What any notebook can be shown as: scores, short outputs of graded cells, and the beginning of every cell."""
    notebook, left = deepcopy(notebook), LONG
    for place, cell in enumerate(notebook.cells):
        source = shortened(cell.source, min(SHORT, left))
        left = max(left - len(source), 0)
        graded = cell.metadata.get("nbgrader", {}).get("grade")
        outputs = [output for output in cell.get("outputs", ()) if graded and len(json.dumps(output)) < LONG]
        notebook.cells[place] = new_code_cell(source, metadata=cell.metadata, outputs=outputs)
    return notebook


@pass_context
def safe_markdown(context: Any, source: str) -> str:
    """A filter for other exporters, formgrader's for one: Markdown as HTML that can't run anything."""
    return _exporter().markdown2html(context, source)


def prepare() -> None:
    """Have the templates compiled, which takes longer than a page."""
    feedback_page(new_notebook(cells=[new_markdown_cell("*"), new_code_cell("1")]), "", {}, {}, {}, 0.0)


def feedback_page(
    notebook: NotebookNode,
    name: str,
    scores: Mapping[str, float],
    comments: Mapping[str, str],
    points: Mapping[str, float],
    late_penalty: float,
) -> str:
    """A graded notebook as the HTML page its learner gets.

    Parameters
    ----------
    notebook : NotebookNode
        As graded; its cells get the scores.
    name : str
        The notebook's name.
    scores, points : dict
        By grade cell: what the gradebook says was earned, and the most there was.
    comments : dict
        By answer cell.
    late_penalty : float
    """
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade_id") in scores:
            marks["score"], marks["points"] = scores[marks["grade_id"]], points[marks["grade_id"]]
        if comments.get(marks.get("grade_id")):
            marks["comment"] = comments[marks["grade_id"]]
    total = {"score": sum(scores.values()) - late_penalty, "max_score": sum(points[key] for key in scores)}
    resources = {"nbgrader": {"notebook": name, "late_penalty": late_penalty} | total}
    return _exporter().from_notebook_node(notebook, resources)[0]


def without_hidden_tests(notebook: NotebookNode) -> NotebookNode:
    """The notebook with hidden tests, and tracebacks that would show them, left out."""
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code" and _HIDDEN.search(cell.source):
            cell.source = _HIDDEN.sub("", cell.source)
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = [f"{output.ename}: a test failed"]
                    output.evalue = ""
    return notebook


def _described(notebook: NotebookNode) -> NotebookNode:
    """The notebook with a text for every picture, for those who can't see it."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        for kind in ("image/png", "image/jpeg", "image/gif"):
            if kind in output.get("data", {}):
                output.metadata.setdefault(kind, {}).setdefault("alt", "A figure drawn by the code above")
    return notebook


def _exporter() -> FeedbackExporter:
    return _exporter_of(get_ident())


@lru_cache(maxsize=32)
def _exporter_of(thread: int) -> FeedbackExporter:
    exporter = FeedbackExporter()
    exporter.register_preprocessor(CSSHTMLHeaderPreprocessor, enabled=True)
    return exporter
