"""What lesson 07 says, held to experiments; and that its points can't be had without training."""

import re
from pathlib import Path

import numpy as np
import pytest

import solutions
from grader.authoring.build import solved_notebook
from solutions.capstone import train
from solutions.capstone.reference import adam_step, read_out
from solutions.gated_cells.reference import lstm_backward, lstm_forward
from solutions.vanishing_gradients.reference import clip_by_global_norm
from tests.solutions import reservoir
from tests.solutions.seeds import FIRST
from unrolled.capstone import data_language, data_translation, memory, plays
from unrolled.motivation.data import documentation

ROOT = Path(__file__).parents[2]
LANGUAGE = train.load("language")


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.full) for seed in range(4, 20))])
def test_the_grades_score_is_near_the_notebooks(seed):
    """A network that passes a rung in the notebook would miss it in the grade, by luck alone."""
    own, rungs = plays.predictions(LANGUAGE, data_language.held_out(), lstm_forward)[0], data_language.rungs()
    places = data_language.held_out(seed)
    graded = plays.predictions(LANGUAGE, places, lstm_forward)[0]
    assert graded == pytest.approx(own, abs=0.02)
    assert data_language.rungs(places) == pytest.approx(rungs, abs=0.02)
    assert plays.predictions(LANGUAGE, data_language.learned_from(seed), lstm_forward)[0] < graded - 0.15
    assert plays.play_language(LANGUAGE, seed, lstm_forward)["trouble"] == ""


@pytest.mark.parametrize("seed", FIRST)
def test_a_random_cell_fitted_to_the_held_out_text_earns_nothing(seed):
    """Ten points could be had in a minute, without training."""
    fitted = reservoir.language(1.5, seed, everything=False)
    held_out, learned = reservoir.bits(fitted)
    assert learned > held_out + plays.FITTED
    assert points("trained_params", fitted) == 0


@pytest.mark.parametrize("seed", FIRST[:2])
def test_a_random_cell_fitted_to_all_the_text_earns_nothing(seed):
    """The pool of text would be small enough to be known by heart without training the cell."""
    fitted = reservoir.language(4, seed)
    held_out, learned = reservoir.bits(fitted)
    assert held_out == pytest.approx(learned, abs=0.15)
    assert held_out > max(data_language.rungs().values()) + 0.2
    assert points("trained_params", fitted) == 0


@pytest.mark.parametrize("seed", FIRST[:2])
def test_random_cells_fitted_to_held_out_days_earn_nothing(seed):
    """Five points could be had without training, by a table of dates."""
    assert points("translator_params", reservoir.translator(3, seed, most=400)) == 0


def points(name, params):
    exercise = solutions.find(name)
    outputs = exercise.outputs(params, exercise.inputs(np.random.default_rng(5)))
    cases = list(exercise.inputs(np.random.default_rng(5)))
    return sum(
        part.points
        for part in exercise.parts
        if all(out[part.pick] for out, case in zip(outputs, cases) if part.label in (None, case.label))
    )


def test_mixed_n_grams_are_as_good_as_the_authors_network():
    """The lesson says so: counting isn't beaten by five minutes of training."""
    bits = [data_language.mixed_bits(longest) for longest in range(1, 9)]
    assert min(bits) == bits[data_language.LONGEST - 1]
    own = plays.predictions(LANGUAGE, data_language.held_out(), lstm_forward)[0]
    assert own - 0.1 < bits[data_language.LONGEST - 1] < own


@pytest.mark.parametrize("seed", range(5))
def test_the_opening_mark_matters_near_and_not_far(seed):
    """The lesson's last conclusion would be refuted by one more cell, as its predecessor was."""
    told = memory.quotes(LANGUAGE, lstm_forward, seed)
    (near, near_gone), _, *far = told.values()
    assert near == pytest.approx(0.6, abs=0.06) and near_gone == pytest.approx(0.1, abs=0.05)
    assert all(kept > 0.5 and 0 <= kept - gone < 0.05 for kept, gone in far)


@pytest.mark.parametrize("seed", range(5))
def test_what_was_read_is_gone_after_some_twenty_characters(seed):
    """The lesson would say of this network's memory that it ends where it doesn't."""
    differing = memory.changes(LANGUAGE, lstm_forward, seed)
    assert differing[8 - 1] == pytest.approx(0.2, abs=0.06)
    assert 0.001 < differing[16 - 1] < 0.01 and differing[32 - 1] < 1e-4


@pytest.mark.parametrize("seed", range(5))
def test_the_last_twelve_characters_are_nearly_all_it_uses(seed):
    """There would be something to gain from remembering more, and the lesson denies it."""
    pieces = data_language.held_out(seed)[:, :376].reshape(-1, 47)[:320]
    bits = [
        -np.log2(
            memory.guesses(LANGUAGE, pieces[:, -1 - back : -1], lstm_forward)[range(320), -1, pieces[:, -1]]
        ).mean()
        for back in (46, 12)
    ]
    assert -0.01 < bits[1] - bits[0] < 0.035


