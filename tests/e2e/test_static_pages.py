"""The class page and the course as pages in a real browser: they find what is looked for, and run nothing else."""

import json

import pytest

from grader.authoring.site import _released, lesson_page, write_pages
from grader.marking.report import write_report

NAMES = "</script><script>document.title='acted'</script>", "<img src=x onerror=\"document.title='acted'\">", "Émile"


@pytest.fixture
def opened(browser):
    """Opens a file, narrow as a phone; keeps what went wrong there."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.wrong = []
    page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield lambda path: page.goto(path.as_uri()) and page
    page.close()


def test_the_class_page_finds_and_sorts_learners_and_runs_no_name(tmp_path, opened):
    """A learner's name could act as the instructor, or three thousand could not be looked through."""
    learners = [*NAMES, *(f"learner{n}" for n in range(150))]
    result = {"score": 1.0, "max_score": 2.0, "status": "failed", "misconception": NAMES[0], "message": NAMES[1]}
    grades = {name: {"status": "graded", "score": n / 100, "max_score": 2.0, "exercises": {"f": result}}
              for n, name in enumerate(learners)}  # fmt: skip
    (tmp_path / "grades.json").write_text(json.dumps({"lessons": {"01_x": grades}}))
    page = opened(write_report(tmp_path))
    rows = page.locator('[data-table=""] tr')
    assert rows.count() == 101
    page.get_by_role("button", name="Show the other").first.click()
    assert rows.count() == 1 + len(learners)
    page.get_by_role("button", name="01_x").click()
    page.get_by_role("button", name="01_x").click()
    assert "learner149" in rows.nth(1).inner_text()
    page.get_by_label("Find a learner").fill("emile")
    assert rows.count() == 2 and "Émile" in rows.nth(1).inner_text()
    assert page.title() == "Class page" and page.wrong == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_course_can_be_searched_and_fits_a_phone(tmp_path, opened):
    """Search would be refused by the page's own policy, or pages be cut off."""
    names = "02_definition", "03_weight_sharing"
    write_pages(tmp_path / "site", [lesson_page(name, _released(name), {}) for name in names])
    page = opened(tmp_path / "site" / "02_definition.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("Search the course").fill("batch_forward padding")
    page.locator("#found a").first.click()
    assert "03_weight_sharing.html#" in page.url
    assert page.wrong == []
