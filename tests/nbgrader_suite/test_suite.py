"""Where we differ from nbgrader is written down, and nowhere else do we."""

import re
from pathlib import Path

import pytest

from grader.nbgrader.settings import HEEDED, STANDS_FOR
from grader.sandbox.sandbox import missing_walls
from tests.nbgrader_suite.suite import COMMANDS, FAILED, PASSED, run

PAGE = (Path(__file__).parents[2] / "docs" / "nbgrader.md").read_text(encoding="utf-8")
DIFFERENT = set(re.findall(r"(?m)^\| `(\w+::[^`]+)` \| \S.*\|$", PAGE))
ROWS = {name: (heeded, refused) for name, heeded, refused in re.findall(r"(?m)^\| `(\w+)` \| (.*) \| (.*) \|$", PAGE)}


@pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here")
@pytest.mark.nbgrader
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("command", COMMANDS)
def test_nbgraders_own_tests_pass_but_those_listed(command, tmp_path):
    """An instructor would meet a difference that nobody told them of, or be warned of one that isn't there."""
    outcomes = run(command, tmp_path)
    assert {name for name, outcome in outcomes.items() if outcome == FAILED} == {
        name for name in DIFFERENT if name.startswith(f"{command}::")
    }
    assert sum(outcome == PASSED for outcome in outcomes.values()) >= 2


@pytest.mark.parametrize("kind", STANDS_FOR)
def test_every_setting_is_listed_as_heeded_or_refused(kind):
    """An instructor's setting would be passed over in silence, or the page promise what isn't kept."""
    heeded, refused = ROWS[kind.__name__]
    names = set(kind.class_trait_names(config=True))
    assert set(re.findall(r"`(\w+)`", heeded)) == HEEDED.get(kind, frozenset()) & names
    assert refused == ("–" if names <= HEEDED.get(kind, frozenset()) else "all others" if "`" in heeded else "all")
