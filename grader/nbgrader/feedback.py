"""The page a learner gets back: first the score and what was wrong and why, then the lesson with the learner's work.

It needs no script and no network, and its own policy forbids both. Hidden tests of ordinary assignments are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from threading import get_ident
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets import default
from traitlets.config import Config

from grader.nbgrader.rendering import SafeExporter, is_verdict, shortened

HIDDEN_TESTS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
_LAST_LINES = 600


class FeedbackExporter(SafeExporter):
    """A graded notebook as its learner's page; `nbgrader generate_feedback` uses it, too."""

    def __init__(self, *args: Any, config: Config | None = None, **kw: Any):
        super().__init__(*args, config=_without_theirs(config or Config()), **kw)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "unrolled_feedback"

    def page(self, nb: NotebookNode, resources: dict | None, **kw: Any) -> tuple[str, dict]:
        """The page, without hidden tests."""
        nb = arranged(without_hidden_tests(nb, *self.hidden_tests(nb)))
        resources = (resources or {}) | {"summary": [*summary(nb)]}
        return super().page(nb, resources, **kw)

    def hidden_tests(self, nb: NotebookNode) -> Sequence[str]:
        """What begins and ends hidden tests: as the notebook says, or nbgrader's configuration."""
        names, given = ("begin_test_delimeter", "end_test_delimeter"), self.config.get("ClearHiddenTests", {})
        configured = [given.get(name, usual) for name, usual in zip(names, HIDDEN_TESTS)]
        return nb.metadata.get("hidden_tests", configured)


def _without_theirs(config: Config) -> Config:
    """A configuration without the template that `nbgrader generate_feedback` names where nobody else names one."""
    config = deepcopy(config)
    if config.HTMLExporter.get("template_name") == "feedback":
        for name in ("template_name", "extra_template_basedirs", "extra_template_paths"):
            config.HTMLExporter.pop(name, None)
    return config


def prepare() -> None:
    """Have the templates compiled, which takes longer than a page."""
    feedback_page(new_notebook(cells=[new_markdown_cell("$x$"), new_code_cell("1")]), "", {}, {}, {}, 0.0)


def feedback_page(
    notebook: NotebookNode,
    name: str,
    scores: Mapping[str, float],
    comments: Mapping[str, str],
    points: Mapping[str, float],
    late_penalty: float,
    waiting: Sequence[str] = (),
    whose: Sequence[str] = (),
    hidden_tests: Sequence[str] = HIDDEN_TESTS,
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
    waiting : sequence of str
        Grade cells that a person has to grade yet.
    whose : sequence of str
        Learner, course, and when it was handed in.
    hidden_tests : (str, str)
        What begins and ends hidden tests, each somewhere in a line.
    """
    notebook.metadata["hidden_tests"] = list(hidden_tests)
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade_id") in scores:
            marks["score"], marks["points"] = scores[marks["grade_id"]], points[marks["grade_id"]]
            marks["waiting"] = marks["grade_id"] in waiting
        if comments.get(marks.get("grade_id")):
            marks["comment"] = comments[marks["grade_id"]]
    total = {"score": sum(scores.values()) - late_penalty, "max_score": sum(points[key] for key in scores)}
    resources = {"nbgrader": {"notebook": name, "late_penalty": late_penalty, "whose": whose} | total}
    return _exporter(get_ident()).from_notebook_node(notebook, resources)[0]


def without_hidden_tests(notebook: NotebookNode, begin: str, end: str) -> NotebookNode:
    """The notebook, changed: hidden tests, and tracebacks that would show them, are left out."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and begin in cell.source:
            cell.source = "".join(_shown_lines(cell.source, begin, end))
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = [f"{output.ename}: a test failed"]
                    output.evalue = ""
    return notebook


def _shown_lines(source: str, begin: str, end: str) -> Iterator[str]:
    hidden = False
    for line in source.splitlines(keepends=True):
        hidden = hidden or begin in line
        if not hidden:
            yield line
        hidden = hidden and end not in line


def arranged(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its cells' roles on the page, and the lesson's own between them folded."""
    folded, title = False, ""
    for cell in notebook.cells:
        role = _role(cell)
        fold = role == "lesson" and not any(output.output_type == "error" for output in cell.get("outputs", ()))
        cell.metadata["page"] = {"role": role, "opens": fold and not folded, "closes": folded and not fold}
        folded = fold
        if cell.metadata.page.opens:
            first = cell.metadata.page
            first["title"] = title = ""
        if fold and not title and cell.cell_type == "markdown":
            first["title"] = title = _heading(cell.source)
    notebook.metadata["folded"] = folded
    return notebook


def _role(cell: NotebookNode) -> str:
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("solution") or marks.get("task"):
        return "answer"
    if marks.get("grade"):
        return "verdict" if any(map(is_verdict, cell.get("outputs", ()))) else "test"
    return "lesson" if cell.metadata.get("lesson") or marks.get("locked") else "own"


def _heading(source: str) -> str:
    first = next((line for line in source.splitlines() if line.strip()), "")
    return shortened(first.lstrip("# ").strip(), 80) if first.startswith("#") else ""


def summary(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    """What there is to tell about each graded cell, in the notebook's order."""
    answers = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells if _role(cell) == "answer"}
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") or marks.get("task"):
            name = marks.grade_id.removeprefix("check_")
            score, points = float(marks.get("score") or 0.0), float(marks.get("points") or 0.0)
            verdict = next(filter(is_verdict, cell.get("outputs", ())), None)
            status = verdict.metadata.verdict if verdict else ""
            sign = "✎" if marks.get("waiting") else _sign(score, points, status)
            yield {"name": name, "at": name if name in answers else marks.grade_id, "score": score, "points": points,
                   "sign": sign, "verdict": verdict.data["text/html"] if verdict and sign != "✓" else "",
                   "error": _error(cell) if sign != "✓" else ""}  # fmt: skip


def _sign(score: float, points: float, status: str) -> str:
    """How it went: a person's points have the last word, and where there are none to have, the verdict has."""
    if 0 < score < points:
        return "◐"
    right = score >= points if points else status != "failed"
    return "○" if status == "unsolved" and not score else "✓" if right else "✗"


def _error(cell: NotebookNode) -> str:
    """The last lines of what a test printed when it failed."""
    errors = [output for output in cell.get("outputs", ()) if output.output_type == "error"]
    return f"{errors[-1].ename}: {errors[-1].evalue}"[:_LAST_LINES] if errors else ""


@lru_cache(maxsize=32)
def _exporter(thread: int) -> FeedbackExporter:
    return FeedbackExporter()
