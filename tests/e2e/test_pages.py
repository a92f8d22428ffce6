"""What a grader and a learner see of a hostile notebook in a real browser, and what their clicks do there."""

import json
import sqlite3
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import StringIO

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from rich.console import Console

from grader.marking.run import Options, grade
from tests.courses import hand_in, ordinary
from tests.e2e.conftest import TOKEN

BUTTON = '<span class="full-credit btn modal" style="display:block;opacity:0">x</span>'
COVERS = (
    BUTTON,
    '<div class="modal navbar-fixed-top modal-backdrop in" style="display:block;background:#fff">covered</div>',
    '<div style="margin:-3000px;width:9000px;height:9000px;background:#fff">covered</div>',
    '<div style="position:fixed;inset:0;z-index:9999;background:#fff">covered</div>',
    '<a href="http://evil.example" style="display:block;margin-top:-999px;height:999px;float:left">everything</a>',
    '<div style="transform:translate(0,-900px) scale(50);position:absolute;top:0;left:0;height:500px">covered</div>',
    "$\\hspace{-500em}\\rule{900em}{900em}$",
    '<div class="verdict verdict-frame"><div class="from says">The grader\'s verdict</div>✓ square: 6 of 6</div>',
)
SHOWING = "from IPython.display import HTML, display\nfor text in {covers!r}:\n    display(HTML(text))"


def imitate(notebook):
    """Put every cover around, into and after the answers, as Markdown and as output."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "why":
            cell.source = "\n\n".join(COVERS)
    notebook.cells.insert(1, new_markdown_cell("\n\n".join(COVERS)))
    notebook.cells.append(new_code_cell(SHOWING.format(covers=COVERS)))


def take_long(notebook):
    """Add what nbconvert, mistune, latex2mathml and Pygments need minutes for."""
    notebook.cells += [new_markdown_cell("[" * 80_000)]
    notebook.cells += [new_markdown_cell("a" + " " * 9_000 + f"b{number}") for number in range(20)]
    notebook.cells += [new_code_cell("." * 9_000 + f"# {number}") for number in range(20)]
    notebook.cells += [new_code_cell("x = 1\n" * 130_000), new_code_cell("x = 1" + " " * 4_000_000 + "# y")]
    notebook.cells += [new_markdown_cell("\n".join(f"${'a' * 1_990}$" for _ in range(4)) + str(n)) for n in range(300)]


@pytest.fixture(scope="module")
def site(tmp_path_factory, formgrader):
    """A graded class and its formgrader: `(folder, url)`."""
    folder = tmp_path_factory.mktemp("site")
    course = folder / "course"
    ordinary(course)
    wrong = {"square": "def square(x):\n    return 0"}
    hand_in(course, "ada", "ps1", {"square": "def square(x):\n    return x * x"})
    hand_in(course, "mallory", "ps1", wrong, imitate)
    hand_in(course, "slow", "ps1", wrong, take_long)
    assert grade(course, ["ps1"], options=Options(jobs=1), console=Console(file=StringIO())) == 0
    return folder, formgrader(folder)


def submission(folder, learner):
    """The key formgrader knows a learner's notebook by."""
    query = """SELECT submitted_notebook.id FROM submitted_notebook JOIN submitted_assignment
               ON submitted_notebook.assignment_id = submitted_assignment.id WHERE student_id = ?"""
    with closing(sqlite3.connect(folder / "course" / "gradebook.db")) as book:
        return book.execute(query, (learner,)).fetchone()[0]


def marks(folder, learner):
    """What a person gave, by cell."""
    query = """SELECT base_cell.name, manual_score FROM grade JOIN base_cell ON grade.cell_id = base_cell.id
               JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
               JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
               WHERE student_id = ?"""
    with closing(sqlite3.connect(folder / "course" / "gradebook.db")) as book:
        return dict(book.execute(query, (learner,)))


@pytest.fixture
def open_page(browser):
    """Opens a page and keeps what it asked the network for, and what went wrong in its scripts."""
    headers = {"Authorization": f"token {TOKEN}"}
    with closing(browser.new_context(viewport={"width": 1200, "height": 900}, extra_http_headers=headers)) as context:

        def open_(url):
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.asked, page.errors = [], []
            page.on("request", lambda request: page.asked.append(request.url))
            page.on("pageerror", lambda error: page.errors.append(str(error)))
            page.goto(url)
            return page

        yield open_


