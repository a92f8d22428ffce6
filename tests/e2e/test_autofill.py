"""Lesson 01's auto-fill in a real browser: as one types, bars and continuation follow."""

import json
import shutil

import nbformat
from playwright.sync_api import expect

import solutions
from grader.authoring.build import NOTEBOOKS
from grader.authoring.sources import cell_source
from tests.e2e.conftest import run_all

LESSON = "01_motivation"


def solve(path) -> None:
    """Fill in every exercise of the lesson up to the auto-fill, as a learner would."""
    notebook = nbformat.read(path, as_version=4)
    answers = {exercise.name: exercise.reference for exercise in solutions.exercises(LESSON)}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = cell_source(answers[name], name, answers)
    last = next(place for place, cell in enumerate(notebook.cells) if "display(Autofill(" in cell.source)
    del notebook.cells[last + 1 :]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_typing_a_key_changes_bars_and_continuation_at_once(lab, open_notebook):
    """What works when called from Python would not work for whoever types into it."""
    folder, _ = lab
    shutil.copytree(NOTEBOOKS / LESSON, folder / LESSON)
    solve(folder / LESSON / f"{LESSON}.ipynb")
    page = open_notebook(f"{LESSON}/{LESSON}.ipynb", dark=True)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    run_all(page)
    typed = page.get_by_label("type here")
    typed.scroll_into_view_if_needed()
    title = page.get_by_text("what may follow").filter(visible=True)
    expect(title).to_contain_text('"list"')
    typed.press("End")
    typed.press("s")
    expect(title).to_contain_text('"ists"', timeout=5000)
