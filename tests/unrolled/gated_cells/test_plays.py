"""Gates set by hand: what the play makes of weights, right, wrong and hostile."""

import numpy as np
import pytest

import solutions
from solutions.gated_cells.misconceptions import hold_weights as wrong
from solutions.gated_cells.reference import hold_weights, lstm_forward
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.gated_cells import plays

VALUES = np.array([1, -1, -1, 1, -1, -1, 1, 1])
WRITES = np.array([1, 0, 0, 0, 1, 0, 0, 0])
EXAMINATION = solutions.find("hold_weights").examine(1)


def held(params):
    return plays.play_hold(params, VALUES, WRITES, lstm_forward)


def test_the_reference_holds_what_was_written_last():
    """Nobody could pass."""
    np.testing.assert_array_equal(held(hold_weights())["held"], [1, 1, 1, 1, -1, -1, -1, -1])


@pytest.mark.parametrize(
    "weights, mistake",
    [
        (wrong.never_writes, "never-writes"),
        (wrong.upside_down, "upside-down"),
        (wrong.gates_exchanged, "gates-exchanged"),
        (wrong.overwritten, "overwritten"),
        (wrong.not_replaced, "not-replaced"),
    ],
)
def test_each_fault_betrays_its_mistake(weights, mistake):
    """A learner would be told of a fault that the weights don't have."""
    assert plays.hold_mistake((held(hold_weights()),), (held(weights()),)) == mistake


def unit(i, f, g, o=(0, 0, 10)):
    rows = np.array([i, f, g, o], float)
    return {"u_x": rows[:, :2], "u_h": np.zeros((4, 1)), "u_0": rows[:, 2]}


WRITE, KEEP, VALUE = (0, 20, -10), (0, -20, 10), (5, 0, 0)


@pytest.mark.parametrize(
    "weights, told",
    [
        (unit((0, 10, -5), KEEP, (2, 0, 0)), "nearly-shut"),
        (unit((0, 12, -6.3), KEEP, VALUE), "nearly-shut"),
        (unit((0, 0, 10), KEEP, VALUE), "overwritten"),
        (unit((0, 0, 10), (0, 0, 10), VALUE), "overwritten"),
        (unit(KEEP, WRITE, VALUE), "gates-exchanged"),
        (unit(WRITE, KEEP, (0, 5, 0)), "writes-the-command"),
        (unit(WRITE, (0, -10, 5), VALUE), "leaks"),
        (unit(WRITE, KEEP, VALUE, WRITE), "leaks"),
        (unit(WRITE, (0, 0, 10), VALUE), "not-replaced"),
    ],
)
def test_the_gate_at_fault_is_the_one_spoken_of(weights, told):
    """A learner would turn a gate that is right; or a gate that lets noise in would earn all points."""
    verdict = diagnose(EXAMINATION, outcomes_of(EXAMINATION, lambda: weights, {"lstm_forward": lstm_forward}))
    assert verdict.misconceptions == (told,)
    assert verdict.score < verdict.max_score


@pytest.mark.parametrize(
    "params, complaint",
    [
        (None, "should be a dict"),
        ({}, "'u_0' is missing"),
        ({"u_x": np.zeros((4, 2)), "u_h": np.zeros((4, 1)), "u_0": np.zeros(4), "w": 1}, "'w' is not one of"),
        ({"u_x": np.zeros((4, 2)), "u_h": np.zeros((4, 1)), "u_0": np.zeros(5)}, "u_0 should have shape"),
        ({"u_x": np.zeros((4, 2)), "u_h": np.zeros((4, 1)), "u_0": np.zeros(4000)}, "u_0 should have shape"),
        ({"u_x": np.zeros((4, 3)), "u_h": np.zeros((4, 1)), "u_0": np.zeros(4)}, "u_x has shape"),
        ({"u_x": np.zeros((4, 2)), "u_h": [["a"]] * 4, "u_0": np.zeros(4)}, "u_h is not an array of numbers"),
        ({"u_x": np.zeros((4, 2)), "u_h": [[1], [1, 2]], "u_0": np.zeros(4)}, "u_h is not an array of numbers"),
        ({"u_x": np.full((4, 2), np.nan), "u_h": np.zeros((4, 1)), "u_0": np.zeros(4)}, "not finite"),
        ({"u_x": np.full((4, 2), 1e9), "u_h": np.zeros((4, 1)), "u_0": np.zeros(4)}, "not finite, or larger"),
    ],
)
def test_malformed_weights_are_refused_with_a_reason(params, complaint):
    """The learner would see an error of ours, or keep the grader busy."""
    with pytest.raises(ValueError, match=complaint):
        held(params)


def test_a_forward_function_of_the_wrong_shape_is_named():
    """A mistake in lstm_forward would look like one in the weights."""
    with pytest.raises(ValueError, match="your lstm_forward made hs of shape"):
        plays.play_hold(hold_weights(), VALUES, WRITES, lambda xs, h_0, c_0, params: (xs[0], {}))
