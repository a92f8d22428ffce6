"""`grader serve` as a service of the hub, as `docs/handing_in.md` says: the hub's sign-in, a hand-in, its verdict."""

import json

import pytest
from playwright.sync_api import expect

from tests.hub.conftest import PASSWORD
from tests.hub.test_hub import EXERCISES, GRADER, LESSON, solve

pytestmark = [pytest.mark.hub, pytest.mark.timeout(400)]
COURSE = "/srv/unrolled/desk"
LEARNERS = "from nbgrader.api import Gradebook; b = Gradebook('sqlite:///{}/gradebook.db', 'unrolled'); {}"


@pytest.fixture(scope="module")
def opened(hub):
    """The hub, with a lesson to hand in at its desk, and Ada and Ben on the list."""
    built = hub.run("ina", *GRADER, "build", LESSON, "--course", COURSE)
    assert built.returncode == 0, built.stdout + built.stderr
    add = LEARNERS.format(COURSE, "b.add_student('ada'); b.add_student('ben')")
    added = hub.run("ina", "/opt/unrolled/.venv/bin/python", "-c", add)
    assert added.returncode == 0, added.stdout + added.stderr
    return hub


@pytest.fixture
def signed_in(opened, browser):
    """`signed_in(name)`: the desk, as whoever signs in to the hub by that name sees it."""
    contexts = []

    def enter(name):
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{opened.url}/services/desk/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Your lessons").wait_for()
        return page

    yield enter
    for context in contexts:
        context.close()


def test_a_learner_of_the_hub_hands_in_at_its_desk_and_reads_the_verdict(opened, signed_in, tmp_path):
    """A class with a hub would have no desk; or everybody on the hub could hand in, or read Ada's marks."""
    notebook = tmp_path / f"{LESSON}.ipynb"
    released = opened.run("ina", "cat", f"{COURSE}/release/{LESSON}/{LESSON}.ipynb").stdout
    notebook.write_text(json.dumps(solve(json.loads(released), 2)))
    points = sum(exercise.points for exercise in list(EXERCISES.values())[:2])
    page = signed_in("ada")
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    page.get_by_role("link", name="definition").click()
    page.locator("input[type=file]").set_input_files(notebook)
    expect(page.locator("#standing")).to_contain_text(f"{points:g} of", timeout=90_000)
    page.get_by_role("link", name="Read the feedback").click()
    expect(page.locator("body")).to_contain_text(f"{points:g} of")
    assert page.goto(f"{opened.url}/services/desk/enter/x").status in (403, 404)

    assert f"{points:g} of" not in signed_in("ben").content()
    stranger = signed_in("mallory")
    stranger.get_by_role("link", name="definition").click()
    stranger.locator("input[type=file]").set_input_files(notebook)
    expect(stranger.locator("body")).to_contain_text("mallory is not on this course's list")
