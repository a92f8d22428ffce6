"""The pictures and figures of lessons 00 and 01 say in words what they show."""

import re

import numpy as np
import pytest

from unrolled.motivation import pictures, plots
from unrolled.start_here.pictures import check_and_grade

PICTURES = {
    "check_and_grade": check_and_grade(),
    "ragged_and_padded": pictures.ragged_and_padded(),
    "ngram_window": pictures.ngram_window(),
    "sliding_weights": pictures.sliding_weights(),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture_has_alternative_text_and_stays_inside_its_frame(name):
    """Someone would not see it, or not all of it."""
    svg = PICTURES[name].html
    assert 'role="img"' in svg and re.search(r'aria-label="[^"]{40,}"', svg)
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    for x, y, w, h in re.findall(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg):
        assert float(x) >= 0 and float(x) + float(w) <= width
        assert float(y) >= 0 and float(y) + float(h) <= height


def test_mask_in_the_picture_is_true_once_for_each_number():
    """The picture would teach another mask than the exercise asks for."""
    lengths = (3, 5, 2)
    svg = pictures.ragged_and_padded(lengths).html
    assert svg.count(">T<") == sum(lengths)
    assert svg.count(">F<") == svg.count(">0<") == 3 * 5 - sum(lengths)


def test_figures_say_what_they_show():
    """Numbers in the alternative text would not be those of the figure."""
    cost = plots.cost_of_length([10, 20], [1_000_000, 2_500_000], [0.25, 0.75])
    assert "2.5 million" in cost.alt and "75%" in cost.alt
    quality = plots.quality_against_n(range(1, 4), {"learned": [3, 2, 1], "held out": [3, 2.5, 2.75]})
    assert "held out 3.00 at n = 1, 2.50 at n = 2, 2.75 at n = 3" in quality.alt
    found = plots.pattern_found(np.zeros(9), np.zeros(7), [1, 4], 3)
    assert "t = 1, 4" in found.alt
