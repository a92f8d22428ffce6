"""The widgets of lessons 05 and 06 run with the learner's own functions and show what those say."""

import re

import numpy as np
import pytest

from solutions.definition.reference import rnn_forward
from solutions.gated_cells.reference import cell_gradient, lstm_forward
from solutions.vanishing_gradients.reference import gradient_norms, scale_to_spectral_radius, state_jacobians
from unrolled.gated_cells.widgets import PULSES, Gates
from unrolled.vanishing_gradients.widgets import RadiusSlider, past_lights_up


@pytest.fixture
def dial():
    return RadiusSlider(scale_to_spectral_radius, state_jacobians, gradient_norms, rnn_forward)


def test_turning_the_dial_changes_eigenvalues_and_norms(dial):
    """The slider would move and nothing else."""
    before = dial.shown.value
    dial.radius.value = 0.5
    eigenvalues, norms, _ = dial.curves()
    assert np.abs(eigenvalues).max() == pytest.approx(0.5)
    assert norms[0] < 1e-7
    assert dial.shown.value != before


def test_larger_inputs_flatten_the_slopes(dial):
    """The text beside the second slider would be wrong."""
    small = dial.curves()[2].mean()
    dial.size.value = 1.0
    assert dial.curves()[2].mean() < small


def test_at_radius_0_9_the_norm_grows_before_it_falls(dial):
    """The text beside the dial would warn of something that isn't to be seen."""
    norms = dial.curves()[1][::-1]
    assert 1.8 < norms.max() < 2.5 and norms.argmax() < 8
    assert (norms[10:] < 1).all() and norms[-1] < 0.2


def test_a_function_that_raises_is_reported_not_thrown():
    """A half-written function would break the notebook instead of saying so."""

    def broken(u_h, radius):
        raise RuntimeError("not yet")

    slider = RadiusSlider(broken, state_jacobians, gradient_norms, rnn_forward)
    assert "RuntimeError" in slider.shown.value
    assert "Error" in Gates(broken, cell_gradient).shown.value


def test_a_widget_has_a_still_picture_beside_it(dial):
    """On a page without widgets there would be nothing to see."""
    for widget in (dial, Gates(lstm_forward, cell_gradient)):
        assert "image/svg+xml" in widget.outputs()[0]._repr_mimebundle_()


def test_a_pointed_character_lights_its_own_past():
    """The picture would show the influence of another character."""
    influence = np.array([[1.0, 0, 0], [0.5, 1.0, 0], [0.0, 0.25, 1.0]])
    html = past_lights_up("a<\n", influence, np.array([True, False, False])).html
    rule = re.search(r":has\(\.c1:hover\)\{([^}]*)\}", html).group(1)
    assert "--0:0.50;" in rule
    assert "--1:1.00;" in rule
    assert "&lt;" in html
    assert html.count("underline") == 1


def test_two_texts_on_one_page_do_not_share_their_rules():
    """Pointing at one text would light up the other."""
    ids = {re.search(r'id="(past-\d+)"', past_lights_up("ab", np.eye(2)).html).group(1) for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize("f, kept", [(1.0, True), (0.5, False)])
def test_the_forget_gate_decides_what_is_left(f, kept):
    """The widget's point would be lost."""
    curves = Gates(lstm_forward, cell_gradient, i=1.0, f=f).curves()
    after, later = min(PULSES), min(PULSES) + 10
    assert (abs(curves["c"][later]) > 0.9 * abs(curves["c"][after])) == kept
    assert (curves["left"][0] > 0.9) == kept


def test_a_shut_input_gate_keeps_everything_out():
    """What the text asks the learner to try would fail."""
    gates = Gates(lstm_forward, cell_gradient)
    gates.gates["i"].value = 0.0
    assert np.abs(gates.curves()["c"]).max() < 1e-9


def test_what_is_kept_to_the_end_can_be_seen_there():
    """Pulses that cancel would make a forget gate at 1 look like one that forgets."""
    curves = Gates(lstm_forward, cell_gradient, i=1.0, f=1.0).curves()
    assert abs(curves["c"][-1]) > 0.9
