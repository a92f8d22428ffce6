"""Notebooks mangled by program: every one ends in a verdict or in a clear error, and the next one is graded as ever."""

import copy
import json
import math
import random

import pytest

from grader.marking import worker
from grader.marking.worker import FAILED, GRADED, Task
from grader.sandbox.sandbox import missing_walls
from solutions import exercises
from tests.hostile.attacks import LESSON
from tests.hostile.classroom import TIGHT, hand_in_honestly, make_course
from tests.hostile.narrow import NotedSandbox

pytestmark = [
    pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here"),
    pytest.mark.timeout(3600),
]
ODD = (
    None, True, 0, -1, 2**70, 1.5, math.nan, math.inf, "", "\x00", "\ud800", "x" * 10_000, [], {}, [[]], {"": {}},
    ["a", 1, None], "../../x", "rnn_step", "check_rnn_step", "check(rnn_step)", "code", "markdown", "<script>",
    "while 1: 0",
)  # fmt: skip


def mangled(data: bytes, seed: int) -> bytes:
    """One of endlessly many ways in which a notebook file can be wrong."""
    rng = random.Random(seed)
    if rng.random() < 0.4:
        return _bytes(bytearray(data), rng)
    notebook = json.loads(data)
    for _ in range(rng.choice((1, 1, 2, 3, 10, 30))):
        _edit(notebook, rng)
    return json.dumps(notebook).encode()


def _edit(notebook: dict, rng: random.Random) -> None:
    """Change something, anywhere in the tree, if anything is left of it."""
    places = list(_places(notebook))
    if not places:
        return
    holder, key = rng.choice(places)
    kind = rng.randrange(7)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = copy.deepcopy(rng.choice(ODD))
    elif kind == 2 and isinstance(holder, list):
        holder.insert(rng.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
    elif kind == 3 and isinstance(holder, list):
        rng.shuffle(holder)
    elif kind == 4 and isinstance(holder[key], str):
        text, new = holder[key], rng.choice(("", "\x00", "\ud800", "(", "'''", "\n", "é", "0" * 50))
        place = rng.randrange(len(text) + 1)
        holder[key] = text[:place] + new + text[place + 1 :]
    elif kind == 5 and isinstance(holder, dict):
        holder[rng.choice(("cells", "metadata", "nbgrader", "grade_id", "source", "points", "x"))] = holder[key]
    else:
        other, place = rng.choice(places)
        other[place] = copy.deepcopy(holder[key])


def _places(tree):
    """Every place in the tree, as what holds it and its key there."""
    for key, value in list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree)):
        yield tree, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _bytes(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 2, 5, 50))):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((1, 1, 4, 100, 5000)))
        new = rng.choice((b"", rng.randbytes(3), b'"', b"[" * 50, b"\x00", b"\xff\xfe", bytes(data[start:end]) * 2))
        data[start:end] = new
    return bytes(data)


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    """A released lesson, and an honest solution of it."""
    course = tmp_path_factory.mktemp("mangled") / "course"
    make_course(course)
    honest = hand_in_honestly(course, "ada").read_bytes()
    return (course / "release" / LESSON / f"{LESSON}.ipynb").read_text(), honest


@pytest.fixture(scope="module", autouse=True)
def narrow(tmp_path_factory):
    """A sandbox with tight limits, so that mangled code that never ends does so soon."""
    sandbox = NotedSandbox(tmp_path_factory.mktemp("notes") / "sandboxes", TIGHT)
    worker._sandboxes["strict"] = sandbox
    yield
    worker._drop()


def judge(lesson, data):
    """Grade a file as a worker does, page included."""
    release, _ = lesson
    result = worker.judge(Task(LESSON, data, release, 7))
    if result.status == GRADED:
        points = {exercise["cell"]: exercise["max_score"] for exercise in result.exercises.values()}
        standing = {"scores": result.scores, "points": points, "comments": {}, "late_penalty": 0.0}
        assert "</html>" in worker.make_page("x", result.notebook, standing)
    return result


def assert_sensible(result, seed):
    """A verdict on every exercise, or the submission's own fault in words."""
    if result.status == FAILED:
        assert result.blame == "submission", (seed, result.reason)
        assert len(result.reason) > 20
        return
    asked = exercises(LESSON)
    assert set(result.exercises) == {exercise.name for exercise in asked}, seed
    for exercise in asked:
        assert 0 <= result.exercises[exercise.name]["score"] <= exercise.points
        assert result.scores[f"check_{exercise.name}"] == result.exercises[exercise.name]["score"]


def survive(lesson, seeds):
    """Grade mangled notebooks, now and then an honest one between them; returns how many got a verdict."""
    graded = 0
    for place, seed in enumerate(seeds):
        result = judge(lesson, mangled(lesson[1], seed))
        assert_sensible(result, seed)
        graded += result.status == GRADED
        if place % 50 == 49:
            scores = judge(lesson, lesson[1]).exercises.values()
            assert all(exercise["score"] == exercise["max_score"] for exercise in scores)
    return graded


def test_mangled_notebooks_get_a_verdict_or_a_reason(lesson, record_property):
    """A half-broken file would stop the class."""
    graded = survive(lesson, range(50))
    record_property("note", f"50 mangled notebooks: {graded} verdicts, {50 - graded} clear errors")
    assert 10 < graded < 50


@pytest.mark.full
def test_two_thousand_mangled_notebooks_get_a_verdict_or_a_reason(lesson, record_property):
    """One way of being broken in a thousand would stop every other large class."""
    graded = survive(lesson, range(50, 2050))
    record_property("note", f"2,000 mangled notebooks: {graded} verdicts, {2000 - graded} clear errors")
