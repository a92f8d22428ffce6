"""What lesson 04 says of its networks, held to experiments on other days than those of its cells."""

import numpy as np
import pytest

from solutions.task_types.reference import decoder_inputs, encode, greedy_decode
from tests.solutions.seeds import FIRST
from unrolled.kit import weights
from unrolled.task_types import data_dates
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
    chosen = np.random.default_rng(seed).permutation(len(data_dates.split_days()[1]))[:400]
    days = [data_dates.split_days()[1][place] for place in chosen]
    targets = data_dates.iso_numbers(days)[:, :10]
    h = context = context_of([data_dates.write_date(day, "hu", "full") for day in days])
    taught = []
    for x in np.eye(len(DECODER["w_0"]))[decoder_inputs(targets, data_dates.BOS).T]:
        taught.append((x @ DECODER["w_x"].T + h @ DECODER["w_h"].T + DECODER["w_0"]).argmax(axis=1))
        h = np.tanh(x @ DECODER["u_x"].T + h @ DECODER["u_h"].T + DECODER["u_0"])
    written = greedy_decode(context, DECODER, data_dates.BOS, data_dates.EOS, 12)
    alone = np.array([(row + [-1] * 10)[:10] for row in written]) == targets
    assert (np.stack(taught, axis=1) == targets).mean() > alone.mean() + 0.01
