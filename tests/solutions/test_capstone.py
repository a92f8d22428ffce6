"""Lesson 07: its answers against independent ones, its thresholds against what was measured, files against abuse."""

import re
from datetime import date
from functools import lru_cache
from itertools import product

import numpy as np
import pytest

import solutions
from solutions.capstone import reference as right
from solutions.capstone import train
from solutions.gated_cells.reference import lstm_forward
from unrolled.capstone import data_language, data_translation, plays
from unrolled.capstone.pictures_translation import translations
from unrolled.capstone.plots import ladder
from unrolled.capstone.widgets import Writer
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.key import PUBLIC_SEED
from unrolled.task_types.data_dates import write_date


def params_and_gradients(steps, rng):
    shapes = {"a": (3, 4), "b": (5,)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return params, [{name: rng.normal(size=shape) for name, shape in shapes.items()} for _ in range(steps)]


def test_adam_agrees_with_pytorch():
    """Learners would be taught another Adam than everybody's."""
    torch = pytest.importorskip("torch", reason="PyTorch is an optional oracle")
    params, gradients = params_and_gradients(7, np.random.default_rng(1))
    theirs = {name: torch.nn.Parameter(torch.tensor(value)) for name, value in params.items()}
    optimiser = torch.optim.Adam(theirs.values(), lr=0.03, betas=(0.8, 0.95), eps=1e-3)
    state = {}
    for step in gradients:
        params, state = right.adam_step(params, step, state, 0.03, (0.8, 0.95), 1e-3)
        for name, parameter in theirs.items():
            parameter.grad = torch.tensor(step[name])
        optimiser.step()
    for name, parameter in theirs.items():
        np.testing.assert_allclose(params[name], parameter.detach().numpy(), rtol=1e-10)


def test_adam_divides_out_the_size_of_gradients():
    """The question about gradients a thousand times larger would have another answer."""
    params, gradients = params_and_gradients(5, np.random.default_rng(2))
    ends = []
    for scale in (1.0, 1000.0):
        now, state = params, {}
        for step in gradients:
            now, state = right.adam_step(now, {name: scale * g for name, g in step.items()}, state)
        ends.append(now)
    for name in params:
        np.testing.assert_allclose(ends[0][name], ends[1][name], rtol=1e-5)


def test_read_out_agrees_with_finite_differences():
    """The gradients that training starts from would be wrong."""
    rng = np.random.default_rng(3)
    hs, targets = rng.normal(size=(2, 3, 4)), rng.integers(5, size=(2, 3))
    params = {"w_h": rng.normal(size=(5, 4)), "w_0": rng.normal(size=5)}
    _, gradients, dhs = right.read_out(hs, targets, params)
    for array, gradient in [(params["w_h"], gradients["w_h"]), (params["w_0"], gradients["w_0"]), (hs, dhs)]:
        for place in np.ndindex(array.shape):
            kept, losses = array[place], []
            for eps in (1e-5, -1e-5):
                array[place] = kept + eps
                losses.append(right.read_out(hs, targets, params)[0])
            array[place] = kept
            assert gradient[place] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-8)


def test_a_few_steps_of_training_reduce_the_loss_by_a_bit():
    """The training step of the lesson would not train."""
    params, state, losses = train.initial(data_language.V, 24, data_language.V, np.random.default_rng(0)), {}, []
    h = c = np.zeros((16, 24), np.float32)
    for _, (places, _fresh) in zip(range(60), data_language.batches(16, 20), strict=False):
        loss, gradients, h, c = train.language_gradients(params, places, h, c)
        params, state = right.adam_step(params, gradients, state, np.float32(0.02))
        losses.append(loss / np.log(2))
    assert losses[0] == pytest.approx(np.log2(data_language.V), abs=1e-3)
    assert np.mean(losses[-5:]) < losses[0] - 1


def test_the_authors_network_passes_the_ladder_with_something_to_spare():
    """The thresholds would ask for more than five minutes of training give."""
    bits, _ = plays.predictions(train.load("language"), data_language.held_out(), lstm_forward)
    assert bits < min(data_language.rungs().values()) - 0.1


