"""The data of lesson 03's experiment, its pictures and its widget."""

from xml.etree import ElementTree

import numpy as np
import pytest

from unrolled.kit.waiting import track
from unrolled.weight_sharing.pictures import padded_batch, untied_and_tied
from unrolled.weight_sharing.shifted import PATTERN, examples, found
from unrolled.weight_sharing.widgets import SHAPES, H, TieAndUntie


def count(T, D, H, O, shared):
    """Not the right count, but one to recognise."""
    return 1111 if shared else 2222 * T


def first(gradients_per_step):
    """Not the right gradient, but one to recognise."""
    return gradients_per_step[0]


@pytest.mark.parametrize("T", [4, 12, 96])
def test_pattern_is_there_exactly_once_and_ends_where_it_says(T):
    """A network that answers rightly would be counted wrong."""
    xs, ends = examples(50, T, np.random.default_rng(2))
    assert xs.shape == (50, T, 1) and set(np.unique(xs)) == {-1.0, 1.0}
    for x, end in zip(xs[..., 0], ends):
        hits = [t for t in range(3, T) if (x[t - 3 : t + 1] == PATTERN).all()]
        assert hits == [end]


def test_pattern_stands_at_every_place():
    """Some places could never be learned, and the experiment would show that instead of sharing."""
    _, ends = examples(400, 12, np.random.default_rng(0))
    assert set(ends) == set(range(3, 12))
    assert np.bincount(ends)[3:].min() > 20


def test_found_is_the_share_of_largest_outputs_at_the_end():
    """The experiment's accuracy would be something else than its text says."""
    ys = np.array([[0.1, 0.9, 0.2], [0.3, 0.2, 0.1]])[..., None]
    assert found(ys, np.array([1, 2])) == 0.5


@pytest.mark.parametrize("picture", [untied_and_tied(), padded_batch()])
def test_pictures_are_svg_with_a_sentence(picture):
    """Readers who can't see the picture would be told nothing."""
    assert ElementTree.fromstring(picture.html).get("aria-label") == picture.alt
    assert len(picture.alt) > 60


def test_widget_counts_and_combines_with_the_learners_functions():
    """The widget would show our answers instead of the learner's."""
    widget = TieAndUntie(count, first, T=4)
    assert "1,111 numbers" in widget.shown.value
    widget.tied.value = False
    assert "8,888 numbers" in widget.shown.value and "4 arrays of shape (3, 3)" in widget.shown.value


@pytest.mark.parametrize("name", SHAPES)
def test_widget_draws_one_grid_per_step_and_one_for_all(name):
    """A timestep's gradient would be missing from the picture."""
    widget = TieAndUntie(count, first, T=5)
    widget.name.value = name
    size = int(np.prod(SHAPES[name]))
    assert widget.shown.value.count("<title>") == 6 * size
    widget.tied.value = False
    assert widget.shown.value.count("<title>") == 5 * size


def test_widget_says_what_the_learners_function_raises():
    """A mistake in the learner's function would leave an old picture standing."""
    widget = TieAndUntie(count, first)
    widget.tied_gradient = lambda gradients: {}[0]
    widget.T.value = 2
    assert "KeyError" in widget.shown.value


def test_outputs_of_the_last_step_do_not_read_the_last_state():
    """The lesson explains two white grids by it."""
    from unrolled.weight_sharing.widgets import example_gradients

    gradients = example_gradients(6)
    assert not gradients[0]["u_h"].any() and not gradients[-1]["u_h"].any()
    assert all(gradient["u_h"].any() for gradient in gradients[1:-1])
    assert gradients[0]["u_h"].shape == (H, H)


def test_tracking_hands_on_every_item_where_there_is_no_notebook():
    """Experiments would not run in a plain Python process."""
    assert list(track(iter("abc"), "letters")) == ["a", "b", "c"]
