"""Lesson 02 in real JupyterLab, in a real browser, as a learner meets it."""

import json
import re
import shutil

import nbformat
import pytest

import solutions
from grader.authoring.build import NOTEBOOKS
from grader.authoring.sources import cell_source
from tests.e2e.conftest import run_all

LESSON = "02_definition"
EXERCISES = {exercise.name: exercise for exercise in solutions.exercises(LESSON)}


def write_answers(path, answers):
    """Fill in solution cells, as a learner would."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = cell_source(answers[name], name, EXERCISES)
    path.write_text(json.dumps(notebook))


def cell_with(page, text):
    """The code cell whose source holds `text`."""
    return page.locator(".jp-CodeCell").filter(has=page.locator(".cm-content", has_text=text)).first


@pytest.fixture
def lesson(lab):
    """The lesson in the lab's folder: every answer right, but one step has its bias outside."""
    folder, _ = lab
    shutil.copytree(NOTEBOOKS / LESSON, folder / LESSON)
    answers = {name: exercise.reference for name, exercise in EXERCISES.items()}
    answers["rnn_step"] = next(m.answer for m in EXERCISES["rnn_step"].misconceptions if m.name == "bias-outside")
    write_answers(folder / LESSON / f"{LESSON}.ipynb", answers)
    return f"{LESSON}/{LESSON}.ipynb"


def test_a_learner_sees_the_mistake_takes_a_hint_mends_it_and_plays(lesson, open_notebook):
    """All that is tested elsewhere would be worth nothing if learners didn't see it in their browser."""
    page = open_notebook(lesson)
    run_all(page)
    check = cell_with(page, re.compile(r"^check\(rnn_step\)$"))
    verdict = check.locator(".unrolled-verdict").first
    explanation = next(m.explanation for m in EXERCISES["rnn_step"].misconceptions if m.name == "bias-outside")
    assert verdict.get_attribute("data-status") == "failed"
    assert explanation.replace("`", "")[:60] in verdict.inner_text()

    check.locator("summary", has_text="Hint 1 of").click()
    check.get_by_text(EXERCISES["rnn_step"].hints[0].replace("`", "")[:30]).wait_for()
    check.locator("summary", has_text="Hint 2 of").wait_for()

    cell_with(page, "def rnn_step").locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(cell_source(EXERCISES["rnn_step"].reference, "rnn_step", EXERCISES))
    run_all(page)
    check.locator(".unrolled-verdict[data-status=passed]").wait_for()

    widget = cell_with(page, "display(scrub(").locator(".jp-OutputArea")
    picture = widget.locator("svg").first
    before = picture.get_attribute("aria-label")
    assert "timestep 1 in numbers" in before
    handle = widget.get_by_role("slider").first
    handle.focus()
    page.keyboard.press("ArrowRight")
    widget.locator("svg[aria-label*='timestep 2 in numbers']").wait_for()


def test_the_lesson_as_released_runs_to_its_end(lab, open_notebook):
    """A learner who only looks around first would be stopped by the first unsolved exercise."""
    folder, _ = lab
    shutil.copytree(NOTEBOOKS / LESSON, folder / LESSON)
    page = open_notebook(f"{LESSON}/{LESSON}.ipynb")
    run_all(page)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    for name in EXERCISES:
        assert cell_with(page, re.compile(rf"^check\({name}\)$")).locator(".unrolled-verdict").count() == 1
    assert page.locator(".unrolled-verdict[data-status=failed]").count() == 0
