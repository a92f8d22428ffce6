"""The course as static pages: to read before anything is installed.

A page is made of the notebook that learners get, so it can hold no answer; to its cells is added what they show in a
solved lesson, but for what would give an answer away (`taint.py`). Pages need no server, no network and no script but
their own, which only searches.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from rich.console import Console
from rich.progress import track

from grader.authoring.build import NOTEBOOKS, ROOT, lesson_names
from grader.authoring.links import broken_links
from grader.authoring.solved import Outputs, outputs
from grader.errors import AuthoringError
from grader.nbgrader.rendering import markdown_as_html

_HEADING = re.compile(r"<h([1-4])>(.*?)</h\1>", re.DOTALL)
_NOTEBOOK = re.compile(r' href="\.\./(\w+)/\1\.ipynb"')  # as the map of the course leads to a lesson
_TAG = re.compile(r"<annotation.*?</annotation>|<[^>]*>", re.DOTALL)
LIGHT, DARK = "default", "github-dark"
INDEX = "found.js"


@dataclass(frozen=True)
class Block:
    """A cell on its page.

    Attributes
    ----------
    kind : {"prose", "code", "exercise"}
    html : Markup
        The text, or the code in colours.
    shown : list of Markup
        What the cell shows.
    name : str
        The exercise's.
    points : float
    """

    kind: str
    html: Markup
    shown: list[Markup] = field(default_factory=list)
    name: str = ""
    points: float = 0.0


@dataclass(frozen=True)
class Page:
    """A lesson.

    Attributes
    ----------
    name, title, question : str
    sections : list of (str, str)
        Anchor and heading.
    blocks : list of Block
    """

    name: str
    title: str
    question: str
    sections: list[tuple[str, str]]
    blocks: list[Block]


def build_site(folder: Path, kept: Path, lessons: Sequence[str] = (), console: Console | None = None) -> Path:
    """Write the pages; returns the first.

    Parameters
    ----------
    folder : Path
        Where to; what an earlier call wrote is replaced.
    kept : Path
        Where what solved lessons show is kept between calls.

    Raises
    ------
    AuthoringError
        If a solved lesson fails, a link leads nowhere, or something else than a site is in the folder.
    """
    console, pages, known = console or Console(), [], lesson_names()
    for name in lessons:
        if name not in known:
            raise AuthoringError.no_lesson(name, known)
    _make_way(folder)
    for name in track(lessons or known, "Running solved lessons", console=console, transient=True):
        pages.append(lesson_page(name, _released(name), outputs(name, kept)))
    write_pages(folder, pages)
    if broken := broken_links(folder):
        raise AuthoringError.broken_links(broken)
    return folder / "index.html"


def lesson_page(name: str, released: NotebookNode, shown: Outputs) -> Page:
    """A lesson's page, from the notebook that learners get and what its cells show."""
    taken: set[str] = set()
    points = {cell.metadata.nbgrader.grade_id.removeprefix("check_"): cell.metadata.nbgrader.points
              for cell in released.cells if cell.metadata.get("nbgrader", {}).get("grade")}  # fmt: skip
    blocks = [block for cell in released.cells for block in _blocks(cell, shown, points, taken)]
    headings = re.findall(r'<h2 id="([^"]*)">(.*?)</h2>', "".join(block.html for block in blocks), re.DOTALL)
    first = released.cells[0].source
    title = re.search(r"(?m)^# (.+)$", first)
    question = re.search(r"(?m)^\*\*(.+)\*\*$", first)
    sections = [(anchor, _text(heading)) for anchor, heading in headings]
    return Page(name, title[1] if title else name, question[1] if question else "", sections, blocks)


def _blocks(cell: NotebookNode, shown: Outputs, points: dict[str, float], taken: set[str]) -> Iterator[Block]:
    marks = cell.metadata.get("nbgrader", {})
    if cell.cell_type == "markdown":
        yield Block("prose", Markup(_with_anchors(markdown_as_html(cell.source), taken)))
    elif marks.get("solution"):
        taken.add(marks.grade_id)
        yield Block("exercise", _coloured(cell.source), name=marks.grade_id, points=points.get(marks.grade_id, 0.0))
    elif not marks and cell.cell_type == "code":
        drawn = map(_output, shown.get(cell.id, ()))
        yield Block("code", _coloured(cell.source), [Markup(html) for html in drawn if html])


