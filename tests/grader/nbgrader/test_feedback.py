"""Feedback pages look as nbgrader's do, tell the learner what there is to tell, and can't act on the reader."""

import json
import re

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.judging.submission import parse, sanitise
from grader.nbgrader.bridge import load_config
from grader.nbgrader.feedback import FeedbackExporter, feedback_page
from tests.courses import answer, graded_cell, marks

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<div style='position:fixed;inset:0;background:url(http://evil.example)'>",
    "<form action='http://evil.example'><input name=x></form>",
    "<style>* { background: url(http://evil.example) }</style>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "`<b>` <!-- --><math><mtext><style><img src=x onerror=alert(1)>",
)
DANGER = re.compile(
    r"(?i)<(script(?! src=\"https://cdnjs|[^>]*x-mathjax)|iframe|svg|form|input|object|embed|style)"
    r"|<[^>]+(\son\w+=|javascript:|style=[^>]*url\(|position:\s*fixed)"
)


def page(*cells, scores=None, comments=None, penalty=0.0):
    scores = scores or {}
    points = dict.fromkeys(scores, 2.0)
    return feedback_page(new_notebook(cells=list(cells)), "ps1", scores, comments or {}, points, penalty)


def body(html):
    return html[html.index("<body>") :]


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_cannot_run_in_the_page(attack):
    """A learner's prose could act as the instructor who opens it."""
    written = new_markdown_cell(attack, metadata=marks("why", grade=True, solution=True, points=2.0))
    html = body(page(new_markdown_cell(attack), written, scores={"why": 1.0}, comments={"why": attack}))
    assert not DANGER.search(html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_code_and_printed_text_are_text(attack):
    """Code that holds HTML would be part of the page."""
    printed = new_output("stream", text=attack), new_output("execute_result", data={"text/plain": attack})
    failed = new_output("error", ename=attack, evalue=attack, traceback=[attack])
    html = body(page(new_code_cell(attack, outputs=[*printed, failed])))
    assert not DANGER.search(html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_cells_are_not_part_of_the_page(attack):
    """nbconvert puts raw cells into the page as they are."""
    submitted = json.dumps({"cells": [{"cell_type": kind, "source": attack} for kind in ("raw", "heading", "html", 7)]})
    html = body(page(*sanitise(parse(submitted.encode()), new_notebook()).cells))
    assert not DANGER.search(html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_formgrader_shows_the_same_safe_markdown(attack, tmp_path):
    """Formgrader runs inside the instructor's Jupyter: a script there could do all the instructor can."""
    exporter = HTMLExporter(config=load_config(tmp_path), template_name="classic")
    html, _ = exporter.from_notebook_node(new_notebook(cells=[new_markdown_cell(attack)]))
    assert not DANGER.search(body(html))


def test_markdown_keeps_what_is_harmless():
    """Formulas, tables and code would be mangled with the scripts."""
    html = page(new_markdown_cell("**bold** $a < b$ `x<y`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```"))
    for kept in ("<strong>bold</strong>", "a &lt; b", "<code>x&lt;y</code>", "<td>1</td>", 'class="highlight'):
        assert kept in html


def test_the_page_has_scores_comments_and_penalty():
    """The learner would not see what was earned."""
    html = page(answer("pass", "f"), graded_cell("check(f)", "check_f", 2.0), scores={"check_f": 1.5},
                comments={"f": "Nearly."}, penalty=0.5)  # fmt: skip
    for told in ("Score: 1.0 / 2.0", "Score: 1.5 / 2.0", "Nearly.", "Late submission penalty"):
        assert told in html


def test_contents_name_the_exercises():
    """A dozen lines that all say "Test cell" tell nobody where to look."""
    html = page(graded_cell("check(f)", "check_f", 2.0), scores={"check_f": 1.5})
    assert '<a href="#check_f">f</a> (Score: 1.5 / 2.0)' in html


def test_hidden_tests_are_not_shown():
    """The next class would know the tests."""
    cell = graded_cell("assert f(1) == 1\n### BEGIN HIDDEN TESTS\nassert f(7919) == 1\n### END HIDDEN TESTS", "t", 2.0)
    cell.outputs = [new_output("error", ename="AssertionError", evalue="7919", traceback=["assert f(7919) == 1"])]
    html = page(cell, scores={"t": 0.0})
    assert "7919" not in html
    assert "AssertionError: a test failed" in html


def test_pictures_have_a_text():
    """A reader who can't see would not know there is a figure."""
    html = page(new_code_cell("plot()", outputs=[new_output("display_data", data={"image/png": "AAAA"})]))
    assert re.search(r'<img[^>]+alt="A figure', html)


def test_the_page_is_what_plain_generate_feedback_makes(tmp_path):
    """`nbgrader generate_feedback` would write pages with the learner's scripts in them."""
    assert load_config(tmp_path).GenerateFeedback.exporter_class.endswith(FeedbackExporter.__name__)
    notebook = nbformat.from_dict(new_notebook(cells=[new_markdown_cell(ATTACKS[0])]))
    exporter = FeedbackExporter(config=load_config(tmp_path))
    standing = {"notebook": "x", "score": 0, "max_score": 0, "late_penalty": 0}
    html, _ = exporter.from_notebook_node(notebook, {"nbgrader": standing})
    assert not DANGER.search(body(html))
