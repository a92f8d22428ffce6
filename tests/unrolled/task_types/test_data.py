"""Lesson 04's data: seeded, held out without overlap, and saying what their labels say."""

from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from unrolled.kit import weights
from unrolled.kit.tokens import one_hot_batch
from unrolled.task_types import data_dates, data_glyphs, data_reviews, data_tunes


def test_one_hot_batch_pads_with_zeros_and_says_where():
    """Networks would read padding as a symbol, or symbols as padding."""
    xs, mask = one_hot_batch([[2, 0], [1], [-1, 1, 2]], 3)
    assert mask.tolist() == [[True, True, False], [True, False, False], [True, True, True]]
    assert xs.argmax(axis=-1)[0, :2].tolist() == [2, 0]
    assert xs.sum(axis=-1).tolist() == [[1, 1, 0], [1, 0, 0], [0, 1, 1]]


# Reviews


def test_reviews_are_split_without_overlap_balanced_and_seeded():
    """Quality on held-out reviews would be quality on reviews learned by heart."""
    learned, held_out = data_reviews.split_reviews(2000)
    texts = [text for text, _ in learned], [text for text, _ in held_out]
    assert (len(learned), len(held_out)) == (1800, 200)
    assert not set(texts[0]) & set(texts[1])
    assert len(set(texts[0])) == 1800
    assert sum(label for _, label in learned + held_out) == 1000
    assert data_reviews.split_reviews(2000) == (learned, held_out)


def test_some_bag_of_words_is_both_praise_and_blame():
    """No bag of words could be shown to fail: each would belong to one label."""
    labels: dict[frozenset, set] = {}
    for reviews in data_reviews.split_reviews():
        for text, label in reviews:
            labels.setdefault(frozenset(Counter(data_reviews.tokens(text)).items()), set()).add(label)
    assert sum(len(both) == 2 for both in labels.values()) >= 1


def test_every_word_of_the_grammar_is_in_the_vocabulary():
    """Counting words or reading a review would fail on some seed."""
    texts = [text for text, _ in data_reviews.split_reviews(3000)[0]]
    counts = data_reviews.as_counts(texts)
    assert (counts.sum(axis=1) == [len(data_reviews.tokens(text)) for text in texts]).all()
    xs, mask = data_reviews.as_batch(texts[:50])
    assert (xs.sum(axis=-1) == mask).all()


def test_reviews_hold_negation_contrast_and_intensity():
    """The lesson would point at things that aren't in its data."""
    texts = " | ".join(text for text, _ in data_reviews.split_reviews(2000)[0])
    for words in ("was not", "anything but", " at all", " but ", "although ", "a bit ", "utterly "):
        assert words in texts


# Tunes


def test_tunes_are_as_long_as_their_bars():
    """A note or a length would be missing from a tune."""
    beats = {name.split(" (")[0]: sum(note.beats for note in notes) for name, notes in data_tunes.TUNES.items()}
    assert beats == {
        "Ode to Joy": 64, "Ah ! vous dirai-je, maman": 48, "Frère Jacques": 32, "Au clair de la lune": 64,
        "Jingle Bells": 64, "Auld Lang Syne": 64,
    }  # fmt: skip


def test_tunes_as_numbers_come_back_as_the_same_notes():
    """Learners would hear another tune than the network plays."""
    for name, notes in data_tunes.TUNES.items():
        numbers = [data_tunes.start_of(name), *data_tunes.numbers_of(name), 0, 0]
        assert tuple(data_tunes.notes_of(numbers)) == notes
    assert data_tunes.start_of("ode") == len(data_tunes.NOTES)


def test_wrong_and_strange_notes_are_told_apart():
    """The piano roll would show mistakes where there are none."""
    notes = list(data_tunes.TUNES["Frère Jacques (France, 18th century)"])
    assert not any(data_tunes.wrong_notes(notes, "Frère")) and not any(data_tunes.strange_notes(notes, "Frère"))
    moved = notes[4:]
    assert any(data_tunes.wrong_notes(moved, "Frère")) and not any(data_tunes.strange_notes(moved, "Frère"))


def test_sound_lasts_as_long_as_the_notes_and_has_their_pitch():
    """The melody would be heard at another pace or pitch than it is drawn."""
    notes = [data_tunes.Note(69, 2.0), data_tunes.SILENCE]
    sound = data_tunes.synthesise(notes)
    assert len(sound) == round(2 * data_tunes.BEAT * data_tunes.RATE) + round(data_tunes.BEAT * data_tunes.RATE)
    tone = sound[: round(2 * data_tunes.BEAT * data_tunes.RATE)]
    spectrum = np.abs(np.fft.rfft(tone))
    assert spectrum.argmax() * data_tunes.RATE / len(tone) == pytest.approx(440, abs=3)
    assert np.abs(sound).max() <= 1 and not sound[len(tone) :].any()


