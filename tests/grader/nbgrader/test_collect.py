"""`nbgrader zip_collect` with our settings: everybody's own work, and no more than that, arrives."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from nbgrader.apps import ZipCollectApp
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc

from grader.nbgrader.collect import BoundedExtractor, OwnersCollector, _usable
from tests.courses import ordinary

ROOT = Path(__file__).parents[3]
CONFIG = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from grader.nbgrader.bridge import configure
c = get_config()
configure(c, Path.cwd())
names = r".*_(?P<student_id>\\w+)_attempt_(?P<timestamp>[0-9-]+)_(?P<file_id>\\w+)"
c.FileNameCollectorPlugin.named_regexp = names
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    course = tmp_path_factory.mktemp("uploads") / "course"
    ordinary(course)
    (course.parent / "nbgrader_config.py").write_text(CONFIG)
    return course


@pytest.fixture
def collect(template):
    """Writes uploads, collects them, and tells what was handed in, by learner, and what nbgrader said."""

    def run(**uploads):
        for name in ("submitted", "downloaded"):
            shutil.rmtree(template / name, ignore_errors=True)
        folder = template / "downloaded" / "ps1" / "archive"
        folder.mkdir(parents=True)
        for name, data in uploads.items():
            (folder / name.replace("__", ".")).write_bytes(data)
        command = [sys.executable, "-m", "nbgrader", "zip_collect", "ps1"]
        done = subprocess.run(command, cwd=template.parent, capture_output=True, text=True, check=True, env=os.environ)
        found = {path.parts[-3]: path.read_bytes() for path in template.glob("submitted/*/ps1/ps1.ipynb")}
        return found, done.stderr

    return run


def packed(**files):
    """A zip archive; `__` in a name stands for a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, data in files.items():
            file.writestr(name.replace("__", "."), data)
    return content.getvalue()


def test_one_download_with_everybodys_work_is_collected(collect):
    """The LMS's archive names learners inside it; those names are the LMS's own."""
    everybody = packed(
        ps1_ada_attempt_2026_ps1__ipynb=b"ada's",
        ps1_ben_attempt_2026_ps1__zip=packed(ps1__ipynb=b"ben's", notes__txt=b"x"),
        ps1_eve_attempt_2026_ps1__zip=packed(ps1_ada_attempt_2099_ps1__ipynb=b"eve's", ps1__ipynb=b"eve's"),
    )
    found, _ = collect(download__zip=everybody)
    assert found == {"ada": b"ada's", "ben": b"ben's", "eve": b"eve's"}


def test_files_that_a_notebook_names_come_with_it(collect, template):
    """A trained network, or data, would be missing when the notebook is graded; and learners could say when it came."""
    notebook = b"{\"source\": \"load('net.npz'); open('timestamp.txt')\"}"
    mine = packed(
        **{"ps1/ps1__ipynb": notebook, "ps1/net__npz": b"1", "ps1/notes__md": b"x", "timestamp__txt": b"2001"}
    )
    found, said = collect(ps1_ada_attempt_2026_ps1__zip=mine, ps1_ben_attempt_2026_ps1__ipynb=b"ben's")
    assert found == {"ada": notebook, "ben": b"ben's"}
    came = {path.name: path.read_text() for path in template.glob("submitted/ada/ps1/*")}
    assert (came.keys(), came["timestamp.txt"][:4]) == ({"ps1.ipynb", "net.npz", "timestamp.txt"}, "2026")
    assert "notes.md: no exercise asks for it, and no notebook that came with it names it" in said
    assert "timestamp.txt: when and by whom work was handed in is not for learners to say" in said


def test_files_that_an_exercise_reads_come_along(tmp_path):
    """Learners of lesson 07 would have trained a network for nothing: 15 of its 21 points are the networks'."""
    lesson = "07_capstone"
    folder = tmp_path / "downloaded" / lesson / "extracted"
    app = ZipCollectApp(extractor_plugin=BoundedExtractor, collector_plugin=OwnersCollector)
    app.coursedir = CourseDirectory(root=str(tmp_path), assignment_id=lesson)
    app.init_plugins()
    app.extractor_plugin_inst.learners_folders = []
    collector = app.collector_plugin_inst
    collector.named_regexp = r".*_(?P<student_id>[a-z]+)_attempt_(?P<file_id>\w+)"
    names = {f"07_ada_attempt_{name}": name for name in ("07_capstone.ipynb", "trained_params.npz", "own.npz")}
    found = {name: collector.collect(str(folder / upload)) for upload, name in names.items()}
    assert {name: each and each["file_id"] for name, each in found.items()} == {
        "07_capstone.ipynb": "07_capstone.ipynb", "trained_params.npz": "trained_params.npz", "own.npz": None
    }  # fmt: skip


