"""One file to hand in, with all that belongs to a lesson, and a receipt that fits nothing else."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from unrolled.desk import cli, handing_in, lessons

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Lesson 07 with a trained network beside it that its code names, and other files that it doesn't."""
    monkeypatch.chdir(tmp_path)
    notebook = next(path for path, _ in lessons.start(tmp_path) if path.stem == "07_capstone")
    text = json.loads(notebook.read_text())
    text["cells"].append({"cell_type": "code", "source": "load_params('mine.npz')", "metadata": {}, "outputs": []})
    notebook.write_text(json.dumps(text))
    for name in ("mine.npz", "diary.txt", ".hidden"):
        notebook.with_name(name).write_bytes(b"1")
    notebook.with_name("link.npz").symlink_to("/etc/passwd")
    return notebook


def test_files_that_the_notebook_names_go_along_and_no_others(notebook):
    """A trained network would be missing when it is graded, or a learner's diary be handed in."""
    assert list(handing_in.handed_in(notebook)) == ["07_capstone.ipynb", "mine.npz"]


def test_the_receipt_is_of_these_files_alone():
    """Two different submissions could show the same receipt, or the same one two."""
    digest = handing_in.digest({"a": b"1", "b": b"2"})
    assert handing_in.digest({"b": b"2", "a": b"1"}) == digest
    others = [{"a": b"1"}, {"a": b"2", "b": b"1"}, {"ab": b"12"}, {"a": b"1b", "": b"2"}]
    assert digest not in map(handing_in.digest, others)


def test_the_file_holds_everything_and_its_receipt():
    """What is uploaded would not be what was checked."""
    files = {"02_x.ipynb": b"{}", "w.npz": b"1"}
    data, receipt = handing_in.packed("02_x", files, NOON)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert json.loads(archive.read("receipt.json")) == receipt
    assert receipt == {"lesson": "02_x", "time": "2026-03-01T12:00:00Z", "sha256": handing_in.digest(files)}
    assert {name: archive.read(f"02_x/{name}") for name in files} == files


def test_submit_writes_the_file_and_prints_the_receipt(notebook, tmp_path):
    """A learner would not know what to upload, or have nothing in hand afterwards."""
    shown = CliRunner().invoke(cli.main, ["submit", "07", "--unchecked", "-o", "mine/out.zip"])
    assert shown.exit_code == 0, shown.output
    receipt = json.loads(zipfile.ZipFile(tmp_path / "mine/out.zip").read("receipt.json"))
    assert receipt["sha256"] in shown.output and "mine.npz" in shown.output


def test_a_file_that_cannot_be_written_is_said_before_the_checks_run(notebook, monkeypatch):
    """A learner would wait for all checks, and then hear that the file has no place."""
    monkeypatch.setattr(cli.handing_over, "hand_over", None)
    shown = CliRunner().invoke(cli.main, ["submit", "07", "-o", f"{notebook}/out.zip"])
    assert shown.exit_code == 2 and "can't be written" in shown.output
    assert "name another one" in shown.output
