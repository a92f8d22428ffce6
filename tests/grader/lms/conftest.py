"""A course with a roster, and what `grader collect` makes of a download."""

import io

import pytest
from rich.console import Console

from grader.lms.collect import Options, collect
from tests.grader.lms.downloads import LESSON, course_of, version


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return course_of(tmp_path_factory.mktemp("collecting"))


@pytest.fixture
def course(template, tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    (course / "gradebook.db").write_bytes((template / "gradebook.db").read_bytes())
    return course


@pytest.fixture
def taken(course):
    """Collects; exit code, what is handed in by learner, and what was said, in one line."""

    def run(*paths, **options):
        console = Console(width=80, file=io.StringIO())
        code = collect(course, LESSON, paths, Options(**options), console)
        said = console.file.getvalue()
        assert max(map(len, said.splitlines())) <= 80, said
        found = course.glob(f"submitted/*/{LESSON}/{LESSON}.ipynb")
        return code, {path.parts[-3]: version(path.read_bytes()) for path in found}, " ".join(said.split())

    return run
