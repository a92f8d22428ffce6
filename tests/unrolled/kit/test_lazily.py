"""A lesson's package gives what its notebook imports, and nothing by accident."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

LESSONS = [path.stem[3:] for path in sorted((Path(__file__).parents[3] / "lessons").glob("[0-9][0-9]_*.md"))]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_name_a_package_gives_is_there(lesson):
    """A lesson's first cell would stop, or a function be the module that holds it."""
    package = import_module(f"unrolled.{lesson}")
    for name in package.__all__:
        given = getattr(package, name)
        modules = name.startswith("data_") or name == "weights"
        assert isinstance(given, ModuleType) == modules, name


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_name_it_does_not_give_is_an_import_error(lesson):
    """A typing error would be an error of ours."""
    with pytest.raises(ImportError):
        exec(f"from unrolled.{lesson} import no_such_thing")


def test_judging_needs_no_pictures():
    """Every process that grades would spend half a second on Matplotlib."""
    program = "import sys, unrolled.definition.plays; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