def test_the_ladder_falls_and_ends():
    """The lesson says that n-grams get better up to n = 4, gain nothing with 5, and that some are better together."""
    bits = [data_language.ngram_bits(n) for n in range(1, 7)]
    assert bits[0] > bits[1] > bits[2] > bits[3] == pytest.approx(bits[4], abs=0.02)
    assert bits[5] > bits[4] + 0.2
    rungs = list(data_language.rungs().values())
    assert sorted(rungs, reverse=True) == rungs
    assert rungs[-1] < min(bits) and rungs[0] < bits[2]


def test_the_authors_translator_passes_all_marks():
    """The answer key would take a bad translator for the right one."""
    (exercise,) = (e for e in solutions.exercises("07_capstone") if e.name == "translator_params")
    for marks in examined(exercise.name).expected:
        assert marks["trouble"] == "" and all(value for name, value in marks.items() if name != "trouble")


def test_no_text_is_cut_off_and_no_language_is_two():
    """A date could lose its beginning, or the new language be one of the old."""
    for language in (*data_translation.LANGUAGES, data_translation.NEW_LANGUAGE):
        texts = {write_date(date(2024, m, d), language, data_translation.STYLE) for m in range(1, 13) for d in (9, 27)}
        assert len(texts) == 24
        assert all(len(text) <= data_translation.WIDTH for text in texts)
    assert data_translation.NEW_LANGUAGE not in data_translation.LANGUAGES


@lru_cache
def examined(name):
    return solutions.find(name).examine(PUBLIC_SEED)


def judged(name, answer):
    exercise = solutions.find(name)
    examination = examined(name)
    return diagnose(examination, outcomes_of(examination, answer, exercise.tools), reveal=True)


V = data_language.V
GOOD = {
    "u_x": np.zeros((8, V)),
    "u_h": np.zeros((8, 2)),
    "u_0": np.zeros(8),
    "w_h": np.zeros((V, 2)),
    "w_0": np.zeros(V),
}


@pytest.mark.parametrize(
    "params, said",
    [
        (np.zeros(3), "dict"),
        ("trained_params.npz", "dict"),
        ({}, "missing"),
        (GOOD | {"more": np.zeros(2)}, "not one of"),
        (GOOD | {"w_0": np.full(V, np.nan)}, "not finite"),
        (GOOD | {"w_0": np.full(V, 1e30)}, "larger than"),
        (GOOD | {"w_0": np.zeros(93)}, "w_0 has shape (93,)"),
        (GOOD | {"u_h": np.zeros((8, 3))}, "u_h has shape"),
        (GOOD | {"u_0": np.zeros(4 * 257)}, "H from 1 to 256"),
        (GOOD | {"u_0": np.zeros(7)}, "4H"),
        (GOOD | {"u_0": 3.0}, "4H"),
        (GOOD | {"w_h": [[1, 2], [3]]}, "array of numbers"),
        (GOOD | {"w_0": "wide"}, "array of numbers"),
    ],
)
def test_unusable_parameters_get_no_points_and_a_clear_word(params, said):
    """Malformed, huge or NaN parameters would earn points, bring the grader down, or leave their maker in the dark."""
    verdict = judged("trained_params", params)
    assert verdict.score == 0
    assert said in verdict.message


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"encoder w_0": np.zeros(3)}, "'encoder w_0' is not one of encoder u_x"),
        ({"decoder u_h": np.full((256, 64), np.inf)}, "decoder u_h holds numbers"),
    ],
)
def test_unusable_translators_say_which_network_is_meant(changed, said):
    """Both networks have a u_h: their maker would look in the wrong one."""
    assert said in judged("translator_params", train.load("translator") | changed).message


@pytest.mark.parametrize("odd, said", [(np.array([None]), "array of object"), (np.array(["a"]), "array of <U")])
def test_what_cannot_be_parameters_is_named(odd, said):
    """ "It is an array of object": what is? They handed in a dict."""
    assert f"Its 'u_x' is an {said}" in judged("trained_params", GOOD | {"u_x": odd}).message


@pytest.mark.parametrize(
    "factor, name", [(0.53, "below-four"), pytest.param(0.6, "below-mixture", marks=pytest.mark.full)]
)
def test_what_is_said_of_a_score_agrees_with_its_parts(factor, name):
    """Whoever beats the 4-gram would read that they don't."""
    params = train.load("language")
    verdict = judged("trained_params", params | {n: factor * params[n] for n in ("w_h", "w_0")})
    assert verdict.misconceptions == (name,)
    assert verdict.parts[1].passed == (name == "below-mixture") and not verdict.parts[2].passed


