"""Lessons in real JupyterLab, in a real browser, as a learner meets them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

import solutions
from grader.authoring.build import NOTEBOOKS
from grader.authoring.sources import cell_source
from tests.e2e.conftest import end_kernels, run_all

LESSON, MOTIVATION = "02_definition", "01_motivation"
EXERCISES = {exercise.name: exercise for exercise in solutions.exercises(LESSON)}


def write_answers(path, answers, last=""):
    """Fill in solution cells, as a learner would, and go no further than the cell with the text `last`."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = cell_source(answers[name], name, answers)
    if last:
        place = next(place for place, cell in enumerate(notebook.cells) if last in cell.source)
        del notebook.cells[place + 1 :]
    path.write_text(json.dumps(notebook), encoding="utf-8")


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
    picture = widget.locator("svg").filter(visible=True).first
    before = picture.get_attribute("aria-label")
    assert "timestep 1 in numbers" in before
    handle = widget.get_by_role("slider").first
    handle.focus()
    page.keyboard.press("ArrowRight")
    widget.locator("svg[aria-label*='timestep 2 in numbers']").wait_for()


def test_the_address_is_said_where_there_is_no_browser(tmp_path):
    """On a server, or over ssh, nobody would know where the lessons are."""
    shutil.copytree(NOTEBOOKS / LESSON, tmp_path / LESSON)
    home = {"HOME": str(tmp_path / "home"), "PATH": "/nowhere"}
    command = [Path(sys.executable).with_name("unrolled"), "lab", "02", "--allow-root", "--ServerApp.port=0"]
    starting = {"cwd": tmp_path, "env": home, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, *command], **starting) as server:
        try:
            said = next((line for line in server.stderr if re.search(r"^ +http://127", line)), "")
        finally:
            server.kill()  # so soon after its start it misses a SIGTERM now and then
    assert f"/lab/tree/{LESSON}/{LESSON}.ipynb?token=" in said


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


def test_a_widget_leaves_its_picture_where_its_kernel_is_gone(lab, open_notebook):
    """A notebook opened again the next day would show an error where the learner's own picture was."""
    folder, url = lab
    path = folder / "mine.ipynb"
    source = "from unrolled.start_here import FeedBack\nFeedBack(lambda x: 2 * x, rounds=3)"
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(new_notebook(cells=[new_code_cell(source)], metadata={"kernelspec": kernel}), path)
    page = open_notebook("mine.ipynb")
    run_all(page)
    still, live = page.locator(".unrolled-still"), page.locator(".jp-OutputArea .widget-box").first
    expect(live).to_be_visible()
    expect(still).to_be_hidden()
    page.keyboard.press("Control+S")
    while "unrolled-still" not in path.read_text():
        page.wait_for_timeout(100)
    page.close()
    end_kernels(url)
    page = open_notebook("mine.ipynb")
    page.locator(".unrolled-still").wait_for(state="attached", timeout=60_000)
    page.get_by_text("Error displaying widget").wait_for(state="attached", timeout=60_000)
    page.screenshot(path=str(folder / "reopened.png"))
    expect(page.locator(".unrolled-still")).to_be_visible()
    expect(page.get_by_text("Error displaying widget")).to_be_hidden()


def test_typing_a_key_changes_bars_and_continuation_at_once(lab, open_notebook):
    """What works when called from Python would not work for whoever types into it."""
    folder, _ = lab
    shutil.copytree(NOTEBOOKS / MOTIVATION, folder / MOTIVATION)
    answers = {exercise.name: exercise.reference for exercise in solutions.exercises(MOTIVATION)}
    write_answers(folder / MOTIVATION / f"{MOTIVATION}.ipynb", answers, last="display(Autofill(")
    page = open_notebook(f"{MOTIVATION}/{MOTIVATION}.ipynb", dark=True)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    run_all(page)
    typed = page.get_by_label("type here")
    typed.scroll_into_view_if_needed()
    title = page.get_by_text("what may follow").filter(visible=True)
    expect(title).to_contain_text('"list"')
    typed.press("End")
    typed.press("s")
    expect(title).to_contain_text('"ists"', timeout=5000)