def _output(output: dict[str, Any]) -> str:
    """What a cell shows, as HTML; nothing of widgets, which stand beside their picture."""
    if output["output_type"] == "stream":
        return f"<pre>{escape(strip_ansi(output['text']))}</pre>" if output["name"] == "stdout" else ""
    data = output.get("data", {})
    if "text/html" in data:
        return data["text/html"]
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            return f'<img alt="A figure drawn by the code above" src="data:{kind};base64,{data[kind].strip()}">'
    widget = "application/vnd.jupyter.widget-view+json" in data
    return "" if widget else f"<pre>{escape(data.get('text/plain', ''))}</pre>"


def _with_anchors(html: str, taken: set[str]) -> str:
    def heading(found: re.Match) -> str:
        anchor = base = re.sub(r"\W+", "-", _text(found[2]).lower()).strip("-") or "section"
        number = 2
        while anchor in taken:
            anchor, number = f"{base}-{number}", number + 1
        taken.add(anchor)
        return f'<h{found[1]} id="{anchor}">{found[2]}</h{found[1]}>'

    return _HEADING.sub(heading, html)


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def _coloured(source: str) -> Markup:
    return Markup(highlight(source, PythonLexer(stripnl=False), HtmlFormatter(cssclass="highlight")))


def write_pages(folder: Path, pages: Sequence[Page]) -> None:
    """Write the pages of the lessons, the first page, and what they need."""
    environment = Environment(loader=PackageLoader("grader.authoring"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True)  # fmt: skip
    title, about = _readme()
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "notebooks").mkdir(parents=True)
    told, names = {"course": title, "about": about, "pages": pages}, {page.name for page in pages}
    for place, page in enumerate(pages):
        before, after = (pages[i] if 0 <= i < len(pages) else None for i in (place - 1, place + 1))
        html = environment.get_template("site_lesson.html").render(page=page, before=before, after=after, **told)
        (folder / f"{page.name}.html").write_text(_to_pages(html, names), encoding="utf-8")
        shutil.copy(NOTEBOOKS / page.name / f"{page.name}.ipynb", folder / "notebooks")
    (folder / "index.html").write_text(environment.get_template("site_index.html").render(**told), encoding="utf-8")
    (folder / "site.css").write_text(_styles(environment), encoding="utf-8")
    (folder / "site.js").write_text(_source(environment, "site.js"), encoding="utf-8")
    index = json.dumps([*_index(pages)], ensure_ascii=False)
    (folder / INDEX).write_text(f"const FOUND = {index};\n", encoding="utf-8")


def _to_pages(html: str, names: Collection[str]) -> str:
    """With links to lessons' notebooks leading to their pages, those of lessons that have one."""
    return _NOTEBOOK.sub(lambda link: f' href="{link[1]}.html"' if link[1] in names else "", html)


def _make_way(folder: Path) -> None:
    """See that pages can be written here, and that nothing is but earlier ones."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / INDEX).is_file():
        raise AuthoringError.not_a_site(folder)


def _index(pages: Iterable[Page]) -> Iterator[dict[str, str]]:
    """What can be found: the sections of the lessons, with their text."""
    for page in pages:
        html = "".join(block.html if block.kind == "prose" else f"<p>{block.name}</p>" for block in page.blocks)
        pieces = re.split(r'<h[1-4] id="([^"]*)">(.*?)</h[1-4]>', html, flags=re.DOTALL)
        for anchor, heading, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            at = f"{page.name}.html#{anchor}"
            yield {"at": at, "lesson": page.title, "title": _text(heading), "text": _text(text)}


def _styles(environment: Environment) -> str:
    light, dark = (HtmlFormatter(style=style).get_style_defs(".highlight") for style in (LIGHT, DARK))
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n{_source(environment, 'site.css')}"


def _source(environment: Environment, name: str) -> str:
    return environment.loader.get_source(environment, name)[0]


def _readme() -> tuple[str, Markup]:
    """The course's name and what it is, in one paragraph."""
    title, about, *_ = (ROOT / "README.md").read_text(encoding="utf-8").split("\n\n")
    return title.lstrip("# "), Markup(markdown_as_html(about))


def _released(name: str) -> NotebookNode:
    return nbformat.read(NOTEBOOKS / name / f"{name}.ipynb", as_version=4)
