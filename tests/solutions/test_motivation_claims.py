"""What lesson 01 says in words is what its cells compute: the solved lesson is run once and asked."""

from functools import cache
from types import FunctionType, SimpleNamespace

import numpy as np
import pytest

import solutions
from grader.authoring.build import solved_notebook
from unrolled.motivation.data import documentation

MEASURED = {}


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


def test_a_plain_network_has_no_weights_for_what_is_longer(lesson):
    """A plain network would do for questions of any length."""
    weights = np.zeros((64, 90 * 30))
    with pytest.raises(ValueError, match="mismatch"):
        weights @ np.zeros(90 * 31)


@pytest.mark.parametrize("length", [0, 1, 10, 1000])
def test_a_bag_has_v_numbers_at_any_length(lesson, length):
    """A bag would not solve the problem of size."""
    assert len(lesson.bag_of_words(["good"] * length, lesson.vocabulary)) == len(lesson.vocabulary)


@pytest.mark.parametrize("seed", range(5))
def test_every_classifier_of_bags_is_right_in_exactly_half(lesson, seed):
    """Order would not be information."""
    assert (lesson.bags[:, 0] == lesson.bags[:, 1]).all()
    weights = np.random.default_rng(seed).normal(size=(len(lesson.vocabulary), 1000))
    calls_it_kind = np.tanh(lesson.bags @ weights) > 0.3
    right = (calls_it_kind == np.array([True, False])[:, None]).mean(axis=(0, 1))
    assert set(right.tolist()) == {0.5}


def test_without_smoothing_new_text_is_impossible(lesson):
    """There would be no need to smooth."""
    share = [np.mean(lesson.guesses(lesson.held_out, lesson.counts_of[n], n, 0.0)[0] == 0) for n in (3, 5, 8)]
    assert (np.diff([0.0, *share]) > 0).all() and share[1] > 0.01


def test_a_1_gram_expects_the_same_whatever_was_typed(lesson):
    """The first answer below the widget would be false."""
    counts = lesson.counts_of[1]
    assert set(counts) == {""}
    assert (
        lesson.autofill(counts, "The", 40, 1, lesson.alphabet, np.random.default_rng(0))[3:]
        == lesson.autofill(counts, "list of", 40, 1, lesson.alphabet, np.random.default_rng(0))[7:]
    )


def test_most_contexts_of_an_8_gram_know_a_single_character(lesson):
    """The second answer below the widget would be false."""
    single = np.mean([len(following) == 1 for following in lesson.counts_of[8].values()])
    assert round(8 * single) == 7


def test_no_idea_among_the_alphabet_costs_six_or_seven_bits(lesson):
    """The scale of bits would be told wrong."""
    assert 6 < np.log2(len(lesson.alphabet)) < 7 and round(len(lesson.alphabet), -1) == 90


def test_held_out_bits_improve_and_then_starve(lesson):
    """The lesson's main figure would tell another story."""
    bits = lesson.on_held_out
    assert abs(bits[3] - bits[4]) < 0.02 and max(bits[3:5]) < min(bits[:3] + bits[5:]) - 0.2
    assert (np.diff(bits[:4]) < 0).all() and (np.diff(bits[4:]) > 0).all()


