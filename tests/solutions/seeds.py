"""How often a claim with chance in it is tried."""

import pytest

SEEDS = range(5)
FIRST = (0, *(pytest.param(seed, marks=pytest.mark.full) for seed in SEEDS[1:]))  # where each takes seconds
