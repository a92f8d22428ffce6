"""Lesson 04: the shipped networks are good, their training is what it says, and the references agree with others."""

import numpy as np
import pytest

from solutions.task_types import network, quality, reference, train
from unrolled.kit import weights
from unrolled.task_types import data_dates, data_glyphs, data_reviews

RNG = np.random.default_rng(4)
SHAPES = {"u_x": (5, 3), "u_h": (5, 5), "u_0": (5,), "w_x": (4, 3), "w_h": (4, 5), "w_0": (4,)}
PARAMS = {name: RNG.normal(scale=0.7, size=shape) for name, shape in SHAPES.items()}
XS = RNG.normal(size=(2, 6, 3))
MASK = np.arange(6) < np.array([[6], [4]])


# The shipped weights


def test_reviews_are_understood_by_the_network_and_not_by_a_bag_of_words():
    """The lesson would show that order matters on reviews where it doesn't."""
    assert quality.reviews() >= 0.97
    assert quality.bag_of_words(100) < 0.75


def test_captions_tunes_and_arrows_are_what_a_person_would_recognise():
    """Learners with a right forward pass would see wrong captions, hear wrong notes, or see no arrow."""
    assert quality.captions() >= 0.95
    assert quality.tunes() == 1.0
    assert quality.arrows(60) >= 0.95


def test_dates_of_unseen_days_are_translated_in_twenty_languages():
    """Learners with a right encoder and decoder would read wrong dates."""
    assert len(data_dates.LANGUAGES) == 20
    assert quality.dates(1500) >= 0.95
    each = [quality.dates(60, [language]) for language in data_dates.LANGUAGES]
    assert sum(share >= 0.95 for share in each) >= 15
    assert min(each) >= 0.7


def test_date_weights_know_every_letter_of_the_twenty_languages():
    """Another version of Babel's texts would be read with holes, and nobody would know why quality fell."""
    letters = data_dates.letters()
    assert set(data_dates.characters()) <= set(letters)
    assert weights.load("date_encoder")["u_x"].shape[1] == len(letters)


def test_network_without_memory_of_the_first_frame_has_nothing_to_say_of_it():
    """The quiz on the first frame would be about something that isn't so."""
    xs, mask, said = data_glyphs.as_batch(data_glyphs.split_films()[1][:50])
    chosen = reference.many_to_many(xs, mask, weights.load("captions")).argmax(axis=-1)
    assert (chosen[:, 0] == 0).all() and (said[:, 0] == 0).all()
    assert not (said[:, 1:][mask[:, 1:]] == 0).any()


# Claims of the lesson's text


def test_norwegian_is_read_though_never_learned_and_catalan_is_not():
    """The text under the bars would speak of another figure."""
    assert quality.dates(150, ["nb"]) > 0.9
    assert quality.dates(150, ["ca"]) < 0.6


def test_the_two_worst_languages_end_with_the_weekday():
    """The text would draw the wrong lesson from the bars."""
    each = {language: quality.dates(150, [language]) for language in data_dates.LANGUAGES}
    assert set(sorted(each, key=each.get)[:2]) == {"hu", "tr"}


def test_more_padding_leaves_the_masked_loss_alone_and_moves_the_unmasked_one():
    """The experiment with padded films would show nothing."""
    films, params = data_glyphs.split_films()[1][:20], weights.load("captions")
    masked, unmasked = [], []
    for more in (0, 10, 50):
        xs, mask, said = data_glyphs.as_batch(films, more)
        logits = reference.many_to_many(xs, mask, params)
        masked.append(reference.masked_cross_entropy(logits, said, mask)[0])
        unmasked.append(reference.masked_cross_entropy(logits, said, np.ones_like(mask))[0])
    assert np.ptp(masked) < 1e-12
    assert unmasked[0] > 2 * masked[0] and np.diff(unmasked).min() > 0.1


def test_a_logit_of_40_rounds_to_certainty_and_keeps_its_loss():
    """The reason given for working with logits would be false."""
    p = 1 / (1 + np.exp(-40.0))
    assert p == 1.0
    assert reference.binary_cross_entropy(np.array([40.0]), np.array([0]))[0] == pytest.approx(40)


# The references against others


def test_network_of_the_training_is_that_of_the_references():
    """The weights would be trained for another network than the one learners write."""
    hs = network.forward(PARAMS, XS.swapaxes(0, 1), mask=MASK.T)
    logits = network.outputs(PARAMS, XS.swapaxes(0, 1), hs).swapaxes(0, 1)
    expected = reference.many_to_many(XS, MASK, PARAMS)
    np.testing.assert_allclose(np.where(MASK[..., None], logits, 0), expected, atol=1e-12)
    np.testing.assert_allclose(hs[-1], reference.encode(XS, MASK, PARAMS), atol=1e-12)


def test_gradients_of_the_training_are_those_of_finite_differences():
    """The training would still run, and learn less than it could."""
    targets = np.where(MASK.T, RNG.integers(4, size=(6, 2)), -1)
    xs, mask, summary, start = XS.swapaxes(0, 1), MASK.T, RNG.normal(size=(2, 5)), RNG.normal(size=(2, 5))

    def loss(params):
        hs = network.forward(params, xs, params["h_0"], mask)
        value, slopes = network.cross_entropy(network.outputs(params, xs, hs), targets)
        return value + np.sum(hs[-1] * summary), slopes, hs

    params = PARAMS | {"h_0": start}
    _, slopes, hs = loss(params)
    gradients, dh_0 = network.backward(params, xs, hs, mask, slopes.astype(float), summary)
    for name, gradient in (gradients | {"h_0": dh_0}).items():
        for place in list(np.ndindex(gradient.shape))[::3]:
            change = np.zeros_like(params[name])
            change[place] = 1e-5
            ahead, behind = (loss(params | {name: params[name] + sign * change})[0] for sign in (1, -1))
            assert (ahead - behind) / 2e-5 == pytest.approx(gradient[place], abs=2e-6), (name, place)


