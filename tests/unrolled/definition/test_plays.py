"""Weights set by hand, judged by what they do."""

import numpy as np
import pytest

import solutions
from solutions.definition import reference as right
from unrolled.definition import plays
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.key import dump_key, load_key

BITS = np.array([0, 0, 1, 0, 1, 0], np.int8)


def outcome(on, odd=0.0, even=0.0, steps=False):
    return ({"on": np.array(on), "bits": BITS, "odd": odd, "even": even, "steps": steps},)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (3, "should be a dict"),
        ({}, "'u_0' is missing"),
        (right.latch_weights() | {"u_x": np.zeros((1, 2))}, r"u_x has shape \(1, 2\)"),
        (right.latch_weights() | {"w_0": np.array([np.nan])}, "not finite"),
        (right.latch_weights() | {"w_0": ["a"]}, "w_0 is not an array of numbers"),
        (right.latch_weights() | {"w_0": [[1.0], [1.0, 2.0]]}, "w_0 is not an array of numbers"),
        (right.latch_weights() | {"u_0": np.zeros(10_000)}, "H from 1 to 64"),
        (right.latch_weights() | {"extra": 1}, "'extra' is not one of"),
        (right.latch_weights() | {"u_0": np.array(0.0)}, "H from 1 to 64"),
    ],
)
def test_unusable_weights_are_refused_with_a_reason(weights, said):
    """If this failed, hostile or unlucky weights would reach the network that judges them."""
    with pytest.raises(ValueError, match=said):
        plays.play_latch(weights, BITS, right.rnn_forward)


def test_a_forward_function_of_the_wrong_shape_is_named():
    """If this failed, a learner would look for the fault in weights that are right."""
    with pytest.raises(ValueError, match="your forward function"):
        plays.play_latch(right.latch_weights(), BITS, lambda xs, h_0, params: (np.zeros(3), None))


def test_the_plays_use_the_reading_they_say():
    """If this failed, latch and parity would be judged by the other's network."""
    assert plays.play_latch(right.latch_weights(), BITS, right.rnn_forward)["on"].tolist() == [0, 0, 1, 1, 1, 1]
    assert plays.play_parity(right.parity_weights(), BITS, right.elman_forward)["on"].tolist() == [0, 0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("on", "mistake"),
    [
        ([1, 1, 1, 1, 1, 1], "latch-fires-early"),
        ([0, 1, 1, 1, 1, 1], "latch-drifts"),
        ([0, 0, 0, 1, 1, 1], "latch-one-late"),
        ([0, 0, 0, 0, 0, 0], "latch-never-fires"),
        ([0, 0, 1, 1, 1, 0], "latch-forgets"),
        ([0, 0, 1, 0, 1, 0], "latch-forgets"),
        ([-1, 0, 1, 1, 1, 1], "latch-fires-early"),
        ([0, -1, 1, 1, 1, 1], "latch-drifts"),
        ([0, 0, -1, 1, 1, 1], "latch-one-late"),
        ([0, 0, -1, -1, 1, 1], "latch-never-fires"),
        ([0, 0, 1, 1, 1, -1], "latch-forgets"),
        ([0, 0, 1, 1, 1, 1], ""),
    ],
)
def test_every_broken_latch_betrays_its_mistake(on, mistake):
    """If this failed, a learner would be told of a fault that isn't theirs, or of none."""
    expected = outcome([0, 0, 1, 1, 1, 1])
    assert plays.latch_mistake(expected, outcome(on)) == mistake


@pytest.mark.parametrize(
    ("on", "mistake"),
    [
        ([0, 0, 1, 1, 1, 1], "parity-stays-on"),
        ([1, 1, 0, 0, 1, 1], "parity-upside-down"),
        ([0, 0, 1, 0, 1, 0], "parity-echo"),
        ([0, 1, 1, 1, 0, 0], "parity-fades"),
        ([0, 0, 0, 0, 0, 0], "parity-deaf"),
        ([0, 0, 1, 1, 0, 0], ""),
    ],
)
def test_every_broken_parity_betrays_its_mistake(on, mistake):
    """If this failed, a learner would be told of a fault that isn't theirs, or of none."""
    expected = outcome(np.array([0, 0, 1, 1, 0, 0], bool))
    on = np.array(on, bool)
    assert plays.parity_mistake(expected, outcome(on)) == mistake


def test_a_memory_that_fades_is_no_latch_however_it_is_read():
    """If this failed, a state that has decayed to nothing would earn full marks as a memory."""
    bits = (np.arange(500) == 0).astype(int)
    for weights in ({"u_x": 5, "u_h": 0.95, "w_x": 20, "w_h": 20}, {"u_x": 5, "u_h": 0.94, "w_x": 1, "w_h": 1}):
        fading = {name: np.full_like(w, weights.get(name, 0.0)) for name, w in right.latch_weights().items()}
        assert plays.play_latch(fading, bits, right.rnn_forward)["on"][-1] == -1


def test_states_that_count_right_and_are_read_wrongly_are_told_apart():
    """If this failed, a learner whose states are right would be sent to look for the fault in them."""
    got = (plays.play_parity(right.parity_weights() | {"w_0": np.zeros(1)}, BITS, right.elman_forward),)
    expected = (plays.play_parity(right.parity_weights(), BITS, right.elman_forward),)
    assert plays.parity_mistake(expected, got) == "parity-read-at-zero"


def test_a_key_tells_weights_that_nobody_wrote_down_by_what_they_do():
    """If this failed, only those who hit upon our own wrong numbers would hear of their mistake."""
    (key,) = load_key(dump_key([solutions.find("latch_weights").examine(1)]))
    fading = right.latch_weights() | {"u_h": np.array([[0.8]])}
    outcomes = outcomes_of(key, lambda: fading, {"rnn_forward": right.rnn_forward})
    assert diagnose(key, outcomes).misconceptions == ("latch-forgets",)


def test_weights_for_units_of_0_and_1_are_told_so():
    """Whoever thought of logic gates would be sent to look for larger weights."""
    gates = {"u_x": [[20.0], [20.0]], "u_h": [[20.0, -20.0], [20.0, -20.0]], "u_0": [-10.0, -30.0]}
    params = {name: np.array(weights) for name, weights in gates.items()}
    params |= {"w_x": np.zeros((1, 1)), "w_h": np.array([[20.0, -20.0]]), "w_0": np.array([-10.0])}
    expected, got = ((plays.play_parity(made, BITS, right.elman_forward),) for made in (right.parity_weights(), params))
    assert not expected[0]["steps"] and got[0]["steps"]
    assert plays.parity_mistake(expected, got) == "parity-with-0-and-1"
