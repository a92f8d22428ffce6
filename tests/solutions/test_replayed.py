"""The answer key holds right numbers for everybody to read: they are worth nothing on other inputs."""

import builtins

import pytest

import solutions
from grader.authoring.build import lesson_names
from grader.judging.grading import called_in
from unrolled.exam.calling import call_on_cases
from unrolled.exam.codec import copy_value, encode
from unrolled.exam.diagnose import diagnose
from unrolled.exam.exercise import FUNCTION, Raised
from unrolled.exam.key import PUBLIC_SEED

FUNCTIONS = [e for lesson in lesson_names() for e in solutions.exercises(lesson) if e.kind == FUNCTION]


def replaying(exam):
    """An answer that knows the key: what it says for the same arguments, else for as many calls."""
    known = {repr(encode(case.args)): output for case, output in zip(exam.cases, exam.expected)}
    in_order = iter(exam.expected * 2)

    def answer(*args):
        following = next(in_order)
        found = known.get(_text(args), following)
        if isinstance(found, Raised):
            raise getattr(builtins, found.error)("as the key has it")
        return copy_value(found)

    return answer


def _text(args):
    try:
        return repr(encode(args))
    except ValueError:  # a generator of random numbers
        return ""


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda exercise: exercise.name)
def test_what_the_key_says_earns_nothing(exercise):
    """Points could be copied from the file beside the notebook."""
    public = exercise.examine(PUBLIC_SEED)
    for seed in (11, 12, 13):
        exam = exercise.examine(seed)
        order = called_in(len(exam.cases), seed)
        given = dict(zip(order, call_on_cases(replaying(public), [exam.cases[place] for place in order])))
        verdict = diagnose(exam, [given[place] for place in range(len(order))], explain=False)
        assert verdict.score == 0.0, [part.name for part in verdict.parts if part.passed]


def test_the_key_itself_is_replayed_rightly():
    """A replay that fails where it should work would prove nothing."""
    exercise = solutions.find("pad_batch")
    public = exercise.examine(PUBLIC_SEED)
    verdict = diagnose(public, call_on_cases(replaying(public), public.cases))
    assert verdict.passed
