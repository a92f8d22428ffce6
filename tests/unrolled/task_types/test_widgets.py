"""Lesson 04's widgets and pictures run whatever the learner's functions do, and say in words what they show."""

import numpy as np
import pytest

from unrolled.kit import weights
from unrolled.task_types import data_dates, data_tunes
from unrolled.task_types.pictures import TASKS, four_tasks, task
from unrolled.task_types.pictures_sequences import film_strip, piano_roll, understanding_picture, verdict_picture
from unrolled.task_types.plots import UNSEEN, languages_right, plot_languages, plot_temperatures
from unrolled.task_types.widgets import ChooseTask, Compose, JudgeReview, TranslateDate, audio


def fixed_many_to_one(xs, mask, params):
    return np.where(np.arange(len(xs)) % 2, 3.0, -3.0)


def fixed_encode(xs, mask, params):
    return np.tanh(np.cumsum(np.ones((len(xs), 192)), axis=0) / 10)


def fixed_decode(context, params, bos, eos, max_length):
    return [[1, 9, 9, 9, 10, 0, 1, 10, 0, 1]] * len(context)


def broken(*args):
    raise RuntimeError("not today")


@pytest.mark.parametrize("kind", list(TASKS))
def test_each_kind_of_task_names_what_goes_in_and_out(kind):
    """Who can't see the picture would not learn the four kinds."""
    picture = task(kind)
    for words in filter(None, TASKS[kind].inputs + TASKS[kind].outputs):
        assert words in picture.alt
    assert TASKS[kind].name.capitalize() in four_tasks().alt


def test_choosing_a_task_changes_the_picture():
    """The first widget of the lesson would be dead."""
    widget = ChooseTask()
    before = widget.shown.value
    widget.kind.value = "one-to-many"
    assert "fed back" in widget.still().alt
    assert widget.shown.value != before


def test_review_is_judged_word_by_word_and_strangers_are_grey():
    """Learners could not see which word turned the verdict, nor which words it doesn't know."""
    widget = JudgeReview(fixed_many_to_one, "the plot was zonky")
    assert "the 5%, plot 95%, was 5%, zonky 95%" in widget.still().alt
    widget.typed.value = ""
    assert widget.still().alt


def test_a_word_nobody_knows_changes_nothing_and_the_words_can_be_seen():
    """One strange word would turn a verdict round; and nobody could know which are strange."""
    seen = []

    def counting(xs, mask, params):
        seen.append((xs, mask))
        return mask.sum(axis=1) / 2

    alt = JudgeReview(counting, "the plot zonky was").still().alt
    shares = [f"{1 / (1 + np.exp(-n / 2)):.0%}" for n in (1, 2, 2, 3)]
    assert all(f"{word} {share}" in alt for word, share in zip(("the", "plot", "zonky", "was"), shares))
    assert "zonky 50%" in JudgeReview(counting, "zonky").still().alt
    assert "gripping" in JudgeReview(counting, "zonky").still().html
    assert all((xs.any(axis=2) == mask).all() for xs, mask in seen)


def test_what_of_a_date_is_not_read_is_said():
    """Half a text would be translated as if it were all; and an empty one as if it were a date."""
    widget = TranslateDate(fixed_encode, fixed_decode, "1 mai 1999 " * 5)
    assert "Only the first 44 characters are read." in widget.shown.value
    widget.typed.value = "  "
    assert "type a date" in widget.shown.value and "1999-01-01" not in widget.shown.value


@pytest.mark.parametrize("kind", list(TASKS))
def test_outputs_read_the_state_before_their_step(kind):
    """The picture would show the textbooks' cell beside exercises that ask for Definition 15.1's."""
    which, drawn = TASKS[kind], task(kind).html
    assert "from the state before it" in task(kind).alt
    assert drawn.count("<circle") == len(which.inputs)  # the state after the last step is nobody's input


def test_date_is_translated_at_every_character():
    """The encoder's state and the decoder's choices could not be watched."""
    widget = TranslateDate(fixed_encode, fixed_decode, "1 mai 1999")
    assert "1999-01-01" in widget.still().alt
    widget.language.value = "ja"
    assert "年" in widget.typed.value
    for text in ("", "x" * 300, "\u0000<b>", "𝔵" * 9):
        widget.typed.value = text
        assert "raises" not in widget.shown.value


def test_melody_grows_sounds_and_marks_strange_notes():
    """Temperature could neither be seen nor heard."""
    widget = Compose(lambda tune, notes, temperature, rng: data_tunes.numbers_of(tune)[:notes])
    assert "40 notes, 0 of them strange" in widget.still().alt
    widget.notes.value = 12
    assert "12 notes" in widget.still().alt
    assert "data:audio/wav;base64," in widget.sound.value


@pytest.mark.parametrize(
    "widget",
    [
        lambda: JudgeReview(broken, "the plot was dull"),
        lambda: TranslateDate(broken, broken, "1 mai 1999"),
        lambda: Compose(broken),
    ],
)
def test_a_function_that_raises_is_reported_in_the_widget(widget):
    """A widget would die silently, its learner wondering why nothing moves."""
    assert "RuntimeError: not today" in widget().shown.value


def test_audio_of_nothing_is_still_playable():
    """A melody of silence would stop the widget."""
    assert audio([]).startswith("<audio")


def test_film_strip_wraps_and_tells_its_captions():
    """Long films would shrink to stamps, and be silent to those who can't see."""
    picture = film_strip(np.zeros((10, 100)), [f"caption {place}" for place in range(10)], [True] * 10)
    assert "10: caption 9" in picture.alt
    assert picture.html.count("<svg") == 1


def test_pictures_of_sequences_describe_themselves():
    """Who can't see them would miss what the network says."""
    assert "not 12%" in verdict_picture(["not"], np.array([-2.0]), [True]).alt
    assert "3 notes" in piano_roll([data_tunes.Note(60, 1.0)] * 3, [False, True, False]).alt
    assert "1999" in understanding_picture("ab", np.zeros((2, 3)), ["", "1999"], [True, False]).alt


def test_languages_are_counted_by_exact_translations():
    """The bars would not mean what their axis says."""
    right = languages_right(lambda texts: ["1999-01-01"] * len(texts), number=3)
    assert set(right) == {*data_dates.LANGUAGES.values(), *UNSEEN.values()}
    assert set(right.values()) == {0.0}
    assert "Catalan 0%" in plot_languages(right).alt


def test_temperatures_are_shown_as_drawn():
    """The figure would not be about the learner's own function."""
    picture = plot_temperatures(lambda logits, t, rng: 1, np.zeros(2), ["a", "b"], (1.0, 2.0), draws=5)
    assert "a 0%, b 100%" in picture.alt


def test_date_letters_are_the_encoders():
    """Learners would feed characters to the wrong inputs."""
    assert len(data_dates.letters()) == weights.load("date_encoder")["u_x"].shape[1]
