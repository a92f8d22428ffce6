"""What lesson 02 says of its experiments, held against the experiments."""

import re

import jupytext
import numpy as np
import pytest

from grader.authoring.build import LESSONS
from solutions.definition import reference as right
from unrolled.definition.gap import gap_strings, latch_answers, ngram_answers, share_right

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


@pytest.mark.parametrize("seed", [15, 1, 2])
def test_each_reading_can_do_what_the_other_does(seed):
    """If this failed, the two readings would not be related as the lesson says."""
    rng = np.random.default_rng(seed)
    params = defined("random_params")(2, 3, 1, rng)
    xs, h_0 = rng.normal(size=(6, 2)).round(1), np.array([0.5, -0.5, 0.0])
    late, _ = right.rnn_forward(np.vstack([xs, np.zeros((1, 2))]), h_0, params | {"w_x": np.zeros((1, 2))})
    assert np.allclose(late[1:], right.elman_forward(xs, h_0, params)[0], atol=1e-12)

    ys, _ = right.rnn_forward(xs, h_0, params)
    differences = []
    for s in (0.1, 0.01, 0.001):
        carried, _ = right.elman_forward(xs, np.append(h_0, 0.0), defined("for_textbooks")(params, s))
        assert np.array_equal(ys > 0.5, carried > 0.5)
        differences.append(np.abs(ys - carried).max())
    assert np.allclose(np.divide(differences[:-1], differences[1:]), 100, rtol=0.2)


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


def test_no_weights_make_parity_in_the_definitions_reading():
    """If this failed, the bonus would claim an impossibility that isn't one."""
    rng = np.random.default_rng(4)
    for _ in range(300):
        params = {name: 5 * weight for name, weight in defined("random_params")(1, 3, 1, rng).items()}
        strings = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        said = [right.rnn_forward(bits[:, None] * 1.0, np.zeros(3), params)[0][-1, 0] > 0.5 for bits in strings]
        assert said != [False, True, True, False]
