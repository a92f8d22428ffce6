"""The instructors' and authors' command: `grader {new,build,verify,site,grade,demo,report,name,doctor}`.

Exit codes: 0 all is well, 1 something is not as it should be and was named, 2 the arguments can't be used,
130 it was interrupted.
"""

from __future__ import annotations

import atexit
import errno
import gc
import signal
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

import grader.quick_start  # noqa: F401
from grader.errors import CourseError, GraderError

EXPORTS = ("canvas", "moodle", "gradescope", "brightspace")
PLATFORMS = ("canvas", "moodle", "gradescope", "blackboard", "brightspace", "classroom", "folder")
_lessons = click.argument("lessons", nargs=-1)
_course = click.option(
    "--course",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("course"),
    show_default=True,
    help="nbgrader's course folder.",
)
_isolation = click.option(
    "--isolation",
    type=click.Choice(["strict", "none"]),
    help="`none` runs learners' code without walls, for machines that have none: it can then do all you can.  "
    "[default: as in nbgrader_config.py, else strict]",
)


def _writable(*given: Any) -> Path | None:
    from unrolled.desk.outputs import writable

    return writable(*given)


_output = partial(click.option, type=click.Path(path_type=Path, dir_okay=False), callback=_writable)
_db = click.option(
    "--db", metavar="URL", help="The gradebook, as an SQLAlchemy URL.  [default: gradebook.db in the course]"
)


class Commands(click.Group):
    """Turns what the grader raises on purpose into a line on stderr and an exit code."""

    def invoke(self, context: click.Context) -> None:
        try:
            sys.exit(super().invoke(context) or 0)
        except GraderError as error:
            click.echo(f"grader: {error}", err=True)
            sys.exit(2 if isinstance(error, CourseError) and error.unusable else 1)
        except KeyboardInterrupt:
            click.echo("\ngrader: stopped. What was done is kept: the next run goes on from there", err=True)
            sys.exit(128 + signal.SIGINT)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            click.echo(f"grader: {error}. What was done is kept: the next run goes on from there", err=True)
            sys.exit(1)
        except Exception as error:
            from traitlets import TraitError

            if not isinstance(error, TraitError):
                raise
            click.echo(f"grader: nbgrader_config.py: {error} Mend this setting", err=True)
            sys.exit(2)


@click.group(cls=Commands)
def main() -> None:
    """Build, verify, grade and report on the course."""
    gc.set_threshold(100_000)  # by default, looking for garbage takes a quarter of the time of the imports,
    atexit.register(gc.freeze)  # and as long again at the end


@main.command()
@_lessons
@_course
@_output("--json", "json_file", help="Write the results here.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one per core]")
@_isolation
@click.option("--scheduler", metavar="URL", help="Grade on this Dask cluster.")
@_db
@click.option("--enrol", is_flag=True, help="Enrol whoever handed in, even where there is a roster.")
@click.option("--force", is_flag=True, help="Grade all anew, also what has not changed.")
def grade(
    lessons: tuple[str, ...],
    course: Path,
    json_file: Path | None,
    jobs: int | None,
    isolation: str | None,
    scheduler: str | None,
    db: str | None,
    enrol: bool,
    force: bool,
) -> int:
    """Grade what was handed in under submitted/<learner>/<lesson>/.

    Writes autograded notebooks, the gradebook and feedback pages; shows a table. All lessons, if none is named.
    """
    from grader.marking.executing import Local, cores

    jobs = jobs or cores()
    handed_in = sum(1 for name in lessons or ["*"] for _ in course.glob(f"submitted/*/{name}"))
    early = Local(min(jobs, handed_in), isolation or "strict") if handed_in and not scheduler else nullcontext()
    with early as executor:  # its processes start while this one still imports
        from grader.marking.run import Options
        from grader.marking.run import grade as run

        return run(course, lessons, json_file, Options(jobs, isolation, scheduler, db, executor, enrol, force))


