"""Formgrader's pages, made by a process that can be killed, while its server goes on answering everybody else."""

from __future__ import annotations

import asyncio
import html
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from jinja2 import pass_context
from jupyter_server.base.handlers import JupyterHandler
from nbformat import NotebookNode
from traitlets import default

from grader.marking.workhorse import Bounds, supervised
from grader.nbgrader.rendering import TEMPLATES, SafeExporter

BOUNDS = Bounds(cpu=20.0, wall=300.0)
AT_ONCE = 2
_NOT_SHOWN = (
    "<!DOCTYPE html><meta charset='utf-8'><title>Not shown</title><p>This submission takes too long to be shown, or "
    "can't be shown at all: {reason}. Its notebook is {name}.</p><p><a href='{base}/formgrader/gradebook/{lesson}/"
    "{notebook}'>Back to the submissions</a></p>"
)


_LINKS = """<script>
if (window.linkTo && window.base_url)  // nbgrader's own leave out the prefix of a hub
  window.linkTo = (theirs => (...what) => (place, element) => {
    const link = theirs(...what)(place, element), to = link.getAttribute("href") || "";
    if (/^.(tree|edit|notebooks)./.test(to)) link.setAttribute("href", window.base_url + to);
    return link;
  })(window.linkTo);
</script></head>"""


class FormgradeExporter(SafeExporter):
    """A graded notebook as the page a person grades it on."""

    def __init__(self, *args: Any, **kw: Any):
        super().__init__(*args, **kw)
        self.register_preprocessor(_with_boxes, enabled=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "unrolled_formgrade"

    def default_filters(self) -> Any:
        """Everything a learner wrote stands in a box."""
        yield from super().default_filters()
        yield "markdown2html", self.boxed_markdown

    @pass_context
    def boxed_markdown(self, context: Any, source: str) -> str:
        """Markdown in a box of its own."""
        return f'<div class="learners">{self.markdown2html(context, source)}</div>'


def _with_boxes(notebook: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
    resources["inlining"]["css"].append((TEMPLATES / "learners.css").read_text())
    return notebook, resources


def page(filename: str, resources: dict[str, Any]) -> str:
    """The page of a graded notebook; runs in a process of its own."""
    return _exporter().from_filename(filename, resources=resources)[0]


@cache
def _exporter() -> FormgradeExporter:
    return FormgradeExporter()


@cache
def _threads() -> ThreadPoolExecutor:
    """Each thread waits for one process; the server's own waits for none."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="formgrader-page")


def install() -> None:
    """Have nbgrader's formgrader make its pages here."""
    from nbgrader.server_extensions.formgrader import handlers  # workers do without nbgrader's servers

    handler = handlers.SubmissionHandler
    if not hasattr(handler, "get_at_once"):
        handler.get_at_once, handler.get, handler.exporter = handler.get, _get, _Noted()
        handlers.SubmissionFilesHandler.content_security_policy = property(_of_files)
        theirs = handlers.BaseHandler.render
        handlers.BaseHandler.render = lambda *given, **more: theirs(*given, **more).replace("</head>", _LINKS)


def _of_files(handler: Any) -> str:
    """What a file that lies beside a notebook may do when it is opened: nothing."""
    return f"{JupyterHandler.content_security_policy.fget(handler)}; sandbox; default-src 'none'; img-src data:"


class _Noted:
    """Stands for the exporter where nbgrader asks for a page: notes what is asked, as the handler's attribute."""

    def __get__(self, handler: Any, kind: Any = None) -> _Noted:
        noted = _Noted()
        noted.handler = handler
        return noted

    def from_filename(self, filename: str, resources: dict[str, Any]) -> tuple[str, dict]:
        self.handler.asked = filename, resources
        return "", resources


async def _get(handler: Any, submission_id: str) -> None:
    handler.asked = None
    handler.get_at_once(submission_id)
    if handler.asked:
        loop = asyncio.get_running_loop()
        handler.write(await loop.run_in_executor(_threads(), _made_or_not, *handler.asked))


def _made_or_not(filename: str, resources: dict[str, Any]) -> str:
    try:
        return supervised(page, filename, resources, bounds=BOUNDS)
    except Exception as error:
        told = {"reason": f"{type(error).__name__}: {error}", "name": filename, "base": resources["base_url"],
                "lesson": resources["assignment_id"], "notebook": resources["notebook_id"]}  # fmt: skip
        return _NOT_SHOWN.format(**{key: html.escape(str(value)) for key, value in told.items()})