# Films


def test_films_are_split_without_overlap_and_seeded():
    """Quality on held-out films would be quality on films learned by heart."""
    learned, held_out = data_glyphs.split_films(300)
    seen = {frames.tobytes() for frames, _ in learned}
    assert (len(learned), len(held_out)) == (270, 30)
    assert not any(frames.tobytes() in seen for frames, _ in held_out)
    again = data_glyphs.split_films(300)[1]
    assert all(np.array_equal(a[0], b[0]) and a[1] == b[1] for a, b in zip(held_out, again, strict=True))


def test_captions_say_how_the_shape_moved():
    """The network would be taught, and tested on, nonsense."""
    for seed in range(20):
        frames, captions = data_glyphs.make_film(np.random.default_rng(seed), 12)
        places = [np.argwhere(frame.reshape(10, 10)).min(axis=0) for frame in frames]
        assert captions[0] == 0
        for before, after, caption in zip(places, places[1:], captions[1:], strict=False):
            move = data_glyphs.CAPTIONS[caption].split(maxsplit=2)[2]
            assert tuple(after - before) == data_glyphs.MOVES[move]


def test_films_are_padded_and_captions_kept():
    """Padding would be captioned, or frames lost."""
    films = data_glyphs.split_films(300)[1][:5]
    xs, mask, captions = data_glyphs.as_batch(films, more=3)
    for b, (frames, said) in enumerate(films):
        assert np.array_equal(xs[b, mask[b]], frames) and captions[b, mask[b]].tolist() == said
        assert not xs[b, ~mask[b]].any() and (~mask[b]).sum() >= 3


@pytest.mark.parametrize(("direction", "move"), data_glyphs.DIRECTIONS.items())
def test_arrows_stand_still_once_then_fly_where_they_point(direction, move):
    """The film would show an arrow flying sideways."""
    film = data_glyphs.arrow_film(direction, 3, 8, 6).reshape(7, 10, 10)
    assert np.array_equal(film[0], film[1])
    for before, after in pairwise(film[1:]):
        assert np.array_equal(np.roll(before, move, axis=(0, 1)), after)
    tip = np.argwhere(data_glyphs.arrow_film(direction, 0, 0, 1)[0].reshape(10, 10))
    heaviest = np.median(tip, axis=0)
    middle = (tip.min(axis=0) + tip.max(axis=0)) / 2
    assert np.dot(np.array(move), heaviest - middle) >= 0


# Dates


def test_days_are_split_without_overlap_over_a_century():
    """A held-out day would have been learned in another language."""
    learned, held_out = data_dates.split_days()
    assert not set(learned) & set(held_out)
    assert len(learned) + len(held_out) == 36525
    assert (min(learned + held_out), max(learned + held_out)) == (data_dates.FIRST, data_dates.LAST)
    assert data_dates.split_days()[1] == held_out


def test_dates_read_as_people_write_them():
    """Learners would type dates as they write them, and the network would know another spelling."""
    day = date(1987, 9, 25)
    assert data_dates.write_date(day, "fr", "full") == "vendredi 25 septembre 1987"
    assert data_dates.write_date(day, "ja", "long") == "1987年9月25日"
    assert "\u202f" not in data_dates.write_date(day, "ru", "long")
    assert data_dates.tidy(" 25  MAI\u00a02024 ") == "25 mai 2024"


def test_iso_numbers_and_text_are_inverse():
    """The decoder's symbols would be shown as others."""
    days = [date(2024, 2, 29), date(1950, 1, 1)]
    numbers = data_dates.iso_numbers(days)
    assert [data_dates.iso_text(row) for row in numbers] == ["2024-02-29$", "1950-01-01$"]
    assert (numbers[:, -1] == data_dates.EOS).all() and data_dates.BOS != data_dates.EOS


# Weights


def test_shipped_weights_are_plain_small_and_complete():
    """Learners would download megabytes, or open a file that can run code."""
    assert sum(path.stat().st_size for path in weights.FOLDER.rglob("*.npz")) < 2_000_000
    for name in ("reviews", "captions", "tunes", "arrows", "date_encoder", "date_decoder"):
        params = weights.load(name)
        H = len(params["u_0"])
        assert params["u_h"].shape == (H, H) and params["u_x"].shape[0] == H
        assert all(array.dtype == float and np.isfinite(array).all() for array in params.values())
        assert ("w_x" in params) == (name != "date_encoder")
        assert all(array.dtype.kind in "fiu" for array in weights.read(name).values())


def test_unknown_weights_are_refused_by_name():
    """A typing error would end in a message about a file."""
    with pytest.raises(ValueError, match="reviews"):
        weights.load("revews")
