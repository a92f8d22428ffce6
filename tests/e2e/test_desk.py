"""The desk in a real browser, as a learner meets it, with all that stands behind it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from grader.sandbox.sandbox import missing_walls
from tests.courses import hand_in, ordinary

pytestmark = pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")
GRADER = Path(sys.executable).with_name("grader")


@pytest.fixture
def course(tmp_path):
    """A released assignment, and two learners on the roster."""
    course = tmp_path / "course"
    ordinary(course)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        book.add_student("ada")
        book.add_student("ben")
    return course


@pytest.fixture
def address(course, tmp_path):
    """`grader serve` as a process of its own, behind a prefix."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/desk/"
    command = [GRADER, "serve", "--course", course, "--port", str(port), "--base-url", address, "--jobs", "1"]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    with (
        (tmp_path / "serve.log").open("w") as log,
        subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        while server.poll() is None and "Watching" not in (tmp_path / "serve.log").read_text():
            time.sleep(0.05)
        yield address
        server.terminate()
        assert server.wait(30) == 0


def test_a_learner_signs_in_drops_a_notebook_and_reads_the_verdict(course, address, browser, tmp_path):
    """All parts would work, and no learner get from the letter with the link to the feedback."""
    invited = subprocess.run(
        [GRADER, "invite", "--course", course, "--base-url", address], capture_output=True, text=True, check=True
    )
    links = dict(line.split(",") for line in invited.stdout.splitlines())
    work = shutil.move(hand_in(course, "ada", "ps1", {"square": "def square(x):\n    return x * x"}), tmp_path)
    shutil.rmtree(course / "submitted")
    page = browser.new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(links["ada"])
    page.get_by_role("button", name="Sign in as ada").click()
    page.get_by_role("link", name="ps1").click()
    page.locator("input[type=file]").set_input_files(work)
    expect(page.locator("#standing")).to_contain_text("4.5 of 6 points", timeout=60_000)
    page.emulate_media(media="print")
    expect(page.locator("header").get_by_text("ada")).to_be_visible()  # else nobody knows whose marks are on the paper
    expect(page.get_by_role("button")).to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Read the feedback").click()
    expect(page.locator("body")).to_contain_text("4.5 of 6 points")
    assert wrong == []

    other = browser.new_context().new_page()
    assert other.goto(f"{address}lesson/ps1").status == 403
    assert other.goto(links["ada"][:-4] + "AAAA").status == 403
    other.goto(links["ben"])
    other.get_by_role("button", name="Sign in as ben").click()
    assert "4.5" not in other.content()
    assert other.goto(f"{address}lesson/ps1/feedback/ps1").status == 404
    other.context.close()
    page.close()
