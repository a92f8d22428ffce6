"""Characters of Python source: what the tokenizer says about each, on every Python the course runs on."""

import zlib

import numpy as np
import pytest

from unrolled.vanishing_gradients import data_source as data


def marks(text):
    return "".join(".sc"[label] for label in data.labels(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a = 'b'  # c\n", "....sss..ccc."),
        ('"""x\ny"""\n', "sssssssss."),
        ("f'a{b}c' + d\n", "ssssssss....."),
        ("rb'x'\n", "sssss."),
        ("x = 1\n", "......"),
        ("x = 1  # é\n", ".......ccc."),
        ("", ""),
    ],
)
def test_each_character_is_code_string_or_comment(text, expected):
    """The networks would be trained and judged on wrong answers."""
    assert marks(text) == expected


def test_source_that_breaks_off_is_labelled_as_far_as_it_goes():
    """A learner's own snippet would end in a traceback of ours."""
    assert marks("x = 'a'\ny = (") == "....sss......"
    assert len(data.labels("def f(:\n  '")) == 11


def test_a_snippet_carries_the_labels_of_its_whole_module():
    """A docstring cut in the middle would count as code."""
    text, labels = data.snippet("textwrap", "class TextWrapper", 200)
    assert text.startswith("class TextWrapper")
    assert len(text) == len(labels) == 200
    assert labels[-1] == data.STRING
    longer, _ = data.snippet("textwrap", "class TextWrapper", 200, before=50)
    assert longer[50:] == text
    assert len(longer) == 250


@pytest.mark.parametrize("start, length, mark", [("def default", 240, "129529be"), ("def columnize", 640, "b808416f")])
def test_what_the_lessons_show_is_the_same_in_every_python(start, length, mark):
    """What lessons 05 and 06 say about strings and gates would be said about another text."""
    text, _ = data.snippet("cmd", start, length)
    assert f"{zlib.crc32(text.encode()):08x}" == mark


def test_every_module_named_is_there():
    """A lesson would stop at a module that this Python does not have."""
    for module in (*data.TRAINING, *data.HELD_OUT):
        assert data.source(module)
    assert not set(data.TRAINING) & set(data.HELD_OUT)


def test_a_module_without_source_is_an_error_that_says_so():
    """The learner would see an AttributeError of ours."""
    with pytest.raises(FileNotFoundError, match="no source code of its module math"):
        data.source("math")


def test_characters_become_places_and_unknown_ones_share_the_last():
    """Shipped weights would read every character as another."""
    np.testing.assert_array_equal(data.numbers("\n ~é\t"), [0, 1, 95, 96, 96])
    assert data.one_hot(data.numbers("ab")).shape == (2, data.V)
    assert data.V == 97
