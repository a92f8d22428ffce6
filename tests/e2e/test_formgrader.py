"""Formgrader, as the README says to open it."""

import subprocess

import pytest

from grader.errors import CourseError
from grader.nbgrader.lab import lab_command
from tests.courses import hand_in, ordinary
from tests.e2e.conftest import TOKEN, _url

HUBS = "/user/ina/"


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory, browser):
    """The page of a course with one submission, on a server that `grader lab` starts."""
    tmp_path = tmp_path_factory.mktemp("formgrader")
    course = tmp_path / "autumn" / "course"
    ordinary(course)
    hand_in(course, "ada", "ps1", {})
    home = tmp_path / "home"
    command, env, folder = lab_command(
        course,
        (
            "--no-browser",
            "--port=0",
            "--allow-root",
            f"--IdentityProvider.token={TOKEN}",
            f"--ServerApp.base_url={HUBS}",
        ),
    )
    env |= {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "JUPYTER_DATA_DIR": str(home / "data")}
    log = tmp_path / "lab.log"
    with log.open("w") as file, subprocess.Popen(command, env=env, cwd=folder, stdout=file, stderr=file) as server:
        try:
            page = browser.new_page()
            page.goto(f"{_url(home / 'runtime', log)}formgrader/?token={TOKEN}")
            yield page
        finally:
            server.terminate()


def test_formgrader_opens_and_shows_what_was_handed_in(formgrader):
    """An instructor would read that the course is in the wrong place, and grade on paper."""
    formgrader.get_by_role("link", name="ps1").first.wait_for()
    assert "not a subdirectory" not in formgrader.content()


def test_a_preview_lies_below_the_hubs_prefix(formgrader):
    """On a hub, an instructor who wants to see what learners get would read that there is no such page."""
    assert formgrader.locator(".preview a").first.get_attribute("href") == f"{HUBS}tree/course/release/ps1"


def test_no_course_is_said_before_a_server_is_started(tmp_path):
    """JupyterLab would open over nothing."""
    with pytest.raises(CourseError, match="there is no folder"):
        lab_command(tmp_path / "nowhere")
