"""Every command is tried with every option's nonsense: a sentence, never a traceback, and nothing secret in it."""

import click
import pytest
from click.testing import CliRunner

from grader.cli import main
from tests.courses import hand_in, ordinary

URLS = (
    "nonsense", "", "://", "sqlite:////no/such/folder/x.db", "sqlite:///{course}", "postgresql://u:s3cret@localhost:1/x",
    "mysql://u:s3cret@localhost:1/x", "oracle://u:s3cret@localhost:1/x", "nosuchdialect://u:s3cret@localhost/x",
)  # fmt: skip
NONSENSE = {
    "db": URLS,
    "course": ("/dev/null/course", "/dev/null", "x" * 300),
    "json_file": ("/dev/null/x.json", "/", "/dev/full"),
    "out": ("/dev/null/x", "/", "x" * 300),
    "jobs": ("0", "-1", "many", "1e9"),
    "learners": ("0", "-1", "many", "1e9"),
    "isolation": ("all", ""),
    "scheduler": ("nonsense", "tcp://", "tcp://localhost:1", "http://[", "tcp://256.256.256.256:1"),
    "port": ("0", "-1", "many", "99999"),
    "ip": ("nonsense.invalid", "256.1.1.1", "x" * 300),
    "base_url": ("", "desk", "ftp://x", "http://[", "http://x:99999"),
    "lessons": ("no_such_lesson", "../..", "/etc", "\udcff", "*", "x" * 300),
    "lesson": ("no_such_lesson", "../..", "", "x" * 300),
    "file": ("/no/such/file", "/dev/null", "/proc/self/environ", "/etc/passwd", "x" * 300),
    "kind": ("", "lms"),
    "output": ("/dev/null/x.csv", "/", "/no/such/folder/x.csv"),
    "feedback": ("/dev/null/x.zip", "/", "/no/such/folder/x.zip"),
    "receipt": ("nonsense", "", "/no/such/file.zip", "0" * 64, "0" * 7, "\udcff"),
    "files": ("/no/such/file", "/dev/null", "/proc/self/environ", "x" * 300),
    "platform": ("", "lms"),
    "timezone": ("", "Nowhere", "../../etc/passwd", "x" * 300),
    "exercise": ("no_such_exercise", "../..", "", "x" * 300),
    "cluster": ("", "nonsense", "../..", "*", "x" * 300),
    "every": ("0", "-1", "many", "1e9"),
    "name": ("no such name", "../..", "1", "class"),
}
STARTING = {"lab"}  # starts a server with whatever it is given


def tries():
    """Every option and argument of every command, with every nonsense there is for it."""
    for name, command in main.commands.items():
        for parameter in command.params:
            for value in NONSENSE.get(parameter.name, ()):
                if name not in STARTING or parameter.name == "course":
                    yield pytest.param(name, parameter, value, id=f"{name} {parameter.name} {ascii(value)[:30]}")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with one small submission."""
    course = tmp_path_factory.mktemp("nonsense") / "course"
    ordinary(course)
    hand_in(course, "ada", "ps1", {})
    return course


@pytest.mark.parametrize("name, parameter, value", list(tries()))
def test_nonsense_gets_a_sentence(course, name, parameter, value):
    """Who mistypes an address would read fifty lines of Python, with the password in them."""
    value = value.format(course=course)
    words = [value] if isinstance(parameter, click.Argument) else [parameter.opts[0], value]
    takes_course = any(each.name == "course" for each in main.commands[name].params)
    words += ["--course", str(course)] if takes_course and parameter.name != "course" else []
    result = CliRunner().invoke(main, [name, *words])
    said = result.output + result.stderr
    assert isinstance(result.exception, SystemExit | None), repr(result.exception)
    assert "Traceback" not in said and "s3cret" not in said
    if result.exit_code:
        assert said.strip() and len(said) < 2000


@pytest.mark.parametrize(
    "name, option", [("grade", "--json"), ("export", "-o"), ("export", "--feedback"), ("site", "-o")]
)
@pytest.mark.parametrize("path", ["/dev/null/x", "/dev/full"])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(name, option, path):
    """A class would be graded first, and only then hear that its results have nowhere to go."""
    result = CliRunner().invoke(main, [name, *["--to", "csv"] * (name == "export"), option, path])
    assert result.exit_code == 2 and f"{path} can't be written" in result.output


def test_every_option_has_its_nonsense():
    """A new option would never be tried."""
    flags = {
        each.name for command in main.commands.values() for each in command.params if getattr(each, "is_flag", False)
    }
    known = {*NONSENSE, *flags, "options", "help"}
    asked = {each.name for command in main.commands.values() for each in command.params}
    assert asked <= known, sorted(asked - known)
