"""Answers made by program tell kind examinations from strict ones."""

import numpy as np
import pytest

import solutions
from grader.authoring.mutants import mutants
from grader.authoring.prove import Proof, mistaken_for, prove_exercise, right_answers
from grader.authoring.rewrites import rewrites
from unrolled.exam.exercise import Case, Exercise, Part


def decayed_sum(xs, rate):
    """A sum in which the past counts less and less."""
    total = 0.0
    for x in xs:
        total = rate * total + x
    return np.array([total, total / len(xs)])


def loops(n):
    while n > 0:
        n -= 1
    return n


def _strict(rng):
    return [Case((rng.normal(size=n).round(3), 0.5)) for n in (4, 1, 3)]


def _kind(rng):
    return [Case((np.array([1.0]), 1.0))]


def proof_of(**changes):
    proof = Proof()
    prove_exercise(
        Exercise(**({"reference": decayed_sum, "inputs": _strict, "parts": (Part("sum", 1),)} | changes)), proof
    )
    return proof


def test_a_strict_examination_lets_no_mutant_pass():
    """Wrong code would earn points."""
    proof = proof_of()
    assert (proof.survived, proof.refused) == ([], [])
    assert proof.wrong > 5
    assert proof.right > 5


def test_a_kind_examination_is_found_out():
    """Inputs of one element and a rate of one hide what the rate and the loop do."""
    assert any("rate * total" in line for line in proof_of(inputs=_kind).survived)


def test_a_mutant_without_end_is_stopped_and_counts_as_wrong():
    """Proving would hang."""
    proof = proof_of(reference=loops, inputs=lambda rng: [Case((3,))])
    assert proof.survived == []


def test_a_listed_equivalent_is_not_held_against_the_exercise():
    """A change that changes nothing would keep the proof red for ever."""
    (change,) = [m.change for m in mutants(decayed_sum) if m.change.startswith("total = 0.0 → total = 1.0")]
    proof = proof_of(inputs=_kind, equivalent=((change, "for the sake of the test"),))
    assert proof.equivalent == 1


def test_a_listed_equivalent_that_no_longer_exists_is_reported():
    """The list would rot, and one day excuse a real mistake."""
    assert proof_of(equivalent=(("no such → change", "none"),)).stale


def test_right_answers_look_like_no_small_change_and_a_change_does():
    """Somebody whose answer is right but for an edge would be told a mistake that isn't in it."""
    exercise = solutions.find("rnn_step")
    assert not [what for what, answer in list(right_answers(exercise))[::5] if mistaken_for(exercise, answer)]
    without_bias = mistaken_for(exercise, lambda x, h, u_x, u_h, u_0: np.tanh(u_x @ x + u_h @ h))
    assert without_bias.startswith("These are the numbers that come out if `u_0`")


def test_a_right_answer_that_looks_like_a_change_makes_the_proof_unsound():
    """It would be counted, and nobody hear of it."""
    assert not Proof(mistaken=["rnn_step: right answer (by hand) would be told: …"]).sound


@pytest.mark.filterwarnings("ignore:nothing to worry about")
@pytest.mark.parametrize("what", [what for what, _ in rewrites(decayed_sum)])
def test_rewrites_mean_the_same(what):
    """A right answer made by program would be wrong, and the grader blamed for refusing it."""
    function = dict(rewrites(decayed_sum))[what]
    xs = np.array([1.0, -2.0, 4.0])
    assert np.allclose(function(xs, 0.5), decayed_sum(xs, 0.5))


def test_no_two_mutants_are_the_same():
    """The count would promise more than was tried."""
    changes = [mutant.change for mutant in mutants(decayed_sum)]
    assert len(changes) == len(set(changes))
