"""`unrolled feedback` finds what came back, and says where it is."""

import os

import pytest
from click.testing import CliRunner

from unrolled.desk import cli, lessons


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """The lessons, and the addresses that a browser was asked for."""
    monkeypatch.chdir(tmp_path)
    list(lessons.start(tmp_path / "notebooks"))
    found = []
    monkeypatch.setattr("webbrowser.open", found.append)
    return found


def test_the_newest_page_is_opened_and_its_path_said(opened, tmp_path):
    """A learner would look for the page in three folders, or read last week's."""
    for day in (1, 2):
        page = tmp_path / f"notebooks/02_definition/feedback/2026-11-0{day}/02_definition.html"
        page.parent.mkdir(parents=True)
        page.write_text("page")
        os.utime(page, (day, day))
    shown = CliRunner().invoke(cli.main, ["feedback", "02"])
    assert shown.exit_code == 0 and shown.output.strip() == str(page) and opened == [page.as_uri()]


def test_a_folder_or_page_that_is_named_is_looked_in(opened, tmp_path):
    """What came by mail or from a platform could not be opened."""
    page = tmp_path / "Downloads" / "lovelaceada_101_9001_02_definition.html"
    page.parent.mkdir()
    page.write_text("page")
    for given in (page, page.parent):
        assert CliRunner().invoke(cli.main, ["feedback", "02", "--from", str(given)]).output.strip() == str(page)


def test_nothing_come_back_is_said(opened):
    """A learner would read a traceback."""
    shown = CliRunner().invoke(cli.main, ["feedback"])
    assert shown.exit_code == 1 and "Nothing has come back" in shown.output and not opened