@main.command()
@_course
@click.option("--once", is_flag=True, help="End when there is nothing left to grade: for cron.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one per core]")
@_isolation
def watch(course: Path, once: bool, jobs: int | None, isolation: str | None) -> int:
    """Grade what is handed in as it comes, into folders or nbgrader's exchange, and give feedback back at once."""
    from grader.marking.executing import cores
    from grader.marking.run import Options
    from grader.marking.watch import watch as run

    return run(course, once, Options(jobs or cores(), isolation))


@main.command()
@_course
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--ip", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--base-url", metavar="URL", help="The address learners use, if a proxy stands in front.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one per core]")
@_isolation
def serve(course: Path, port: int, ip: str, base_url: str | None, jobs: int | None, isolation: str | None) -> int:
    """Open a desk where learners hand in with a browser or `unrolled submit`, see their marks and read feedback.

    Grades what comes in, as `grader watch` does. `grader invite` makes the links that learners sign in with.
    """
    from grader.serving.server import serve as run

    options = [*(["--jobs", str(jobs)] if jobs else []), *(["--isolation", isolation] if isolation else [])]
    return run(course, port, ip, base_url, options)


@main.command()
@click.argument("learners", nargs=-1)
@_course
@click.option(
    "--base-url", metavar="URL", default="http://127.0.0.1:8000/", show_default=True, help="The desk's address."
)
@click.option("--revoke", is_flag=True, help="Make new links; the old ones, and who came by them, no longer count.")
def invite(learners: tuple[str, ...], course: Path, base_url: str, revoke: bool) -> None:
    """Print everybody's personal link to the desk, or that of LEARNERS, as CSV: id, link."""
    from grader.serving.server import invitations

    if revoke and not learners:
        raise CourseError.of_arguments("--revoke takes the links of those named: grader invite --revoke ada")
    click.echo(invitations(course, learners, base_url, revoke), nl=False)


@main.command()
@_lessons
@_course
@click.option("--check", is_flag=True, help="Change nothing; say what is stale, and exit with 1 if anything is.")
def build(lessons: tuple[str, ...], course: Path, check: bool) -> int:
    """Build the learners' notebooks from lessons/ and solutions/."""
    from grader.authoring.build import build as run

    return run(lessons, course, check)


@main.command()
@_lessons
@click.option("--full", is_flag=True, help="Also try hundreds of right and wrong answers made by program.")
@click.option(
    "--every", metavar="N", type=click.IntRange(1), default=1, show_default=True,
    help="With --full, try only every Nth of them: for a quick sample.",
)  # fmt: skip
def verify(lessons: tuple[str, ...], full: bool, every: int) -> int:
    """Prove the course consistent: right answers pass, each known mistake is named, nothing is stale."""
    from grader.authoring.verify import verify as run

    code = run(lessons)
    if full:
        from grader.authoring.causes import tell
        from grader.authoring.prove import prove

        code = code if prove(lessons, every).sound else 1
        code = 1 if tell(lessons, every).false else code
    return code


@main.group()
def new() -> None:
    """Write the stubs of a lesson or an exercise; `grader verify` says what is still missing."""


@new.command("lesson")
@click.argument("name")
def new_lesson(name: str) -> None:
    """NAME with its number, such as 08_attention."""
    from grader.authoring.new import new_lesson as run

    _say_what_to_fill_in(run(name))


@new.command("exercise")
@click.argument("name")
@click.option("--lesson", required=True, help="Such as 02_definition.")
def new_exercise(name: str, lesson: str) -> None:
    """NAME is that of the function its learners write."""
    from grader.authoring.new import new_exercise as run

    _say_what_to_fill_in(run(name, lesson))


