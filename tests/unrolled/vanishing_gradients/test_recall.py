"""Delayed recall: the task is what it says, and training on it does what it is told."""

import numpy as np
import pytest

from unrolled.vanishing_gradients import recall


def test_a_sequence_holds_its_cue_first_and_its_question_last():
    """A network could answer without remembering, or never."""
    xs, bits = recall.recall_batch(np.random.default_rng(0), 50, 7)
    assert xs.shape == (50, 8, recall.D)
    np.testing.assert_array_equal(xs[:, 0, recall.CUE], 2 * bits - 1)
    assert not xs[:, 1:, recall.CUE].any()
    np.testing.assert_array_equal(xs[:, :, recall.ASKED], np.eye(8)[[7] * 50])
    assert {0.0, 1.0} == set(bits.tolist())


def look_up(params, xs, bits):
    """Not a network: reads the cue off the first step, so that a single weight is to be learned."""
    probabilities = 1 / (1 + np.exp(-params["w"] * xs[:, 0, recall.CUE]))
    return probabilities, {"w": np.mean((probabilities - bits) * xs[:, 0, recall.CUE], keepdims=True), "xs": xs}


@pytest.mark.parametrize("scaled", [True, False])
def test_training_goes_downhill_and_leaves_its_start_alone(scaled):
    """Every experiment of two lessons would train nothing, or spoil the start of the next."""
    start = {"w": np.array([-0.5])}
    run = recall.train_recall(start, look_up, 3, 60, 0.1, np.random.default_rng(1), scaled=scaled)
    assert start["w"] == -0.5
    assert run.accuracy[0] == 0.0
    assert run.final(10) == 1.0
    assert len(run.norm) == len(run.accuracy) == 60


def test_clipping_is_applied_and_the_norm_kept_is_the_one_before():
    """The clipping experiment would draw the wrong curve."""
    none = lambda gradients: ({name: 0 * g for name, g in gradients.items()}, 0.0)  # noqa: E731
    run = recall.train_recall({"w": np.array([-0.5])}, look_up, 3, 5, 0.1, np.random.default_rng(1), clip=none)
    assert run.params["w"] == -0.5
    assert min(run.norm) > 0.1


def test_learned_after_is_the_first_step_with_a_good_mean():
    """The lesson would print a number that its curve contradicts."""
    assert recall.learned_after([0.5] * 30 + [1.0] * 30, 0.95, 20) == 48
    assert recall.learned_after([0.5] * 60) is None
    assert recall.learned_after([1.0] * 5) is None
    np.testing.assert_allclose(recall.smooth([1.0, 0.0, 0.0, 1.0], 2), [1.0, 0.5, 0.0, 0.5])
