"""Graded notebooks as HTML that is safe to open, and made in bounded time: what both kinds of pages share.

Markdown is cleaned once it is HTML, outputs were cleaned when they were made, and both stand in boxes that nothing
leaves. Formulas are MathML: no page asks the network for anything. What is longer than the limits below is shown as
plain text, because the libraries that make it beautiful take time that grows with the square of its length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from hashlib import blake2b
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbconvert.filters.ansi import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, to_notebook
from traitlets import default

from grader.judging.deadline import deadline
from grader.judging.markup import clean_html
from grader.judging.written import Own
from grader.nbgrader.formulas import LONGEST, Formulas, word

TEMPLATES = Path(__file__).parent / "templates"
THEIRS = Path(find_spec("nbgrader").origin).parent / "server_extensions" / "formgrader" / "templates"
LONG, SHORT = 10_000, 2_000
MUCH = 100_000
REMEMBERED, REMEMBERED_TEXT = 5_000, 20_000_000
PAGE_DEADLINE = 4.0
_UNCOLOURED = re.compile(r'<span class="(?:[npw]">([^<]*)|o">(\.))</span>')  # names, brackets, blanks, dots
DRAWN = ("image/png", "image/jpeg", "image/gif")


class Renderer(IPythonRenderer):
    """Markdown as HTML, its formulas as words that the cleaning lets pass."""

    def inline_math(self, body: str) -> str:
        """A formula in a line."""
        return self._formula(body, "inline")

    def block_math(self, body: str) -> str:
        """A formula that stands alone."""
        return self._formula(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        """A formula in an environment."""
        return self._formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")

    def _formula(self, latex: str, kind: str) -> str:
        if len(latex) > LONGEST:
            return f"<code>{escape(latex)}</code>"
        return word(latex, kind == "block")

    def block_mermaidjs(self, code: str) -> str:
        """A diagram as it was written: drawing it takes a program from elsewhere."""
        return f"<pre>{escape(code)}</pre>"


class SafeExporter(HTMLExporter):
    """Makes pages within a time. It remembers the HTML of short texts: a class hands in the lesson's own cells."""

    def __init__(self, *args: Any, **kw: Any):
        self._remembered: dict[tuple, str] = {}
        self._cells = Cells()
        super().__init__(*args, **kw)
        self._highlight = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        self.register_preprocessor(Header, enabled=True)

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES), str(THEIRS)]

    @default("extra_template_paths")
    def _extra_template_paths_default(self) -> list[str]:
        return [str(TEMPLATES), str(THEIRS)]

    def default_filters(self) -> Iterator[tuple[str, Callable]]:
        """nbconvert's, with ours in place of those that take too long."""
        yield from super().default_filters()
        yield "highlight_code", self.code_as_html
        yield "ansi2html", text_as_html
        yield "strip_files_prefix", lambda text: text
        yield "cleaned", clean_html
        yield "is_verdict", is_verdict
        yield "made_before", self._cells.made_before
        yield "kept_for", self._cells.keep

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML that can't run anything."""
        attached = context.get("cell", {}).get("attachments", {})
        return self._once(lambda: markdown_as_html(source, attached), source, json.dumps(attached, sort_keys=True))

    def code_as_html(self, source: str, language: str | None = None, metadata: Any = None) -> str:
        """Code in colours."""
        if len(source) > LONG:
            return plain(source)
        magics = (metadata or {}).get("magics_language")
        return self._once(
            lambda: _UNCOLOURED.sub(r"\1\2", self._highlight(source, language, metadata)), source, language, magics
        )

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
        """The page of a graded notebook; what takes too long, or fails, is shown in short."""
        kept = json.dumps(nb)
        try:
            with deadline(PAGE_DEADLINE):
                return self.page(Own(to_notebook(json.loads(kept))), deepcopy(resources), **kw)
        except Exception as error:
            self.log.warning("A page is shown in short: %r", error)
            return self.page(Own(in_short(nb)), resources, **kw)

    def page(self, nb: NotebookNode, resources: dict | None, **kw: Any) -> tuple[str, dict]:
        """The page.

        HTMLExporter would parse the finished page once more, which takes half of the time, to add what `described`
        adds beforehand.
        """
        return super(HTMLExporter, self).from_notebook_node(described(nb), self._init_resources(resources), **kw)

    def _preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """What nbconvert does with a notebook beforehand, without copying or validating it."""
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        return nb, resources


class Header(CSSHTMLHeaderPreprocessor):
    """The styles of a page, which are the same for all."""

    def _generate_header(self, resources: dict) -> list[str]:
        if not hasattr(self, "_styles"):
            self._styles = super()._generate_header(resources)
        return [*self._styles]


class Cells:
    """Remembers the HTML of whole cells: what stands in one, and how it went, is often the same for many."""

    def __init__(self) -> None:
        self._made: dict[bytes, str] = {}
        self._length = 0

    def made_before(self, cell: NotebookNode) -> str | None:
        """The cell's HTML, if it has been made."""
        return self._made.get(_known_by(cell))

    def keep(self, html: str, cell: NotebookNode) -> str:
        """The HTML, which from now on is known to be the cell's."""
        if len(html) > REMEMBERED_TEXT - self._length:
            self._made.clear()
            self._length = 0
        self._made[_known_by(cell)] = html
        self._length += len(html)
        return html


def _known_by(cell: NotebookNode) -> bytes:
    shown = {name: value for name, value in cell.items() if name != "id"}
    return blake2b(json.dumps(shown, sort_keys=True).encode(), digest_size=16).digest()


def markdown_as_html(source: str, attachments: dict | None = None) -> str:
    """Markdown as HTML that can't run, load or imitate anything; a long text as it was written."""
    if len(source) > LONG:
        return plain(source)
    renderer = Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return clean_html(MarkdownWithMath(renderer=renderer).render(source), Formulas)


def text_as_html(text: str) -> str:
    """Printed text in its colours; a long one without."""
    return ansi2html(text) if len(text) <= LONG else escape(strip_ansi(text))


def plain(text: str) -> str:
    """A text as it was written."""
    return f"<pre>{escape(shortened(text, MUCH))}</pre>"


def shortened(text: str, most: int) -> str:
    """At most so many characters, with a note of how many are left out."""
    return text if len(text) <= most else f"{text[:most]}\n… {len(text) - most:,} more characters"


def is_verdict(output: NotebookNode) -> bool:
    """Whether the grader wrote this output: nothing a submission does gets this mark."""
    return bool(output.get("metadata", {}).get("verdict"))


def in_short(notebook: NotebookNode) -> NotebookNode:
    """What any notebook can be shown as: scores, short outputs of graded cells, and the beginning of every cell."""
    notebook, left = deepcopy(notebook), 5 * LONG
    for place, cell in enumerate(notebook.cells):
        source = shortened(cell.source, min(SHORT, left))
        left = max(left - len(source), 0)
        graded = cell.metadata.get("nbgrader", {}).get("grade")
        outputs = [output for output in cell.get("outputs", ()) if graded and len(json.dumps(output)) < LONG]
        notebook.cells[place] = new_code_cell(source, metadata=cell.metadata, outputs=outputs)
    return notebook


def described(notebook: NotebookNode) -> NotebookNode:
    """The notebook with a text for every picture, for those who can't see it."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        for kind in DRAWN:
            if kind in output.get("data", {}):
                output.metadata.setdefault(kind, {}).setdefault("alt", "A figure drawn by the code above")
    return notebook