def test_masked_cross_entropy_has_the_derivative_it_returns():
    """Learners would be held to a wrong gradient."""
    logits, targets = RNG.normal(size=(2, 6, 4)), RNG.integers(4, size=(2, 6))
    _, dlogits = reference.masked_cross_entropy(logits, targets, MASK)
    for place in np.ndindex(logits.shape):
        change = np.zeros_like(logits)
        change[place] = 1e-5
        ahead, behind = (reference.masked_cross_entropy(logits + s * change, targets, MASK)[0] for s in (1, -1))
        assert (ahead - behind) / 2e-5 == pytest.approx(dlogits[place], abs=1e-9)


def test_losses_and_states_agree_with_pytorch():
    """The references would share a mistake with whoever wrote them."""
    torch = pytest.importorskip("torch", reason="PyTorch is an optional oracle")
    logits, targets = RNG.normal(size=(2, 6, 4)), RNG.integers(4, size=(2, 6))
    ignored = torch.tensor(np.where(MASK, targets, -100))
    expected = torch.nn.functional.cross_entropy(torch.tensor(logits).swapaxes(1, 2), ignored)
    assert reference.masked_cross_entropy(logits, targets, MASK)[0] == pytest.approx(expected.item(), abs=1e-9)
    z, label = RNG.normal(size=7), RNG.integers(2, size=7)
    losses = torch.nn.functional.binary_cross_entropy_with_logits(
        torch.tensor(z), torch.tensor(label.astype(float)), reduction="none"
    )
    np.testing.assert_allclose(reference.binary_cross_entropy(z, label), losses.numpy(), atol=1e-9)
    rnn = torch.nn.RNN(3, 5, batch_first=True).double()
    weights_of = {"weight_ih_l0": "u_x", "weight_hh_l0": "u_h", "bias_ih_l0": "u_0"}
    state = {name: torch.tensor(PARAMS[ours]) for name, ours in weights_of.items()}
    rnn.load_state_dict(state | {"bias_hh_l0": torch.zeros(5, dtype=torch.float64)})
    hs = rnn(torch.tensor(XS))[0].detach().numpy()
    context = reference.encode(XS, MASK, PARAMS)
    np.testing.assert_allclose(context, np.stack([hs[0, 5], hs[1, 3]]), atol=1e-9)


def test_any_amount_of_padding_anywhere_changes_nothing():
    """A review would be judged by the batch it is in."""
    garbage = 1e6 * RNG.normal(size=(2, 9, 3))
    mask = np.zeros((2, 9), dtype=bool)
    mask[0, [1, 2, 4, 5, 7, 8]], mask[1, [0, 3, 4, 6]] = True, True
    garbage[mask] = XS[MASK]
    single = PARAMS | {"w_x": PARAMS["w_x"][:1], "w_h": PARAMS["w_h"][:1], "w_0": PARAMS["w_0"][:1]}
    for function, params in ((reference.many_to_one, single), (reference.encode, PARAMS)):
        np.testing.assert_array_equal(function(garbage, mask, params), function(XS, MASK, params))
    spread = reference.many_to_many(garbage, mask, PARAMS)
    np.testing.assert_array_equal(spread[mask], reference.many_to_many(XS, MASK, PARAMS)[MASK])
    assert not spread[~mask].any()


def test_sampling_follows_the_probabilities():
    """The contract on draws would fix a wrong distribution."""
    logits, rng = np.array([1.0, 0.0, -1.0]), np.random.default_rng(0)
    drawn = [reference.sample_with_temperature(logits, 2.0, rng) for _ in range(4000)]
    p = np.exp(logits / 2) / np.exp(logits / 2).sum()
    np.testing.assert_allclose(np.bincount(drawn, minlength=3) / 4000, p, atol=0.03)


# The training


@pytest.mark.parametrize("name", ["reviews", "captions", "tunes", "arrows", "dates"])
def test_training_is_seeded_and_starts_to_learn(name):
    """`make weights` would give other weights each time, or none that work."""
    runs = []
    for _ in range(2):
        losses: list[float] = []
        trained = train.TRAININGS[name][0](losses.append, steps=6, H=8)
        runs.append((losses, trained if isinstance(trained, dict) else train.joined(*trained)))
    (losses, first), (again, second) = runs
    assert losses == again
    assert all(np.array_equal(first[key], second[key]) for key in first)
    assert np.isfinite(losses).all()


def test_adam_goes_downhill():
    """Training would take no end."""
    params = {"x": np.array([3.0, -2.0], np.float32)}
    adam = network.Adam(params, clip=10.0)
    for step in range(300):
        adam.step({"x": 2 * params["x"]}, network.warmed_cosine(step, 300, 0.1, 10))
    assert np.abs(params["x"]).max() < 0.05


def test_vocabulary_fits_the_review_weights():
    """A word added to the grammar would shift all words after it."""
    assert weights.load("reviews")["u_x"].shape[1] == len(data_reviews.vocabulary())
