"""What lesson 01 says in words is what its cells compute: the solved lesson is run once and asked."""

import statistics
from types import SimpleNamespace

import numpy as np
import pytest

import solutions
from grader.authoring.build import solved_notebook


@pytest.fixture(scope="module")
def lesson():
    """The names of the solved lesson after all its cells; checks are another test's subject."""
    names = {"display": lambda *shown: None}
    for cell in solved_notebook("01_motivation", solutions.exercises("01_motivation")).cells:
        if cell.cell_type == "code" and not cell.source.startswith("check("):
            if cell.source.startswith("import"):
                exec(cell.source, names)
                names["ready"] = lambda *functions: True
            else:
                exec(cell.source, names)
    return SimpleNamespace(**names)


def test_parameters_and_padding_grow_with_the_longest_question(lesson):
    """The first experiment would not show that size is a problem."""
    assert (np.diff(lesson.parameters) > 0).all() and lesson.parameters[-1] > 1e6
    assert (np.diff(lesson.wasted) > 0).all() and lesson.wasted[-1] > 0.5


def test_every_classifier_of_bags_is_right_in_exactly_half(lesson):
    """Order would not be information."""
    assert (lesson.bags[:, 0] == lesson.bags[:, 1]).all()
    assert set(lesson.right.tolist()) == {0.5}


def test_held_out_bits_improve_and_then_starve(lesson):
    """The lesson's main figure would tell another story."""
    bits = lesson.on_held_out
    best = int(np.argmin(bits))
    assert 3 <= lesson.ns[best] <= 6
    assert (np.diff(bits[: best + 1]) < 0).all() and (np.diff(bits[best:]) > 0).all()
    assert bits[-1] > bits[best] + 0.4 and bits[0] > bits[best] + 1.5


def test_on_the_text_learned_from_more_context_is_always_better(lesson):
    """'Always better' would be false."""
    assert (np.diff(lesson.on_learned) < 0).all()


def test_the_quizzed_models_starve_for_the_quizzed_reason(lesson):
    """The right choice of the question after the figure would be false, or one of the wrong ones true."""
    assert lesson.on_held_out[7] > lesson.on_held_out[4]
    counts = lesson.ngram_counts(lesson.learned_from, 8)
    seen = [sum(counts.get(lesson.held_out[t - 7 : t], {}).values()) for t in range(8, 4000)]
    assert np.mean(np.array(seen) == 0) > 0.1
    assert np.mean(np.array(seen) <= 2) > 0.25
    assert statistics.median(sum(following.values()) for following in counts.values()) <= 2


def test_more_smoothing_does_not_feed_the_long_contexts(lesson):
    """The answer to the third choice, 'it moves the lowest point, but the unseen stays unknown', would be false."""
    counts = {n: lesson.ngram_counts(lesson.learned_from, n) for n in (5, 8)}
    for smoothing in (0.001, 0.1, 1.0):
        at_5, at_8 = (lesson.bits(lesson.held_out, counts[n], n, smoothing, last=1500) for n in (5, 8))
        assert at_8 > at_5 + 0.4


def test_detector_peaks_where_the_pattern_was_hidden(lesson):
    """The last figure would point at noise."""
    assert sorted(np.argsort(lesson.scores)[-3:]) == lesson.starts
    assert lesson.K == 7