def test_the_numbers_of_the_lesson():
    """A number in its prose would be another one than what a cell prints."""
    text = (ROOT / "lessons" / "07_capstone.md").read_text(encoding="utf-8")
    own = plays.predictions(LANGUAGE, data_language.held_out(), lstm_forward)[0]
    bits = [own, *list(data_language.rungs().values())[1:], data_language.mixed_bits()]
    said = "needs {:.2f} bits, where the 4-gram needs {:.2f}, the 3+4+5-gram {:.2f} and all six, mixed, {:.2f}"
    strings = sum(len(data_language._counted(n, False)[0]) for n in range(1, data_language.LONGEST + 1))
    assert said.format(*bits) in text
    assert (
        f"It has {sum(w.size for w in LANGUAGE.values()):,} numbers" in text
        and f"counts of {strings:,} strings" in text
    )
    assert round(len(documentation()) / documentation().count('"')) == 64
    assert f"log₂ {data_language.V} = {np.log2(data_language.V):.1f} bits" in text
    kept = len(data_language.held_out_places()) / len(documentation())
    assert kept == pytest.approx(0.1, abs=0.02)


def test_points_counts_what_the_authors_networks_earn():
    """The tests above would find 0 everywhere."""
    assert points("trained_params", LANGUAGE) == 10 and points("translator_params", train.load("translator")) == 5


# What it takes to train it


def test_a_rare_letters_weights_have_tiny_gradients():
    """Adam would answer a question that nobody has."""
    places, _ = next(data_language.batches(B=32, T=64))
    params = train.initial(data_language.V, 32, data_language.V, np.random.default_rng(0))
    params |= {"w_h": np.random.default_rng(1).normal(size=params["w_h"].shape).astype(np.float32)}
    zeros = np.zeros((32, 32), np.float32)
    _, gradients, *_ = train.language_gradients(params, places, zeros, zeros)
    counts = np.bincount(places[:, :-1].ravel(), minlength=data_language.V)
    rare = np.abs(gradients["u_x"][:, (counts > 0) & (counts <= 3)]).mean()
    assert 50 * rare < np.abs(gradients["u_0"]).mean()


@pytest.mark.parametrize("seed", range(5))
def test_adams_steps_follow_the_sign_and_not_the_size(seed):
    """The lesson's account of Adam's two averages would be wrong."""
    rng = np.random.default_rng(seed)

    def steps(gradients):
        params, state, places = {"a": np.zeros(1)}, {}, [0.0]
        for g in gradients:
            params, state = adam_step(params, {"a": np.array([g])}, state, 0.1)
            places.append(params["a"][0])
        return np.diff(places)

    for size in (1e-3, 1.0, 1e3):
        same, to_and_fro = size * rng.uniform(0.9, 1.1, 60), size * rng.choice([-1, 1], 60)
        assert np.abs(steps(same)) == pytest.approx(0.1, rel=0.1)
        assert np.abs(steps(to_and_fro)[20:]).mean() < 0.05
    weights = 0.1 * 0.9 ** np.arange(7)
    assert weights.sum() == pytest.approx(1 - 0.9**7)


def test_plain_descent_must_take_steps_small_enough_for_the_steep_side():
    """The valley would be no argument for Adam."""
    for lr, grows in ((0.0009, False), (0.0011, True)):
        b = 5.0
        for _ in range(200):
            b -= lr * 2000 * b
        assert (abs(b) > 5) == grows


def test_single_precision_is_enough():
    """Learners would be told to give up digits that count."""
    both = [{name: w.astype(kind) for name, w in LANGUAGE.items()} for kind in (np.float32, np.float64)]
    single, double = (plays.predictions(params, data_language.held_out()[:20], lstm_forward)[0] for params in both)
    assert single == pytest.approx(double, abs=1e-4)


def test_how_the_translator_begins():
    """The recipe would give reasons that don't hold."""
    keeps = 1 / (1 + np.exp(-4.0))
    assert f"{keeps:.0%}" == "98%"
    assert keeps**16 > 0.7
    params = train.initial(len(data_translation.LETTERS), 64, 0, np.random.default_rng(0))
    heard = np.abs(params["u_x"][:, 0]).max()
    assert heard <= 1 / 8 and heard * 8 > 0.9


def test_the_lessons_cells_hand_the_learners_lstm_its_own_three_parameters():
    """A right `lstm_backward` of lesson 06 would end the training in an error, because it goes through what it gets."""

    def forward(xs, h, c, params):
        u_x, u_h, u_0 = params.values()
        return lstm_forward(xs, h, c, {"u_x": u_x, "u_h": u_h, "u_0": u_0})

    def backward(xs, cache, params, dhs):
        gradients, found = {name: np.zeros_like(w) for name, w in params.items()}, lstm_backward(xs, cache, params, dhs)
        for name in gradients:
            gradients[name] += found[name]
        return found | gradients

    names = vars(data_language) | {"read_out": read_out, "clip_by_global_norm": clip_by_global_norm}
    names |= {"lstm_forward": forward, "lstm_backward": backward, "adam_step": adam_step}
    names |= {"ready": lambda *_: False, "trained_params": None}
    for cell in solved_notebook("07_capstone", solutions.exercises("07_capstone")).cells:
        if re.search("^def (train_step|influence|probability_of_last)", cell.source, re.MULTILINE):
            exec(cell.source, names)
    params = train.initial(data_language.V, 4, data_language.V, np.random.default_rng(0))
    params["w_h"] += np.eye(data_language.V, 4)
    text, h = "it is so", np.zeros((1, 4), np.float32)
    trained, *_ = names["train_step"](params, {}, data_language.numbers(text)[None], h, h, 0.01)
    assert all((trained[name] != params[name]).any() for name in ("w_0", "u_x"))
    assert names["influence"](text, trained).shape == (len(text) - 1,)
    assert 0 < names["probability_of_last"](text, trained) < 1
