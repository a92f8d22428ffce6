"""What a stored verdict depends on."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from grader.marking import cache
from grader.marking.worker import Result, Task

LESSON = "07_capstone"  # its answers build on those of lessons 05 and 06
DECIDING = (
    "grader/judging/grading.py",
    "grader/confined/walls.py",
    "grader/marking/templates/report.html",
    "unrolled/exam/compare.py",
    "unrolled/weight_sharing/shifted.py",
    "unrolled/motivation/documentation.txt",
    "unrolled/task_types/weights/tunes.npz",
    "solutions/__init__.py",
    "solutions/forms.py",
    "solutions/capstone/reference.py",
    "solutions/capstone/misconceptions/generate.py",
    "solutions/capstone/weights/language.npz",
    "solutions/gated_cells/reference.py",
)


@pytest.fixture
def copied(tmp_path, monkeypatch) -> Path:
    """The house in a folder of its own, to be edited."""
    for name in ("grader", "unrolled", "solutions"):
        shutil.copytree(cache.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "ROOT", tmp_path)
    cache.fingerprint.cache_clear()
    yield tmp_path
    cache.fingerprint.cache_clear()


def fingerprint() -> str:
    cache.fingerprint.cache_clear()
    return cache.fingerprint(LESSON)


def test_editing_any_file_that_decides_a_verdict_changes_its_fingerprint(copied, monkeypatch):
    """Verdicts of an older grader, or of an exercise since mended, would be given out as today's."""
    files, read, read_bytes = cache.deciding_files(LESSON), [], Path.read_bytes
    assert {copied / name for name in DECIDING} <= set(files)
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or read_bytes(path))
    before = fingerprint()
    assert set(files) <= set(read)
    for path in {*files[::20], *(copied / name for name in DECIDING)}:
        kept = read_bytes(path)
        path.write_bytes(kept + b"\n")
        assert fingerprint() != before, path
        path.write_bytes(kept)
    assert fingerprint() == before


def test_editing_an_unrelated_lessons_answers_regrades_nothing(copied):
    """Mending one exercise on a Friday evening would grade the whole course again."""
    before = fingerprint()
    (copied / "solutions/definition/reference.py").write_text("changed = True\n")
    assert fingerprint() == before


def test_a_file_changing_its_name_counts(copied):
    """Two files could exchange their roles unnoticed."""
    before = fingerprint()
    (copied / "unrolled/exam/compare.py").rename(copied / "unrolled/exam/compared.py")
    assert fingerprint() != before


@pytest.mark.parametrize("package", ["bleach", "nbconvert", "ipython", "numpy"])
def test_another_version_of_what_runs_or_cleans_counts(package, monkeypatch):
    """A hole that an update closes would stay open in every verdict given before."""
    before = fingerprint()
    monkeypatch.setattr(cache, "version", lambda name, of=cache.version: "99" if name == package else of(name))
    assert fingerprint() != before


@pytest.mark.parametrize("wall", ["landlock.abi", "outer.best"])
def test_other_walls_count(wall, monkeypatch):
    """What was graded behind fewer walls would pass for what is graded behind all of them."""
    before = fingerprint()
    monkeypatch.setattr(f"grader.marking.cache.{wall}", lambda: ("other", ""))
    assert fingerprint() != before


def test_a_file_whose_name_is_no_text_is_a_file():
    """One such file beside one notebook would end the grading of all."""
    one, other = (Task("x", b"", "", 1, "none", {f"a{sign}": b"1"}) for sign in ("\udcff", "\udcfe"))
    assert cache.key(one) != cache.key(other)


def test_a_kept_result_comes_back_as_it_was_and_a_spoilt_one_not_at_all(tmp_path):
    """A disk's fault would end the class's grading, or become somebody's marks."""
    kept, result = cache.Cache(tmp_path), Result("graded", "\ud83d", notebook="{}", scores={"check_f": 2.0})
    assert kept.get("key") is None
    kept.put("key", result)
    assert kept.get("key") == replace(result, notebook="")
    for spoilt in ("", "{", '{"status": "graded", "marks": 7}'):
        kept.notes.write(cache.RESULT, {("key",): spoilt})
        assert kept.get("key") is None
