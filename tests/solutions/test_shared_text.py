"""The text of the documentation that everyone reads, whatever their Python."""

import hashlib

import pytest

from solutions.motivation import shared_text
from unrolled.motivation import data

FIRST = [["Once more.", "It stays the same."], ["This one is to be changed soon.", "Then another."], ["Once more."]]
SECOND = [["Once more.", "It stays the same.", "And more."], ["This one was changed.", "Then another."]]


def test_every_python_reads_the_same_text():
    """A network would be trained on one text and graded on another: held-out text of one Python may be another's
    training text."""
    assert hashlib.sha256(data.documentation().encode()).hexdigest() == (
        "de53ad498214589f507b7c6b596ecb5b8bb5358121e77cebf17f76c4cb20fc5f"
    )


def test_sentences_that_all_versions_have_are_kept_once():
    """Held-out text would repeat what was learned from, or hold what only one version says."""
    assert list(shared_text.shared([FIRST, SECOND])) == [["Once more.", "It stays the same."]]


def test_a_sentence_that_is_missing_moves_nothing_to_the_other_side(monkeypatch, tmp_path):
    """With the documentation of a Python yet to come, training text would become held-out text."""
    learned, held_out = data.split_documentation()
    lines = data.LIST.read_text().splitlines()
    short = tmp_path / "short.txt"
    short.write_text("\n".join(["00000000", *lines[1:]]))
    monkeypatch.setattr(data, "LIST", short)
    data._listed.cache_clear()
    data.split_documentation.cache_clear()
    try:
        assert data.split_documentation() == (learned.partition("\n")[2], held_out)
    finally:
        data._listed.cache_clear()
        data.split_documentation.cache_clear()


def test_two_sentences_of_one_fingerprint_are_no_list(monkeypatch):
    """One sentence would stand where another belongs."""
    monkeypatch.setattr(data, "fingerprint", lambda sentence: "0" * 8)
    with pytest.raises(ValueError, match="more digits"):
        shared_text.write(FIRST)
