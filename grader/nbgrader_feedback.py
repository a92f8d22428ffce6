"""nbgrader's feedback page, safe to open: what a learner wrote can't run in the reader's browser.

The template is nbgrader's own. Markdown is cleaned once it is HTML (in formgrader's pages, too), outputs were cleaned
when they were made, and hidden tests of ordinary assignments are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from html import escape
from pathlib import Path
from threading import get_ident
from typing import Any

import nbgrader
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from traitlets import default

from grader.clean import clean_html
from grader.deadline import TooLong, deadline

_FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
LONG, SHORT = 50_000, 2_000
PAGE_DEADLINE, MARKDOWN_DEADLINE = 30.0, 3.0
_HIDDEN = re.compile(r"(?s)[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS[^\n]*\n?|\Z)")


class FeedbackExporter(HTMLExporter):
    """nbgrader's feedback page."""

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
        try:
            with deadline(MARKDOWN_DEADLINE):
                return clean_html(super().markdown2html(context, source))
        except TooLong:
            return f"<pre>{escape(shortened(source, SHORT))}</pre>"

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:
        """The page of a graded notebook, without its hidden tests.

        HTMLExporter would parse the finished page once more, which takes half of the time, to add what
        `_described` adds beforehand. What takes too long, or fails, is shown in short and without outputs.
        """
        nb = _described(without_hidden_tests(nb))
        self.register_filter("highlight_code", Highlight2HTML(pygments_lexer="ipython3", parent=self))
        for cell in nb.cells:
            cell.source = shortened(cell.source, LONG)
        try:
            with deadline(PAGE_DEADLINE):
                return self._page(nb, resources, **kw)
        except Exception as error:
            self.log.warning("A feedback page is shown in short: %r", error)
            return self._page(in_short(nb), resources, **kw)

    def _page(self, nb: NotebookNode, resources: dict | None, **kw: Any) -> tuple[str, dict]:
        return super(HTMLExporter, self).from_notebook_node(nb, self._init_resources(resources), **kw)


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
