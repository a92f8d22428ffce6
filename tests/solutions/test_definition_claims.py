"""What lesson 02 says of its experiments, held against the experiments."""

import re

import jupytext
import numpy as np
import pytest

from grader.authoring.build import LESSONS
from solutions.definition import reference as right
from unrolled.definition.gap import gap_strings, latch_answers, ngram_answers, share_right
from unrolled.definition.rest import AtRest, at_rest

CELLS = [cell.source for cell in jupytext.read(LESSONS / "02_definition.md", fmt="md:myst").cells]
NAMES = {"np": np, "rnn_step": right.rnn_step}


def defined(name):
    """A function that the lesson shows."""
    source = next(source for source in CELLS if source.startswith(f"def {name}("))
    exec(re.split(r"\n\n\n", source)[0], NAMES)
    return NAMES[name]


def test_definition_15_1_is_quoted_with_all_its_formulas():
    """If this failed, the lesson would teach another definition."""
    quoted = next(source for source in CELLS if source.startswith("## Definition 15.1"))
    for formula in (
        r"y_t = g(w_x^{(t)} x_t + w_h^{(t)} h_{t-1} + w_0^{(t)})",
        r"h_t = f(u_x^{(t)} x_t + u_h^{(t)} h_{t-1} + u_0^{(t)})",
        r"y_t = g(w_x x_t + w_h h_{t-1} + w_0)",
        r"h_t = f(u_x x_t + u_h h_{t-1} + u_0)",
    ):
        assert f"> $${formula}$$" in quoted


def test_an_echo_fades_below_1_and_stays_at_1_5():
    """If this failed, the text below the plot would describe another plot."""
    echoes = {u_h: defined("echo")(u_h) for u_h in (0.5, 0.9, 1.0, 1.5)}
    assert echoes[0.5][5] < 0.03 < 0.3 < echoes[0.9][5]
    assert all((np.diff(echoes[u_h]) < 0).all() for u_h in (0.5, 0.9, 1.0))
    assert echoes[1.5][-1] > 0.8 and abs(echoes[1.5][-1] - echoes[1.5][-2]) < 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_a_state_depends_on_everything_up_to_now_and_nothing_later(seed):
    """If this failed, a state would be no summary of the past, or one of the future."""
    rng = np.random.default_rng(seed)
    params, xs, h_0 = defined("random_params")(2, 3, 1, rng), rng.normal(size=(6, 2)), rng.normal(size=3)
    _, hs = right.rnn_forward(xs, h_0, params)
    for t in range(6):
        other = xs.copy()
        other[t] += 0.1
        moved = (right.rnn_forward(other, h_0, params)[1] != hs).any(axis=1)
        assert moved.tolist() == [False] * t + [True] * (6 - t)


def test_without_the_loop_nothing_survives():
    """If this failed, there would be a memory outside the state."""
    heard = defined("echo")(0.0)
    assert heard[0] > 0 and (heard[1:] == 0).all()


@pytest.mark.parametrize("u_h", np.linspace(0, 1, 11))
def test_from_0_to_1_every_state_shrinks_at_every_step(u_h):
    """If this failed, an echo could stay below 1."""
    h = np.linspace(-0.99, 0.99, 199)
    h = h[np.abs(h) > 1e-6]
    assert (np.abs(np.tanh(u_h * h)) < np.abs(h)).all()


@pytest.mark.parametrize("u_h", [1.1, 1.5, 2.0, 3.0])
def test_above_1_a_state_comes_to_rest_away_from_0(u_h):
    """If this failed, there would be nothing to build a latch from."""
    heard = defined("echo")(u_h, 300)
    assert heard[-1] > 0.4 and heard[-1] == pytest.approx(heard[-2], abs=1e-9)


@pytest.mark.parametrize("u_0", [-0.3, -0.1, 0.0, 0.1, 0.3])
@pytest.mark.parametrize("u_h", [0.5, 0.9, 1.5, 2.0, 3.0])
def test_a_state_moves_to_full_dots_and_away_from_hollow_ones(u_h, u_0):
    """If this failed, the picture of rest would be wrong."""
    widget = AtRest(right.rnn_step, u_h, u_0)
    holds, flees = at_rest(widget.curve())
    assert len(holds) == len(flees) + 1
    for start, way in [(place + way * 0.02, way) for place in flees for way in (-1, 1)]:
        end = came_to(start, u_h, u_0)
        assert way * (end - start) > 0 and np.abs(holds - end).min() < 1e-3
    for place in holds:
        assert came_to(place + 0.02, u_h, u_0) == pytest.approx(place, abs=1e-3)


