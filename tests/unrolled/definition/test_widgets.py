"""The scrubber over the unrolled network."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from solutions.definition.reference import rnn_forward
from unrolled.definition.widgets import network_at, scrub

RNG = np.random.default_rng(0)
SHAPES = {"u_x": (3, 2), "u_h": (3, 3), "u_0": (3,), "w_x": (1, 2), "w_h": (1, 3), "w_0": (1,)}
PARAMS = {name: RNG.normal(size=shape) for name, shape in SHAPES.items()}
XS, H_0 = RNG.normal(size=(4, 2)).round(1), np.array([0.5, -0.5, 0.0])
YS, HS = rnn_forward(XS, H_0, PARAMS)


def words(svg):
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(text.itertext()) for text in texts]


def number(value):
    return f"{value:.2f}".replace("-", "−")


@pytest.fixture
def scrubber():
    return scrub(rnn_forward, XS, H_0, PARAMS)


def test_a_timestep_shows_every_number_that_makes_it():
    """If this failed, a learner could not follow the definition with a finger."""
    shown = words(network_at(XS, H_0, PARAMS, YS, HS, 3).html)
    for values in (XS[2], HS[1], HS[2], YS[2], *PARAMS.values()):
        assert {number(value) for value in np.ravel(values)} <= set(shown)


def test_moving_the_slider_shows_that_timestep(scrubber):
    """If this failed, the slider would not scrub."""
    assert "timestep 1 in numbers" in scrubber.shown.value
    scrubber.time.value = 4
    assert "timestep 4 in numbers" in scrubber.shown.value
    assert [slider.value for slider in scrubber.inputs] == list(XS[3])


def test_editing_an_input_changes_what_comes_after_it_and_nothing_before(scrubber):
    """If this failed, the widget would not run on the learner's function."""
    scrubber.time.value = 2
    scrubber.inputs[1].value = 1.7
    xs = XS.copy()
    xs[1, 1] = 1.7
    ys, _ = rnn_forward(xs, H_0, PARAMS)
    assert ys[0] == YS[0] and (ys[1:] != YS[1:]).all()
    assert {number(y) for y in ys[:, 0]} <= set(words(scrubber.shown.value))


def test_looking_does_not_edit(scrubber):
    """If this failed, moving through time would round or clip the input on the way."""
    far = scrub(rnn_forward, 3.3 * XS, H_0, PARAMS)
    for t in (2, 3, 4, 1):
        scrubber.time.value = far.time.value = t
    assert np.array_equal(scrubber.xs, XS) and np.array_equal(far.xs, 3.3 * XS)
    assert max(slider.max for slider in far.inputs) >= np.abs(far.xs).max()


def test_a_browsers_rounding_is_no_move(scrubber):
    """If this failed, a number would be framed before anything was moved: -0.6 comes back as -0.6000000000000001."""
    scrubber.inputs[1].value += 1e-15 + np.spacing(2.0)
    assert np.array_equal(scrubber.xs, XS) and 'class="framed"' not in scrubber.shown.value


def test_a_still_picture_stands_in_where_widgets_do_not_run(scrubber):
    """If this failed, the lesson on paper would have a hole."""
    still, widget = scrubber.outputs()
    assert widget is scrubber.box
    assert re.search(r'<svg[^>]*role="img" aria-label="The network unrolled over 4 timesteps', still.html)


def test_a_move_frames_what_it_changes_and_the_next_look_does_not(scrubber):
    """If this failed, a learner would search six columns of numbers for those that moved."""
    assert scrubber.shown.value.count('class="framed"') == 0
    scrubber.time.value = 3
    scrubber.inputs[0].value += 0.5
    steps = len(XS) - 2
    assert scrubber.shown.value.count('class="framed"') == 1 + steps * (1 + 3)
    scrubber.time.value = 1
    assert scrubber.shown.value.count('class="framed"') == 0