def everything_visible(page, selector):
    """Whether a click in the middle of each such element, and near its corners, meets it and nothing above it."""
    return page.evaluate(
        """selector => [...document.querySelectorAll(selector)].every(element => {
            element.scrollIntoView({block: "center"});
            const box = element.getBoundingClientRect();
            return [[.5, .5], [.1, .2], [.9, .8]].every(([across, down]) => element.contains(
                document.elementFromPoint(box.left + across * box.width, box.top + down * box.height)));
        })""",
        selector,
    )


def test_no_credit_is_no_credit_whatever_the_learner_shows(site, open_page):
    """A click on a learner's text, or on what it covers, would give the learner all points."""
    folder, url = site
    page = open_page(f"{url}formgrader/submissions/{submission(folder, 'mallory')}/")
    page.wait_for_load_state("networkidle")
    assert page.locator(".learners .full-credit, .learners .modal, .learners .verdict-frame").count() == 0
    for name in ("test_square", "test_partly", "why"):
        heading = page.locator(".panel-heading").filter(has=page.locator(f"#{name}"))
        with page.expect_response(lambda response: "/api/grade/" in response.url and response.ok):
            heading.get_by_role("button", name="No credit").click()
    written = page.locator(".learners").filter(has_text="covered").first
    page.add_style_tag(content="html { scroll-behavior: auto !important }")
    page.wait_for_timeout(1000)  # the last button's own scrolling has come to its end
    for words in written.locator("span, div").all():
        words.evaluate("element => element.scrollIntoView({block: 'center'})")
        words.click(force=True, no_wait_after=True)
    page.wait_for_timeout(500)
    assert marks(folder, "mallory") == {"test_square": 0.0, "test_partly": 0.0, "why": 0.0}


def test_nothing_of_a_learners_leaves_its_box(site, open_page):
    """A learner could cover the score, the buttons, or other people's names, with anything."""
    folder, url = site
    page = open_page(f"{url}formgrader/submissions/{submission(folder, 'mallory')}/")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('nav').style.position = 'absolute'")  # it covers what is scrolled below it
    assert everything_visible(page, ".scoring-buttons button:not(.mark-graded), input.score, textarea.comment")
    feedback = open_page((folder / "course" / "feedback" / "mallory" / "ps1" / "ps1.html").as_uri())
    assert everything_visible(feedback, "header h1, .total, .summary .line, .cell h2")
    assert feedback.locator(".learners .verdict, .learners .says").count() == 0


def test_pages_ask_the_network_for_nothing(site, open_page):
    """Formulas would be missing without a network, and with one, somebody would learn who reads what."""
    folder, url = site
    page = open_page(f"{url}formgrader/submissions/{submission(folder, 'ada')}/")
    page.wait_for_load_state("networkidle")
    assert not page.errors
    assert all(asked.startswith(url) for asked in page.asked)
    feedback = open_page((folder / "course" / "feedback" / "ada" / "ps1" / "ps1.html").as_uri())
    assert len(feedback.asked) == 1


def test_a_page_that_takes_long_keeps_nobody_waiting(site):
    """One learner's notebook would stop formgrader for everybody."""
    folder, url = site
    with ThreadPoolExecutor(1) as waiting:
        slow = waiting.submit(fetched, f"{url}formgrader/submissions/{submission(folder, 'slow')}/")
        longest, answered = 0.0, 0
        while not slow.done():
            asked = time.monotonic()
            assert fetched(f"{url}formgrader/api/assignments")
            longest, answered = max(longest, time.monotonic() - asked), answered + 1
    assert "full-credit" in slow.result()
    assert longest < 20
    assert answered > 3


def test_a_file_beside_the_notebook_can_do_nothing(site, open_page):
    """A learner's page would act as the instructor who opens it in formgrader."""
    folder, url = site
    script = "<script>document.title = 'acted'</script>"
    (folder / "course" / "autograded" / "ada" / "ps1" / "mine.html").write_text(f"<title>mine</title>{script}")
    page = open_page(f"{url}formgrader/submissions/{submission(folder, 'ada')}/mine.html")
    assert page.title() == "mine"


def fetched(url):
    request = urllib.request.Request(url, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=400) as answer:
        return answer.read().decode()


def test_slow_pages_hold_up_no_feedback(site):
    """A learner could keep the whole class from its feedback."""
    folder, _ = site
    html = (folder / "course" / "feedback" / "slow" / "ps1" / "ps1.html").read_text()
    assert "test_square" in html
    assert len(html) < 2_000_000
    assert json.loads((folder / "course" / "grades.json").read_text())["lessons"]["ps1"]["slow"]["status"] == "graded"
