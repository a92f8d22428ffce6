"""Numbers that lesson 03 says in its text."""

import re
from pathlib import Path

import numpy as np

from solutions.weight_sharing.reference import tied_gradient
from unrolled.weight_sharing.shifted import PATTERN, H, first_params

TEXT = (Path(__file__).parents[2] / "lessons" / "03_weight_sharing.md").read_text()


def test_update_of_a_shared_weight_in_the_quiz():
    """The right choice of the quiz would be a wrong number."""
    steps = [{"u": np.array(g)} for g in (0.2, -0.1, 0.4)]
    assert "$0.2$, $-0.1$ and $0.4$" in TEXT
    assert round(float(-0.1 * tied_gradient(steps)["u"]), 6) == -0.05
    assert round(-0.1 * (0.2 - 0.1 + 0.4) / 3, 3) == -0.017


def test_places_where_guessing_would_look():
    """The text would compare the networks with the wrong chance."""
    places = {T: T - len(PATTERN) + 1 for T in (12, 96)}
    assert places == {12: 9, 96: 93}
    assert "one of nine places" in TEXT and "one of ninety-three" in TEXT and "nine places often enough" in TEXT


def test_pattern_and_state_size_are_those_of_the_text():
    """Learners would look for another pattern than the one that is there, or run with a state of another size."""
    signs = "".join("+" if number > 0 else "−" for number in PATTERN)
    assert f"`{signs}`" in TEXT
    assert re.search(rf"unshared_forward\(x, np\.zeros\({H}\)", TEXT)
    assert first_params(np.random.default_rng(0))["u_0"].shape == (H,)


def test_gradients_in_the_widget_pull_in_opposite_directions():
    """The text would point at something that is not to be seen."""
    from unrolled.weight_sharing.widgets import example_gradients

    stacked = np.stack([gradients["u_h"] for gradients in example_gradients(5)])
    assert ((stacked > 0).any(axis=0) & (stacked < 0).any(axis=0)).any()