def test_on_the_text_learned_from_more_context_is_always_better(lesson):
    """'Each n does better' would be false."""
    assert (np.diff(lesson.on_learned) < 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_on_shuffled_letters_the_bits_fall_as_well(lesson, seed):
    """Learning by heart would be mistaken for finding out."""
    text = "".join(np.random.default_rng(seed).permutation(list(lesson.learned_from)))
    bits = [bits_of(lesson, text[:4000], lesson.ngram_counts(text, n), n) for n in (2, 4, 6, 8)]
    assert (np.diff(bits) < 0).all() and bits[-1] < 1


def test_the_quizzed_models_starve_for_the_quizzed_reason(lesson):
    """The right choice of the question after the figure would be false, or one of the wrong ones true."""
    assert lesson.on_held_out[7] > lesson.on_held_out[4]
    occurred = [sum(following.values()) for following in lesson.counts_of[8].values()]
    assert np.mean(np.array(occurred) == 1) == pytest.approx(2 / 3, abs=0.02)
    assert 0.25 < 1 - lesson.seen[8].mean() < 0.3
    assert len(lesson.learned_from) - 4 == 168_071


def test_more_smoothing_does_not_feed_the_long_contexts(lesson):
    """The answer to the third choice, 'it moves the lowest point, but the unseen stays unknown', would be false."""
    for smoothing in (0.001, 0.1, 1.0):
        at_5, at_8 = (bits_of(lesson, lesson.held_out[:1500], lesson.counts_of[n], n, smoothing) for n in (5, 8))
        assert at_8 > at_5 + 0.4


def test_back_off_and_mixing_feed_the_long_contexts(lesson):
    """Back-off would not be worth its name, nor the lesson its conclusion."""
    assert lesson.on_held_out[7] - lesson.backing_off[7] == pytest.approx(1, abs=0.05)
    assert lesson.backing_off[7] - lesson.mixing[7] == pytest.approx(1 / 3, abs=0.05)
    assert lesson.on_held_out[7] == pytest.approx(3.2, abs=0.05)


@pytest.mark.parametrize("tenth", [0, 2, 4, 6, 8])
def test_no_mixture_profits_from_the_longest_contexts(lesson, tenth):
    """A long memory could be had by counting after all, at least for other held-out text."""
    bits = on_another_tenth(lesson, tenth)
    assert bits["backing off", 8] > bits["backing off", 5] + 0.1
    assert bits["mixing", 8] > bits["mixing", 5]
    assert bits["alone", 8] > bits["backing off", 8] > bits["mixing", 8]


@pytest.mark.parametrize("tenth", [0, 2, 4, 6, 8])
def test_what_lies_further_back_helps_a_mixture(lesson, tenth):
    """The first choice of the question would be right."""
    bits = on_another_tenth(lesson, tenth)
    assert bits["mixing", 5] < bits["mixing", 4] - 0.1 < bits["mixing", 3] - 0.2


def bits_of(lesson, text, counts, n, smoothing=0.01):
    return lesson.bits_per_character(lesson.guesses(text, counts, n, smoothing)[0])


@cache
def tenths():
    paragraphs = documentation().split("\n")
    return [
        ["\n".join(paragraphs[tenth::10]), "\n".join(p for i, p in enumerate(paragraphs) if i % 10 != tenth)]
        for tenth in range(10)
    ]


def on_another_tenth(lesson, tenth):
    """Bits per character, by model and n, on a tenth of the documentation that the lesson does learn from."""
    if tenth not in MEASURED:
        MEASURED[tenth] = measured(lesson, tenth)
    return MEASURED[tenth]


def measured(lesson, tenth):
    held_out, learned_from = tenths()[tenth]
    names = vars(lesson) | {"counts_of": {n: lesson.ngram_counts(learned_from, n) for n in lesson.ns}}
    mixed = FunctionType(lesson.mixed.__code__, names)
    names["mixed"], held_out, bits, p = mixed, held_out[:6000], {}, None
    for n in lesson.ns:
        alone, seen = lesson.guesses(held_out, names["counts_of"][n], n)
        p = np.where(seen, alone, p)
        mixture = np.array([mixed(held_out, t, n) for t in range(8, len(held_out))])
        for name, guessed in (("alone", alone), ("backing off", p), ("mixing", mixture)):
            bits[name, n] = lesson.bits_per_character(guessed.astype(float))
    return bits


def test_detector_peaks_where_the_pattern_was_hidden(lesson):
    """The last figure would point at noise."""
    assert sorted(np.argsort(lesson.scores)[-3:]) == lesson.starts
    assert lesson.K == 7


@pytest.mark.parametrize("seed", range(5))
def test_seven_weights_find_the_pattern_at_any_place_and_length(lesson, seed):
    """The detector would know places, or a length."""
    rng = np.random.default_rng(seed)
    for T in (20, 200, 2000):
        start, signal = int(rng.integers(T - lesson.K + 1)), rng.normal(scale=0.2, size=T)
        signal[start : start + lesson.K] += lesson.pattern
        assert np.argmax(lesson.detect_anywhere(signal, lesson.pattern)) == start