@pytest.mark.parametrize(
    "extractor, collector", [(BoundedExtractor, FileNameCollectorPlugin), (ExtractorPlugin, OwnersCollector)]
)
def test_another_plugin_beside_one_of_ours_works(template, extractor, collector):
    """An instructor with a plugin of their own for one of two steps would meet a traceback."""
    shutil.rmtree(template / "downloaded", ignore_errors=True)
    shutil.rmtree(template / "submitted", ignore_errors=True)
    app = ZipCollectApp(extractor_plugin=extractor, collector_plugin=collector)
    app.coursedir = CourseDirectory(root=str(template), assignment_id="ps1")
    folder = template / "downloaded" / "ps1" / "archive"
    folder.mkdir(parents=True)
    (folder / "ps1_ada_attempt_1.zip").write_bytes(packed(ps1_ada_attempt_1_ps1__ipynb=b"ada's"))
    app.init_plugins()
    app.collector_plugin_inst.named_regexp = r".*_(?P<student_id>[a-z]+)_attempt_1_(?P<file_id>\w+)"
    app.extract_archive_files()
    app.process_extracted_files()
    assert (template / "submitted" / "ada" / "ps1" / "ps1.ipynb").read_bytes() == b"ada's"


def test_uploads_side_by_side_are_their_owners(collect):
    """A file inside one upload would replace another learner's work."""
    found, said = collect(
        ps1_ada_attempt_2026_ps1__ipynb=b"ada's",
        ps1_eve_attempt_2026_ps1__zip=packed(ps1_ada_attempt_2099_ps1__ipynb=b"eve's"),
        nobody__zip=packed(ps1_ada_attempt_2099_ps1__ipynb=b"eve's"),
        ps1_cut_attempt_2026_ps1__zip=packed(ps1__ipynb=b"x")[:20],
    )
    assert found == {"ada": b"ada's"}
    assert "nobody" in said
    assert "ps1_cut" in said


def test_the_first_to_hand_in_can_not_hand_in_for_others(collect):
    """An archive that comes alone is the LMS's, with everybody's work in it, unless its name is a learner's."""
    mine = packed(ps1_ada_attempt_2099_ps1__ipynb=b"eve's")
    found, _ = collect(ps1_eve_attempt_2026_ps1__zip=mine)
    assert "ada" not in found


def test_nobody_hands_in_as_somebody_else(collect):
    """What a learner calls a file would replace the work of whoever it names."""
    foreign = "ps1_eve_attempt_2026_x_ada_attempt_2099_ps1"
    found, said = collect(
        **{
            "ps1_ada_attempt_2026_ps1__ipynb": b"ada's",
            f"{foreign}__ipynb": b"eve's",
            f"{foreign}__zip": packed(ps1__ipynb=b"eve's"),
            "download__zip": packed(**{f"{foreign}__ipynb": b"eve's"}),
        }
    )
    assert found == {"ada": b"ada's"}
    assert said.count("can be read as more than one learner's") >= 2


def test_a_time_that_can_not_be_read_is_said(collect):
    """Somebody would be in time for ever, and nobody would know."""
    found, said = collect(ps1_ada_attempt_99999_ps1__ipynb=b"ada's")
    assert found == {"ada": b"ada's"}
    assert "When this was handed in can't be read" in said


@pytest.mark.parametrize(
    "written, read",
    [
        ("2026-01-30-15-30-10", "2026-01-30 15:30:10"),  # Blackboard
        ("Mar 5, 2026 1153 PM", "2026-03-05 23:53:00"),  # Brightspace
        ("Mar 5, 2026 926 PM", "2026-03-05 21:26:00"),
        ("20260305T235312Z", "2026-03-05 23:53:12"),
        ("soon", None),
    ],
)
def test_times_are_read_as_learning_platforms_write_them(written, read):
    """Whoever handed in late would never be, or be late who wasn't."""
    usable = _usable(written)
    assert (usable and str(parse_utc(usable))) == read