def forgetful(part, less):
    params = train.load("translator")
    u_0, H = params[f"{part} u_0"].copy(), len(params[f"{part} u_0"]) // 4
    u_0[H : 2 * H] -= less
    return params | {f"{part} u_0": u_0}


@pytest.mark.parametrize("part, less, piece", [("decoder", 2, "year"), ("decoder", 6, "year"), ("encoder", 1.7, "day")])
def test_a_poor_translator_hears_what_it_gets_wrong(part, less, piece):
    """ "You have False, right is True" would be all that is said about a minute of training."""
    assert f"the {piece} goes wrong" in judged("translator_params", forgetful(part, less)).message


def test_a_translator_is_shown_at_work():
    """Nobody would see what they have trained."""
    good = translations(train.load("translator"), lstm_forward)
    assert good.html.count("✓") == 10 and "100.0% of 400 dates are right" in good.alt
    poor = translations(forgetful("decoder", 6), lstm_forward)
    assert re.search(r"✗ \d{4}-\d\d-\d\d", poor.html)


def test_dates_written_backwards_need_sixteen_steps_and_forwards_twenty_two():
    """The lesson says so."""
    spans = {"back": 0, "forth": 0}
    for language, month, day in product(
        (*data_translation.LANGUAGES, data_translation.NEW_LANGUAGE), range(1, 13), (3, 27)
    ):
        text = write_date(date(2039, month, day), language, data_translation.STYLE).rjust(data_translation.WIDTH)
        read = [re.search(piece, text).start() for piece in (r"2039", r"[^\W\d_]+", r"\d+")]
        for way, ends in (("back", (10, 5, 2)), ("forth", (4, 7, 10))):
            spans[way] = max(spans[way], *(len(text) - 1 - start + end for start, end in zip(read, ends)))
    assert spans == {"back": 16, "forth": 22}


def test_a_mean_loss_with_summed_gradients_is_not_called_a_sum():
    """The first cause offered would be one that the ✓ before the loss contradicts."""
    (known,) = (m for m in solutions.find("read_out").misconceptions if m.name == "gradients-not-averaged")
    verdict = judged("read_out", known.answer)
    assert verdict.parts[0].passed and verdict.misconceptions == ("gradients-not-averaged",)


def test_one_maximum_for_all_steps_is_recognised_in_any_form():
    """The verdict would be "holds -inf", and no more."""

    def one_maximum(hs, targets, params):
        logits = hs @ params["w_h"].T + params["w_0"]
        exps = np.exp(logits - logits.max())
        p, target = exps / exps.sum(axis=-1, keepdims=True), np.eye(len(params["w_0"]))[targets]
        dlogits = (p - target) / targets.size
        gradients = {"w_h": np.einsum("btv,bth->vh", dlogits, hs), "w_0": dlogits.sum(axis=(0, 1))}
        return -np.log((p * target).sum(axis=-1)).mean(), gradients, dlogits @ params["w_h"]

    assert "a maximum of its own" in judged("read_out", one_maximum).message


def test_a_draw_from_another_generator_is_recognised():
    """Nobody's other draws can be foreseen, so the verdict would only say that the text is another."""

    def global_draw(params, prompt, length, temperature, rng):
        return right.generate(params, prompt, length, temperature, np.random.default_rng(99))

    assert "one from the `rng` passed in" in judged("generate", global_draw).message


def test_text_too_short_for_a_batch_is_refused():
    """Asking for too many places would run for ever."""
    with pytest.raises(ValueError, match="too few"):
        next(data_language.batches(B=2, T=10**7))


def test_an_unknown_character_is_no_fault_of_the_network():
    """Whoever types ß would be told that their network raises an error."""
    writer = Writer(right.generate, train.load("language"), length=3)
    writer.typed.value = "Größe"
    assert "isn&#x27;t among the 96 characters" in writer.shown.value and "raises" not in writer.shown.value


def test_the_ladder_has_a_place_for_the_learners_network():
    """The score would never be told."""
    assert ladder(yours=1.234).alt.endswith("yours 1.23.") and "yours" not in ladder().alt


def test_an_unset_variable_is_unsolved_and_nothing_worse():
    """Whoever hasn't trained yet would be told off."""
    assert judged("trained_params", ...).status == "unsolved"
