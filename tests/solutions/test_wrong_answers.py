"""Wrong answers people really give, beyond those the lessons know by program: each is told what is wrong with it."""

import pytest

import solutions
from grader.authoring.build import NOTEBOOKS
from solutions.wrong_answers.collected import all_wrong
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import CHANGE, NAME, diagnose
from unrolled.exam.key import SUFFIX, load_key
from unrolled.exam.probing import with_probe

WRONG = all_wrong()
SECRET_SEEDS = (7, 8)
_PUBLIC = {}


def public(exercise):
    """The examination a learner's check has: that of the key."""
    if exercise.name not in _PUBLIC:
        key = NOTEBOOKS / exercise.lesson / f"{exercise.lesson}{SUFFIX}"
        _PUBLIC.update({examination.name: examination for examination in load_key(key.read_text(encoding="utf-8"))})
    return _PUBLIC[exercise.name]


def told(wrong):
    """What a learner reads whose other functions are right."""
    exercise = solutions.find(wrong.answer.__name__)
    examination = public(exercise)
    outcomes = outcomes_of(examination, wrong.answer, exercise.tools)
    return with_probe(examination, outcomes, diagnose(examination, outcomes, reveal=True), exercise.tools)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.where)
def test_a_wrong_answer_gets_its_words_and_no_false_ones(wrong):
    """Somebody who made this mistake would search for another one."""
    verdict = told(wrong)
    assert not verdict.passed
    assert wrong.named in ("", *verdict.misconceptions), verdict.message
    missing = [words for words in wrong.says if words not in verdict.message]
    assert not missing or (wrong.or_named and verdict.cause in (NAME, CHANGE)), verdict.message
    assert [words for words in wrong.never if words in verdict.message] == [], verdict.message


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.where)
def test_a_wrong_answer_earns_less_than_all_points_whatever_the_seed(wrong):
    """Grading would give points for luck."""
    exercise = solutions.find(wrong.answer.__name__)
    for seed in SECRET_SEEDS:
        examination = exercise.examine(seed)
        verdict = diagnose(examination, outcomes_of(examination, wrong.answer, exercise.tools), explain=False)
        assert not verdict.passed and (verdict.score < exercise.points or not exercise.points)
