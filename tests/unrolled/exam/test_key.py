"""An answer key judges as the exercise does, and is the same text on every machine."""

import json
from dataclasses import replace

import numpy as np
import pytest

from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import Case, Exercise, Misconception, Part, Raised
from unrolled.exam.key import dump_key, find_keys, load_key


def scaled(xs):
    return {"third": xs / 3, "sum": float(xs.sum())}


def wrong(xs):
    return {"third": xs / 2, "sum": xs[5]}


EXERCISE = Exercise(
    scaled,
    lambda rng: (Case((rng.normal(size=3).round(3),)) for _ in range(2)),
    (Part("third", 1, "third"), Part("sum", 1, "sum")),
    misconceptions=(Misconception("half", "Not half.", wrong),),
)


def test_a_key_judges_as_the_exercise_itself():
    """The instant check would say something else than the grade."""
    examination = EXERCISE.examine(1)
    (loaded,) = load_key(dump_key([examination]))
    for answer in (scaled, wrong, lambda xs: {"third": xs / 3, "sum": 0.0}):
        assert diagnose(loaded, outcomes_of(loaded, answer, {})) == diagnose(
            examination, outcomes_of(examination, answer, {})
        )


def test_the_last_bit_of_another_processor_does_not_change_a_key():
    """Every machine would call every notebook stale."""

    def elsewhere(xs):
        return {"third": np.nextafter(xs / 3, 9), "sum": float(np.nextafter(xs.sum(), 9))}

    def turned(xs):
        return {"third": xs / 3 * 1j, "sum": xs.sum()}

    def turned_elsewhere(xs):
        return {"third": np.nextafter(xs / 3, 9) * 1j, "sum": xs.sum()}

    here, there = (
        replace(EXERCISE, reference=reference, misconceptions=(Misconception("turned", "Not turned.", mistake),),
                name="scaled")
        for reference, mistake in [(scaled, turned), (elsewhere, turned_elsewhere)]
    )  # fmt: skip
    assert dump_key([here.examine(1)]) == dump_key([there.examine(1)])


def test_a_misconception_that_raises_is_kept_as_such():
    """Learners who make it would not be told."""
    (loaded,) = load_key(dump_key([EXERCISE.examine(1)]))
    assert set(loaded.known[0].outputs) == {Raised("IndexError")}


def test_of_a_misconception_only_what_differs_is_kept():
    """Ten gradients with thirty usual mistakes would make a key of half a megabyte, most of it the right numbers."""

    def wrong_sum(xs):
        return scaled(xs) | {"sum": 0.5}

    examination = replace(EXERCISE, misconceptions=(Misconception("sum", "Not the sum.", wrong_sum),)).examine(1)
    text = dump_key([examination])
    assert text.count('"base64"') == 4  # two inputs, two expected thirds
    (loaded,) = load_key(text)
    for kept, made in zip(loaded.known[0].outputs, examination.known[0].outputs, strict=True):
        np.testing.assert_allclose(kept["third"], made["third"], rtol=1e-6)
        assert kept["sum"] == made["sum"]


@pytest.mark.parametrize(
    "text", ["", "[]]", "{}", '[{"name": "x"}]', "[1]", json.dumps([{"cases": [{"args": {"rng": -1}}]}])]
)
def test_a_broken_key_is_an_error_that_says_so(text):
    """The learner would see a traceback of ours."""
    if text == "{}":
        assert load_key(text) == []
        return
    with pytest.raises(ValueError, match="not an answer key"):
        load_key(text)


def test_the_key_beside_the_notebook_comes_first(tmp_path):
    """A lesson would be checked against its neighbour."""
    for lesson in ("01_a", "02_b"):
        (tmp_path / lesson).mkdir()
        (tmp_path / lesson / f"{lesson}.key.json").write_text("[]")
    assert [path.name for path in find_keys(tmp_path / "02_b")] == ["02_b.key.json", "01_a.key.json"]
