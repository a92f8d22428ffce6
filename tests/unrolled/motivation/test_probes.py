"""What the check adds when a continuation is wrong in a way of its own."""

import numpy as np

from solutions.motivation import reference
from unrolled.motivation.probes import probe_autofill

COUNTS = reference.ngram_counts("abcabd", 3)


def probe(returned, length=2):
    return probe_autofill(
        returned, COUNTS, "ab", length, 3, "dcba", np.random.default_rng(1), reference.next_char_probabilities
    )


def test_impossible_character_is_pointed_at():
    """A context cut in the wrong place would be left for the learner to find."""
    assert "number 2, 'b', follows 'bc'" in probe("abcb")


def test_possible_characters_point_at_the_draws():
    """Someone whose contexts are right would be sent looking at them."""
    assert "and the draws, exactly one" in probe("abca")


def test_a_result_of_another_form_gets_no_comment():
    """The probe would talk about characters where there are none."""
    assert probe(None) == probe("xyz") == probe("ab") == probe(["a", "b"]) == ""