def _say_what_to_fill_in(paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(path)
    click.echo("Fill in what says TODO; what is still missing, says: make build verify")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--lesson", required=True, help="Such as 02_definition.")
@_course
@click.option("--enrol", is_flag=True, help="Enrol whoever handed in and is not on the roster.")
@click.option("--from", "platform", type=click.Choice(PLATFORMS), help="Whose names these are.  [default: found out]")
@click.option("--timezone", default="UTC", show_default=True, help="Where the platform's clock is: Europe/Berlin.")
@_db
def collect(
    files: tuple[Path, ...],
    lesson: str,
    course: Path,
    enrol: bool,
    platform: str | None,
    timezone: str,
    db: str | None,
) -> int:
    """Take in FILES as Canvas, Moodle, Gradescope, Blackboard, Brightspace or Google Classroom give them out.

    Zip files, folders, or files by themselves; also those that `unrolled submit` writes, and folders called by
    learners. Says what was taken, what not, and why.
    """
    from grader.lms.collect import Options
    from grader.lms.collect import collect as run

    return run(course, lesson, files, Options(platform, enrol, _zone(timezone), db))


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_course
@_db
def roster(file: Path, course: Path, db: str | None) -> int:
    """Read the class's list, as the learning platform exports it, into the gradebook.

    CSV as Canvas, Moodle, Gradescope, Blackboard, Brightspace, Google Classroom and nbgrader write it. Nobody is
    removed.
    """
    from rich.console import Console

    from grader.lms.rosters import take_roster as run

    return run(course, file, db, Console())


@main.command()
@_lessons
@click.option("--to", "kind", required=True, type=click.Choice(["csv", *EXPORTS]), help="Who is to take them in.")
@_course
@_output("-o", "--output", help="The file to write.")
@_output("--feedback", help="A zip file for the feedback pages.")
@_db
def export(
    lessons: tuple[str, ...], kind: str, course: Path, output: Path | None, feedback: Path | None, db: str | None
) -> None:
    """Write the marks as CSV for a learning platform, and feedback under the names it gave. Shown, without -o."""
    from grader.lms.exports import export as run

    table, said = run(course, lessons, kind, output, feedback, db)
    click.echo(table, nl=False) if output is None else click.echo(f"Marks: {output}", err=True)
    for line in said:
        click.echo(f"grader: {line}", err=True)


@main.command()
@click.argument("receipt", nargs=-1, required=True)
@_course
def receipt(receipt: tuple[str, ...], course: Path) -> int:
    """Say whether RECEIPT, as `unrolled submit` printed it, its hash, or its file, is of something handed in here."""
    from grader.lms.receipts import confirm

    known, said = confirm(course, " ".join(receipt))
    click.echo(said)
    return 0 if known else 1


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CourseError.of_arguments(f"there is no time zone {name!r}; there is Europe/Berlin, say") from None


@main.command()
@_lessons
@_course
@click.option("--learners", type=click.IntRange(min=1), default=24, show_default=True)
def demo(lessons: tuple[str, ...], course: Path, learners: int) -> int:
    """Make up a class that hands in all lessons, or those named; grade it, and write its page."""
    from grader.marking.demo import demo as run

    return run(course, learners, lessons)


@main.command()
@click.argument("exercise")
@click.argument("cluster")
@_course
def name(exercise: str, cluster: str, course: Path) -> None:
    """Print the stub of a misconception for wrong answers without a name.

    EXERCISE and CLUSTER are those that the class page shows under "Same numbers, no name yet".
    """
    from grader.authoring.name import stub

    click.echo(stub(course, exercise, cluster), nl=False)


@main.command()
@_lessons
@_course
def report(lessons: tuple[str, ...], course: Path) -> None:
    """Write the page about the class from the last grading; print where it is."""
    from grader.marking.report import write_report

    try:
        click.echo(write_report(course, lessons))
    except FileNotFoundError:
        raise CourseError.nothing_graded(course) from None


@main.command()
@_lessons
@_output("-o", "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("site"), show_default=True)
def site(lessons: tuple[str, ...], out: Path) -> None:
    """Write the course as static pages, without answers, ready for any static host; print the first one's path."""
    from grader.authoring.build import ROOT
    from grader.authoring.site import build_site

    click.echo(build_site(out, ROOT / "build" / "solved", lessons))


@main.command(context_settings={"ignore_unknown_options": True})
@_course
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTIONS]")
def lab(course: Path, options: tuple[str, ...]) -> None:
    """Open JupyterLab over the course: formgrader is in its Nbgrader menu.

    What follows goes to JupyterLab: `grader lab --no-browser`.
    """
    from grader.nbgrader.lab import open_lab

    open_lab(course, options)


@main.command()
@_course
def doctor(course: Path) -> int:
    """Say what protects this machine from learners' code, what the course lacks, and what to do about it."""
    from grader.doctor import doctor as run

    return run(course)