def came_to(h, u_h, u_0):
    for _ in range(2000):
        h = np.tanh(u_h * h + u_0)
    return h


@pytest.mark.parametrize("u_h", [1.5, 2.0, 3.0, 5.0])
def test_a_bias_of_0_or_a_little_less_begins_with_no(u_h):
    """If this failed, a latch built as the text says would begin with yes."""
    assert came_to(0.0, u_h, 0.0) == 0.0
    assert came_to(0.0, u_h, -0.05) < -0.5


def test_two_places_of_rest_from_u_h_above_1_and_a_bias_not_too_large():
    """If this failed, the sliders would not show what the text says they show."""
    for u_h in (0.0, 0.5, 0.9, 1.0, 1.1, 1.2, 1.5, 2.0, 2.5, 3.0):
        numbers = [len(at_rest(AtRest(right.rnn_step, u_h, u_0).curve())[0]) for u_0 in (-1.5, 0.0, 1.5)]
        assert numbers == [1, 2 if u_h > 1.05 else 1, 1]


@pytest.mark.parametrize("seed", [15, 1, 2, 3, 4])
def test_each_reading_can_do_what_the_other_does(seed):
    """If this failed, the two readings would not be related as the lesson says."""
    rng = np.random.default_rng(seed)
    params = defined("random_params")(2, 3, 1, rng)
    xs, h_0 = rng.normal(size=(6, 2)).round(1), np.array([0.5, -0.5, 0.0])
    late, _ = right.rnn_forward(np.vstack([xs, rng.normal(size=(1, 2))]), h_0, params | {"w_x": np.zeros((1, 2))})
    assert np.allclose(late[1:], right.elman_forward(xs, h_0, params)[0], atol=1e-12)

    ys, _ = right.rnn_forward(xs, h_0, params)
    differences = {}
    for s in (100.0, 10.0, 1.0, 0.1, 0.01, 0.001):
        carried, _ = right.elman_forward(xs, np.append(h_0, 0.0), defined("for_textbooks")(params, s))
        assert np.array_equal(ys > 0.5, carried > 0.5)
        differences[s] = np.abs(ys - carried).max()
    assert differences[0.1] / differences[0.01] == pytest.approx(100, rel=0.3)
    assert differences[0.01] / differences[0.001] == pytest.approx(100, rel=0.3)


def test_a_memory_of_10_steps_need_not_last_500():
    """If this failed, one length would be enough to check."""
    leaky = right.latch_weights() | {"u_h": np.array([[0.99]]), "w_h": np.array([[50.0]])}
    ys, _ = right.rnn_forward(np.eye(500, 1), np.zeros(1), leaky)
    assert (ys[:10] > 0.6).all() and not (ys > 0.6).all()


@pytest.mark.parametrize("n", [2, 4, 8])
def test_an_ngram_knows_as_far_as_it_sees_and_then_tosses_a_coin(n):
    """If this failed, the n-gram would lose for another reason than its short view."""
    for gap in (1, 2, 5, 10, 500):
        strings = gap_strings(gap)
        seen = gap + 2 <= n - 1  # the answer, the gap and the question mark
        assert share_right(ngram_answers(strings, n), strings) == (1.0 if seen else 0.5)


def test_the_latch_still_knows_after_500_steps():
    """If this failed, the lesson's last picture would show two losers."""
    strings = gap_strings(500, count=4)
    assert share_right(latch_answers(strings, right.latch_weights(), right.rnn_forward), strings) == 1.0


@pytest.mark.parametrize("seed", range(5))
def test_the_latch_keeps_one_bit_and_no_more(seed):
    """If this failed, more would pass through the latch's single number than the text says."""
    rng = np.random.default_rng(seed)
    for ones in (1, 2, 7):
        bits = np.zeros((100, 1))
        bits[rng.choice(50, size=ones, replace=False)] = 1
        _, hs = right.rnn_forward(bits, np.zeros(1), right.latch_weights())
        _, once = right.rnn_forward(np.eye(100, 1), np.zeros(1), right.latch_weights())
        assert hs[-1, 0] == pytest.approx(once[-1, 0], abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_no_weights_make_parity_in_the_definitions_reading(seed):
    """If this failed, the bonus would claim an impossibility that isn't one."""
    rng = np.random.default_rng(seed)
    for H in (1, 3, 8):
        for _ in range(100):
            params = {name: 5 * weight for name, weight in defined("random_params")(1, H, 1, rng).items()}
            strings = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
            said = [right.rnn_forward(bits[:, None] * 1.0, np.zeros(H), params)[0][-1, 0] > 0.5 for bits in strings]
            assert said != [False, True, True, False]
