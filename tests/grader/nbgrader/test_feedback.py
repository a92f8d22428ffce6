"""Feedback pages look as nbgrader's do, tell the learner what there is to tell, and can't act on the reader."""

import json
import re
from datetime import datetime

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from grader.judging.clean import clean_outputs
from grader.judging.submission import parse, sanitise
from grader.nbgrader.bridge import load_config
from grader.nbgrader.feedback import FeedbackExporter, feedback_page
from grader.nbgrader.formgrader import FormgradeExporter
from grader.nbgrader.standing import whose
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
    r"(?i)<(script|iframe|svg|form|input|object|embed|style)"
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
def test_formgrader_shows_the_same_safe_markdown(attack):
    """Formgrader runs inside the instructor's Jupyter: a script there could do all the instructor can."""
    shown = new_output("display_data", data={"text/html": attack})  # as if an older grader had let it through
    cells = [new_markdown_cell(attack), new_code_cell("1", outputs=[shown])]
    html, _ = FormgradeExporter().from_notebook_node(new_notebook(cells=cells), {"index": 0, "total": 1})
    assert not DANGER.search(html[html.index('id="notebook-container"') :])


def test_markdown_keeps_what_is_harmless():
    """Formulas, tables and code would be mangled with the scripts."""
    html = page(new_markdown_cell("**bold** $a < b$ `x<y`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```"))
    for kept in ("<strong>bold</strong>", "<mo>&lt;</mo>", "<code>x&lt;y</code>", "<td>1</td>", 'class="highlight'):
        assert kept in html


def test_the_page_begins_with_score_reasons_comments_and_penalty():
    """The learner would not see what was earned, or would look for the reason on forty screens."""
    check = graded_cell("check(f)", "check_f", 2.0)
    told = {"text/html": "<div>the bias is outside</div>", "text/plain": "1.5"}
    check.outputs = [new_output("execute_result", data=told, metadata={"verdict": "failed"})]
    html = body(page(answer("pass", "f"), check, scores={"check_f": 1.5}, comments={"f": "Nearly."}, penalty=0.5))
    top, below = html.split("</header>")
    for said in ("<b>1</b> of 2 points", '<a href="#f">f</a>', "1.5 of 2", "the bias is outside", "1.5 − 0.5 late"):
        assert said in top
    assert "Nearly." in below


def test_where_nothing_is_the_learners_the_lesson_is_folded():
    """What a learner wrote would be lost between forty screens of lesson."""
    texts = ("# Long", "Longer", "Longer")
    long, longer, again = (new_markdown_cell(text, metadata={"lesson": True}) for text in texts)
    html = body(page(long, longer, new_markdown_cell("mine"), again, answer("pass", "f")))
    assert re.findall(r"<details.*?</summary>|</details>|Longer|mine|pass", html) == [
        '<details class="lesson"><summary>Long</summary>', "Longer", "</details>", "mine",
        '<details class="lesson"><summary>The lesson</summary>', "Longer", "</details>", "pass",
    ]  # fmt: skip


def test_nobody_but_the_grader_gives_a_verdict():
    """Whoever shows what a verdict looks like would be believed."""
    told = {"text/html": '<div class="says verdict">all right</div>', "text/plain": "2.0"}
    (shown,) = clean_outputs([{"output_type": "execute_result", "data": told, "metadata": {"verdict": "passed"}}])
    cells = [graded_cell("check(f)", "check_f", 2.0), new_code_cell("show()")]
    for cell in cells:
        cell.outputs = [nbformat.from_dict(shown)]
    html = body(page(*cells, scores={"check_f": 0.0}))
    assert html.count('<div class="learners">') == 2
    assert not re.search(r'class="[^"]*(says|verdict)', html)


@pytest.mark.parametrize("name", ["unrolled_feedback", "unrolled_formgrade"])
def test_a_page_names_no_other_server(name):
    """Formulas would be missing without a network; with one, somebody would learn who reads what."""
    exporter = FeedbackExporter() if name == "unrolled_feedback" else FormgradeExporter()
    standing = {"notebook": "x", "score": 0, "max_score": 0, "late_penalty": 0}
    cells = [new_markdown_cell("$x$ and $$y$$"), new_code_cell("1")]
    resources = {"nbgrader": standing, "base_url": "", "index": 0, "total": 1}
    html, _ = exporter.from_notebook_node(new_notebook(cells=cells), resources)
    assert exporter.template_name == name
    assert html.count("<math") == 2
    assert not re.search(r"""(?i)(src|href)=["']?(https?:)?//|@import|url\((?!data:)""", html)


def test_hidden_tests_are_not_shown():
    """The next class would know the tests."""
    cell = graded_cell("assert f(1) == 1\n### BEGIN HIDDEN TESTS\nassert f(7919) == 1\n### END HIDDEN TESTS", "t", 2.0)
    cell.outputs = [new_output("error", ename="AssertionError", evalue="7919", traceback=["assert f(7919) == 1"])]
    html = page(cell, scores={"t": 0.0})
    assert "7919" not in html
    assert "AssertionError: a test failed" in html


def test_a_page_on_paper_says_whose_it_is():
    """Thirty printed pages would lie on a desk, and nobody know whose each is, or of when; a name could act."""
    whose_it_is = whose("ada", "Ada", "<script>Lovelace", datetime(2026, 11, 20, 10, 31), "rnn")
    html = feedback_page(new_notebook(), "ps1", {}, {}, {}, 0.0, whose=whose_it_is)
    assert "Ada &lt;script&gt;Lovelace (ada) · rnn · handed in 2026-11-20 10:31 UTC</p>" in body(html)
    assert "<title>ps1 · Ada &lt;script&gt;Lovelace (ada)</title>" in html
    assert whose("ben", None, None, None, "rnn") == ["ben", "rnn"]


def test_pictures_have_a_text():
    """A reader who can't see would not know there is a figure."""
    html = page(new_code_cell("plot()", outputs=[new_output("display_data", data={"image/png": "AAAA"})]))
    assert re.search(r'<img[^>]+alt="A figure', html)


def test_the_page_is_what_plain_generate_feedback_makes(tmp_path):
    """`nbgrader generate_feedback` would write other pages, with the learner's scripts in them."""
    config = load_config(tmp_path)
    converter = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
    exporter = converter.exporter_class(parent=converter, config=converter.config)
    assert (type(exporter), exporter.template_name) == (FeedbackExporter, "unrolled_feedback")
    notebook = nbformat.from_dict(new_notebook(cells=[new_markdown_cell(ATTACKS[0])]))
    standing = {"notebook": "x", "score": 0, "max_score": 0, "late_penalty": 0}
    html, _ = exporter.from_notebook_node(notebook, {"nbgrader": standing})
    assert not DANGER.search(body(html))


def test_cells_that_many_have_in_common_are_made_once_and_nobody_gets_anothers():
    """A class's pages would take as long as if nobody had read the same lesson, or hold somebody else's answer."""
    exporter = FeedbackExporter()
    lesson = [new_markdown_cell(f"Word {number}", metadata={"lesson": True}) for number in range(5)]
    pages = []
    for own in ("zebra = 1", "lemur = 1"):
        notebook = new_notebook(cells=[*lesson, new_code_cell(own)])
        resources = {"nbgrader": {"notebook": "n", "late_penalty": 0.0, "score": 0.0, "max_score": 0.0}}
        pages.append(exporter.from_notebook_node(notebook, resources)[0])
    assert len(exporter._cells._made) == 5 + 2
    assert [("zebra" in page, "lemur" in page) for page in pages] == [(True, False), (False, True)]
    assert all(f"Word {number}" in page for page in pages for number in range(5))
