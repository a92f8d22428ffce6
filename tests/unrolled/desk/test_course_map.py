"""The map of the course: from the first minute of a fresh install to the last exercise."""

import json

import pytest

from unrolled.desk import progress
from unrolled.desk.course_map import course_map, lessons
from unrolled.exam.diagnose import Verdict
from unrolled.exam.exercise import VALUE, Case, Exercise, Part
from unrolled.exam.key import dump_key


def double(x):
    return 2 * x


def key(lesson: str) -> str:
    practice = Exercise(double, lambda rng: (Case((1.5,)),), (Part("double", 0),), lesson=lesson)
    graded = Exercise("a", parts=(Part("choice", 3), Part("other", 1)), name="choice", kind=VALUE, lesson=lesson)
    return dump_key(exercise.examine(1) for exercise in (practice, graded))


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Two lessons side by side, and nobody's progress."""
    tmp_path = tmp_path / "home"  # lessons are looked for in the folders beside, where other tests may have theirs
    monkeypatch.setenv("UNROLLED_PROGRESS", str(tmp_path / "kept" / "progress.json"))
    for name in ("00_first", "01_second"):
        folder = tmp_path / "notebooks" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.key.json").write_text(key(name), encoding="utf-8")
    cells = [{"cell_type": "markdown", "source": ["# 01 · Second & <last>\n", "More."]}]
    (tmp_path / "notebooks/01_second/01_second.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return tmp_path / "notebooks"


def verdict(exercise: str, score: float, max_score: float, status: str) -> Verdict:
    return Verdict(exercise, score, max_score, (), "", status=status)


def test_fresh_install_shows_all_lessons_with_nothing_solved(course):
    """The first thing a learner sees would be an error, or somebody else's progress."""
    found = lessons(course / "00_first")
    assert [(lesson.name, lesson.done, len(lesson.solved)) for lesson in found] == [
        ("00_first", 0, 2),
        ("01_second", 0, 2),
    ]
    assert "Nothing is checked yet" in course_map(course / "00_first").html


def test_map_is_the_same_from_every_lesson_and_from_the_folder_above(course):
    """A learner who starts JupyterLab somewhere else would see half a course."""
    htmls = {course_map(folder).html for folder in (course / "00_first", course / "01_second", course.parent)}
    assert len(htmls) == 1


def test_checks_that_succeed_fill_the_map(course):
    """A learner would solve exercise after exercise and see no progress."""
    progress.record(verdict("double", 0, 0, "passed"), "00_first")
    progress.record(verdict("choice", 2, 4, "failed"), "00_first")
    first, second = lessons(course / "00_first")
    assert first.solved == {"double": 1.0, "choice": 0.5}
    assert (first.done, first.points, first.max_points, second.done) == (1, 2.0, 4.0, 0)
    assert "Next: First, 1 to go" in course_map(course / "00_first").html


def test_practice_that_failed_is_not_solved(course):
    """An exercise of no points would count as solved by being tried."""
    progress.record(verdict("double", 0, 0, "failed"), "00_first")
    assert lessons(course / "00_first")[0].solved["double"] == 0.0


def test_what_is_not_begun_is_not_kept_as_wrong(course):
    """`unrolled check` would show a cross at everything that nobody has touched yet."""
    progress.record(verdict("choice", 0, 4, "unsolved"), "00_first")
    assert progress.read() == {}


def test_everything_solved_is_said(course):
    """Nobody would know that they are through."""
    for lesson in ("00_first", "01_second"):
        progress.record(verdict("double", 0, 0, "passed"), lesson)
        progress.record(verdict("choice", 4, 4, "passed"), lesson)
    assert "Everything is solved" in course_map(course / "00_first").html


def test_title_is_the_notebooks_heading_and_escaped(course):
    """The map would show file names, or run what a heading says."""
    html = course_map(course / "00_first").html
    assert "Second &amp; &lt;last&gt;" in html and "<last>" not in html
    assert 'href="../01_second/01_second.ipynb"' in html


def test_unreadable_key_leaves_the_other_lessons_alone(course):
    """One damaged file would take the whole map down."""
    (course / "00_first/00_first.key.json").write_text("{", encoding="utf-8")
    assert [len(lesson.solved) for lesson in lessons(course / "01_second")] == [0, 2]


def test_no_lessons_is_said_kindly(tmp_path, monkeypatch):
    """A notebook copied elsewhere would show a traceback."""
    monkeypatch.setattr("unrolled.desk.lessons.packaged", lambda: tmp_path / "none")
    monkeypatch.setenv("UNROLLED_PROGRESS", str(tmp_path / "progress.json"))
    (tmp_path / "elsewhere").mkdir()
    assert "No lessons here" in course_map(tmp_path / "elsewhere").html


def test_map_says_in_words_what_it_shows(course):
    """Those who can't see the dots would learn nothing."""
    assert "00_first (0 of 2 solved)" in repr(course_map(course / "00_first"))


def test_lesson_00_draws_the_map():
    """Lesson 00 would end in an error: a module has the same name."""
    from unrolled.start_here import course_map

    assert callable(course_map)
