"""What lesson 04 says of its networks, held to experiments on other days than those of its cells."""

import re
from itertools import pairwise

import numpy as np
import pytest

from solutions.task_types.reference import (
    decoder_inputs,
    encode,
    greedy_decode,
    many_to_many,
    sample_with_temperature,
)
from tests.solutions.seeds import FIRST
from unrolled.kit import weights
from unrolled.task_types import data_dates, data_glyphs, data_reviews, data_tunes, one_hot_batch
from unrolled.task_types.plots import errors

ENCODER, DECODER, LETTERS = weights.load("date_encoder"), weights.load("date_decoder"), data_dates.letters()


def context_of(texts):
    return encode(*data_dates.as_batch(texts, LETTERS), ENCODER)


def translate(texts):
    written = greedy_decode(context_of(texts), DECODER, data_dates.BOS, data_dates.EOS, 12)
    return [data_dates.iso_text(numbers) for numbers in written]


@pytest.mark.parametrize("seed", range(5))
def test_only_the_full_style_fails_in_hungarian_and_turkish(seed):
    """The lesson would blame the language, or the order of the date, for what the weekday does."""
    for language, least in (("hu", 30), ("tr", 12)):
        full, *others = (errors(translate, language, style, seed=seed) for style in data_dates.STYLES)
        assert full["dates"] >= least and all(wrong["dates"] <= 4 for wrong in others)
        if language == "hu":
            assert full["day"] == max(full[field] for field in ("year", "month", "day"))
    assert all(errors(translate, "ko", style, seed=seed)["dates"] <= 10 for style in data_dates.STYLES)


@pytest.mark.parametrize("seed", range(5))
def test_a_weekday_in_front_does_less_harm_than_one_behind(seed):
    """The lesson's conclusion would rest on one draw of days."""

    def weekday_first(text):
        *date, weekday = text.split(" ")
        return " ".join([weekday + ",", *date]).rstrip(",")

    for language in ("hu", "tr"):
        behind, front = (errors(translate, language, "full", change, seed=seed) for change in (str, weekday_first))
        assert front["dates"] < 0.6 * behind["dates"]


@pytest.mark.parametrize("seed", FIRST)
def test_forced_it_gets_more_symbols_right_than_alone(seed):
    """Exposure bias would be told and not there."""
    held_out = data_dates.split_days()[1]
    days = [held_out[place] for place in np.random.default_rng(seed).permutation(len(held_out))[:400]]
    targets = data_dates.iso_numbers(days)[:, :10]
    h = context = context_of([data_dates.write_date(day, "hu", "full") for day in days])
    taught = []
    for x in np.eye(len(DECODER["w_0"]))[decoder_inputs(targets, data_dates.BOS).T]:
        taught.append((x @ DECODER["w_x"].T + h @ DECODER["w_h"].T + DECODER["w_0"]).argmax(axis=1))
        h = np.tanh(x @ DECODER["u_x"].T + h @ DECODER["u_h"].T + DECODER["u_0"])
    written = greedy_decode(context, DECODER, data_dates.BOS, data_dates.EOS, 12)
    alone = np.array([(row + [-1] * 10)[:10] for row in written]) == targets
    assert (np.stack(taught, axis=1) == targets).mean() > alone.mean() + 0.01


# One cell, and what its networks do


def test_no_review_ended_in_the_middle():
    """The bars of half a review would be opinions, and the lesson says that they aren't."""
    texts = [text for part in data_reviews.split_reviews() for text, _ in part]
    assert all(text.endswith(" .") and text.count(".") == 1 for text in texts)


def test_in_these_tunes_a_c_is_followed_by_many_things():
    """The note alone would tell what comes next, without any state."""
    tunes = [data_tunes.notes_of(data_tunes.numbers_of(tune)[1:]) for tune in data_tunes.TUNES]
    after = {b for tune in tunes for a, b in pairwise(tune) if (a.pitch, a.beats) == (60, 1)}
    assert len(after) >= 5


@pytest.mark.parametrize("seed", range(5))
def test_one_matrix_cleans_an_arrow_and_does_not_move_it(seed):
    """The lesson would give a wrong reason why the first frame stands still."""
    rng, films = np.random.default_rng(seed), []
    for direction in data_glyphs.DIRECTIONS:
        films += [data_glyphs.arrow_film(direction, r, c, 2) for r in range(10) for c in range(10)]
    films = np.array(films)  # (400, 3, 100): what is shown, stands still, has flown
    xs = np.hstack([np.array([data_glyphs.photograph(film[0], rng) for film in films]), np.ones((len(films), 1))])
    wrong = []
    for wanted in (films[:, 1], films[:, 2]):
        said = xs @ np.linalg.lstsq(xs, wanted, rcond=None)[0] > 0.5
        wrong.append(np.mean((said != (wanted > 0.5)).any(axis=1)))
    assert wrong[0] < 0.05 and wrong[1] > 0.9


def test_one_frame_alone_does_not_tell_a_movement():
    """The network would need no memory to write "moves left"."""
    films = data_glyphs.split_films()[1][:40]
    frames = np.concatenate([frames[1:] for frames, _ in films])[:, None]
    said = np.concatenate([captions[1:] for _, captions in films])
    alone = many_to_many(frames, np.ones(frames.shape[:2], bool), weights.load("captions"))[:, 0].argmax(axis=-1)
    assert np.mean(alone == said) < 0.05


@pytest.mark.parametrize("seed", range(5))
def test_without_its_last_digit_a_date_is_mostly_lost(seed):
    """The lesson would tell something else of the widget than it shows."""
    rng, days = np.random.default_rng(seed), data_dates.split_days()[1]
    for language in ("fr", "en", "de"):
        texts = [data_dates.write_date(days[place], language) for place in rng.permutation(len(days))[:40]]
        whole, cut = translate(texts), translate([text[:-1] for text in texts])
        year, day = (np.mean([a[part] == b[part] for a, b in zip(whole, cut)]) for part in (slice(4), slice(8, 10)))
        assert year < 0.15 and day < 0.4


def test_it_answers_what_is_no_date():
    """The lesson would warn of what doesn't happen."""
    for made in translate(["may 45, 2024", "christmas 2024"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", made)


@pytest.mark.parametrize("seed", range(5))
def test_cold_it_plays_the_tune_and_hot_it_is_noise(seed):
    """The lesson would promise another music than the temperature makes."""
    wrong, tune = [], "Ode to Joy"
    for temperature in (0.3, 1.8, 8.0):
        rng, numbers = np.random.default_rng(seed), [data_tunes.start_of(tune)]
        for _ in range(40):
            logits = many_to_many(*one_hot_batch([numbers], data_tunes.SIZE), weights.load("tunes"))[0, -1]
            numbers.append(sample_with_temperature(logits, temperature, rng))
        wrong.append(np.mean(data_tunes.strange_notes(data_tunes.notes_of(numbers[1:]), tune)))
    assert wrong[0] == 0 and wrong[0] <= wrong[1] < 0.4 < wrong[2]
