"""The question asked after a gap, and the plots of who still knows."""

from unrolled.definition.gap import gap_strings, latch_answers, ngram_answers, share_right
from unrolled.definition.plots import plot_recall


def test_both_answers_are_asked_for_equally_often():
    """If this failed, always saying the same would beat chance."""
    strings = gap_strings(3, count=10)
    assert set(strings) == {"0000?0", "1000?1"} and strings.count("0000?0") == 5


def test_an_ngram_says_what_followed_most_often():
    """If this failed, the n-gram would lose by being counted wrongly."""
    assert ngram_answers(["1?1", "0?0", "1?1"], n=3) == ["1", "0", "1"]
    assert ngram_answers(["1?1", "0?0", "1?1"], n=2) == ["1", "1", "1"]


def test_the_network_is_asked_at_the_question_mark():
    """If this failed, the network would be asked a step too early or late."""
    heard = []

    def forward(xs, h_0, params):
        heard.append(xs[:, 0].tolist())
        return xs * 0 + [[0.9]], None

    assert latch_answers(["100?1"], {"u_0": [0.0]}, forward) == ["1"]
    assert heard == [[1, 0, 0, 0]]


def test_shares_count_right_answers_and_the_plot_says_them():
    """If this failed, the plot would show somebody else's score."""
    assert share_right(["1", "0", "0"], ["1?1", "0?1", "0?0"]) == 2 / 3
    assert "latch: 1.00, and 0.75 from 5 zeros on" in plot_recall([1, 5], {"latch": [1.0, 0.75]}).alt
